import { webApi } from '@slack/bolt';
import { loadRubric, RubricError } from './advice/rubric/rubric.ts';
import { createApp } from './bot.ts';
import { groupsBy } from './decision/group.ts';
import { erasure } from './installs/erase.ts';
import { FairQueue } from './installs/fair-queue.ts';
import { systemClock } from './runtime/clock.ts';
import { type Config, loadConfig } from './runtime/config.ts';
import { countCalls } from './runtime/count-calls.ts';
import { isPostgres } from './runtime/database-url.ts';
import { operationsPages } from './runtime/http/operations.ts';
import { standardOutput } from './runtime/log-output.ts';
import { createLogger, describeError, type Logger } from './runtime/logging.ts';
import { Metrics } from './runtime/metrics.ts';
import { newId } from './runtime/new-id.ts';
import { ReadinessChecks } from './runtime/readiness.ts';
import { connection } from './slack/connection.ts';
import { tokenErrorLog } from './slack/token-errors.ts';
import { clientOptions, httpFetch } from './slack/web-client.ts';
import { slackApp } from './slack-app.ts';
import type { Store } from './store/store.ts';
import { RECORDED_IS_SAFE, StoreError } from './store/store-error.ts';
import { openInThread } from './store/thread/open.ts';
import { databaseThread } from './store/thread/worker.ts';

/** Longer than whoever sends requests takes to notice that /readyz says 503: deploy/Caddyfile asks every five seconds. */
const NOTICED_WITHIN_MS = 7_000;
/** Longer than any call to Slack may take. */
const STOP_WITHIN_MS = 15_000;
/** Enough to close a socket in good order. */
const LINGER_MS = 1_000;
const DAY_MS = 86_400_000;
/** Too short for anybody to notice. */
const CARD_UPDATE_REST_MS = 50;

const loaded = loadConfig(process.env);
if (!loaded.ok) exitWith(['The environment is not complete:', ...loaded.problems.map((p) => `  ${p}`)]);
await run(loaded.config);

async function run(config: Config): Promise<void> {
  const log = standardOutput();
  const logger = createLogger(config.logLevel, log);
  // Node would print such an error with all that it holds: requests, answers, people's words.
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'something went wrong that nobody had an answer for');
    exitWith([
      'The bot has ended, since something went wrong that it had no answer for; its log says what. Start it again.',
    ]);
  });
  // Both at once: the database is opened elsewhere.
  const opening = orExit(() => openDatabase(config.database), StoreError);
  const rubric = await orExit(loadRubric, RubricError);
  const store = await opening;
  const metrics = new Metrics(
    {
      refreshBacklog: () => store.cardUpdates.backlog(),
      pendingPosts: () => store.posts.waiting(systemClock.now()),
      pool: () => store.pool(),
      droppedLogLines: log.dropped,
      checks: async () => {
        const { checks } = await readiness.look();
        return Object.fromEntries(Object.entries(checks).map(([name, said]) => [name, said === 'ok']));
      },
    },
    { ofProcess: true },
  );
  const logTokenError = tokenErrorLog(systemClock, logger);
  const fetch = httpFetch(
    countCalls((method, error) => {
      metrics.slackCall(method, error);
      logTokenError(method, error);
    }),
  );
  const options = clientOptions({ slackApiUrl: config.slackApiUrl, logger, fetch });
  const started = await slackApp(config, options, store, rubric, logger);
  if (!started.ok) {
    // Slack may refuse the token because the app was removed. Erase what is due anyway.
    await eraseDue(store, logger);
    exitWith([started.problem]);
  }
  const { installations, pages } = started.app;
  const readiness: ReadinessChecks = new ReadinessChecks(
    systemClock,
    {
      store: () => store.ping(),
      slack: () => slack.slackIsThere(),
    },
    logger,
  );
  let stopping = false;
  let ending = false;
  const slack = connection(
    config,
    options,
    logger,
    { ...pages, ...operationsPages({ readiness, metrics, metricsToken: config.metricsToken }) },
    () => ending,
    (error) => exitWith([whyNotStarted(error, config), RECORDED_IS_SAFE]),
  );
  const bot = createApp({
    rubric,
    store,
    clock: systemClock,
    newId,
    logger,
    metrics,
    slashCommand: config.slashCommand,
    fetch: httpFetch(),
    receiver: slack.receiver,
    installations,
    clientOptions: options,
    // Also for one workspace: without it, a command with 16 connections takes 1.37 times the CPU time.
    queue: new FairQueue({ clock: systemClock }),
    eraseAfterMs: config.eraseAfterDays * DAY_MS,
    retentionDays: config.retentionDays,
    cardUpdateRestMs: CARD_UPDATE_REST_MS,
  });

  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    // Until then everything is served as ever. Over a socket Slack itself knows where to send.
    await readiness.stopping(config.transport.kind === 'http' ? NOTICED_WITHIN_MS : 0);
    ending = true;
    setTimeout(
      () => exitWith(['Could not stop in time; unfinished posts are picked up at the next start.']),
      STOP_WITHIN_MS,
    ).unref();
    await bot.stop();
    await slack.stopPages();
    await orExit(() => store.close(), StoreError);
    logger.info('stopped');
    // Where Slack was never reached, its client goes on trying to connect and would keep the process alive.
    setTimeout(() => process.exit(0), LINGER_MS).unref();
  };
  // Not `once`: npm passes on a signal that the process got already, and the second one would end it at once.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  try {
    const pagesPort = await slack.startPages();
    const address = await bot.start();
    const port = pagesPort === null ? portOf(address) : { port: pagesPort };
    logger.info({ transport: config.transport.kind, ...port }, 'ready');
  } catch (error) {
    if (stopping) return;
    exitWith([whyNotStarted(error, config)]);
  }
}

