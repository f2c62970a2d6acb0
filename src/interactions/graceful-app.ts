// Bolt's App with a graceful stop, and a queue so that no workspace takes the whole process.
import { App, type AppOptions, type ReceiverEvent, ReceiverMultipleAckError } from '@slack/bolt';
import { sentenceMessage } from '../blocks/message.ts';
import type { Clock } from '../runtime/clock.ts';
import { InFlight } from '../runtime/in-flight.ts';
import { type Payload, payloadOf } from './payload.ts';

const RESTARTING = 'I’m restarting. Try again in a minute.';
const BUSY = 'This workspace is sending me too many requests. Try again in a minute.';
const UNREADABLE =
  'I can’t read what Slack sent me. Try again; if that fails too, tell the people who run the bot.';

/** Room for one running request. */
export interface Slot {
  /** Makes room for the next request. Later calls do nothing. */
  release(): void;
}

/** Decides when a request may start. */
export interface RequestQueue {
  /** Returns the slot, or a promise if the request has to wait. Resolves to null if it waited too long. */
  enter(workspace: string): Slot | Promise<Slot | null>;
}

const ALWAYS_ROOM: RequestQueue = { enter: () => ({ release: () => {} }) };

export interface GracefulAppOptions extends AppOptions {
  /** Stores a payload that must be on disk before the ack. Returns false if Bolt should handle it instead. */
  readonly keep: (body: unknown, payload: Payload) => false | Promise<true>;
  /** Called on app_rate_limited: Slack delivers no more events this hour. */
  readonly onRateLimited: (workspace: string) => void;
  /** Called after each ack, with the seconds since the payload arrived. */
  readonly onAck: (kind: string, seconds: number) => void;
  /** Called when the ack of a press fails because its connection is gone. */
  readonly onAckFailed: (payload: Payload, error: unknown) => void;
  /** Called when a payload waited too long in the queue and was refused. */
  readonly onBusy: (kind: string) => void;
  /** Returns true if the bot may send private replies to the address. */
  readonly isReplyAddress: (address: unknown) => boolean;
  /** Called for a payload that is malformed or has a foreign reply address. */
  readonly onUnreadable: (payload: Payload) => void;
  readonly clock: Clock;
  /** Without a queue, every request starts at once. */
  readonly queue?: RequestQueue | undefined;
}

/** The options that Bolt doesn't have. */
type OwnOption =
  | 'keep'
  | 'onRateLimited'
  | 'onAck'
  | 'onAckFailed'
  | 'onBusy'
  | 'isReplyAddress'
  | 'onUnreadable'
  | 'clock';

/**
 * On stop, running listeners finish and their responses still find the connection open. Bolt's own stop closes
 * connections at once.
 */
export class GracefulApp extends App {
  readonly #running = new InFlight();
  readonly #own: Pick<GracefulAppOptions, OwnOption>;
  readonly #queue: RequestQueue;
  #closing = false;

  constructor(all: GracefulAppOptions) {
    const { queue = ALWAYS_ROOM, ...others } = all;
    const {
      keep,
      onRateLimited,
      onAck,
      onAckFailed,
      onBusy,
      isReplyAddress,
      onUnreadable,
      clock,
      ...options
    } = others;
    super(options);
    this.#own = { keep, onRateLimited, onAck, onAckFailed, onBusy, isReplyAddress, onUnreadable, clock };
    this.#queue = queue;
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    this.#running.begin();
    try {
      if (this.#closing) await turnAway(event, RESTARTING);
      else await this.#handle(event);
    } finally {
      this.#running.end();
    }
  }

  async #handle(event: ReceiverEvent): Promise<void> {
    const { keep, onRateLimited, onBusy, isReplyAddress, clock } = this.#own;
    const arrived = clock.monotonic();
    const { body } = event;
    const payload = payloadOf(body);
    const entered = this.#queue.enter(payload.workspace);
    const slot = entered instanceof Promise ? await entered : entered;
    if (slot === null) {
      onBusy(payload.kind);
      return turnAway(event, BUSY);
    }
    try {
      const timed = this.#timed(event, arrived, slot);
      if (payload.kind === 'rate_limited') {
        // Bolt wouldn't acknowledge this, and Slack would count a failed delivery.
        onRateLimited(payload.workspace);
        return await timed.ack();
      }
      const kept = keep(body, payload);
      if (kept !== false && (await kept)) await timed.ack();
      else if (payload.isWellFormed && payload.replyAddresses.every(isReplyAddress))
        await super.processEvent(timed);
      else await this.#refuse(timed);
    } finally {
      slot.release();
    }
  }

  /** Keeps a malformed payload from Bolt, which would crash on it, and from the listeners. */
  async #refuse(event: ReceiverEvent): Promise<void> {
    const payload = payloadOf(event.body);
    this.#own.onUnreadable(payload);
    // A retry would bring the same payload, so stop Slack from retrying.
    if (payload.kind === 'event') return event.ack();
    await turnAway(event, UNREADABLE);
  }

  /** Frees the slot at the ack: the rest of the work waits for Slack, not for the database. */
  #timed(event: ReceiverEvent, arrived: number, slot: Slot): ReceiverEvent {
    const { onAck, clock } = this.#own;
    const ack: ReceiverEvent['ack'] = async (...answer) => {
      try {
        await event.ack(...answer);
      } catch (error) {
        return this.#ignoreFailedAck(event, error);
      } finally {
        slot.release();
      }
      onAck(payloadOf(event.body).kind, (clock.monotonic() - arrived) / 1_000);
    };
    return { ...event, ack };
  }

  /**
   * Lets a listener continue after a failed ack of a press. The change is already on disk, the ack carries no data,
   * and the rest of the listener tells the person the result. For other kinds, throws: the ack carried the response.
   */
  #ignoreFailedAck({ body }: ReceiverEvent, error: unknown): void {
    if (payloadOf(body).kind !== 'action' || error instanceof ReceiverMultipleAckError) throw error;
    this.#own.onAckFailed(payloadOf(body), error);
  }

  /** Refuses new payloads from now on. Resolves when nothing is running. */
  async drain(): Promise<void> {
    this.#closing = true;
    await this.idle();
  }

  async idle(): Promise<void> {
    await this.#running.idle();
  }
}

/**
 * Sends the sentence if the ack can carry text. Otherwise sends no ack: Slack retries events, and shows its own error
 * to a person who pressed a button.
 */
async function turnAway({ body, ack }: ReceiverEvent, sentence: string): Promise<void> {
  const { kind, inputBlocks } = payloadOf(body);
  const [block] = inputBlocks;
  if (kind === 'command') await ack({ response_type: 'ephemeral', ...sentenceMessage(sentence) });
  if (kind === 'view_submission' && block !== undefined) {
    await ack({ response_action: 'errors', errors: { [block]: sentence } });
  }
}
