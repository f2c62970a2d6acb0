import { App, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import { notice } from './blocks/notice.ts';
import { InFlight } from './in-flight.ts';
import { interactionOf } from './listeners/interaction.ts';

const RESTARTING = 'I am being restarted. Please try again in a minute.';

export interface GracefulAppOptions extends AppOptions {
  /** Keeps what must be on disk before it is acknowledged; false for what Bolt is to handle. */
  readonly keep: (body: unknown) => Promise<boolean>;
}

/**
 * Bolt's App, with an end: what is running may finish, and its answers still find the connection open.
 * Bolt's own stop closes that at once.
 */
export class GracefulApp extends App {
  readonly #running = new InFlight();
  readonly #keep: GracefulAppOptions['keep'];
  #closing = false;

  constructor({ keep, ...options }: GracefulAppOptions) {
    super(options);
    this.#keep = keep;
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    await this.#running.run(async () => {
      if (this.#closing) return turnAway(event);
      if (await this.#keep(event.body)) return event.ack();
      return super.processEvent(event);
    });
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
