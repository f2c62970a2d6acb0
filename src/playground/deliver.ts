import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { Json } from './json.ts';
import { parseJson } from './json.ts';
import type { Delivered, Delivery, PayloadKind } from './record.ts';
import type { Sockets } from './sockets.ts';

/** Where payloads go: over the socket, or signed to an address of the app. */
export type Destination = 'socket' | { readonly url: string; readonly signingSecret: string };

export interface Retry {
  /** 1 to 3. */
  readonly num: number;
  readonly reason: string;
}

export interface DeliveryOptions {
  readonly destination: () => Destination;
  readonly sockets: Sockets;
  readonly ackTimeoutMs: number;
  readonly onChange: () => void;
}

const ENVELOPES: Readonly<Record<PayloadKind, string>> = {
  command: 'slash_commands',
  interactive: 'interactive',
  event: 'events_api',
};

/** Brings payloads to the app and waits for its answer, the same payload on either way. */
export class Deliveries {
  readonly log: Delivery[] = [];
  readonly #options: DeliveryOptions;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  async send(kind: PayloadKind, payload: Json, retry?: Retry): Promise<Delivered> {
    const { destination, onChange } = this.#options;
    const delivery: Delivery = { kind, payload, result: undefined };
    this.log.push(delivery);
    onChange();
    const to = destination();
    const result =
      to === 'socket'
        ? await this.#overSocket(kind, payload, retry)
        : await this.#overHttp(to, kind, payload, retry);
    delivery.result = result;
    onChange();
    return result;
  }

  async #overSocket(kind: PayloadKind, payload: Json, retry: Retry | undefined): Promise<Delivered> {
    const start = performance.now();
    const more = retry === undefined ? {} : { retry_attempt: retry.num, retry_reason: retry.reason };
    const sent = this.#options.sockets.send(ENVELOPES[kind], payload, kind === 'event' ? more : {});
    if (sent === undefined) return { status: 0, body: 'not_connected', ms: 0, timedOut: false };
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => late.resolve('late'), this.#options.ackTimeoutMs);
    const answer = await Promise.race([sent.ack.then((body) => ({ body })), late.promise]);
    clearTimeout(timer);
    sent.forget();
    const ms = performance.now() - start;
    if (answer === 'late') return { status: 0, body: undefined, ms, timedOut: true };
    // Bolt's empty ack is an empty object here and an empty body over HTTP.
    const empty = JSON.stringify(answer.body) === '{}';
    return { status: 200, body: empty ? undefined : answer.body, ms, timedOut: false };
  }

  #overHttp(
    to: Exclude<Destination, 'socket'>,
    kind: PayloadKind,
    payload: Json,
    retry: Retry | undefined,
  ): Promise<Delivered> {
    const start = performance.now();
    const body = encode(kind, payload);
    const headers: Record<string, string | number> = {
      'content-type': kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      // The app holds it against its own clock, which is not the workspace's where a test moves that one.
      ...signature(to.signingSecret, Math.floor(Date.now() / 1000), body),
    };
    if (retry !== undefined) {
      headers['x-slack-retry-num'] = retry.num;
      headers['x-slack-retry-reason'] = retry.reason;
    }
    const { promise, resolve } = Promise.withResolvers<Delivered>();
    const done = (status: number, text: string, timedOut = false): void => {
      clearTimeout(timer);
      const decoded = text === '' ? undefined : (parseJson(text) ?? text);
      resolve({ status, body: decoded, ms: performance.now() - start, timedOut });
    };
    // No agent: nothing stays open that the app would have to wait for when it stops.
    const req = request(to.url, { method: 'POST', headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => done(res.statusCode ?? 0, Buffer.concat(chunks).toString('utf8')));
      res.on('error', () => done(0, 'connection_failed'));
    });
    const timer = setTimeout(() => {
      done(0, '', true);
      req.destroy();
    }, this.#options.ackTimeoutMs);
    req.on('error', () => done(0, 'connection_failed'));
    req.end(body);
    return promise;
  }
}

/** A form for commands, a form with one JSON field for clicks, JSON for events. */
function encode(kind: PayloadKind, payload: Json): string {
  if (kind === 'event') return JSON.stringify(payload);
  if (kind === 'interactive') {
    return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  }
  const fields = Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]);
  return new URLSearchParams(fields).toString();
}

/** Slack's v0 signature over timestamp and raw body. */
function signature(secret: string, timestamp: number, body: string): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${digest}` };
}
