// Builds the bot from its parts.
import type { Receiver, webApi } from '@slack/bolt';
import { warmSearch } from './advice/search/search.ts';
import { CardUpdates } from './delivery/card-updates.ts';
import { ClockCheck } from './delivery/clock-check.ts';
import type { Deps } from './delivery/deps.ts';
import { createHousekeeping } from './delivery/housekeeping.ts';
import { Inbox, isDurableEvent } from './delivery/inbox.ts';
import type { Loop } from './delivery/loop.ts';
import { Outbox } from './delivery/outbox.ts';
import { cardMessage } from './features/card/message.ts';
import { createInboxWork, registerListeners } from './features/index.ts';
import { createDeliveries } from './features/posts.ts';
import { createErasure } from './installs/erase.ts';
import { createRemovalHandler } from './installs/removal.ts';
import { createTokenRenewal } from './installs/renew-tokens.ts';
import { GracefulApp, type RequestQueue } from './interactions/graceful-app.ts';
import { createBoltLogger, loggableId } from './runtime/logging.ts';
import { isSlackAddress, restrictToSlack } from './slack/addresses.ts';
import { deferAuthorizationErrors, type Installations } from './slack/installation.ts';
import { clientCache } from './slack/web-client.ts';

export interface BotParts extends Omit<Deps, 'botName' | 'clientFor'> {
  readonly receiver: Receiver;
  readonly installations: Installations;
  readonly clientOptions: webApi.WebClientOptions;
  /** Keeps workspaces from slowing each other down. */
  readonly queue?: RequestQueue;
  /** How long to keep a workspace's data after it removed the app, in milliseconds. Default 0. */
  readonly eraseAfterMs?: number;
  /** Days to keep a decision after its last change. By default the bot keeps it as long as the app is installed. */
  readonly retentionDays?: number | null;
  /** Pause between two rounds of card updates, in milliseconds. Default 0. */
  readonly cardUpdateRestMs?: number;
}

export interface Bot {
  /** Resolves to the receiver's address over HTTP. */
  start(): Promise<unknown>;
  /** Refuses new payloads, and waits for running work. */
  stop(): Promise<void>;
  /** Resolves when no work is running. */
  idle(): Promise<void>;
}

/** Delay before the search index is built, so that the first people to use the bot don't wait for it. */
const WARM_AFTER_MS = 1_000;

/** Builds the bot. Doesn't read the environment, and opens no port or file. */
export function createBot(parts: BotParts): Bot {
  const { receiver, installations, clientOptions, eraseAfterMs = 0, retentionDays = null, ...others } = parts;
  const { cardUpdateRestMs, queue, ...rest } = others;
  const deps: Deps = {
    ...rest,
    fetch: restrictToSlack(rest.fetch, clientOptions.slackApiUrl, rest.logger),
    botName: async (tenant) => (await installations.botIn(tenant)).name,
    clientFor: installations.clientFor,
  };
  const outbox = new Outbox(deps, createDeliveries());
  const cardUpdates = new CardUpdates(
    deps,
    (discussion) => cardMessage(deps.rubric, discussion),
    () => outbox.kick(),
    cardUpdateRestMs,
  );
  const erasing = createErasure(deps);
  const inboxWork = createInboxWork(deps, outbox, cardUpdates);
  const onRemoved = createRemovalHandler(deps, {
    eraseAfterMs,
    tokenConfirmedAt: (tenant) => installations.tokenConfirmedAt(tenant),
    forget: (tenant) => installations.forget(tenant),
    kickErasure: () => erasing.kick(),
  });
  const inbox = new Inbox(deps, {
    events: { ...inboxWork.events, app_uninstalled: onRemoved, tokens_revoked: onRemoved },
    jobs: inboxWork.jobs,
  });
  const renewal = createTokenRenewal(deps, () => installations.renewExpiring());
  const clockCheck = new ClockCheck(deps, {
    eraseAfterMs,
    kick: () => {
      for (const job of [inbox, erasing, cardUpdates, outbox]) job.kick();
    },
  });
  // In this order, because a job may create work for the next one.
  const jobs: readonly Pick<Loop, 'kick' | 'stop' | 'idle'>[] = [
    renewal,
    inbox,
    erasing,
    cardUpdates,
    outbox,
    createHousekeeping(deps, retentionDays),
    clockCheck.loop,
  ];
  const app = new GracefulApp({
    receiver,
    keep: (body, { kind, id }) => (kind === 'event' && isDurableEvent(id) ? inbox.keep(body) : false),
    onRateLimited: (workspace) =>
      deps.logger.warn(
        { tenant: loggableId(workspace) },
        'Slack holds events back: more have come in this hour than it delivers',
      ),
    onAck: (kind, seconds) => deps.metrics.acknowledged(kind, seconds),
    onAckFailed: ({ kind, id }, error) =>
      deps.logger.warn({ kind, id: loggableId(id), err: error }, 'an acknowledgement did not reach Slack'),
    onBusy: (kind) => deps.metrics.interaction(kind, 'busy'),
    clock: deps.clock,
    queue,
    isReplyAddress: (address) => isSlackAddress(address, clientOptions.slackApiUrl),
    onUnreadable: ({ kind, id }) => {
      deps.metrics.interaction(kind, 'unreadable');
      deps.logger.warn({ kind, id: loggableId(id) }, 'an unreadable payload');
    },
    authorize: deferAuthorizationErrors(installations.authorize),
    clientOptions,
    logger: createBoltLogger(deps.logger),
    // The bot doesn't use Bolt's conversation store, which would take time on every request.
    convoStore: false,
    // The mention listener ignores every bot, this one included. The bot subscribes to no other event that it causes.
    ignoreSelf: false,
  });
  registerListeners(app, { ...deps, outbox, cardUpdates, inbox, clientWith: clientCache(clientOptions) });
  // Errors thrown before a listener runs. interactions/on-error.ts answers those of listeners.
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
      // The jobs stop too. Their remaining work is on disk for the next start.
      await Promise.all([app.drain(), ...jobs.map((job) => job.stop())]);
      await app.stop();
    },
    idle: async () => {
      await app.idle();
      for (const job of jobs) await job.idle();
    },
  };
}
