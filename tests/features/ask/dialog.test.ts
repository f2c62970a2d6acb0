import { describe, expect, it } from 'vitest';
import { checkView } from '../../../packages/local-slack/rules/limits.ts';
import { intakeModal } from '../../../src/features/ask/dialog.ts';
import { longestAnswers, NASTY_NAMES, rubric } from '../../support/decision.ts';
import { RESPONSE_URL } from '../../support/payloads.ts';

const EMPTY = { page: 'first', project: '', answers: {}, deciders: ['U1'] } as const;

const PLACE = { channel: 'C1', replyUrl: RESPONSE_URL };

const blocksOf = (view: unknown) =>
  JSON.parse(JSON.stringify(view))
    .blocks.map((b: { block_id?: string }) => b.block_id)
    .filter(Boolean);

describe('the dialog', () => {
  it('asks for the name and the questions of the first page, and offers the rest', () => {
    const view = intakeModal(rubric, { ...EMPTY, place: PLACE });
    expect(blocksOf(view)).toEqual(['project', 'parts', 'more']);
    const shown = JSON.stringify(view.blocks);
    expect(shown).toContain('Posts a card in <#C1>. Skip what you don’t know.');
    expect(shown).toContain('Show 2 more');
    expect(shown).toContain('Voting options');
  });

  it('asks for the channel right away if it was opened where the bot can’t post', () => {
    const view = intakeModal(rubric, EMPTY);
    expect(blocksOf(view)).toEqual(['project', 'channel', 'parts', 'more']);
    expect(JSON.stringify(view)).toContain('Posts a card in the channel you pick.');
  });

  it('then asks all questions, those of the first page first', () => {
    const view = intakeModal(rubric, { ...EMPTY, place: PLACE, page: 'all' });
    expect(blocksOf(view)).toEqual(['project', 'parts', 'screens', 'tools', 'more']);
    expect(JSON.stringify(view)).not.toContain('Show ');
  });

  it('shows the voting options below, on either page', () => {
    const draft = { ...EMPTY, place: PLACE, votingShown: true };
    const voting = ['channel', 'deciders', 'deadline', 'hide'];
    expect(blocksOf(intakeModal(rubric, draft))).toEqual(['project', 'parts', 'more', ...voting]);
    const all = intakeModal(rubric, { ...draft, page: 'all' });
    expect(blocksOf(all)).toEqual(['project', 'parts', 'screens', 'tools', ...voting]);
    expect(JSON.stringify(all)).toContain('"initial_conversation":"C1"');
  });

  it('says that it cut a name', () => {
    expect(JSON.stringify(intakeModal(rubric, { ...EMPTY, project: 'x'.repeat(81) }))).toContain('Cut to 80');
    expect(JSON.stringify(intakeModal(rubric, { ...EMPTY, project: 'x'.repeat(80) }))).not.toContain(
      'Cut to',
    );
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
        for (const votingShown of [false, true]) {
          const draft = { page, project, votingShown, answers: longestAnswers, deciders: ['U1'] };
          expect(checkView(intakeModal(rubric, { ...draft, place: PLACE }))).toEqual([]);
          expect(checkView(intakeModal(rubric, { ...draft, channel: 'C1' }))).toEqual([]);
        }
      }
    },
  );
});
