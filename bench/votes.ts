/**
 * `npm run bench:votes [seconds]`: how many votes a second one process takes, with everything that belongs to a vote:
 * signature, database, acknowledgement, the private answer, the card. Slack is a stub that answers at once. SQLite and
 * PostgreSQL in turns, three rounds; medians.
 */
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { advise } from '../src/core/advise.ts';
import { loadRubric } from '../src/rubric/rubric.ts';
import { openStore } from '../src/store/open.ts';
import { type Instance, startInstance } from './instances/instance.ts';
import { startPostgres } from './instances/postgres.ts';

const SECONDS = Number(process.argv[2] ?? 5);
const ROUNDS = 3;
const CARDS = 100;
const SECRET = 'bench-signing-secret';
const CONNECTIONS = [1, 16];

const stub = createServer((req, res) => {
  req.resume().on('end', () => {
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(
      req.url?.endsWith('auth.test')
        ? '{"ok":true,"team_id":"T1","user_id":"U0BOT","bot_id":"B1","user":"bot"}'
        : '{"ok":true,"ts":"1.1","channel":"C1"}',
    );
  });
});
stub.listen(0, '127.0.0.1');
await new Promise((resolve) => stub.once('listening', resolve));
const slack = `http://127.0.0.1:${(stub.address() as AddressInfo).port}`;

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** A database with cards to vote on. */
async function filled(database: string): Promise<string[]> {
  const store = await openStore(database);
  const answers = { stage: 'product', size: 'grow', admin: 'yes' };
  const advice = advise(loadRubric(), answers);
  const ids = Array.from({ length: CARDS }, (_, i) => `bench${i}`);
  for (const id of ids) {
    await store.decisions.submit({
      id,
      tenant: 'T1',
      workspace: 'T1',
      submission: id,
      channel: 'C1',
      thread: null,
      project: `Project ${id}`,
      asker: 'U1',
      deciders: ['U1'],
      hideUntilDecided: false,
      voteUntil: null,
      supersedes: null,
      step: null,
      round: { answers, advice, by: 'U1', at: Date.now() },
      replyUrl: null,
    });
    const key = { tenant: 'T1', decision: id, kind: 'card' } as const;
    await store.posts.claim(key, Date.now());
    await store.posts.posted(key, '1.1', Date.now());
  }
  await store.close();
  return ids;
}

async function measured(port: number, ids: readonly string[], connections: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const until = performance.now() + SECONDS * 1_000;
  const times: number[] = [];
  let n = 0;
  const one = (): Promise<void> => {
    n += 1;
    const decision = ids[n % ids.length];
    const choice = ['vote_django', 'vote_flask', 'vote_both'][n % 3];
    const payload = {
      type: 'block_actions',
      team: { id: 'T1' },
      user: { id: `U${n % 1_000}`, team_id: 'T1' },
      channel: { id: 'C1' },
      container: { type: 'message', message_ts: '1.1', channel_id: 'C1' },
      response_url: `${slack}/response`,
      trigger_id: '1.1.1',
      actions: [{ type: 'button', action_id: choice, block_id: `decision:${decision}` }],
    };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const time = Math.floor(Date.now() / 1_000);
    const signature = `v0=${createHmac('sha256', SECRET).update(`v0:${time}:${body}`).digest('hex')}`;
    const from = performance.now();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const call = request(
      {
        host: '127.0.0.1',
        port,
        path: '/slack/events',
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': time,
          'x-slack-signature': signature,
        },
      },
      (answer) => {
        answer.resume().once('end', () => {
          times.push(performance.now() - from);
          if (answer.statusCode === 200) resolve();
          else reject(new Error(`HTTP ${answer.statusCode}`));
        });
      },
    );
    call.once('error', reject);
    call.end(body);
    return promise;
  };
  const workers = Array.from({ length: connections }, async () => {
    while (performance.now() < until) await one();
  });
  await Promise.all(workers);
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { perSecond: times.length / SECONDS, p50: at(0.5), p99: at(0.99) };
}

const postgres = await startPostgres({ durable: true });
const folder = mkdtempSync(join(tmpdir(), 'django-or-flask-bench-'));
const databases = { SQLite: join(folder, 'bot.db'), PostgreSQL: postgres.url };
const results = new Map<string, Measured[]>();
try {
  const ids = new Map<string, string[]>();
  for (const [name, database] of Object.entries(databases)) ids.set(name, await filled(database));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, database] of Object.entries(databases)) {
      const instance: Instance = await startInstance({
        SLACK_BOT_TOKEN: 'xoxb-bench',
        SLACK_SIGNING_SECRET: SECRET,
        SLACK_API_URL: `${slack}/api/`,
        DATABASE_URL: database,
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: 'info',
      });
      for (const connections of CONNECTIONS) {
        const key = `${name}, ${connections} at a time`;
        const measurement = await measured(instance.port, ids.get(name) ?? [], connections);
        results.set(key, [...(results.get(key) ?? []), measurement]);
      }
      await instance.kill('SIGTERM');
    }
  }
  for (const [key, all] of results) {
    const median = (read: (one: Measured) => number): number =>
      all.map(read).sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
    process.stdout.write(
      `${key}: ${median((m) => m.perSecond).toFixed(0)} votes/s, acknowledged in ${median((m) => m.p50).toFixed(1)} ms (p99 ${median((m) => m.p99).toFixed(1)} ms)\n`,
    );
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
  stub.close();
}
