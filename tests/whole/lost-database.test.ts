// The SQLite file is deleted, moved or replaced while the bot runs: no acknowledged vote is lost.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type BotOptions, newFolder, type RunningBot, startBot } from './client/bot.ts';
import { rowsIn } from './client/database.ts';
import { startSlack } from './client/slack.ts';
import { ANA, ask, type Card, control } from './client/team.ts';

const TIMERS = new URL('./client/timers.ts', import.meta.url).href;
/** Starts a bot that checks its file twice a second instead of every two seconds. */
const startWatchful = (options: BotOptions): Promise<RunningBot> =>
  startBot({
    ...options,
    nodeArgs: ['--import', TIMERS],
    env: { DATABASE_URL: 'data/bot.db', OUTSIDE_TIMERS: '{"setInterval 2000": 500}' },
  });

/** Enough that many votes are in the log. */
const VOTES = 80;

interface Mishap {
  readonly how: string;
  readonly happen: (data: string) => void;
  /** Where the votes are afterwards, in the data folder. */
  readonly votesIn: RegExp;
  readonly says: RegExp;
}

const MISHAPS: readonly Mishap[] = [
  {
    how: 'deleted',
    happen: (data) => rmSync(join(data, 'bot.db')),
    votesIn: /^bot\.db$/,
    says: /bot\.db was deleted or moved .* wrote it again, with everything in it, and stopped\. Start it again\./,
  },
  {
    how: 'deleted with its log and its lock',
    happen: (data) => {
      for (const name of readdirSync(data)) rmSync(join(data, name));
    },
    votesIn: /^bot\.db$/,
    says: /bot\.db was deleted or moved/,
  },
  {
    how: 'deleted with its folder',
    happen: (data) => rmSync(data, { recursive: true }),
    votesIn: /^bot\.db$/,
    says: /bot\.db was deleted or moved/,
  },
  {
    how: 'moved away',
    happen: (data) => renameSync(join(data, 'bot.db'), join(data, 'old.db')),
    votesIn: /^bot\.db$/,
    says: /bot\.db was deleted or moved/,
  },
  {
    how: 'replaced by a backup',
    happen: (data) => {
      copyFileSync(join(data, 'backup'), join(data, 'new.db'));
      renameSync(join(data, 'new.db'), join(data, 'bot.db'));
    },
    votesIn: /^bot\.db\.saved-1$/,
    says: /bot\.db was replaced .* Everything recorded until then is in .*bot\.db\.saved-1\. Decide which file to keep/,
  },
  {
    how: 'replaced by a folder with another database and its log',
    happen: (data) => {
      renameSync(data, `${data}.old`);
      mkdirSync(data);
      copyFileSync(join(`${data}.old`, 'backup'), join(data, 'bot.db'));
      writeFileSync(join(data, 'bot.db-wal'), 'the log of another database');
    },
    votesIn: /^bot\.db\.saved-1$/,
    says: /bot\.db was replaced/,
  },
  {
    how: 'left without its log',
    happen: (data) => rmSync(join(data, 'bot.db-wal')),
    votesIn: /^bot\.db$/,
    says: /The log of .*bot\.db was deleted .* wrote it again/,
  },
];

it.each(['SIGTERM', 'SIGINT'] as const)(
  'deleted just before %s: every recorded vote is there',
  async (signal) => {
    const { data, start, bot, card } = await running();
    const recorded = await voteUntilItEnds(bot, card, 1_000);
    rmSync(join(data, 'bot.db'));
    bot.kill(signal);
    expect(await bot.ended).toBe(1);
    expect(bot.stderr()).toMatch(/bot\.db was deleted or moved .* wrote it again/);
    expect(rowsIn(data, 'SELECT person FROM votes')).toHaveLength(recorded.length);
    const again = await start();
    again.kill();
    expect(await again.ended).toBe(0);
  },
);

it('stops if a link in the path leads to another file', async () => {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const folder = newFolder();
  for (const name of ['one', 'two']) mkdirSync(join(folder, name));
  symlinkSync('one', join(folder, 'data'));
  const bot = await startWatchful({ slack, folder });
  const card = await ask(bot, slack, ANA);
  const before = await voteUntilItEnds(bot, card, 1_000);
  whileStopped(bot, () => {
    unlinkSync(join(folder, 'data'));
    symlinkSync('two', join(folder, 'data'));
  });
  const recorded = [...before, ...(await voteUntilItEnds(bot, card, 2_000))];
  expect(await bot.ended).toBe(1);
  expect(bot.stderr()).toMatch(/data\/bot\.db leads to another file now.*one\/bot\.db/);
  const votes = rowsIn(join(folder, 'one'), 'SELECT person FROM votes').map(({ person }) => person);
  expect(votes).toEqual(expect.arrayContaining(recorded));
});

/**
 * Votes as 80 people, eight at a time, until the bot no longer answers.
 *
 * @returns who was told that their vote is recorded
 */
