import { expect, it, onTestFinished } from 'vitest';
import { startPostgres } from '../../../bench/instances/postgres.ts';
import { enumerate } from './postgres/enumerate.ts';
import { PostgresPlaces } from './postgres/place.ts';
import type { Moment } from './processes/plan.ts';
import { die, disturb, type Recorded, record } from './processes/run.ts';
import { Stage, type Transport } from './processes/stage.ts';
import { USE_CASES, type UseCase } from './processes/use-cases.ts';

// A few of what `npm run promises -- faults` does everywhere.
const TIMEOUT_MS = 60_000;

async function stageOver(transport: Transport): Promise<Stage> {
  const stage = await Stage.open(transport);
  onTestFinished(() => stage.close());
  return stage;
}

function useCase(name: string): UseCase {
  const found = USE_CASES.find((one) => one.name === name);
  if (!found) throw new Error(`no use case ${name}`);
  return found;
}

function momentIn({ moments }: Recorded, which: Partial<Moment>): Moment {
  const found = moments.find((moment) =>
    Object.entries(which).every(([key, value]) => Reflect.get(moment, key) === value),
  );
  if (!found) throw new Error(`it has no moment ${JSON.stringify(which)}`);
  return found;
}

it('a submission outlives a process that is killed; a vote that is not kept is missed', {
  timeout: TIMEOUT_MS,
}, async () => {
  const [stage, submit, vote] = [await stageOver('http'), useCase('submit'), useCase('vote')];
  const recorded = await record(stage, submit);
  const moments: Partial<Moment>[] = [
    { place: 'request', name: 'chat.postMessage', when: 'after' },
    { place: 'database', name: 'COMMIT', when: 'after' },
  ];
  for (const moment of moments) {
    expect(await die(stage, submit, recorded, momentIn(recorded, moment))).toEqual([]);
  }
  // A harness that never finds anything proves nothing.
  const voted = await record(stage, vote);
  stage.loses = true;
  const answered = momentIn(voted, { name: 'response_url', when: 'after' });
  // On a busy machine the process may be gone before its acknowledgement was read; then nothing was promised.
  let problems: readonly string[] = [];
  for (let tries = 0; tries < 4 && problems.length === 0; tries += 1) {
    stage.loses = true;
    problems = await die(stage, vote, voted, answered);
  }
  expect(problems).toContain('1: what was acknowledged is not in the database');
});

it('a vote outlives a connection that breaks as it is acknowledged', { timeout: TIMEOUT_MS }, async () => {
  const [stage, vote] = [await stageOver('socket'), useCase('vote')];
  expect(await disturb(stage, vote, await record(stage, vote), 'dropped-at-answer')).toEqual([]);
});

it('a vote outlives a PostgreSQL whose answers are lost', { timeout: TIMEOUT_MS }, async () => {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  const places = await PostgresPlaces.open(server.url);
  const failures: string[] = [];
  const figures = await enumerate(
    places,
    { useCase: 'vote' },
    (inWords) => failures.push(inWords),
    ({ name }) => (name === 'COMMIT' ? ['lost-after'] : []),
  );
  await places.close();
  expect(failures).toEqual([]);
  expect(figures.faults).toBeGreaterThan(1);
});
