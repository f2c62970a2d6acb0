import { describe, expect, it } from 'vitest';
import { checkView } from '../../../packages/local-slack/rules/limits.ts';
import { intakeModal } from '../../../src/features/ask/dialog.ts';
import { longestAnswers, NASTY_NAMES, rubric } from '../../support/decision.ts';

const EMPTY = { page: 'first', project: '', answers: {}, deciders: ['U1'] } as const;

const blocksOf = (view: unknown) =>
  JSON.parse(JSON.stringify(view))
    .blocks.map((b: { block_id?: string }) => b.block_id)
    .filter(Boolean);

describe('the dialog', () => {
  it('asks the questions of the first page and offers the others', () => {
    expect(blocksOf(intakeModal(rubric, EMPTY))).toEqual([
      'project',
      'channel',
      'parts',
      'more',
      'deciders',
      'hide',
      'deadline',
    ]);
  });

  it('then asks all questions', () => {
    const all = blocksOf(intakeModal(rubric, { ...EMPTY, page: 'all' }));
    expect(all).toEqual([
      'project',
      'channel',
      ...rubric.questions.map((q) => q.id),
      'deciders',
      'hide',
      'deadline',
    ]);
  });

  it('starts every question at "Not sure"', () => {
    const view = JSON.parse(JSON.stringify(intakeModal(rubric, { ...EMPTY, page: 'all' })));
    const selects = view.blocks.filter(
      (b: { element?: { type: string } }) => b.element?.type === 'static_select',
    );
    expect(selects).toHaveLength(rubric.questions.length);
    for (const select of selects) expect(select.element.initial_option.value).toBe('unsure');
  });

  it.each(['', ...NASTY_NAMES, 'x'.repeat(500)])(
    'stays within Slack’s limits with the name %j',
    (project) => {
      for (const page of ['first', 'all'] as const) {
        const draft = { page, project, channel: 'C1', answers: longestAnswers, deciders: ['U1'] };
        expect(checkView(intakeModal(rubric, draft))).toEqual([]);
      }
    },
  );
});
