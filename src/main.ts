import { randomBytes } from 'node:crypto';
import { SocketModeReceiver, webApi } from '@slack/bolt';
import dotenv from 'dotenv';
import { createApp } from './app.ts';
import { systemClock } from './clock.ts';
import { type Config, loadConfig } from './config.ts';
import { HttpReceiver, type Page } from './http/receiver.ts';
import { webPages } from './http/web.ts';
import { boltLogger, createLogger, describeError, type Logger } from './logging.ts';
import { SCOPES } from './manifest/permissions.ts';
import { loadRubric, RubricError } from './rubric/rubric.ts';
import { clientOptions } from './slack/client.ts';
import { type Installations, singleWorkspace } from './slack/installation.ts';
import { createSealer } from './slack/seal.ts';
import { Workspaces, type WorkspacesParts } from './slack/workspaces.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/store.ts';
import { StoreError } from './store/store-error.ts';

/** Longer than any call to Slack may take. */
const STOP_WITHIN_MS = 15_000;
/** Enough to close a socket in good order. */
const LINGER_MS = 1_000;
const DAY_MS = 86_400_000;

dotenv.config({ quiet: true });
const loaded = loadConfig(process.env);
if (!loaded.ok) exitWith(['The environment is not complete:', ...loaded.problems.map((p) => `  ${p}`)]);
await run(loaded.config);

async function run(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel);
  const options = clientOptions({ slackApiUrl: config.slackApiUrl, logger });
  const rubric = await orExit(loadRubric, RubricError);
  const store = await orExit(() => openStore(config.database), StoreError);
  const { installations, pages } = await workspacesFor(config, options, store, logger);
  const receiver = receiverFor(config, options, logger, pages);
  const bot = createApp({
    rubric,
    store,
    clock: systemClock,
    newId: () => randomBytes(12).toString('base64url'),
    logger,
    slashCommand: config.slashCommand,
    fetch: globalThis.fetch,
    receiver,
    installations,
    clientOptions: options,
    eraseAfterMs: config.eraseAfterDays * DAY_MS,
    retentionDays: config.retentionDays,
  });

  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(
      () => exitWith(['Could not stop in time; unfinished posts are picked up at the next start.']),
      STOP_WITHIN_MS,
    ).unref();
    await bot.stop();
    await store.close();
    logger.info('stopped');
    // Where Slack was never reached, its client goes on trying to connect and would keep the process alive.
    setTimeout(() => process.exit(0), LINGER_MS).unref();
  };
  // Not `once`: npm passes on a signal that the process got already, and the second one would end it at once.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  try {
    const address = await bot.start();
    logger.info({ transport: config.transport.kind, ...portOf(address) }, 'ready');
  } catch (error) {
    if (stopping) return;
    exitWith([whyNotStarted(error, config)]);
  }
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

interface For {
  readonly installations: Installations;
  readonly pages: Readonly<Record<string, Page>>;
}

/** Where the bot is installed, and how it comes to be. */
async function workspacesFor(
  config: Config,
  options: webApi.WebClientOptions,
  store: Store,
  logger: Logger,
): Promise<For> {
  const { workspaces } = config;
  if (workspaces.kind === 'one') {
    const installations = singleWorkspace(workspaces.botToken, options, logger);
    const refusal = await installations.verify();
    if (refusal !== null) exitWith([refusal]);
    const team = installations.team();
    // Its token works, so it has not left, or is back.
    if (team !== null) await store.tenants.comeBack(team);
    return { installations, pages: {} };
  }
  const { clientId, clientSecret, encryptionKeys } = workspaces;
  const parts: WorkspacesParts = {
    store,
    sealer: createSealer(encryptionKeys, randomBytes),
    credentials: { clientId, clientSecret },
    clientOptions: options,
    clock: systemClock,
    logger,
  };
  const pages = webPages({
    config,
    many: workspaces,
    workspaces: parts,
    scopes: SCOPES,
    randomBytes,
    newReference: () => randomBytes(6).toString('base64url'),
    logger,
  });
  return { installations: new Workspaces(parts), pages };
}

function receiverFor(config: Config, options: webApi.WebClientOptions, logger: Logger, pages: For['pages']) {
  const { transport } = config;
  if (transport.kind === 'http') {
    const { signingSecret, host, port } = transport;
    return new HttpReceiver({ signingSecret, host, port, logger, now: systemClock.now, pages });
  }
  return new SocketModeReceiver({
    appToken: transport.appToken,
    logger: boltLogger(logger),
    // Unlike the bot's other calls, connecting again goes on until it succeeds: without a connection there
    // is nothing else to do, and this client would end the process when it gives up.
    installerOptions: {
      clientOptions: { ...options, retryConfig: { forever: true, factor: 1.5, maxTimeout: 30_000 } },
    },
  });
}

/** A sentence for what can keep a checked configuration from starting. */
function whyNotStarted(error: unknown, config: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (config.transport.kind === 'http' && code === 'EADDRINUSE') {
    return `Port ${config.transport.port} is taken by another program. Set PORT to a free one.`;
  }
  if (config.transport.kind === 'http' && (code === 'EACCES' || code === 'EADDRNOTAVAIL')) {
    return `Listening on HOST ${config.transport.host}, PORT ${config.transport.port} is not possible (${code}).`;
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
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}
