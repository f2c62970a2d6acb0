import type { App } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import type { Rubric } from '../../src/advice/rubric/schema.ts';
import { type Bot, createBot } from '../../src/bot.ts';
import { FairQueue } from '../../src/installs/fair-queue.ts';
import { Metrics } from '../../src/runtime/metrics.ts';
import { createSingleWorkspace, type Installations } from '../../src/slack/installation.ts';
import { clientOptions } from '../../src/slack/web-client.ts';
import type { Store } from '../../src/store/store.ts';
import { TestClock } from './clock.ts';
import { temporaryFolder } from './folder.ts';
import { InProcessReceiver } from './in-process-receiver.ts';
import { recordingLogger } from './log.ts';
import { RecordedSlack } from './slack.ts';
import { smallRubric } from './small-rubric.ts';
import { openTestStores, runsOnPostgres } from './store.ts';

/**
 * The whole bot in this process, with a recorded Slack and a clock that stands still. On PostgreSQL it is three
 * instances that share nothing else, and what Slack sends goes to each in turn.
 */
export interface TestBot {
  /** All instances. */
  readonly bot: Bot;
  /** The first instance's, for another receiver than the one in this process. */
  readonly app: App;
  readonly slack: RecordedSlack;
  readonly clock: TestClock;
  /** The first instance's, for a look at what is stored. */
  readonly store: Store;
  /** Every instance's, for what goes wrong with the database. */
  readonly stores: readonly Store[];
  readonly log: ReturnType<typeof recordingLogger>;
  readonly metrics: Metrics;
  /**
   * Delivers a payload as Slack would, and waits until nothing is being done any more.
   * @returns what was acknowledged; `undefined` where nothing was
   */
  deliver(body: Record<string, unknown>, delivery?: Delivery): Promise<Delivered>;
  /** The same without waiting, for what is to be looked at halfway. */
  start(
    body: Record<string, unknown>,
    delivery?: Delivery,
  ): { acknowledged: Promise<unknown>; done: Promise<Delivered> };
  /** From now on nothing can be read or written, by any instance. */
  loseDatabase(): Promise<void>;
  /** Stops this bot and starts another on the same file, as after a crash or an update. */
  restart(): Promise<TestBot>;
}

export interface Delivery {
  /** The connection breaks before anything can be acknowledged. */
  readonly ackFails?: boolean;
}

export interface Delivered {
  readonly acks: unknown[];
}

export interface Setup {
  /** Where its data are; a fresh place unless told. */
  readonly folder?: string;
  /** The small one unless told. */
  readonly rubric?: Rubric;
  readonly clock?: TestClock;
  readonly eraseAfterMs?: number;
  readonly retentionDays?: number;
  /** Every instance has a fair queue, as in a bot for many workspaces. */
  readonly hasFairQueue?: boolean;
  /** Who may do what where; one workspace with one token unless told. */
  readonly authorize?: Installations['authorize'];
  /** The same for what is done without somebody in Slack. */
  readonly clientFor?: Installations['clientFor'];
  /** What is remembered about each tenant's token; for one workspace unless told. */
  readonly remembering?: Pick<Installations, 'tokenConfirmedAt' | 'forget'>;
  /** One for each instance; on the running test project's database unless told. */
  readonly openStores?: (folder: string) => Promise<readonly Store[]>;
  /** Is given what closes the bot; the test that runs, unless told. */
  readonly atEnd?: (close: () => Promise<void>) => void;
}

const INSTANCES = 3;

