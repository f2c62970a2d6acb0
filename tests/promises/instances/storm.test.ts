import { expect, it } from 'vitest';
import { storm } from '../../../bench/instances/storm.ts';
import { freshSchema } from '../../support/postgres.ts';

/** Always the same dice; the processes themselves make every run different. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

it('three instances on one database, killed at random: nothing that anybody was told gets lost, nothing comes twice', {
  timeout: 150_000,
}, async () => {
  const report = await storm({
    databaseUrl: await freshSchema(),
    instances: 3,
    people: 6,
    cards: 6,
    forMs: 10_000,
    random: dice(1),
  });
  expect(report).toMatchObject({
    lostVotes: [],
    doubleCards: [],
    lostCards: [],
    wrongCards: [],
    missingReplies: [],
    errors: [],
    complaints: [],
  });
  // How many there are depends on how quick the machine is.
  expect(report.killed).toBeGreaterThan(0);
  expect(report.clicks).toBeGreaterThan(20);
  // What a process died over may come once more.
  expect(report.repeatedReplies).toBeLessThanOrEqual(report.killed);
});
