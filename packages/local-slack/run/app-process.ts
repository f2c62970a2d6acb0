import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LocalSlack } from '../local-slack.ts';
import type { Command, Transport } from './command-line.ts';
import { COMPILE_CACHE } from './compile-cache.ts';

const END_WITH_PARENT = new URL('./end-with-parent.js', import.meta.url).href;
const SIGNING_SECRET = 'local-signing-secret';
/** Database file in the data folder, which DATABASE_URL names. */
export const DATABASE_FILE = 'bot.db';
/** Timeout from the app's start until it connects or listens. */
const READY_TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 20;
/** Timeout for the app's child processes after the app itself has exited. */
const END_TIMEOUT_MS = 10_000;
const IS_WINDOWS = process.platform === 'win32';

export interface AppProcess {
  readonly logFile: string;
  /** Resolves to the exit code; null after a signal. */
  readonly ended: Promise<number | null>;
  /** Resolves when the process has ended. */
  stop(): Promise<void>;
}

/** Starts the app. Resolves when the local Slack can reach it; rejects with a sentence otherwise. */
export async function startApp(
  slack: LocalSlack,
  command: Command,
  transport: Transport,
  folder: string,
): Promise<AppProcess> {
  const port = transport === 'http' ? await findFreePort() : null;
  const logFile = logPath(folder);
  const log = openSync(logFile, 'a');
  const [program, ...args] = command;
  const child = spawn(program.includes('/') ? resolve(program) : program, args.map(absoluteIfFile), {
    // The project's own folder may have an .env file with the tokens of a real workspace.
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      NODE_OPTIONS: `--import=${END_WITH_PARENT}`,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: join(folder, DATABASE_FILE),
      ...(port === null
        ? { SLACK_APP_TOKEN: slack.appToken }
        : { SLACK_SIGNING_SECRET: SIGNING_SECRET, HOST: '127.0.0.1', PORT: String(port) }),
    },
    stdio: ['ignore', log, 'inherit', 'ipc'],
    // A separate process group, so that a signal also reaches processes behind a shell or npm.
    detached: !IS_WINDOWS,
  });
  closeSync(log);
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const stop = async (): Promise<void> => {
    signalGroup(child, 'SIGTERM');
    await ended;
    await waitForGroupEnd(child);
  };

  const waiting = new AbortController();
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Error(`The app can’t start: ${error.message}.`)));
    void ended.then((code) => reject(new Error(exitMessage(code, folder))));
  });
  try {
    const ready = port === null ? waitForSocket(slack, waiting.signal) : waitForPort(port, waiting.signal);
    const late = pause(READY_TIMEOUT_MS, 'late', { signal: waiting.signal });
    if ((await Promise.race([ready, failed, late])) === 'late') {
      await stop();
      throw new Error(notReadyMessage(port, folder));
    }
  } finally {
    waiting.abort();
  }
  if (port !== null) {
    slack.sendTo({ url: `http://127.0.0.1:${port}/slack/events`, signingSecret: SIGNING_SECRET });
  }
  return { logFile, ended, stop };
}

/** Signals the app and all processes in its group. Returns false if none of them is running. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  if (IS_WINDOWS) return child.kill(signal);
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}

/** Waits until the app's child processes have exited, and kills them after the timeout. */
async function waitForGroupEnd(child: ChildProcess): Promise<void> {
  const until = performance.now() + END_TIMEOUT_MS;
  while (signalGroup(child, 0)) {
    if (performance.now() > until) return void signalGroup(child, 'SIGKILL');
    await pause(POLL_INTERVAL_MS);
  }
}

const logPath = (folder: string): string => join(folder, 'bot.log');

export const exitMessage = (code: number | null, folder: string): string => {
  const how = code === null ? 'was killed' : `exited with code ${code}`;
  return `The app ${how}. Its log: ${logPath(folder)}`;
};

function notReadyMessage(port: number | null, folder: string): string {
  const expected = port === null ? 'open a socket at SLACK_API_URL' : 'listen on HOST and PORT';
  return `The app didn’t ${expected} within ${READY_TIMEOUT_MS / 1000} seconds. Its log: ${logPath(folder)}`;
}

/** Makes a file's path absolute, because the app runs in another folder. */
function absoluteIfFile(arg: string): string {
  const isFile = statSync(arg, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? resolve(arg) : arg;
}

/** Resolves when the app has opened a socket. */
function waitForSocket(slack: LocalSlack, signal: AbortSignal): Promise<void> {
  const { promise, resolve: done } = Promise.withResolvers<void>();
  const stop = slack.listen(() => slack.sockets.count > 0 && done());
  signal.addEventListener('abort', stop);
  return promise;
}

/** Resolves when a connection to the port is accepted. */
async function waitForPort(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await canConnect(port))) await pause(POLL_INTERVAL_MS);
}

function canConnect(port: number): Promise<boolean> {
  const { promise, resolve: done } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  // If the port is free, the system may give it to this connection, which then connects to itself.
  socket.once('connect', () => done(socket.localPort !== port));
  socket.once('error', () => done(false));
  return promise.finally(() => socket.destroy());
}

/** Returns a free port. Another program can still take it before the app does. */
async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
