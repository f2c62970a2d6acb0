import type { App, Receiver } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import { type Bot, createApp } from '../../src/app.ts';
import { Metrics } from '../../src/operations/metrics.ts';
import { loadRubric } from '../../src/rubric/rubric.ts';
import { clientOptions } from '../../src/slack/client.ts';
import { singleWorkspace } from '../../src/slack/installation.ts';
import type { Store } from '../../src/store/store.ts';
import { TestClock } from './clock.ts';
import { temporaryFolder } from './folder.ts';
import { recordingLogger } from './log.ts';
import { RecordedSlack } from './slack.ts';
import { openTestStore } from './store.ts';

/** The whole bot in this process, with a recorded Slack and a clock that stands still. */
export interface TestBot {
  readonly bot: Bot;
  readonly slack: RecordedSlack;
  readonly clock: TestClock;
  readonly store: Store;
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
  readonly clock?: TestClock;
  readonly eraseAfterMs?: number;
  readonly retentionDays?: number;
}

export async function startBot(setup: Setup = {}): Promise<TestBot> {
  const { folder = temporaryFolder(), clock = new TestClock() } = setup;
  const slack = new RecordedSlack();
  const log = recordingLogger();
  const store = await openTestStore(folder);
  const receiver = new InProcessReceiver();
  const options = clientOptions({
    slackApiUrl: 'https://slack.test/api/',
    logger: log.logger,
    fetch: slack.fetch,
  });
  const metrics = new Metrics({
    refreshBacklog: () => store.cardUpdates.backlog(),
    pendingPosts: () => store.posts.waiting(clock.now()),
    pool: () => store.pool(),
  });
  let ids = 0;
  const bot = createApp({
    rubric: loadRubric(),
    store,
    clock,
    newId: () => {
      ids += 1;
      return `id${String(ids).padStart(6, '0')}_${clock.now()}`;
    },
    logger: log.logger,
    metrics,
    slashCommand: '/django-or-flask',
    fetch: slack.fetch,
    receiver,
    installations: singleWorkspace('xoxb-test-token', options, log.logger),
    clientOptions: options,
    ...(setup.eraseAfterMs === undefined ? {} : { eraseAfterMs: setup.eraseAfterMs }),
    ...(setup.retentionDays === undefined ? {} : { retentionDays: setup.retentionDays }),
  });
  await bot.start();
  await bot.idle();
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await bot.stop();
    await store.close();
  };
  onTestFinished(close);

  const start: TestBot['start'] = (body, { ackFails = false } = {}) => {
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
    slack,
    clock,
    store,
    log,
    metrics,
    start,
    deliver: (body, delivery) => start(body, delivery).done,
    restart: async () => {
      await close();
      return startBot({ ...setup, folder, clock });
    },
  };
}

/** A receiver is three methods; tests hand payloads straight to the app. */
class InProcessReceiver implements Receiver {
  #app: App | undefined;

  get app(): App {
    if (!this.#app) throw new Error('not initialised');
    return this.#app;
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}
}
