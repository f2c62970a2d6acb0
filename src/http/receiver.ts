import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type App, type Receiver, ReceiverMultipleAckError } from '@slack/bolt';
import type { Clock } from '../clock.ts';
import { InFlight } from '../in-flight.ts';
import type { Logger } from '../logging.ts';
import { sendAck } from './ack.ts';
import { readBody, TooLargeError } from './body.ts';
import { isSslCheck, parseBody } from './parse-body.ts';
import { listen, type Pages, pathOf, respond, servePage } from './serve.ts';
import { type SignedRequest, signedWith } from './signature.ts';

export const EVENTS_PATH = '/slack/events';

/** In milliseconds: what takes longer holds a connection that others could use. */
const TIMEOUTS = {
  headers: 10_000,
  /** Until all of a request is here. */
  request: 15_000,
  /** How often that is looked at. */
  check: 5_000,
  /** Longer than balancers keep connections that nobody uses (60 s is common): they would send into a closed one. */
  idle: 65_000,
};

/** Slack stops waiting after three seconds. */
const ACK_DEADLINE_MS = 3_000;
/** Slack's own requests stay far below; anything larger is not from Slack. */
const BODY_LIMIT_BYTES = 1024 * 1024;

export interface HttpReceiverOptions {
  readonly signingSecret: string;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly logger: Logger;
  readonly clock: Clock;
  /** What else is served, by path; only by GET. */
  readonly pages?: Pages;
  /** The process is about to end: what nobody answers is to be sent to another one. */
  readonly isStopping?: () => boolean;
  readonly timeouts?: typeof TIMEOUTS;
}

/**
 * Takes Slack's signed requests over HTTP. Our own because Bolt's refuses only old timestamps, not
 * future ones, and spends half the time of a request on comparing signatures.
 */
export class HttpReceiver implements Receiver {
  readonly #options: HttpReceiverOptions;
  readonly #server: Server;
  readonly #running = new InFlight();
  readonly #isSigned: (request: SignedRequest) => boolean;
  #app: App | undefined;

  constructor(options: HttpReceiverOptions) {
    this.#options = options;
    this.#isSigned = signedWith(options.signingSecret);
    const { timeouts = TIMEOUTS } = options;
    const settings = {
      headersTimeout: timeouts.headers,
      requestTimeout: timeouts.request,
      keepAliveTimeout: timeouts.idle,
      connectionsCheckingInterval: timeouts.check,
    };
    this.#server = createServer(settings, (req, res) => void this.#handle(req, res));
  }

  init(app: App): void {
    this.#app = app;
  }

  /** Resolves to the address it listens on. */
  async start(): Promise<AddressInfo> {
    const { host, port } = this.#options;
    return listen(this.#server, host, port);
  }

  /** Takes no new requests and waits for those whose listeners are running. */
  async stop(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeIdleConnections();
    await this.#running.idle();
    this.#server.closeAllConnections();
    await promise;
  }

  async #handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pages = {}, isStopping, logger } = this.#options;
    let raw: Buffer | null = null;
    if (pathOf(req) === EVENTS_PATH) {
      if (req.method !== 'POST') return respond(res, 405, { allow: 'POST' });
      try {
        raw = await readBody(req, BODY_LIMIT_BYTES);
      } catch (error) {
        if (error instanceof TooLargeError) return respond(res, 413, { connection: 'close' });
        return; // The sender hung up: nobody is left to answer.
      }
    }
    if (isStopping?.()) res.setHeader('connection', 'close');
    // What the end waits for. Not for a body that is still on its way: it may be anybody's, and never come whole.
    this.#running.begin();
    try {
      await (raw === null ? servePage(pages, req, res) : this.#answer(raw, req, res));
    } catch (error) {
      logger.error({ err: error }, 'request failed');
      respond(res, 500);
    } finally {
      this.#running.end();
    }
  }

  #answer(raw: Buffer, req: IncomingMessage, res: ServerResponse): Promise<void> | void {
    const contentType = req.headers['content-type'] ?? '';
    const { clock, logger } = this.#options;
    // Before anything in it is read: nobody knows yet who sent it.
    if (!this.#isSigned({ headers: req.headers, body: raw, now: clock.now() })) {
      if (isSslCheck(contentType, raw)) return respond(res, 200);
      logger.warn({ outcome: 'refused' }, 'request without a valid signature');
      return respond(res, 401);
    }
    const parsed = parseBody(contentType, raw);
    if (!parsed) return respond(res, 400);
    if (parsed.challenge !== undefined) {
      return respond(res, 200, { 'content-type': 'text/plain' }, parsed.challenge);
    }
    // Bolt would ignore what is none of Slack's payloads, and the sender would wait in vain.
    if (!('type' in parsed.body || 'command' in parsed.body)) {
      return respond(res, isSslCheck(contentType, raw) ? 200 : 400);
    }
    return this.#process(parsed.body, req, res);
  }

  async #process(body: Record<string, unknown>, req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (!this.#app) throw new Error('the receiver has no app');
    let acknowledged: Promise<void> | null = null;
    const { clock, logger, isStopping } = this.#options;
    const cancel = clock.after(ACK_DEADLINE_MS, () => logger.error('not acknowledged within three seconds'));
    const retryNum = Number.parseInt(String(req.headers['x-slack-retry-num'] ?? ''), 10);
    const retryReason = req.headers['x-slack-retry-reason'];
    try {
      await this.#app.processEvent({
        body,
        ack: async (answer) => {
          if (acknowledged) throw new ReceiverMultipleAckError();
          acknowledged = sendAck(res, answer);
          cancel();
        },
        ...(Number.isNaN(retryNum) ? {} : { retryNum }),
        ...(typeof retryReason === 'string' ? { retryReason } : {}),
      });
    } finally {
      cancel();
      // No listener answered: Slack shows its own error at once instead of after three seconds.
      if (!acknowledged) respond(res, isStopping?.() ? 503 : 500);
      await acknowledged;
    }
  }
}
