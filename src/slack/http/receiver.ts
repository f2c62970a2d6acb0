// Bolt's receiver for Slack's requests over HTTP.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type App, type Receiver, ReceiverMultipleAckError } from '@slack/bolt';
import type { Clock } from '../../runtime/clock.ts';
import { freeBuffer, readBody, TooLargeError, type UnverifiedRequest } from '../../runtime/http/body.ts';
import {
  createBoundedServer,
  discardBody,
  listen,
  type Pages,
  pathOf,
  respond,
  servePage,
  TIMEOUTS,
} from '../../runtime/http/serve.ts';
import { UnverifiedLimits } from '../../runtime/http/unverified.ts';
import { InFlight } from '../../runtime/in-flight.ts';
import type { Logger } from '../../runtime/logging.ts';
import { isSslCheck, parseBody } from './parse-body.ts';
import { createSignatureCheck, type SignedRequest } from './signature.ts';

export const EVENTS_PATH = '/slack/events';

/** Slack stops waiting after three seconds. */
const ACK_DEADLINE_MS = 3_000;
/**
 * Largest body, in bytes. Slack's longest is a shortcut on a message: 40,000 characters, once as text and once in
 * blocks. In a form a character takes up to 9 bytes, which makes 720,000. That leaves 66,000 for the rest.
 */
const BODY_LIMIT_BYTES = 768 * 1024;

export interface HttpReceiverOptions {
  readonly signingSecret: string;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Pages to serve besides Slack's requests. */
  readonly pages?: Pages;
  /** Returns true while the process is stopping. Unanswered requests then get a 503, and connections close. */
  readonly isStopping?: () => boolean;
  readonly timeouts?: typeof TIMEOUTS;
}

/**
 * Receives Slack's signed requests. Bolt's own receiver accepts future timestamps, and spends half the time of a
 * request on comparing signatures.
 */
export class HttpReceiver implements Receiver {
  readonly #options: HttpReceiverOptions;
  readonly #server: Server;
  readonly #unverified: UnverifiedLimits;
  readonly #running = new InFlight();
  readonly #isSigned: (request: SignedRequest) => boolean;
  #app: App | undefined;

  constructor(options: HttpReceiverOptions) {
    this.#options = options;
    this.#isSigned = createSignatureCheck(options.signingSecret);
    this.#server = createBoundedServer(
      (req, res) => void this.#handle(req, res),
      options.timeouts ?? TIMEOUTS,
    );
    this.#unverified = new UnverifiedLimits(this.#server, options.logger, options.clock);
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<AddressInfo> {
    const { host, port } = this.#options;
    return listen(this.#server, host, port);
  }

  /** Closes the server, and waits for listeners that are running. */
  async stop(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeIdleConnections();
    await this.#running.idle();
    await nextTurn(); // Node writes a pipelined response only once the one before it is written.
    this.#server.closeAllConnections();
    await promise;
  }

  async #handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pages = {}, isStopping, logger } = this.#options;
    if (req.socket.destroyed) return; // Parsed from the same packet as a request that was dropped.
    const request = this.#unverified.begin(req, res);
    let raw: Buffer | null = null;
    if (pathOf(req) === EVENTS_PATH) {
      if (req.method !== 'POST') {
        discardBody(req, res);
        return respond(res, 405, { allow: 'POST' });
      }
      try {
        raw = await readBody(req, BODY_LIMIT_BYTES, request);
      } catch (error) {
        if (error instanceof TooLargeError) respond(res, 413, { connection: 'close' });
        return; // Otherwise the request was dropped or its sender hung up.
      }
    }
    if (isStopping?.()) res.setHeader('connection', 'close');
    // stop() waits for this work, but not for bodies: an unknown sender's may never arrive whole.
    this.#running.begin();
    try {
      await (raw === null ? servePage(pages, req, res) : this.#answer(raw, req, res, request));
    } catch (error) {
      logger.error({ err: error }, 'request failed');
      respond(res, 500);
    } finally {
      this.#running.end();
    }
  }

  #answer(
    raw: Buffer,
    req: IncomingMessage,
    res: ServerResponse,
    request: UnverifiedRequest,
  ): Promise<void> | void {
    const contentType = req.headers['content-type'] ?? '';
    const { clock, logger } = this.#options;
    // Check the signature before parsing: the sender is unknown until then.
    if (!this.#isSigned({ headers: req.headers, body: raw, now: clock.now() })) {
      if (isSslCheck(contentType, raw)) return respond(res, 200);
      freeBuffer(raw);
      logger.warn({ outcome: 'refused' }, 'request without a valid signature');
      return respond(res, 401);
    }
    request.verified();
    const parsed = parseBody(contentType, raw);
    if (!parsed) return respond(res, 400);
    if (parsed.challenge !== undefined) {
      return respond(res, 200, { 'content-type': 'text/plain' }, parsed.challenge);
    }
    // Bolt would ignore a body that is not a payload, and the sender would get no response.
    if (!('type' in parsed.body || 'command' in parsed.body)) {
      return respond(res, isSslCheck(contentType, raw) ? 200 : 400);
    }
    return this.#process(parsed.body, req, res);
  }

  async #process(body: Record<string, unknown>, req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (!this.#app) throw new Error('the receiver has no app');
    let isAcknowledged = false;
    const { clock, logger, isStopping } = this.#options;
    const cancel = clock.after(ACK_DEADLINE_MS, () => logger.error('not acknowledged within three seconds'));
    const retryNum = Number.parseInt(String(req.headers['x-slack-retry-num'] ?? ''), 10);
    const retryReason = req.headers['x-slack-retry-reason'];
    try {
      await this.#app.processEvent({
        body,
        ack: async (answer) => {
          if (isAcknowledged) throw new ReceiverMultipleAckError();
          sendAck(res, answer);
          isAcknowledged = true;
          cancel();
        },
        ...(Number.isNaN(retryNum) ? {} : { retryNum }),
        ...(typeof retryReason === 'string' ? { retryReason } : {}),
      });
    } finally {
      cancel();
      // No listener answered: Slack shows its own error at once instead of after three seconds.
      if (!isAcknowledged) respond(res, isStopping?.() ? 503 : 500);
    }
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';

/** Sends a listener's ack: an empty body, a text, or JSON. Throws before sending if JSON can't express the answer. */
export function sendAck(res: ServerResponse, answer: unknown): void {
  if (answer === undefined || answer === null || answer === '') respond(res, 200);
  else if (typeof answer === 'string') respond(res, 200, { 'content-type': TEXT_TYPE }, answer);
  else respond(res, 200, { 'content-type': JSON_TYPE }, asJson(answer));
}

function asJson(answer: unknown): string {
  const json: string | undefined = JSON.stringify(answer);
  if (json === undefined) throw new TypeError('JSON has no functions and no symbols');
  return json;
}
