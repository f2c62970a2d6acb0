import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { type Clock, withDeadline } from '../clock.ts';
import { isObject, type Json, parseJson } from '../state/json.ts';
import { appendNewest } from '../state/newest.ts';
import type { Delivery, DeliveryResult, PayloadKind, Retry } from '../state/record.ts';
import { Redeliveries } from './redeliver.ts';
import type { Sockets } from './sockets.ts';

/** Transport for payloads: the socket, or signed requests to the app's URL. */
export type Destination = 'socket' | { readonly url: string; readonly signingSecret: string };

export interface DeliveryOptions {
  readonly destination: () => Destination;
  readonly sockets: Sockets;
  readonly ackTimeoutMs: number;
  readonly clock: Clock;
  /** True to retry events that the app doesn't accept, as Slack does. */
  readonly redeliverEvents: boolean;
  /** Event types that the app subscribes to. Undefined for all. */
  readonly events?: readonly string[] | undefined;
  /** Time for the signature's timestamp, which the app compares with its own clock. */
  readonly signedAt: () => number;
  readonly onChange: () => void;
}

/** Result for an event without a subscription. Slack sends nothing. */
const NOT_SUBSCRIBED: DeliveryResult = { status: 0, body: 'not_subscribed', ms: 0, timedOut: false };

const ENVELOPES: Readonly<Record<PayloadKind, string>> = {
  command: 'slash_commands',
  interactive: 'interactive',
  event: 'events_api',
};

/** Sends payloads to the app over either transport and waits for its answer. */
export class Deliveries {
  readonly log: Delivery[] = [];
  readonly #options: DeliveryOptions;
  readonly #redeliveries: Redeliveries;
  #twice = 0;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#redeliveries = new Redeliveries(options.clock);
  }

  /**
   * Resolves to the result of this delivery. Retries of an event follow later in the background. A delivery that is
   * itself a retry isn't retried.
   */
  async send(kind: PayloadKind, payload: Json, retry?: Retry): Promise<DeliveryResult> {
    if (!this.#isHeard(kind, payload)) return NOT_SUBSCRIBED;
    const isFresh = kind === 'event' && retry === undefined;
    if (isFresh && this.#twice > 0) {
      this.#twice -= 1;
      void this.#attempt(kind, payload, undefined, false);
    }
    const repeats = isFresh && this.#options.redeliverEvents;
    return this.#attempt(kind, payload, retry, repeats);
  }

  /** Sends that many more of the next events twice, as Slack sometimes does: the same event_id, no retry headers. */
  duplicateEvents(count: number): void {
    this.#twice += count;
  }

  /** Number of next events that will be sent twice. */
  get duplicatesLeft(): number {
    return this.#twice;
  }

  /** Stops sending events twice. */
  stopDuplicating(): void {
    this.#twice = 0;
  }

  /** Cancels all pending retries. */
  close(): void {
    this.#redeliveries.cancel();
  }

  #isHeard(kind: PayloadKind, { event }: Json): boolean {
    const { events } = this.#options;
    if (kind !== 'event' || events === undefined) return true;
    return isObject(event) && events.some((type) => type === event.type);
  }

  async #attempt(
    kind: PayloadKind,
    payload: Json,
    retry: Retry | undefined,
    repeats: boolean,
  ): Promise<DeliveryResult> {
    const { clock, destination, onChange } = this.#options;
    const repetition = retry === undefined ? {} : { retry };
    const delivery: Delivery = { kind, payload, at: clock.now(), ...repetition, result: undefined };
    appendNewest(this.log, delivery);
    onChange();
    const to = destination();
    const result =
      to === 'socket'
        ? await this.#overSocket(kind, payload, retry)
        : await this.#overHttp(to, kind, payload, retry);
    delivery.result = result;
    if (repeats) {
      const again = (next: Retry) => void this.#attempt(kind, payload, next, true);
      this.#redeliveries.schedule(result, retry?.num ?? 0, again);
    }
    onChange();
    return result;
  }

  async #overSocket(kind: PayloadKind, payload: Json, retry: Retry | undefined): Promise<DeliveryResult> {
    const start = performance.now();
    const more = { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' };
    const { sockets, clock, ackTimeoutMs } = this.#options;
    const sent = sockets.send(ENVELOPES[kind], payload, kind === 'event' ? more : {});
    if (sent === undefined) return { status: 0, body: 'not_connected', ms: 0, timedOut: false };
    const ack = sent.ack.then((body) => ({ body }));
    const answer = await withDeadline(clock, ackTimeoutMs, ack);
    sent.forget();
    const ms = performance.now() - start;
    if (answer === 'late') return { status: 0, body: undefined, ms, timedOut: true };
    // Bolt sends an empty ack as `{}` over the socket, and as an empty body over HTTP.
    const empty = JSON.stringify(answer.body) === '{}';
    return { status: 200, body: empty ? undefined : answer.body, ms, timedOut: false };
  }

  #overHttp(
    to: Exclude<Destination, 'socket'>,
    kind: PayloadKind,
    payload: Json,
    retry: Retry | undefined,
  ): Promise<DeliveryResult> {
    const start = performance.now();
    const body = encode(kind, payload);
    const headers: Record<string, string | number> = {
      'content-type': kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      ...signature(to.signingSecret, Math.floor(this.#options.signedAt() / 1000), body),
    };
    if (retry !== undefined) {
      headers['x-slack-retry-num'] = retry.num;
      headers['x-slack-retry-reason'] = retry.reason;
    }
    const { promise, resolve } = Promise.withResolvers<DeliveryResult>();
    const done = (status: number, text: string, more: Partial<DeliveryResult> = {}): void => {
      cancelTimeout();
      const decoded = text === '' ? undefined : (parseJson(text) ?? text);
      resolve({ status, body: decoded, ms: performance.now() - start, timedOut: false, ...more });
    };
    // Without an agent, no idle connection delays the app's shutdown.
    const req = request(to.url, { method: 'POST', headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      const noRetry = res.headers['x-slack-no-retry'] === '1' ? { noRetry: true as const } : {};
      res.on('end', () => done(res.statusCode ?? 0, Buffer.concat(chunks).toString('utf8'), noRetry));
      res.on('error', () => done(0, 'connection_failed'));
    });
    const cancelTimeout = this.#options.clock.after(this.#options.ackTimeoutMs, () => {
      done(0, '', { timedOut: true });
      req.destroy();
    });
    req.on('error', () => done(0, 'connection_failed'));
    req.end(body);
    return promise;
  }
}

/** Encodes a payload: a form for commands, a form with one JSON field for interactions, JSON for events. */
function encode(kind: PayloadKind, payload: Json): string {
  if (kind === 'event') return JSON.stringify(payload);
  if (kind === 'interactive') {
    return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  }
  const fields = Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]);
  return new URLSearchParams(fields).toString();
}

/** Returns Slack's v0 signature headers for a timestamp and a raw body. */
function signature(secret: string, timestamp: number, body: string): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${digest}` };
}
