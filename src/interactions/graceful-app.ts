import { App, type AppOptions, type ReceiverEvent, ReceiverMultipleAckError } from '@slack/bolt';
import { notice } from '../blocks/notice.ts';
import type { Clock } from '../runtime/clock.ts';
import { InFlight } from '../runtime/in-flight.ts';
import { type Payload, payloadOf } from './payload.ts';

const RESTARTING = 'I am being restarted. Please try again in a minute.';
const BUSY = 'Too much is asked of me in this workspace at the moment. Please try again in a minute.';
const UNREADABLE =
  'I can’t read what Slack has sent me. Please try again; if it happens again, tell whoever runs the bot.';

/** Room for one running request. */
export interface Slot {
  /** Makes room for the next request. Later calls do nothing. */
  release(): void;
}

/** Decides when a request may start, so that no workspace takes the whole process. */
export interface RequestQueue {
  /** Returns the slot, or a promise if the request has to wait. Resolves to null if it waited too long. */
  enter(workspace: string): Slot | Promise<Slot | null>;
}

const ALWAYS_ROOM: RequestQueue = { enter: () => ({ release: () => {} }) };

export interface GracefulAppOptions extends AppOptions {
  /** Stores a payload that must be on disk before the ack. Returns false if Bolt should handle it instead. */
  readonly keep: (body: unknown, payload: Payload) => false | Promise<true>;
  /** Called when Slack holds events back, because more came in an hour than it delivers. */
  readonly onRateLimited: (workspace: string) => void;
  /** Called when something was acknowledged, with how long after it had arrived. */
  readonly onAck: (kind: string, seconds: number) => void;
  /** Called when a press could not be acknowledged: the connection over which it came is gone. */
  readonly onUnheard: (payload: Payload, error: unknown) => void;
  /** Called when something had to wait for too long. */
  readonly onBusy: (kind: string) => void;
  /** Whether private words may be posted there. */
  readonly isReplyAddress: (address: unknown) => boolean;
  /** Called for what is no payload of Slack’s. */
  readonly onUnreadable: (interaction: Payload) => void;
  readonly clock: Clock;
  /** Without a queue, every request starts at once. */
  readonly queue?: RequestQueue | undefined;
}

type Own =
  | 'keep'
  | 'onRateLimited'
  | 'onAck'
  | 'onUnheard'
  | 'onBusy'
  | 'isReplyAddress'
  | 'onUnreadable'
  | 'clock';

/**
 * Bolt's App, with an end: what is running may finish, and its answers still find the connection open.
 * Bolt's own stop closes that at once.
 */
export class GracefulApp extends App {
  readonly #running = new InFlight();
  readonly #own: Pick<GracefulAppOptions, Own>;
  readonly #queue: RequestQueue;
  #closing = false;

  constructor(all: GracefulAppOptions) {
    const { queue = ALWAYS_ROOM, ...others } = all;
    const { keep, onRateLimited, onAck, onUnheard, onBusy, isReplyAddress, onUnreadable, clock, ...options } =
      others;
    super(options);
    this.#own = { keep, onRateLimited, onAck, onUnheard, onBusy, isReplyAddress, onUnreadable, clock };
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
    const { body } = event;
    const payload = payloadOf(body);
    const arrived = clock.monotonic();
    const entered = this.#queue.enter(payload.workspace);
    const slot = entered instanceof Promise ? await entered : entered;
    if (slot === null) {
      onBusy(payload.kind);
      return turnAway(event, BUSY);
    }
    try {
      const timed = this.#timed(event, arrived, slot);
      if (payload.kind === 'rate_limited') {
        // Bolt would not acknowledge it, and Slack would count one more failure of the app.
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

  /** Bolt would break over it, and so might a listener. */
  async #refuse(event: ReceiverEvent): Promise<void> {
    const payload = payloadOf(event.body);
    this.#own.onUnreadable(payload);
    // Sent again it would be no better.
    if (payload.kind === 'event') return event.ack();
    await turnAway(event, UNREADABLE);
  }

  /** What follows the acknowledgement is in nobody's way: it waits for Slack, and not for the database. */
  #timed(event: ReceiverEvent, arrived: number, slot: Slot): ReceiverEvent {
    const { onAck, clock } = this.#own;
    const ack: ReceiverEvent['ack'] = async (...answer) => {
      try {
        await event.ack(...answer);
      } catch (error) {
        return this.#unheard(event, error);
      } finally {
        slot.release();
      }
      onAck(payloadOf(event.body).kind, (clock.monotonic() - arrived) / 1_000);
    };
    return { ...event, ack };
  }

  /**
   * What was pressed for is on disk by the time that it is acknowledged, and the acknowledgement says nothing more:
   * where it cannot be sent any more, the rest of the work goes on, and tells the person what became of it. Of any
   * other kind the listener has to know that its answer was not heard.
   */
  #unheard({ body }: ReceiverEvent, error: unknown): void {
    if (payloadOf(body).kind !== 'action' || error instanceof ReceiverMultipleAckError) throw error;
    this.#own.onUnheard(payloadOf(body), error);
  }

  /** Takes nothing new from now on; resolves when nothing is running. */
  async drain(): Promise<void> {
    this.#closing = true;
    await this.idle();
  }

  async idle(): Promise<void> {
    await this.#running.idle();
  }
}

/**
 * Says so where the acknowledgement can carry words. Anything else is left unacknowledged: events come
 * again by themselves, and Slack itself tells who pressed a button.
 */
async function turnAway({ body, ack }: ReceiverEvent, sentence: string): Promise<void> {
  const { kind, inputBlocks } = payloadOf(body);
  const [block] = inputBlocks;
  if (kind === 'command') await ack({ response_type: 'ephemeral', ...notice(sentence) });
  if (kind === 'view_submission' && block !== undefined) {
    await ack({ response_action: 'errors', errors: { [block]: sentence } });
  }
}
