import { App, type AppOptions, type ReceiverEvent, ReceiverMultipleAckError } from '@slack/bolt';
import { notice } from '../blocks/notice.ts';
import type { Clock } from '../runtime/clock.ts';
import { InFlight } from '../runtime/in-flight.ts';
import { FairTurns, type Turn } from './fair-turns.ts';
import { type Interaction, interactionOf, kindOf, workspaceOf } from './interaction.ts';
import { isWellFormed } from './well-formed.ts';

const RESTARTING = 'I am being restarted. Please try again in a minute.';
const BUSY = 'Too much is asked of me in this workspace at the moment. Please try again in a minute.';
const UNREADABLE =
  'I can’t read what Slack has sent me. Please try again; if it happens again, tell whoever runs the bot.';

export interface GracefulAppOptions extends AppOptions {
  /** Keeps what must be on disk before it is acknowledged, or needs no more than that; false for what Bolt is to handle. */
  readonly keep: (body: unknown) => boolean | Promise<boolean>;
  /** Called when something was acknowledged, with how long after it had arrived. */
  readonly onAck: (kind: string, seconds: number) => void;
  /** Called when a press could not be acknowledged: the connection over which it came is gone. */
  readonly onUnheard: (interaction: Interaction, error: unknown) => void;
  /** Called when something had to wait for too long. */
  readonly onBusy: (kind: string) => void;
  /** Whether private words may be posted there. */
  readonly isReplyAddress: (address: unknown) => boolean;
  /** Called for what is no payload of Slack’s. */
  readonly onUnreadable: (interaction: Interaction) => void;
  readonly clock: Clock;
}

type Own = 'keep' | 'onAck' | 'onUnheard' | 'onBusy' | 'isReplyAddress' | 'onUnreadable' | 'clock';

/**
 * Bolt's App, with an end: what is running may finish, and its answers still find the connection open.
 * Bolt's own stop closes that at once. And with an order: no workspace can take all of the process.
 */
export class GracefulApp extends App {
  readonly #running = new InFlight();
  readonly #own: Pick<GracefulAppOptions, Own>;
  readonly #turns: FairTurns;
  #closing = false;

  constructor(all: GracefulAppOptions) {
    const { keep, onAck, onUnheard, onBusy, isReplyAddress, onUnreadable, clock, ...options } = all;
    super(options);
    this.#own = { keep, onAck, onUnheard, onBusy, isReplyAddress, onUnreadable, clock };
    this.#turns = new FairTurns({ clock });
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    this.#running.begin();
    try {
      if (this.#closing) await turnAway(event, RESTARTING);
      else await this.#inTurn(event);
    } finally {
      this.#running.end();
    }
  }

  async #inTurn(event: ReceiverEvent): Promise<void> {
    const { keep, onBusy, isReplyAddress, clock } = this.#own;
    const { body } = event;
    const arrived = clock.monotonic();
    const entered = this.#turns.enter(workspaceOf(body));
    const turn = entered instanceof Promise ? await entered : entered;
    if (turn === null) {
      onBusy(kindOf(body));
      return turnAway(event, BUSY);
    }
    try {
      const timed = this.#timed(event, arrived, turn);
      const kept = keep(body);
      if (kept !== false && (await kept)) await timed.ack();
      else if (isWellFormed(body, isReplyAddress)) await super.processEvent(timed);
      else await this.#refuse(timed);
    } finally {
      turn.end();
    }
  }

  /** Bolt would break over it, and so might a listener. */
  async #refuse(event: ReceiverEvent): Promise<void> {
    const interaction = interactionOf(event.body);
    this.#own.onUnreadable(interaction);
    // Sent again it would be no better.
    if (interaction.kind === 'event') return event.ack();
    await turnAway(event, UNREADABLE);
  }

  /** What follows the acknowledgement is in nobody's way: it waits for Slack, and not for the database. */
  #timed(event: ReceiverEvent, arrived: number, turn: Turn): ReceiverEvent {
    const { onAck, clock } = this.#own;
    const ack: ReceiverEvent['ack'] = async (...answer) => {
      try {
        await event.ack(...answer);
      } catch (error) {
        return this.#unheard(event, error);
      } finally {
        turn.end();
      }
      onAck(kindOf(event.body), (clock.monotonic() - arrived) / 1_000);
    };
    return { ...event, ack };
  }

  /**
   * What was pressed for is on disk by the time that it is acknowledged, and the acknowledgement says nothing more:
   * where it cannot be sent any more, the rest of the work goes on, and tells the person what became of it. Of any
   * other kind the listener has to know that its answer was not heard.
   */
  #unheard({ body }: ReceiverEvent, error: unknown): void {
    if (kindOf(body) !== 'action' || error instanceof ReceiverMultipleAckError) throw error;
    this.#own.onUnheard(interactionOf(body), error);
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
  const { kind, inputBlocks } = interactionOf(body);
  const [block] = inputBlocks;
  if (kind === 'command') await ack({ response_type: 'ephemeral', ...notice(sentence) });
  if (kind === 'view_submission' && block !== undefined) {
    await ack({ response_action: 'errors', errors: { [block]: sentence } });
  }
}
