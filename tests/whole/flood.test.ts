// Floods from senders without a signature, against the whole process.
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { newFolder, type RunningBot, startBot } from './client/bot.ts';
import { rowsIn } from './client/database.ts';
import { signatureHeaders } from './client/requests.ts';
import { startSlack } from './client/slack.ts';
import { ANA, ask, BOB, control } from './client/team.ts';

const MOST_MB = 250;
const FORM = 'content-type: application/x-www-form-urlencoded';
/** Just below the bot's limit on bodies, in bytes. */
const LARGE = 700_000;

/** The head of a request that looks like Slack's. */
function head(framing: string, line = 'POST /slack/events'): string {
  const signature = `x-slack-request-timestamp: ${Math.floor(Date.now() / 1_000)}\r\nx-slack-signature: v0=${'0'.repeat(64)}`;
  return `${line} HTTP/1.1\r\nhost: bot.test\r\n${FORM}\r\n${signature}\r\n${framing}\r\n\r\n`;
}
const CHUNKED = 'transfer-encoding: chunked';
const body = 'x'.repeat(LARGE - 6);
const length = `content-length: ${LARGE}`;
const tiny = '1\r\nx\r\n'.repeat(20_000);
const halfHead = `POST /slack/events HTTP/1.1\r\nhost: bot.test\r\n${'a:b\r\n'.repeat(1_400)}`;

/** A signed request that changes nothing. */
function signed(): string {
  const check = 'ssl_check=1&token=x';
  const headers = Object.entries(signatureHeaders(check)).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /slack/events HTTP/1.1\r\nhost: bot.test\r\n${FORM}\r\n${headers.join('')}content-length: ${check.length}\r\n\r\n${check}`;
}

interface Attack {
  readonly connections: number;
  readonly bytes: () => string;
  /** Sent after the answer to `bytes`. */
  readonly afterwards?: () => string;
  readonly readsAnswers?: boolean;
  /** Connections that the bot closes; a third of them if not given. */
  readonly closes?: number;
}

const ATTACKS: Record<string, Attack> = {
  'bodies that stop before their end': { connections: 400, bytes: () => head(length) + body },
  'bodies in chunks, without a length': {
    connections: 400,
    bytes: () => `${head(CHUNKED)}${body.length.toString(16)}\r\n${body}\r\n`,
  },
  'chunks of one byte': { connections: 200, bytes: () => head(CHUNKED) + tiny },
  'connections that say nothing': { connections: 1_500, bytes: () => '' },
  'headers that stop before their end': { connections: 1_000, bytes: () => halfHead },
  'bodies for a path that is not there': {
    connections: 400,
    bytes: () => head(length, 'POST /nowhere') + body,
  },
  'bodies with another method': { connections: 400, bytes: () => head(length, 'PUT /slack/events') + body },
  'bodies for a page': { connections: 400, bytes: () => head(length, 'GET /readyz') + body },
  'requests by the thousand on each connection, whose answers are not read': {
    connections: 200,
    bytes: () => 'GET / HTTP/1.1\r\nhost: bot.test\r\n\r\n'.repeat(3_000),
    readsAnswers: false,
    closes: 0,
  },
  'whole bodies with a wrong signature': {
    connections: 200,
    bytes: () => `${head(length)}${body}123456`,
    closes: 0,
  },
  'bodies over connections that carried a signed request': {
    connections: 400,
    bytes: signed,
    afterwards: () => head(length) + body,
  },
};

/** Opens the connections; `closed` counts those that the bot has closed. */
async function attack(
  { origin }: RunningBot,
  { connections, bytes, afterwards, readsAnswers = true }: Attack,
) {
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  const state = { closed: 0 };
  const port = Number(new URL(origin).port);
  await Promise.all(
    Array.from({ length: connections }, () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const socket = connect({ host: '127.0.0.1', port });
      sockets.push(socket);
      if (readsAnswers) socket.on('data', () => {});
      socket.on('error', () => {});
      socket.once('close', () => {
        state.closed += 1;
        resolve();
      });
      socket.once('connect', () => {
        socket.write(bytes());
        if (afterwards) socket.once('data', () => socket.write(afterwards(), () => resolve()));
        else resolve();
      });
      return promise;
    }),
  );
  return state;
}

function memoryMb(pid: number): number {
  const [, peak] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(peak) / 1_024;
}

it.runIf(existsSync('/proc/self/status')).each(Object.entries(ATTACKS))(
  '%s take little memory and block no signed request',
  async (_, shape) => {
    const slack = await startSlack();
    onTestFinished(() => slack.close());
    const folder = newFolder();
    const bot = await startBot({ slack, folder });
    const card = await ask(bot, slack, ANA);
    const { connections, closes = connections / 3 } = shape;
    const state = await attack(bot, shape);
    for (const choice of ['django', 'flask']) {
      expect((await bot.requests.command(ANA, 'help')).status).toBe(200);
      await bot.requests.press(BOB, control(card.call.args, `vote_${choice}`), card.ts);
      expect(rowsIn(folder, 'SELECT person, choice FROM votes')).toEqual([{ person: 'U0BOB', choice }]);
    }
    while (state.closed < closes) expect((await bot.requests.command(ANA, 'help')).status).toBe(200);
    expect(memoryMb(bot.pid)).toBeLessThan(MOST_MB);
    bot.kill();
    expect(await bot.ended).toBe(0);
  },
);
