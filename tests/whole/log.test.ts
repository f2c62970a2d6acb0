// The log of the whole process when its reader is stuck or gone, or its disk is full.
import { execFileSync, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { environment, newFolder } from './client/bot.ts';
import { SlackRequests } from './client/requests.ts';
import { type FakeSlack, type JsonObject, startSlack } from './client/slack.ts';
import { ANA } from './client/team.ts';

const MAIN = resolve(import.meta.dirname, '../../src/main.ts');
const AT_ONCE = 16;
/** Requests between two looks at how many lines were dropped. */
const MANY = 200;
/** Enough requests to show that the bot works without its log. */
const FEW = 50;

interface Bot {
  readonly origin: string;
  readonly stdout: Readable | null;
  /** Sends commands, and resolves to how many were answered 200. */
  answered(count: number): Promise<number>;
  /** Sends SIGTERM. Resolves to the exit code, or the signal that ended the bot. */
  stop(): Promise<number | NodeJS.Signals | null>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Starts the bot with these streams; `shell` is what a shell adds to the command. */
async function startWith(stdio: StdioOptions, shell = ''): Promise<Bot> {
  const slack: FakeSlack = await startSlack();
  onTestFinished(() => slack.close());
  const port = await freePort();
  const child = spawn('/bin/sh', ['-c', `exec '${process.execPath}' '${MAIN}' ${shell}`], {
    cwd: newFolder(),
    env: environment({ slack, env: { PORT: String(port) } }),
    stdio,
  });
  const ended = new Promise<number | NodeJS.Signals | null>((done) =>
    child.once('exit', (code, signal) => done(code ?? signal)),
  );
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const origin = `http://127.0.0.1:${port}`;
  const requests = new SlackRequests(`${origin}/slack/events`, slack.responseUrl);
  const isThere = () =>
    fetch(`${origin}/healthz`).then(
      () => true,
      () => child.exitCode !== null,
    );
  while (!(await isThere())) await new Promise((done) => setTimeout(done, 50));
  return {
    origin,
    stdout: child.stdout,
    answered: async (count) => {
      let [left, good] = [count, 0];
      const sender = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          if ((await requests.command(ANA, 'help')).status === 200) good += 1;
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, sender));
      return good;
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Collects a stream's text. */
function textOf(stream: Readable): { text: string; readonly ended: Promise<unknown> } {
  const read = { text: '', ended: new Promise((done) => stream.once('end', done)) };
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    read.text += chunk;
  });
  return read;
}

/** Sends commands until the pipe or socket and the bot's own memory are full. Resolves to the lines dropped so far. */
async function fill(bot: Bot): Promise<number> {
  for (let dropped = 0; ; dropped = await droppedIn(bot.origin)) {
    if (dropped > 0) return dropped;
    expect(await bot.answered(MANY)).toBe(MANY);
  }
}

async function droppedIn(origin: string): Promise<number> {
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  return Number(/^bot_log_lines_dropped_total (\d+)$/m.exec(metrics)?.[1]);
}

/** Makes a named pipe. It keeps what has been written until it is read. */
function pipe(): { readonly path: string; readonly fd: number } {
  const path = join(newFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  const fd = openSync(path, constants.O_RDWR);
  onTestFinished(() => closeSync(fd));
  return { path, fd };
}

describe.skipIf(process.platform === 'win32')('the log', () => {
  it('drops lines while a socket’s reader is stuck, says how many, and continues once it reads again', async () => {
    const bot = await startWith(['ignore', 'pipe', 'ignore']);
    const dropped = await fill(bot);
    expect(bot.stdout).not.toBeNull();
    if (!bot.stdout) return;
    const read = textOf(bot.stdout);
    while (!read.text.includes('"dropped"')) expect(await bot.answered(AT_ONCE)).toBe(AT_ONCE);
    expect(await bot.stop()).toBe(0);
    await read.ended;
    expect(read.text.endsWith('\n')).toBe(true);
    const lines = read.text
      .trimEnd()
      .split('\n')
      .map((line): JsonObject => JSON.parse(line));
    expect(lines.filter((line) => 'dropped' in line)).toMatchObject([{ level: 'warn' }]);
    expect(lines.at(-1)).toMatchObject({ msg: 'stopped' });
    const told = lines.reduce((sum, line) => sum + Number(line.dropped ?? 0), 0);
    expect(told).toBeGreaterThanOrEqual(dropped);
  });

  it.each([
    ['standard output', 'ignore'],
    ['standard output and error', 'same'],
  ])('does not hold up the bot on a pipe that is never read, with %s on it', async (_, stderr) => {
    const { fd } = pipe();
    const bot = await startWith(['ignore', fd, stderr === 'same' ? fd : 'ignore']);
    await fill(bot);
    expect(await bot.answered(MANY)).toBe(MANY);
    expect(await bot.stop()).toBe(0);
  });

  it('does not stop the bot if the reader of a pipe is gone', async () => {
    const bot = await startWith(['ignore', 'pipe', 'ignore']);
    bot.stdout?.destroy();
    expect(await bot.answered(FEW)).toBe(FEW);
    expect(await droppedIn(bot.origin)).toBeGreaterThan(0);
    expect(await bot.stop()).toBe(0);
  });

  it.runIf(existsSync('/dev/full')).each(['>/dev/full', '>/dev/full 2>&1'])(
    'does not stop the bot on a full disk: %s',
    async (shell) => {
      const bot = await startWith('ignore', shell);
      expect(await bot.answered(FEW)).toBe(FEW);
      expect(await droppedIn(bot.origin)).toBeGreaterThan(0);
      expect(await bot.stop()).toBe(0);
    },
  );

  it.each(['>&-', '>&- 2>&-'])('does not stop the bot if it is closed: %s', async (shell) => {
    const bot = await startWith('ignore', shell);
    expect(await bot.answered(FEW)).toBe(FEW);
    expect(await bot.stop()).toBe(0);
  });
});
