import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { startPostgres } from '../../../bench/instances/postgres.ts';
import { startBot } from './bot.ts';
import { SIGNING_SECRET } from './many-workspaces.ts';
import { startVotingBot, type VotingBot } from './one-workspace.ts';
import type { Outcome, Scenario } from './scenario.ts';
import { onStage, type Stage } from './stage.ts';
import { votesNotOnDisk } from './votes-on-disk.ts';

export interface LockSize {
  readonly voters: number;
  /** How long somebody else keeps the file. */
  readonly lockedMs: number;
  /** How long PostgreSQL is gone; null leaves it out. */
  readonly goneMs: number | null;
}

const BACK_WITHIN_MS = 30_000;

/** Another program has the database file, or PostgreSQL is restarted. */
export function locked(size: LockSize): Scenario {
  return {
    name: 'locked',
    run: async () => {
      const outcomes = [await onStage((stage) => lockedFile(stage, size))];
      if (size.goneMs !== null)
        outcomes.push(await onStage((stage) => goneServer(stage, size, size.goneMs ?? 0)));
      return {
        figures: Object.assign({}, ...outcomes.map(({ figures }) => figures)),
        broken: outcomes.flatMap(({ broken }) => broken),
      };
    },
  };
}

async function lockedFile(stage: Stage, { voters, lockedMs }: LockSize): Promise<Outcome> {
  const database = join(stage.folder, 'bot.db');
  const playing = await startVotingBot(stage, database);
  const { bot, card, votes, vote, typesCommand } = playing;
  const before = await vote(voters);
  // As a tool does that somebody left open in the middle of a change.
  const other = new DatabaseSync(database, { timeout: 5_000 });
  stage.atEnd(() => other.isOpen && other.close());
  other.exec('BEGIN IMMEDIATE');
  const during = vote(voters);
  const dialogWhileLocked = await typesCommand();
  await pause(lockedMs);
  other.exec('ROLLBACK');
  const held = await during;
  const after = await vote(voters);
  const ended = bot.ended();
  await bot.stop('SIGKILL');
  const lost = await votesNotOnDisk(database, card, votes);

  // And at the start, where not even reading is possible: a sentence, and nothing else.
  other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
  const said = await startBot({
    SLACK_BOT_TOKEN: 'xoxb-T1',
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    DATABASE_URL: database,
  }).then(async (started) => {
    await started.stop('SIGKILL');
    return 'it has started';
  }, String);
  return outcome('file', { votes: votes.size, failed: held.failed }, [
    [ended !== null, `the bot ended (${ended})`],
    [before.failed > 0, `${before.failed} votes failed before the file was locked`],
    [!dialogWhileLocked, 'no dialog opened while the file was locked'],
    [after.failed > 0, `${after.failed} votes failed when the file was free again`],
    [held.recorded + held.failed !== voters, 'a vote had no end'],
    [lost.length > 0, `acknowledged, and not on disk: ${lost}`],
    [!said.includes('is locked by another program'), `a start with a locked file said: ${said}`],
  ]);
}

async function goneServer(stage: Stage, { voters }: LockSize, goneMs: number): Promise<Outcome> {
  const postgres = await startPostgres({ durable: true });
  stage.atEnd(() => postgres.stop());
  const playing = await startVotingBot(stage, postgres.url);
  const { bot, card, votes, vote, typesCommand } = playing;
  const before = await vote(voters);
  const during = vote(voters);
  await postgres.pause();
  const gone = await vote(voters);
  const dialogWhileGone = await typesCommand();
  await pause(goneMs);
  await postgres.resume();
  const cut = await during;
  const again = await untilAllSucceed(playing, voters);
  const ended = bot.ended();
  await bot.stop('SIGKILL');
  const lost = await votesNotOnDisk(postgres.url, card, votes);
  return outcome('server', { votes: votes.size, failed: gone.failed + cut.failed }, [
    [ended !== null, `the bot ended (${ended})`],
    [before.failed > 0, `${before.failed} votes failed before PostgreSQL was gone`],
    [gone.recorded > 0, `${gone.recorded} votes are said to be recorded while PostgreSQL was gone`],
    [!dialogWhileGone, 'no dialog opened while PostgreSQL was gone'],
    [cut.recorded + cut.failed !== voters, 'a vote had no end'],
    [!again, 'votes went on failing when PostgreSQL was back'],
    [lost.length > 0, `acknowledged, and not in PostgreSQL: ${lost}`],
  ]);
}

/** By itself: nobody starts the bot again. */
async function untilAllSucceed({ vote }: VotingBot, voters: number): Promise<boolean> {
  const until = performance.now() + BACK_WITHIN_MS;
  while (performance.now() < until) {
    if ((await vote(voters)).failed === 0) return true;
    await pause(500);
  }
  return false;
}

function outcome(
  what: string,
  counted: { readonly votes: number; readonly failed: number },
  checks: readonly (readonly [boolean, string])[],
): Outcome {
  return {
    figures: { [`${what}Votes`]: counted.votes, [`${what}VotesFailed`]: counted.failed },
    broken: checks.flatMap(([is, words]) => (is ? [words] : [])),
  };
}
