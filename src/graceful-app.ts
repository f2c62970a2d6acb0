import { App, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import { notice } from './blocks/notice.ts';
import { InFlight } from './in-flight.ts';
import { type Interaction, interactionOf, kindOf } from './listeners/interaction.ts';
import { isWellFormed } from './listeners/well-formed.ts';

const RESTARTING = 'I am being restarted. Please try again in a minute.';
const UNREADABLE =
  'I can’t read what Slack has sent me. Please try again; if it happens again, tell whoever runs the bot.';

export interface GracefulAppOptions extends AppOptions {
  /** Keeps what must be on disk before it is acknowledged; false for what Bolt is to handle. */
  readonly keep: (body: unknown) => Promise<boolean>;
  /** Called when something was acknowledged, with how long after it had arrived. */
  readonly onAck: (kind: string, seconds: number) => void;
  /** Whether private words may be posted there. */
  readonly isReplyAddress: (address: unknown) => boolean;
  /** Called for what is no payload of Slack’s. */
  readonly onUnreadable: (interaction: Interaction) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

type Own = 'keep' | 'onAck' | 'isReplyAddress' | 'onUnreadable' | 'now';

/**
 * Bolt's App, with an end: what is running may finish, and its answers still find the connection open.
 * Bolt's own stop closes that at once.
 */
export class GracefulApp extends App {
  readonly #running = new InFlight();
  readonly #own: Pick<GracefulAppOptions, Own>;
  #closing = false;

  constructor({ keep, onAck, isReplyAddress, onUnreadable, now, ...options }: GracefulAppOptions) {
    super(options);
    this.#own = { keep, onAck, isReplyAddress, onUnreadable, now };
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    await this.#running.run(async () => {
      if (this.#closing) return turnAway(event, RESTARTING);
      const timed = this.#timed(event);
      if (await this.#own.keep(event.body)) return timed.ack();
      if (!isWellFormed(event.body, this.#own.isReplyAddress)) return this.#refuse(timed);
      return super.processEvent(timed);
    });
  }

  /** Bolt would break over it, and so might a listener. */
  async #refuse(event: ReceiverEvent): Promise<void> {
    const interaction = interactionOf(event.body);
    this.#own.onUnreadable(interaction);
    // Sent again it would be no better.
    if (interaction.kind === 'event') return event.ack();
    await turnAway(event, UNREADABLE);
  }

  #timed(event: ReceiverEvent): ReceiverEvent {
    const { onAck, now } = this.#own;
    const arrived = now();
    const ack: ReceiverEvent['ack'] = async (...answer) => {
      await event.ack(...answer);
      onAck(kindOf(event.body), (now() - arrived) / 1_000);
    };
    return { ...event, ack };
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
