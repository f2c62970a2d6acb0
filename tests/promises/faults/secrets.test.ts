import { expect, it } from 'vitest';
import { enumerate, inWords } from './enumerate.ts';
import type { Kind, Point } from './point.ts';
import { record, strike } from './run.ts';
import { USE_CASES } from './use-cases.ts';

/** Those in which people write most. */
const WORDY = ['submit', 'reason', 'own-answers', 'question', 'decide', 'edit'];

/** Slack's answer breaks off in the middle of what was sent to it. What the database does is among the other faults. */
const kinds = ({ port }: Point): readonly Kind[] => (port === 'slack' ? ['truncated-done'] : []);

it.each(WORDY)('%s logs nothing that people wrote, whatever breaks off', async (useCase) => {
  const failures: string[] = [];
  const figures = await enumerate(kinds, { useCase }, (failure) => failures.push(inWords(failure)));
  expect(failures).toEqual([]);
  expect(figures.faults).toBeGreaterThan(0);
});

it('a word in the log is seen', async () => {
  const useCase = USE_CASES.find(({ name }) => name === 'reason');
  if (!useCase) throw new Error('no such use case');
  const recorded = await record(useCase);
  const point = recorded.points.find(({ name }) => name === 'discussions.giveReason');
  if (!point) throw new Error('no such call');
  const problems = await strike(useCase, recorded, { point, kind: 'clock-forward' }, (store) => ({
    ...store,
    discussions: {
      ...store.discussions,
      giveReason: async (_key, _person, _choice, reason) => {
        throw new Error(`could not keep ${reason}`);
      },
    },
  }));
  expect(problems).toContain('6: in the log: ["its admin"]');
});
