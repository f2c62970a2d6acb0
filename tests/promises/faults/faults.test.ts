import { expect, it } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import { enumerate, inWords } from './enumerate.ts';
import { type Kind, type Point, strongestAt } from './point.ts';
import { record, strike } from './run.ts';
import { USE_CASES, type UseCase } from './use-cases.ts';

const useCase = (name: string): UseCase => {
  const found = USE_CASES.find((one) => one.name === name);
  if (!found) throw new Error(`no use case ${name}`);
  return found;
};

/** The first call of this name. */
function callOf(points: readonly Point[], name: string): Point {
  const found = points.find((point) => point.name === name);
  if (!found) throw new Error(`no call ${name}`);
  return found;
}

it('keeps its promises whichever call goes wrong', { timeout: 120_000 }, async () => {
  const failures: string[] = [];
  const figures = await enumerate(strongestAt, {}, (failure) => {
    failures.push(inWords(failure));
  });
  expect(failures).toEqual([]);
  expect(figures).toMatchObject({ promisesBroken: 0 });
  expect(figures.points).toBeGreaterThan(500);
});

it('the same use case goes through the same calls each time', async () => {
  const [first, second] = [await record(useCase('decide')), await record(useCase('decide'))];
  expect(second).toEqual(first);
});

// A harness that never finds anything proves nothing, so here the bot breaks its promises.
it.each<[string, string, string, Kind, (store: Store) => Store]>([
  [
    '2 cards for one submission',
    'submit',
    'chat.postMessage',
    'lost',
    (store) => ({
      ...store,
      posts: { ...store.posts, markUnknown: (key, now) => store.posts.want(key, now, now) },
    }),
  ],
  [
    'a card shows something else',
    'vote',
    'chat.update',
    '503',
    (store) => ({
      ...store,
      // Whatever becomes of it, the update passes for done.
      cardUpdates: {
        ...store.cardUpdates,
        postpone: (key, dueAt) =>
          store.cardUpdates.markShown(
            { ...key, revision: Number.MAX_SAFE_INTEGER, attempts: 0 },
            dueAt,
            dueAt,
          ),
      },
    }),
  ],
  [
    'what was acknowledged is not in the database',
    'vote',
    'discussions.vote',
    'clock-forward',
    (store) => ({
      ...store,
      discussions: {
        ...store.discussions,
        vote: async (key, person, choice, now) => {
          const said = await store.discussions.vote(key, person, choice, now);
          await store.discussions.withdraw(key, person, now);
          return said;
        },
      },
    }),
  ],
])('sees that %s', async (problem, name, call, kind, spoil) => {
  const recorded = await record(useCase(name));
  const fault = { point: callOf(recorded.points, call), kind };
  expect(await strike(useCase(name), recorded, fault)).toEqual([]);
  expect((await strike(useCase(name), recorded, fault, spoil)).join('\n')).toContain(problem);
});
