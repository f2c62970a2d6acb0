// The bot behind a real PgBouncer: session pooling works, every other mode is refused at startup.
import pg from 'pg';
import { beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { newFolder, runCommand, startBot } from './client/bot.ts';
import { newDatabase, sqlOn, startPgBouncer, whyNoPgBouncer } from './client/pgbouncer.ts';
import { textIn } from './client/requests.ts';
import { type Call, type FakeSlack, startSlack } from './client/slack.ts';
import { ANA, ask, control } from './client/team.ts';

const MISSING = whyNoPgBouncer();
beforeEach((context) => context.skip(MISSING !== null, MISSING ?? ''));

const SHARED =
  /shares PostgreSQL sessions between clients .*: set pool_mode = session for its database, or connect to PostgreSQL directly\.$/;
const COMMANDS: readonly (readonly [string, readonly string[]])[] = [
  ['migrate', []],
  ['export', []],
  ['import', []],
  ['person', ['--tenant', 'T0123', '--person', 'U0123']],
  ['rotate-key', []],
];
const TOKEN_ENCRYPTION_KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64');

async function slackFor(): Promise<FakeSlack> {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  return slack;
}

async function refusal(url: string): Promise<string> {
  const slack = await slackFor();
  const bot = startBot({ slack, folder: newFolder(), env: { DATABASE_URL: url } });
  const refused: unknown = await bot.catch((error: unknown) => error);
  expect(String(refused)).toMatch(/the bot ended with [1-9]/);
  return String(refused).trim();
}

it('two instances behind session pooling keep every vote and read their own data', async () => {
  const database = await newDatabase(inject('postgres'));
  const url = await startPgBouncer(database, { pool_mode: 'session', default_pool_size: 40 });
  const slack = await slackFor();
  const bots = [
    await startBot({ slack, folder: newFolder(), env: { DATABASE_URL: url } }),
    await startBot({ slack, folder: newFolder(), env: { DATABASE_URL: url } }),
  ];
  const cards = [];
  for (const bot of [...bots, ...bots]) cards.push(await ask(bot, slack, ANA));
  const votes = cards.flatMap((card, i) =>
    Array.from({ length: 15 }, (_, n) => ({ card, user: `U0VOTER${i}${n}`, bot: bots[(i + n) % 2], n })),
  );
  const answers = await Promise.all(
    votes.map(async ({ card, user, bot, n }) => {
      const pressed = control(card.call.args, n % 3 === 0 ? 'vote_django' : 'vote_flask');
      return (await bot?.requests.press({ user }, pressed, card.ts))?.status;
    }),
  );
  expect(new Set(answers)).toEqual(new Set([200]));
  const stored = await sqlOn(database, 'SELECT decision, person, choice FROM votes ORDER BY person');
  const expected = votes.map(({ card, user, n }) => ({
    decision: card.decision,
    person: user,
    choice: n % 3 === 0 ? 'django' : 'flask',
  }));
  expect(stored).toEqual(expected.sort((a, b) => (a.person < b.person ? -1 : 1)));
  // Each voter gets a private reply from either instance, and each reply is about the vote.
  const replies = new Set<Call>();
  while (replies.size < votes.length) {
    replies.add(await slack.until((call) => call.method === 'response_url' && !replies.has(call)));
  }
  expect([...replies].map(({ args }) => textIn(args)).filter((text) => !/vote/i.test(text))).toEqual([]);
  const problems = bots.flatMap(({ log }) =>
    log.filter(({ level }) => level === 'error' || level === 'warn'),
  );
  expect(problems).toEqual([]);
});

it('session pooling needs only its mode, and a dropped search_path is detected', async () => {
  const database = await newDatabase(inject('postgres'));
  const plain = await startPgBouncer(database, { pool_mode: 'session' });
  const migrate = (url: string) =>
    runCommand('migrate', [], { folder: newFolder(), env: { DATABASE_URL: url } });
  expect(await migrate(plain)).toMatchObject({ code: 0, stderr: '' });
  const deaf = await startPgBouncer(database, { pool_mode: 'session', ignore_startup_parameters: 'options' });
  const options = '?options=-csearch_path%3Delsewhere';
  expect((await migrate(plain + options)).stderr).toMatch(
    /does not accept "options" in DATABASE_URL\. .*ALTER ROLE/,
  );
  expect((await migrate(deaf + options)).stderr).toMatch(
    /drops the search_path in DATABASE_URL\. .*ALTER ROLE/,
  );
  expect((await migrate(`${plain}?statement_timeout=9000`)).stderr).toMatch(
    /does not accept statement_timeout in DATABASE_URL\. Remove it there\./,
  );
});

it('a session pooler with one connection says what to raise', async () => {
  const url = await startPgBouncer(await newDatabase(inject('postgres')), {
    pool_mode: 'session',
    default_pool_size: 1,
  });
  expect(await refusal(url)).toMatch(/gives the bot too few connections\. Raise default_pool_size/);
});

describe.each([
  ['transaction', {}],
  ['transaction', { server_round_robin: 1, min_pool_size: 5 }],
  ['transaction', { default_pool_size: 1 }],
  ['transaction', { ignore_startup_parameters: 'statement_timeout,lock_timeout,options' }],
  ['statement', {}],
])('%s pooling %j', (pool_mode, settings) => {
  it('is refused by the bot and by every command, and nothing is written', async () => {
    const database = await newDatabase(inject('postgres'));
    const url = await startPgBouncer(database, { pool_mode, ...settings });
    expect(await refusal(url)).toMatch(SHARED);
    for (const [name, args] of COMMANDS) {
      const env = { DATABASE_URL: url, TOKEN_ENCRYPTION_KEY };
      const input = '{"format":1,"schema":12,"tenant":null}\n';
      const ran = await runCommand(name, args, { folder: newFolder(), env, input });
      expect({ name, stdout: ran.stdout }).toEqual({ name, stdout: '' });
      expect(ran.code, name).toBeGreaterThan(0);
      expect(ran.stderr.trim(), name).toMatch(SHARED);
    }
    expect(await sqlOn(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).toEqual([]);
    // Other programs use the pooler's connections next, so the bot must not have changed their settings.
    expect(await sqlOn(url, 'SHOW statement_timeout')).toEqual([{ statement_timeout: '0' }]);
  });
});

it('is refused while other programs use the pooler', async () => {
  const database = await newDatabase(inject('postgres'));
  const url = await startPgBouncer(database, { pool_mode: 'transaction', default_pool_size: 4 });
  let isOver = false;
  const others = Array.from({ length: 6 }, async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    while (!isOver) await client.query('BEGIN; SELECT pg_sleep(random() / 200); COMMIT');
    await client.end();
  });
  try {
    for (let i = 0; i < 3; i++) expect(await refusal(url)).toMatch(SHARED);
  } finally {
    isOver = true;
    await Promise.all(others);
  }
});
