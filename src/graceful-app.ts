import { App, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import { notice } from './blocks/notice.ts';
import { InFlight } from './in-flight.ts';
import { interactionOf, kindOf } from './listeners/interaction.ts';

const RESTARTING = 'I am being restarted. Please try again in a minute.';

export interface GracefulAppOptions extends AppOptions {
  /** Keeps what must be on disk before it is acknowledged, or needs no more than that; false for what Bolt is to handle. */
  readonly keep: (body: unknown) => Promise<boolean>;
  /** Called when something was acknowledged, with how long after it had arrived. */
  readonly onAck: (kind: string, seconds: number) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/**
 * Bolt's App, with an end: what is running may finish, and its answers still find the connection open.
 * Bolt's own stop closes that at once.
 */
export class GracefulApp extends App {
  readonly #running = new InFlight();
  readonly #own: Pick<GracefulAppOptions, 'keep' | 'onAck' | 'now'>;
  #closing = false;

  constructor({ keep, onAck, now, ...options }: GracefulAppOptions) {
    super(options);
    this.#own = { keep, onAck, now };
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    await this.#running.run(async () => {
      if (this.#closing) return turnAway(event);
      const timed = this.#timed(event);
      if (await this.#own.keep(event.body)) return timed.ack();
      return super.processEvent(timed);
    });
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
async function turnAway({ body, ack }: ReceiverEvent): Promise<void> {
  const { kind, inputBlocks } = interactionOf(body);
  const [block] = inputBlocks;
  if (kind === 'command') await ack({ response_type: 'ephemeral', ...notice(RESTARTING) });
  if (kind === 'view_submission' && block !== undefined) {
    await ack({ response_action: 'errors', errors: { [block]: RESTARTING } });
  }
}