export async function startBot(setup: Setup = {}): Promise<TestBot> {
  const { folder = temporaryFolder(), clock = new TestClock(), atEnd = onTestFinished } = setup;
  const { openStores = openStoresOfProject } = setup;
  const slack = new RecordedSlack();
  const log = recordingLogger();
  const stores = await openStores(folder);
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `id${String(ids).padStart(6, '0')}_${clock.now()}`;
  };
  const instances = stores.map((store) => instance({ setup, store, clock, slack, log, newId }));
  const [first] = instances;
  if (!first) throw new Error('there is no instance');
  const bot = together(instances.map((one) => one.bot));
  await bot.start();
  await bot.idle();
  const loseDatabase = async (): Promise<void> => {
    await Promise.all(stores.map((store) => store.close()));
  };
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await bot.stop();
    await loseDatabase();
  };
  atEnd(close);

  let turn = 0;
  const start: TestBot['start'] = (body, { ackFails = false } = {}) => {
    const { receiver } = instances[turn % instances.length] ?? first;
    turn += 1;
    const acks: unknown[] = [];
    const { promise: acknowledged, resolve } = Promise.withResolvers<unknown>();
    const ack = async (answer?: unknown): Promise<void> => {
      if (ackFails) throw new Error('the socket is gone');
      if (acks.length > 0) throw new Error('acknowledged twice');
      acks.push(answer);
      resolve(answer);
    };
    const done = receiver.app.processEvent({ body, ack }).then(async () => {
      await bot.idle();
      return { acks };
    });
    return { acknowledged, done };
  };
  return {
    bot,
    app: first.receiver.app,
    slack,
    clock,
    store: first.store,
    stores,
    log,
    metrics: first.metrics,
    start,
    deliver: (body, delivery) => start(body, delivery).done,
    loseDatabase,
    restart: async () => {
      await close();
      return startBot({ ...setup, folder, clock });
    },
  };
}

const openStoresOfProject = (folder: string): Promise<readonly Store[]> =>
  openTestStores(folder, runsOnPostgres() ? INSTANCES : 1);

/** What instances have in common: the world around them. */
interface World extends Pick<TestBot, 'store' | 'clock' | 'slack' | 'log'> {
  readonly setup: Setup;
  readonly newId: () => string;
}

interface Instance extends Pick<TestBot, 'bot' | 'store' | 'metrics'> {
  readonly receiver: InProcessReceiver;
}

function instance({ setup, store, clock, slack, log, newId }: World): Instance {
  const receiver = new InProcessReceiver();
  const options = clientOptions({
    slackApiUrl: 'https://slack.test/api/',
    logger: log.logger,
    fetch: slack.fetch,
  });
  const metrics = new Metrics({
    refreshBacklog: () => store.cardUpdates.countStale(),
    pendingPosts: () => store.posts.countDue(clock.now()),
    pool: () => store.pool(),
  });
  const bot = createBot({
    rubric: setup.rubric ?? smallRubric,
    store,
    clock,
    newId,
    logger: log.logger,
    metrics,
    slashCommand: '/django-or-flask',
    fetch: slack.fetch,
    receiver,
    installations: {
      ...createSingleWorkspace('xoxb-test-token', options, log.logger, {
        now: () => clock.now(),
        onTokenWorks: (team, seen) => store.tenants.comeBack(team, seen),
      }),
      ...setup.remembering,
      ...(setup.authorize === undefined ? {} : { authorize: setup.authorize }),
      ...(setup.clientFor === undefined ? {} : { clientFor: setup.clientFor }),
    },
    clientOptions: options,
    ...(setup.hasFairQueue ? { queue: new FairQueue({ clock }) } : {}),
    ...(setup.eraseAfterMs === undefined ? {} : { eraseAfterMs: setup.eraseAfterMs }),
    ...(setup.retentionDays === undefined ? {} : { retentionDays: setup.retentionDays }),
  });
  return { bot, store, metrics, receiver };
}

function together(bots: readonly Bot[]): Bot {
  return {
    start: () => Promise.all(bots.map((bot) => bot.start())),
    stop: async () => {
      await Promise.all(bots.map((bot) => bot.stop()));
    },
    idle: async () => {
      // None of them can give another one something to do but through the database, and for later.
      for (const bot of bots) await bot.idle();
    },
  };
}
