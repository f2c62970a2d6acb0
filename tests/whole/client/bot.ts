// The bot as a process, driven from outside. Shares no code with the bot.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { SIGNING_SECRET, SlackRequests } from './requests.ts';
import type { FakeSlack, JsonObject } from './slack.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

export interface RunningBot {
  readonly pid: number;
  /** Without a path: http://127.0.0.1:1234 */
  readonly origin: string;
  readonly requests: SlackRequests;
  /** Log lines so far. */
  readonly log: readonly JsonObject[];
  stderr(): string;
  kill(signal?: NodeJS.Signals): void;
  /** Resolves to the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** A folder of its own, deleted when the test ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'outside-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface BotOptions {
  readonly slack: FakeSlack;
  /** Working directory; the database is bot.db in it unless `env` says otherwise. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments for node before the program. */
  readonly nodeArgs?: readonly string[];
  /** The time that requests are signed with. */
  readonly at?: () => number;
}

/** The environment of a bot for one workspace over HTTP. */
export function environment({ slack, env = {} }: Pick<BotOptions, 'slack' | 'env'>): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    SLACK_BOT_TOKEN: 'xoxb-outside',
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: 'bot.db',
    HOST: '127.0.0.1',
    PORT: '0',
    ...env,
  };
}

/** The options that `npm start` gives to node. */
const OPTIONS = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  .scripts.start.split(' ')
  .filter((word: string) => word.startsWith('--'));

/** Starts the bot as `npm start` does and resolves once it is ready. Rejects with its output if it ends before that. */
export async function startBot(options: BotOptions): Promise<RunningBot> {
  const { slack, folder, nodeArgs = [], at } = options;
  const child = spawn(process.execPath, [...OPTIONS, ...nodeArgs, join(ROOT, 'src/main.ts')], {
    cwd: folder,
    env: environment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: JsonObject[] = [];
  let unfinished = '';
  let stderr = '';
  const { promise: ready, resolve: isReady, reject } = Promise.withResolvers<number>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (unfinished + chunk).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) {
      const parsed: JsonObject = JSON.parse(line);
      log.push(parsed);
      if (parsed.msg === 'ready') isReady(Number(parsed.port));
    }
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const { promise: ended, resolve: hasEnded } = Promise.withResolvers<number | NodeJS.Signals | null>();
  child.once('close', (code, signal) => {
    hasEnded(code ?? signal);
    reject(new Error(`the bot ended with ${code ?? signal}: ${stderr}`));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const origin = `http://127.0.0.1:${await ready}`;
  return {
    pid: child.pid ?? 0,
    origin,
    requests: new SlackRequests(`${origin}/slack/events`, slack.responseUrl, at),
    log,
    stderr: () => stderr,
    kill: (signal = 'SIGTERM') => void child.kill(signal),
    ended,
  };
}

/** Keeps a command's compiled code, as the bot does with its own: a start then takes a third of the CPU time. */
const COMPILED = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compiled') };

/** Output and exit code of a command. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `node src/cli/NAME.ts` to its end. */
export async function runCommand(
  name: string,
  args: readonly string[],
  { folder, env, input }: { folder: string; env: Readonly<Record<string, string>>; input?: string },
): Promise<Ran> {
  const child = spawn(process.execPath, [join(ROOT, `src/cli/${name}.ts`), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...COMPILED, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {}); // The command may end without reading all of it.
  child.stdin.end(input ?? '');
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, stdout, stderr };
}