/** An SQLite file is written by a thread of its own; PostgreSQL is another program anyway. */
function openDatabase(database: string): Promise<Store> {
  return isPostgres(database)
    ? openPostgres(database)
    : openInThread({
        thread: databaseThread(),
        database,
        onDeath: (why) => exitWith([why.message]),
      });
}

async function eraseDue(store: Store, logger: Logger): Promise<void> {
  const erasing = erasure({ store, clock: systemClock, logger });
  erasing.kick();
  await erasing.idle();
  await erasing.stop();
}

/** Loaded only where it is used: a start waits for whatever is loaded. */
async function openPostgres(url: string): Promise<Store> {
  const { openPostgresStore } = await import('./store/postgres/open.ts');
  return openPostgresStore(url, groupsBy(loadRubric));
}

/** What whoever starts the bot can do something about is said in plain lines; anything else is a bug. */
async function orExit<T>(
  make: () => T | Promise<T>,
  expected: typeof StoreError | typeof RubricError,
): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof expected) exitWith([error.message]);
    throw error;
  }
}

/** A sentence for what can keep a checked configuration from starting. */
function whyNotStarted(error: unknown, { transport }: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const listening = transport.kind === 'http' ? transport : transport.pages;
  if (listening !== null && code === 'EADDRINUSE') {
    return `Port ${listening.port} is taken by another program. Set PORT to a free one.`;
  }
  if (listening !== null && (code === 'EACCES' || code === 'EADDRNOTAVAIL')) {
    return `Listening on HOST ${listening.host}, PORT ${listening.port} is not possible (${code}).`;
  }
  if (error instanceof webApi.WebAPIPlatformError) {
    return `Slack does not accept SLACK_APP_TOKEN (${error.data.error}). It needs the scope connections:write, and Socket Mode switched on.`;
  }
  return `Could not start: ${describeError(error).message}`;
}

function portOf(address: unknown): { port?: number } {
  return typeof address === 'object' &&
    address !== null &&
    'port' in address &&
    typeof address.port === 'number'
    ? { port: address.port }
    : {};
}

/** For the person who starts the bot: plain lines, no stack trace. */
function exitWith(lines: readonly string[]): never {
  try {
    process.stderr.write(`${lines.join('\n')}\n`);
  } catch {
    // Standard error may be a file on a full disk. The exit code still shows that the bot failed.
  }
  process.exit(1);
}
