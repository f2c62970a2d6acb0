import { spawn } from 'node:child_process';
import { createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { compiledIn } from '../../src/runtime/keep-compiled.ts';
import { readEvents } from './app-manifest.ts';
import { type LocalSlack, startSlack } from './server/slack-server.ts';
import type { IdSource } from './state/ids.ts';
import { parseJson } from './state/json.ts';

const BOT = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const END_WITH_PARENT = new URL('./end-with-parent.ts', import.meta.url).href;
const SIGNING_SECRET = 'local-signing-secret';
const DATABASE = 'bot.db';
/** SQLite's own files beside it, and the bot's lock. */
const DATABASE_FILES = ['', '-wal', '-shm', '.lock'].map((suffix) => DATABASE + suffix);

const readyLine = z.object({ msg: z.literal('ready'), port: z.number().optional() });

export type Transport = 'socket' | 'http';

export interface StageOptions {
  /** Holds the bot's database and log. */
  readonly folder: string;
  readonly transport: Transport;
  /** Never gives what an earlier run on this folder gave: the bot remembers. */
  readonly newId: IdSource;
  /** Hears of a bot that ended by itself. */
  onBotGone(code: number | null): void;
}

/** A local Slack, and the whole bot, unchanged and in a process of its own, connected to it. */
export interface Stage {
  readonly slack: LocalSlack;
  readonly logFile: string;
  stop(): Promise<void>;
}

/** Resolves when the bot is ready for what people do. Rejects where it ends before. */
export async function startStage({ folder, transport, newId, onBotGone }: StageOptions): Promise<Stage> {
  const logFile = logIn(folder);
  const slack = await startSlack({ newId, events: readEvents(), rateLimits: true, redeliverEvents: true });
  const bot = spawn(process.execPath, ['--import', END_WITH_PARENT, BOT], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      NODE_COMPILE_CACHE: compiledIn(),
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: join(folder, DATABASE),
      ...(transport === 'socket'
        ? { SLACK_APP_TOKEN: slack.appToken }
        : { SLACK_SIGNING_SECRET: SIGNING_SECRET, HOST: '127.0.0.1', PORT: '0' }),
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  bot.stdout?.pipe(createWriteStream(logFile, { flags: 'a' }));
  const ended = new Promise<number | null>((resolve) => bot.once('exit', resolve));
  let stopping = false;
  const stop = async (): Promise<void> => {
    stopping = true;
    // The bot finishes its calls before it ends; one that hangs would keep it.
    slack.faults.clear();
    bot.kill('SIGTERM');
    await ended;
    await slack.close();
  };
  const { promise: ready, resolve, reject } = Promise.withResolvers<number | undefined>();
  if (bot.stdout) {
    createInterface(bot.stdout).on('line', (line) => {
      const said = readyLine.safeParse(parseJson(line));
      if (said.success) resolve(said.data.port);
    });
  }
  bot.once('exit', (code) => reject(new Error(endedByItself(code, folder))));
  bot.once('error', reject);
  try {
    const port = await ready;
    if (transport === 'http') {
      slack.sendTo({ url: `http://127.0.0.1:${port}/slack/events`, signingSecret: SIGNING_SECRET });
    }
  } catch (error) {
    await slack.close();
    throw error;
  }
  void ended.then((code) => {
    if (!stopping) onBotGone(code);
  });
  return { slack, logFile, stop };
}

const logIn = (folder: string): string => join(folder, 'bot.log');

export const endedByItself = (code: number | null, folder: string): string =>
  `The bot ended by itself (${code}). Its log: ${logIn(folder)}`;

/** Forgets everything that the bot has stored; only while it does not run. */
export function clearData(folder: string): void {
  for (const name of DATABASE_FILES) rmSync(join(folder, name), { force: true });
}
