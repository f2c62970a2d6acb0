import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startVotingBot } from './one-workspace.ts';
import type { Outcome, Scenario } from './scenario.ts';
import { onStage, type Stage } from './stage.ts';
import { votesNotOnDisk } from './votes-on-disk.ts';

export interface DiskSize {
  /** Before, while it is full, and after. */
  readonly voters: number;
  /** Whether to wait for the card, which may have to be drawn again half a minute later. */
  readonly untilShown: boolean;
}

const SHOWN_WITHIN_MS = 60_000;

/** The disk of an SQLite file is full for a while. */
export function disk(size: DiskSize): Scenario {
  return { name: 'disk', run: () => onStage((stage) => run(stage, size)) };
}

async function run(stage: Stage, { voters, untilShown }: DiskSize): Promise<Outcome> {
  const place = smallDisk(stage.folder) ?? smallFiles(stage.folder);
  if (place === null) {
    process.stdout.write('  disk: skipped, since this system lets nobody without rights have a small disk\n');
    return { figures: { skipped: 1 }, broken: [] };
  }
  const { bot, card, votes, vote, typesCommand, submits, shownVotes } = await startVotingBot(
    stage,
    place.database,
    { within: place.within },
  );
  const before = await vote(voters);
  place.fill(bot.pid);
  // Room that the file had already may be used up first.
  let full = await vote(voters);
  for (let i = 0; i < 20 && full.failed === 0; i += 1) full = await vote(voters);
  const dialogWhileFull = await typesCommand();
  const submissionWhileFull = await submits();
  place.empty(bot.pid);
  const after = await vote(voters);
  const submissionAfter = await submits();
  const recorded = () => [...votes.values()].filter((how) => how === 'recorded').length;
  const until = performance.now() + SHOWN_WITHIN_MS;
  while (untilShown && performance.now() < until && shownVotes() < recorded()) await pause(50);

  const copy = join(stage.folder, 'copy.db');
  for (const end of ['', '-wal']) {
    const file = place.seenFromHere(bot.pid) + end;
    if (existsSync(file)) copyFileSync(file, copy + end);
  }
  const lost = await votesNotOnDisk(copy, card, votes);
  const broken = [
    [bot.ended() !== null, `the bot ended (${bot.ended()})`],
    [before.failed > 0, `${before.failed} votes failed although there was room`],
    [full.failed === 0, 'the disk never was full'],
    [!dialogWhileFull, 'no dialog opened while the disk was full'],
    [
      !submissionWhileFull?.includes('I ran into an error'),
      `a submission was answered ${submissionWhileFull}`,
    ],
    [after.failed > 0, `${after.failed} votes failed although there was room again`],
    [submissionAfter !== '', `a submission with room again was answered ${submissionAfter}`],
    [lost.length > 0, `acknowledged, and not on disk: ${lost}`],
    [untilShown && shownVotes() < recorded(), `the card shows ${shownVotes()} votes of ${recorded()}`],
  ] as const;
  return {
    figures: {
      votes: votes.size,
      toldThatItFailed: votes.size - recorded(),
      lost: lost.length,
      real: place.real,
    },
    broken: broken.flatMap(([is, words]) => (is ? [words] : [])),
  };
}

/** Where the database can run out of room. */
interface Place {
  /** 1 for a disk of its own, 0 for files that cannot grow. */
  readonly real: number;
  readonly within: readonly string[];
  readonly database: string;
  fill(pid: number): void;
  empty(pid: number): void;
  seenFromHere(pid: number): string;
}

const MOUNT = 'mount -t tmpfs -o size=3m tmpfs "$0" && exec "$@"';

/** Only the bot sees it: where the system lets anybody have a view of the file system of their own. */
function smallDisk(folder: string): Place | null {
  const at = join(folder, 'disk');
  mkdirSync(at);
  const within = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', MOUNT, at];
  if (spawnSync(within[0] ?? '', [...within.slice(1), 'true']).status !== 0) return null;
  const seenFromHere = (pid: number): string => `/proc/${pid}/root${at}`;
  const filler = (pid: number): string => join(seenFromHere(pid), 'filler');
  return {
    real: 1,
    within,
    database: join(at, 'bot.db'),
    fill: (pid) => {
      const file = openSync(filler(pid), 'w');
      try {
        for (;;) writeSync(file, Buffer.alloc(1_024));
      } catch {
        closeSync(file); // It is full.
      }
    },
    empty: (pid) => rmSync(filler(pid)),
    seenFromHere: (pid) => join(seenFromHere(pid), 'bot.db'),
  };
}

/** A limit of files' size does the same to what is written: there is no room for it. */
function smallFiles(folder: string): Place | null {
  const database = join(folder, 'bot.db');
  const limit = (pid: number, bytes: string): void =>
    void execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}`]);
  try {
    limit(process.pid, 'unlimited:');
  } catch {
    return null;
  }
  return {
    real: 0,
    within: [],
    database,
    fill: (pid) => limit(pid, '4096:'),
    empty: (pid) => limit(pid, 'unlimited:'),
    seenFromHere: () => database,
  };
}
