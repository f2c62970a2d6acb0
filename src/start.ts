// Reads the configuration, opens the store, connects to Slack and runs the bot until a signal stops it.
import { webApi } from '@slack/bolt';
import { loadRubric, RubricError } from './advice/rubric/rubric.ts';
import { createBot } from './bot.ts';
import { createComputeGroup } from './decision/group.ts';
import { createErasure } from './installs/erase.ts';
import { FairQueue } from './installs/fair-queue.ts';
import { systemClock } from './runtime/clock.ts';
import { type Config, loadConfig } from './runtime/config.ts';
import { isPostgresUrl } from './runtime/environment.ts';
import { createOperationsPages } from './runtime/http/operations.ts';
import { openStandardOutput } from './runtime/log-output.ts';
import { createLogger, describeError, type Logger } from './runtime/logging.ts';
import { Metrics } from './runtime/metrics.ts';
import { ReadinessChecks } from './runtime/readiness.ts';
import { newId } from './runtime/secrets.ts';
import { countCalls, createTokenErrorLog } from './slack/call-log.ts';
import { createConnection } from './slack/connection.ts';
import { clientOptions, httpFetch } from './slack/web-client.ts';
import { startSlackApp } from './slack-app.ts';
import { RECORDED_IS_SAFE, type Store, StoreError } from './store/store.ts';
import { openInThread } from './store/thread/open.ts';
import { databaseThread } from './store/thread/worker.ts';

/** How long load balancers need to notice a 503 from /readyz. deploy/Caddyfile checks every five seconds. */
const NOTICED_WITHIN_MS = 7_000;
/** Longest time for a graceful stop: longer than any call to Slack takes. */
const STOP_WITHIN_MS = 15_000;
/** Time for sockets to close after the stop. */
const LINGER_MS = 1_000;
const DAY_MS = 86_400_000;
/** Pause between two rounds of card updates. People don't notice it. */
const CARD_UPDATE_REST_MS = 50;

const loaded = loadConfig(process.env);
if (!loaded.ok) exitWith(['Invalid configuration:', ...loaded.problems.map((p) => `  ${p}`)]);
await run(loaded.config);

async function run(config: Config): Promise<void> {
  const log = openStandardOutput();
  const logger = createLogger(config.logLevel, log);
  // Node would print the whole error, which may contain requests, responses and people's words.
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught exception');
    exitWith(['The bot stopped because of an unexpected error, which is in its log. Start it again.']);
  });
  // In parallel: SQLite opens in its own thread, and PostgreSQL is another process.
  const opening = orExit(() => openDatabase(config.database), StoreError);
  const rubric = await orExit(loadRubric, RubricError);
  const store = await opening;
  const metrics = new Metrics(
    {
      refreshBacklog: () => store.cardUpdates.countStale(),
      pendingPosts: () => store.posts.countDue(systemClock.now()),
      pool: () => store.pool(),
      droppedLogLines: log.dropped,
      checks: async () => {
        const { checks } = await readiness.check();
        return Object.fromEntries(Object.entries(checks).map(([name, status]) => [name, status === 'ok']));
      },
    },
    { ofProcess: true },
  );
  const logTokenError = createTokenErrorLog(systemClock, logger);
  const fetch = httpFetch(
    countCalls((method, error) => {
      metrics.slackCall(method, error);
      logTokenError(method, error);
    }),
  );
  const options = clientOptions({ slackApiUrl: config.slackApiUrl, logger, fetch });
  const started = await startSlackApp(config, options, store, rubric, logger);
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
      slack: () => slack.checkSlack(),
    },
    logger,
  );
  let stopping = false;
  let ending = false;
  const slack = createConnection(
    config,
    options,
    logger,
    { ...pages, ...createOperationsPages({ readiness, metrics, metricsToken: config.metricsToken }) },
    () => ending,
    (error) => exitWith([whyNotStarted(error, config), RECORDED_IS_SAFE]),
  );
  const bot = createBot({
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
    // Keep serving until balancers have noticed. Over Socket Mode, Slack knows which connections are open.
    await readiness.announceStop(config.transport.kind === 'http' ? NOTICED_WITHIN_MS : 0);
    ending = true;
    setTimeout(
      () => exitWith(['The bot could not stop in time. It will finish pending posts after the next start.']),
      STOP_WITHIN_MS,
    ).unref();
    await bot.stop();
    await slack.stopPages();
    await orExit(() => store.close(), StoreError);
    logger.info('stopped');
    // A Socket Mode client that never reached Slack keeps retrying, and would keep the process alive.
    setTimeout(() => process.exit(0), LINGER_MS).unref();
  };
  // Not `once`: npm sends the process a second signal, which would then kill it at once.
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

/** Opens SQLite in a thread, so that disk writes don't block requests. PostgreSQL needs no thread. */
function openDatabase(database: string): Promise<Store> {
  return isPostgresUrl(database)
    ? openPostgres(database)
    : openInThread({
        thread: databaseThread(),
        database,
        onDeath: (why) => exitWith([why.message]),
      });
}

async function eraseDue(store: Store, logger: Logger): Promise<void> {
  const erasing = createErasure({ store, clock: systemClock, logger });
  erasing.kick();
  await erasing.idle();
  await erasing.stop();
}

/** Imports the PostgreSQL store only when needed, because every import delays the start. */
async function openPostgres(url: string): Promise<Store> {
  const { openPostgresStore } = await import('./store/postgres/open.ts');
  return openPostgresStore(url, createComputeGroup(loadRubric));
}

/** Exits with the message of an error that the operator can fix. Rethrows any other error, which is a bug. */
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

/** Returns a sentence for the operator when a valid configuration can't start. */
function whyNotStarted(error: unknown, { transport }: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const listening = transport.kind === 'http' ? transport : transport.pages;
  if (listening !== null && code === 'EADDRINUSE') {
    return `Another program uses port ${listening.port}. Set PORT to a free one.`;
  }
  if (listening !== null && (code === 'EACCES' || code === 'EADDRNOTAVAIL')) {
    return `The bot can't listen on HOST ${listening.host}, PORT ${listening.port} (${code}). Set HOST and PORT to an address that it may use.`;
  }
  if (error instanceof webApi.WebAPIPlatformError) {
    return `Slack rejected SLACK_APP_TOKEN (${error.data.error}). Give the token the scope connections:write, and turn on Socket Mode.`;
  }
  return `The bot could not start: ${describeError(error).message}`;
}

function portOf(address: unknown): { port?: number } {
  return typeof address === 'object' &&
    address !== null &&
    'port' in address &&
    typeof address.port === 'number'
    ? { port: address.port }
    : {};
}

/** Prints lines for the operator, without a stack trace, and exits with code 1. */
function exitWith(lines: readonly string[]): never {
  try {
    process.stderr.write(`${lines.join('\n')}\n`);
  } catch {
    // Standard error may be a file on a full disk. The exit code still shows that the bot failed.
  }
  process.exit(1);
}
