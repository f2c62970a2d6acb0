import { describe, expect, it } from 'vitest';
import { findIntakeErrors, parseIntakeDialog } from '../../../src/features/ask/parse-dialog.ts';
import { longestAnswers, rubric } from '../../support/decision.ts';
import { submittedView } from '../../support/payloads.ts';

const EMPTY = { page: 'first', project: '', answers: {}, deciders: ['U1'] } as const;

describe('the submitted dialog', () => {
  it('is read back as it was filled in', () => {
    const filled = {
      project: 'Billing portal',
      channel: 'C9',
      answers: longestAnswers,
      deciders: ['U1', 'U2'],
      hide: true,
      voteUntil: Date.UTC(2026, 11, 1, 17),
      page: 'all',
    } as const;
    expect(parseIntakeDialog(rubric, submittedView(filled))).toEqual({
      viewId: 'V1',
      hash: '1795424400.abcdef',
      draft: filled,
    });
  });

  it('is read back with "Not sure" as no answer, and a name on one line', () => {
    const read = parseIntakeDialog(rubric, submittedView({ project: '  Billing \n portal ', page: 'first' }));
    expect(read?.draft).toMatchObject({ project: 'Billing portal', answers: {} });
  });

  it.each([null, undefined, {}, { id: 'V1' }, { id: 'V1', private_metadata: '{"page":"all"}', state: null }])(
    'is not read from %j',
    (view) => expect(parseIntakeDialog(rubric, view)).toBeNull(),
  );

  it('names what is missing on its field', () => {
    const draft = { ...EMPTY, channel: undefined };
    expect(Object.keys(findIntakeErrors(draft, 0))).toEqual(['project', 'channel']);
    expect(findIntakeErrors({ ...EMPTY, project: 'x'.repeat(81), channel: 'C1' }, 0)).toEqual({
      project: expect.stringContaining('80'),
    });
    expect(findIntakeErrors({ ...EMPTY, project: '🍰'.repeat(80), channel: 'C1' }, 0)).toEqual({});
  });
});
