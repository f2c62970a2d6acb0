import type { Receiver, webApi } from '@slack/bolt';
import { warmSearch } from './advice/search/search.ts';
import { CardUpdates } from './delivery/card-updates.ts';
import { ClockCheck } from './delivery/clock-check.ts';
import type { Deps } from './delivery/deps.ts';
import { housekeeping } from './delivery/housekeeping.ts';
import { Inbox, isKept } from './delivery/inbox.ts';
import type { Loop } from './delivery/loop.ts';
import { Outbox } from './delivery/outbox.ts';
import { card } from './features/card/message.ts';
import { featureWork, registerListeners } from './features/index.ts';
import { deliveries } from './features/posts.ts';
import { erasure } from './installs/erase.ts';
import { removal } from './installs/removal.ts';
import { tokenRenewal } from './installs/renew-tokens.ts';
import { GracefulApp, type RequestQueue } from './interactions/graceful-app.ts';
import { boltLogger, loggableId } from './runtime/logging.ts';
import { isSlacks, onlyToSlack } from './slack/addresses.ts';
import type { Installations } from './slack/installation.ts';
import { clientCache } from './slack/web-client.ts';
import { authorizeOrSayWhyNot } from './slack/who-acts.ts';

export interface AppParts extends Omit<Deps, 'botName' | 'clientFor'> {
  readonly receiver: Receiver;
  readonly installations: Installations;
  readonly clientOptions: webApi.WebClientOptions;
  /** Keeps workspaces from slowing each other down. */
  readonly queue?: RequestQueue;
  /** How long a workspace's data is kept after it removed the app, in milliseconds; default 0. */
  readonly eraseAfterMs?: number;
  /** How long a decision is kept after something last happened to it, in days; for ever unless told. */
  readonly retentionDays?: number | null;
  /** Between two looks at which cards have changed, in milliseconds; none unless told. */
  readonly cardUpdateRestMs?: number;
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
  const { receiver, installations, clientOptions, eraseAfterMs = 0, retentionDays = null, ...others } = parts;
  const { cardUpdateRestMs, queue, ...rest } = others;
  const deps: Deps = {
    ...rest,
    fetch: onlyToSlack(rest.fetch, clientOptions.slackApiUrl, rest.logger),
    botName: async (tenant) => (await installations.botIn(tenant)).name,
    clientFor: installations.clientFor,
  };
  const outbox = new Outbox(deps, deliveries());
  const cardUpdates = new CardUpdates(
    deps,
    (discussion) => card(deps.rubric, discussion),
    () => outbox.kick(),
    cardUpdateRestMs,
  );
  const erasing = erasure(deps);
  const ofFeatures = featureWork(deps, outbox, cardUpdates);
  const removed = removal(deps, {
    eraseAfterMs,
    since: (tenant) => installations.since(tenant),
    forget: (tenant) => installations.forget(tenant),
    kickErasure: () => erasing.kick(),
  });
  const inbox = new Inbox(deps, {
    events: { ...ofFeatures.events, app_uninstalled: removed, tokens_revoked: removed },
    jobs: ofFeatures.jobs,
  });
  const renewal = tokenRenewal(deps, () => installations.renewExpiring());
  const clockCheck = new ClockCheck(deps, {
    eraseAfterMs,
    kick: () => {
      for (const job of [inbox, erasing, cardUpdates, outbox]) job.kick();
    },
  });
  // In the order in which one may have something to do for the next.
  const jobs: readonly Pick<Loop, 'kick' | 'stop' | 'idle'>[] = [
    renewal,
    inbox,
    erasing,
    cardUpdates,
    outbox,
    housekeeping(deps, retentionDays),
    clockCheck.loop,
  ];
  const app = new GracefulApp({
    receiver,
    keep: (body, { kind, id }) => (kind === 'event' && isKept(id) ? inbox.keep(body) : false),
    onRateLimited: (workspace) =>
      deps.logger.warn(
        { tenant: loggableId(workspace) },
        'Slack holds events back: more have come in this hour than it delivers',
      ),
    onAck: (kind, seconds) => deps.metrics.acknowledged(kind, seconds),
    onUnheard: ({ kind, id }, error) =>
      deps.logger.warn({ kind, id: loggableId(id), err: error }, 'an acknowledgement did not reach Slack'),
    onBusy: (kind) => deps.metrics.interaction(kind, 'busy'),
    clock: deps.clock,
    queue,
    isReplyAddress: (address) => isSlacks(address, clientOptions.slackApiUrl),
    onUnreadable: ({ kind, id }) => {
      deps.metrics.interaction(kind, 'unreadable');
      deps.logger.warn({ kind, id: loggableId(id) }, 'a payload that nobody can read');
    },
    authorize: authorizeOrSayWhyNot(installations.authorize),
    clientOptions,
    logger: boltLogger(deps.logger),
    // We keep no conversations in memory; Bolt's store for them would cost time on every request.
    convoStore: false,
    // What a bot says, this one too, is passed over where mentions are read; nothing else that it does comes back.
    ignoreSelf: false,
  });
  registerListeners(app, { ...deps, outbox, cardUpdates, inbox, clientWith: clientCache(clientOptions) });
  // What listeners throw is answered in interactions/on-error.ts; here arrives what fails before them.
  app.error(async (error) => {
    deps.logger.error({ err: error }, 'a payload could not be handled');
  });
  let cancelWarming = (): void => {};
  return {
    start: async () => {
      await clockCheck.atStart();
      await outbox.adoptOrphans();
      const address: unknown = await app.start();
      for (const job of jobs) job.kick();
      cancelWarming = deps.clock.after(WARM_AFTER_MS, () => warmSearch(deps.rubric));
      return address;
    },
    stop: async () => {
      cancelWarming();
      // The jobs start nothing more either: what they leave is on disk for the next start.
      await Promise.all([app.drain(), ...jobs.map((job) => job.stop())]);
      await app.stop();
    },
    idle: async () => {
      await app.idle();
      for (const job of jobs) await job.idle();
    },
  };
}
