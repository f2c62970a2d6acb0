// The SQLite file is deleted, moved or replaced while the bot runs: no vote that was acknowledged is lost.
import {
  copyFileSync,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newFolder, type RunningBot, startBot } from './client/bot.ts';
import { rowsIn } from './client/database.ts';
import { startSlack } from './client/slack.ts';
import { ANA, ask, type Card, control } from './client/team.ts';

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
    how: 'left without its log',
    happen: (data) => rmSync(join(data, 'bot.db-wal')),
    votesIn: /^bot\.db\.saved-1$/,
    says: /bot\.db was replaced/,
  },
];

/** Votes as 200 people until the bot no longer answers. @returns who was told that their vote is recorded */
async function voteUntilItEnds(bot: RunningBot, card: Card, first: number): Promise<string[]> {
  const recorded: string[] = [];
  for (let i = first; i < first + 200; i++) {
    try {
      const user = `U${i}`;
      const { status } = await bot.requests.press({ user }, control(card.call.args, 'vote_flask'), card.ts);
      if (status === 200) recorded.push(user);
    } catch {
      return recorded; // The connection broke: the bot has ended.
    }
  }
  return recorded;
}

async function running() {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const folder = newFolder();
  const data = join(folder, 'data');
  const start = (): Promise<RunningBot> => startBot({ slack, folder, env: { DATABASE_URL: 'data/bot.db' } });
  const bot = await start();
  const card = await ask(bot, slack, ANA);
  return { slack, folder, data, start, bot, card };
}

describe.each(MISHAPS)('the database is $how', ({ happen, votesIn, says }) => {
  it('while people vote', async () => {
    const { data, start, bot, card } = await running();
    copyFileSync(join(data, 'bot.db'), join(data, 'backup'));
    const before = await voteUntilItEnds(bot, card, 1_000);
    expect(before).toHaveLength(200);
    happen(data);
    const recorded = [...before, ...(await voteUntilItEnds(bot, card, 2_000))];
    expect(await bot.ended).toBe(1);
    expect(bot.stderr()).toMatch(says);
    const file = readdirSync(data).find((name) => votesIn.test(name)) ?? 'none';
    const votes = rowsIn(data, 'SELECT person FROM votes', file).map(({ person }) => person);
    expect(votes).toEqual(expect.arrayContaining(recorded));
    expect(existsSync(join(data, 'bot.db-wal'))).toBe(false);
    const again = await start();
    again.kill();
    expect(await again.ended).toBe(0);
  });

  it('while the bot is idle', async () => {
    const { data, bot } = await running();
    copyFileSync(join(data, 'bot.db'), join(data, 'backup'));
    happen(data);
    expect(await bot.ended).toBe(1);
    expect(bot.stderr()).toMatch(says);
  });
});

it('stops if the file is overwritten in place', async () => {
  const { data, bot } = await running();
  // From the log into the file.
  const db = new DatabaseSync(join(data, 'bot.db'), { timeout: 2_000 });
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  truncateSync(join(data, 'bot.db'));
  expect(await bot.ended).toBe(1);
  expect(bot.stderr()).toMatch(/bot\.db was overwritten .* Restore a backup, then start the bot again\./);
});

it.each(['VACUUM', 'PRAGMA wal_checkpoint(TRUNCATE)'])('goes on after %s by another program', async (sql) => {
  const { data, bot, card } = await running();
  // Room that VACUUM gives back.
  const db = new DatabaseSync(join(data, 'bot.db'), { timeout: 2_000 });
  const noise = 'x'.repeat(200_000);
  db.exec(
    `INSERT INTO deliveries VALUES ('T0ONE', '${noise}', 0); DELETE FROM deliveries; PRAGMA wal_checkpoint`,
  );
  await voteUntilItEnds(bot, card, 1_000);
  db.exec(sql);
  db.close();
  expect(await voteUntilItEnds(bot, card, 2_000)).toHaveLength(200);
  bot.kill();
  expect(await bot.ended).toBe(0);
  expect(rowsIn(data, 'SELECT * FROM votes')).toHaveLength(400);
});

it('says so if what was in it can’t be saved', async () => {
  const { data, bot } = await running();
  rmSync(data, { recursive: true });
  writeFileSync(data, 'a file where the folder was');
  expect(await bot.ended).toBe(1);
  expect(bot.stderr()).toMatch(/could not save what was in it \(.+\)\. Restore a backup/);
});
