import type { Receiver, webApi } from '@slack/bolt';
import { warmSearch } from './core/search.ts';
import type { Deps } from './deps.ts';
import { GracefulApp } from './graceful-app.ts';
import { CardUpdates } from './jobs/card-updates.ts';
import { housekeeping } from './jobs/housekeeping.ts';
import { Outbox } from './jobs/outbox.ts';
import { registerListeners } from './listeners/index.ts';
import { boltLogger } from './logging.ts';
import type { Installation } from './slack/installation.ts';

export interface AppParts extends Omit<Deps, 'botName' | 'clientFor'> {
  readonly receiver: Receiver;
  readonly installation: Installation;
  readonly clientOptions: webApi.WebClientOptions;
}

export interface Bot {
  /** Resolves to the address it listens on, where it listens. */
  start(): Promise<unknown>;
  /** Takes nothing new and lets what is running end. */
  stop(): Promise<void>;
  /** Resolves when nothing is being done. */
  idle(): Promise<void>;
}

/** Long enough after the start that nobody who greets the bot waits for the search. */
const WARM_AFTER_MS = 1_000;

/** Puts the bot together. Nothing here reads the environment, opens a port or a file. */
export function createApp(parts: AppParts): Bot {
  const { receiver, installation, clientOptions, ...rest } = parts;
  const deps: Deps = { ...rest, botName: installation.botName, clientFor: installation.clientFor };
  const outbox = new Outbox(deps);
  const cardUpdates = new CardUpdates(deps, () => outbox.kick());
  const cleaning = housekeeping(deps);
  const app = new GracefulApp({
    receiver,
    authorize: installation.authorize,
    clientOptions,
    logger: boltLogger(deps.logger),
    // We keep no conversations in memory; Bolt's store for them would cost time on every request.
    convoStore: false,
  });
  registerListeners(app, { ...deps, outbox, cardUpdates });
  // What listeners throw is answered in listeners/on-error.ts; here arrives what fails before them.
  app.error(async (error) => {
    deps.logger.error({ err: error }, 'a payload could not be handled');
  });
  let cancelWarming = (): void => {};
  return {
    start: async () => {
      await outbox.adoptOrphans();
      const address: unknown = await app.start();
      outbox.kick();
      cardUpdates.kick();
      cleaning.kick();
      cancelWarming = deps.clock.after(WARM_AFTER_MS, () => warmSearch(deps.rubric));
      return address;
    },
    stop: async () => {
      cancelWarming();
      // The jobs start nothing more either: what they leave is on disk for the next start.
      await Promise.all([app.drain(), outbox.stop(), cardUpdates.stop(), cleaning.stop()]);
      await app.stop();
    },
    idle: async () => {
      await app.idle();
      // A card that cannot be updated any more wants a word to its asker.
      await cardUpdates.idle();
      await outbox.idle();
      await cleaning.idle();
    },
  };
}