async function voteUntilItEnds(bot: RunningBot, card: Card, first: number): Promise<string[]> {
  const pressed = control(card.call.args, 'vote_flask');
  const recorded: string[] = [];
  for (let i = first; i < first + VOTES; i += 8) {
    const users = Array.from({ length: 8 }, (_, n) => `U${i + n}`);
    const answers = await Promise.allSettled(
      users.map((user) => bot.requests.press({ user }, pressed, card.ts)),
    );
    recorded.push(
      ...users.filter((_, n) => {
        const answer = answers[n];
        return answer?.status === 'fulfilled' && answer.value.status === 200;
      }),
    );
    // A connection broke: the bot has ended.
    if (answers.some(({ status }) => status === 'rejected')) break;
  }
  return recorded;
}

/** Does something while the bot stands still. Otherwise it might write a deleted file again halfway. */
function whileStopped(bot: RunningBot, work: () => void): void {
  bot.kill('SIGSTOP');
  try {
    work();
  } finally {
    bot.kill('SIGCONT');
  }
}

async function running() {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const folder = newFolder();
  const data = join(folder, 'data');
  const start = (): Promise<RunningBot> => startWatchful({ slack, folder });
  const bot = await start();
  const card = await ask(bot, slack, ANA);
  return { slack, folder, data, start, bot, card };
}

describe.each(MISHAPS)('the database is $how', ({ how, happen, votesIn, says }) => {
  it('while people vote', async () => {
    const { data, start, bot, card } = await running();
    copyFileSync(join(data, 'bot.db'), join(data, 'backup'));
    const before = await voteUntilItEnds(bot, card, 1_000);
    expect(before).toHaveLength(VOTES);
    whileStopped(bot, () => happen(data));
    const recorded = [...before, ...(await voteUntilItEnds(bot, card, 2_000))];
    expect(await bot.ended).toBe(1);
    expect(bot.stderr()).toMatch(says);
    const file = readdirSync(data).find((name) => votesIn.test(name)) ?? 'none';
    const votes = rowsIn(data, 'SELECT person FROM votes', file).map(({ person }) => person);
    expect(votes).toEqual(expect.arrayContaining(recorded));
    if (how.includes('another database and its log')) {
      expect(readFileSync(join(data, 'bot.db-wal'), 'utf8')).toBe('the log of another database');
    } else expect(existsSync(join(data, 'bot.db-wal'))).toBe(false);
    const again = await start();
    again.kill();
    expect(await again.ended).toBe(0);
  });

  it('while the bot is idle', async () => {
    const { data, bot } = await running();
    copyFileSync(join(data, 'bot.db'), join(data, 'backup'));
    whileStopped(bot, () => happen(data));
    expect(await bot.ended).toBe(1);
    expect(bot.stderr()).toMatch(says);
  });
});

it('stops if the file is overwritten in place', async () => {
  const { data, bot } = await running();
  // Moves everything from the log into the file.
  const db = new DatabaseSync(join(data, 'bot.db'), { timeout: 2_000 });
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  truncateSync(join(data, 'bot.db'));
  expect(await bot.ended).toBe(1);
  expect(bot.stderr()).toMatch(/bot\.db was overwritten .* Restore a backup, then start the bot again\./);
});

it.each(['VACUUM', 'PRAGMA wal_checkpoint(TRUNCATE)'])('goes on after %s by another program', async (sql) => {
  const { data, bot, card } = await running();
  // Makes free pages that VACUUM gives back.
  const db = new DatabaseSync(join(data, 'bot.db'), { timeout: 2_000 });
  const noise = 'x'.repeat(200_000);
  db.exec(
    `INSERT INTO deliveries VALUES ('T0ONE', '${noise}', 0); DELETE FROM deliveries; PRAGMA wal_checkpoint`,
  );
  await voteUntilItEnds(bot, card, 1_000);
  db.exec(sql);
  db.close();
  expect(await voteUntilItEnds(bot, card, 2_000)).toHaveLength(VOTES);
  bot.kill();
  expect(await bot.ended).toBe(0);
  expect(rowsIn(data, 'SELECT * FROM votes')).toHaveLength(2 * VOTES);
});

it('saves the data elsewhere if it can’t be saved beside the database', async () => {
  const { folder, data, bot, card } = await running();
  const recorded = await voteUntilItEnds(bot, card, 1_000);
  whileStopped(bot, () => {
    rmSync(data, { recursive: true });
    writeFileSync(data, 'a file where the folder was');
  });
  expect(await bot.ended).toBe(1);
  expect(bot.stderr()).toMatch(/Everything recorded until then is in .*bot\.db\.saved-1\./);
  expect(rowsIn(folder, 'SELECT person FROM votes', 'bot.db.saved-1')).toHaveLength(recorded.length);
});

it('stops if an older copy is written over the file, although that is smaller and intact', async () => {
  const { data, bot, card } = await running();
  const db = new DatabaseSync(join(data, 'bot.db'), { timeout: 2_000 });
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const backup = readFileSync(join(data, 'bot.db'));
  for (let i = 0; i < 10; i++) await voteUntilItEnds(bot, card, 1_000 + VOTES * i);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  // Lets the bot read the larger size, which it compares with later.
  expect(await voteUntilItEnds(bot, card, 9_000)).toHaveLength(VOTES);
  writeFileSync(join(data, 'bot.db'), backup);
  expect(await bot.ended).toBe(1);
  expect(bot.stderr()).toMatch(/bot\.db was overwritten/);
});
