import { describe, expect, it } from 'vitest';
import { findIntakeErrors, parseIntakeDialog } from '../../../src/features/ask/parse-dialog.ts';
import { longestAnswers, rubric } from '../../support/decision.ts';
import { RESPONSE_URL, submittedView } from '../../support/payloads.ts';

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
      votingShown: true,
    } as const;
    expect(parseIntakeDialog(rubric, submittedView(filled))).toEqual({
      viewId: 'V1',
      hash: '1795424400.abcdef',
      draft: filled,
    });
  });

  it('is read back with "Not sure" as no answer, and a name on one line', () => {
    const read = parseIntakeDialog(
      rubric,
      submittedView({ project: '  Billing \n portal ', page: 'first', answers: {} }),
    );
    expect(read?.draft).toMatchObject({ project: 'Billing portal', answers: {} });
  });

  it.each([null, undefined, {}, { id: 'V1' }, { id: 'V1', private_metadata: '{"page":"all"}', state: null }])(
    'is not read from %j',
    (view) => expect(parseIntakeDialog(rubric, view)).toBeNull(),
  );

  it('means the channel in which it was opened, while it asks for none', () => {
    const place = { channel: 'C9', replyUrl: RESPONSE_URL };
    const view = submittedView({ place, votingShown: false, deciders: ['U1', 'U2'], hide: true });
    expect(JSON.stringify(view)).not.toMatch(/"block_id":"(channel|deciders|hide|deadline)"/);
    expect(parseIntakeDialog(rubric, view)?.draft).toMatchObject({
      channel: 'C9',
      place,
      deciders: ['U1', 'U2'],
      hide: true,
    });
  });

  it('is read as an earlier version opened it: with all fields, and less metadata', () => {
    const view = { ...submittedView({ channel: 'C9', hide: true }), private_metadata: '{"page":"first"}' };
    expect(parseIntakeDialog(rubric, view)?.draft).toMatchObject({
      page: 'first',
      votingShown: true,
      channel: 'C9',
      deciders: ['U1'],
      hide: true,
    });
  });

  it('names what is missing on its field', () => {
    const draft = { ...EMPTY, channel: undefined };
    const filled = { ...EMPTY, answers: { tools: 'own' }, channel: 'C1' };
    expect(findIntakeErrors(rubric, draft, 0)).toEqual({
      project: 'Enter a project name.',
      channel: 'Pick a channel.',
      parts: 'Answer at least one question.',
    });
    expect(findIntakeErrors(rubric, { ...filled, project: 'x'.repeat(81) }, 0)).toEqual({
      project: expect.stringContaining('80'),
    });
    expect(findIntakeErrors(rubric, { ...filled, project: '🍰'.repeat(80) }, 0)).toEqual({});
  });
});
