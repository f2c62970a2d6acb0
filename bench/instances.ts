/**
 * `npm run bench:instances [seconds]`: three instances on one PostgreSQL, killed at random under load. Prints what
 * became of every vote, card and reminder; exits 1 if anything that anybody was told is not so.
 */
import { startPostgres } from './instances/postgres.ts';
import { storm } from './instances/storm.ts';

const SECONDS = Number(process.argv[2] ?? 60);

const postgres = await startPostgres();
try {
  const report = await storm({
    databaseUrl: postgres.url,
    instances: 3,
    people: 12,
    cards: 12,
    forMs: SECONDS * 1_000,
    random: Math.random,
  });
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  const { lostVotes, doubleCards, lostCards, wrongCards, missingReplies } = report;
  const wrong = [lostVotes, doubleCards, lostCards, wrongCards, missingReplies].flat();
  if (wrong.length > 0) process.exitCode = 1;
} finally {
  await postgres.stop();
}
