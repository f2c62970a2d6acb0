import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkView } from '../../../packages/local-slack/rules/limits.ts';
import { reasonsModal } from '../../../src/features/card/reasons-dialog.ts';
import { anyAnswers, decisionWith, NASTY_NAMES, rubric } from '../../support/decision.ts';

const ANSWERS = { parts: 'some', screens: 'office', tools: 'new' };

describe('“Show all reasons”', () => {
  it('has the wording of every claim behind the advice', () => {
    const decision = decisionWith(ANSWERS);
    const shown = JSON.stringify(reasonsModal(rubric, decision));
    for (const id of decision.round.advice.contributions.flatMap((c) => c.claims)) {
      expect(shown).toContain(JSON.stringify(rubric.claims.get(id)?.text).slice(1, -1));
    }
  });

  it('corrects an outdated claim even if the advice has no note on it', () => {
    const shown = JSON.stringify(reasonsModal(rubric, decisionWith({ parts: 'many' })));
    const note = rubric.notes.find((n) => n.claims.includes('C04') && n.when.length === 0);
    expect(shown).toContain(JSON.stringify(note?.text).slice(1, -1));
  });

  it('fits into a dialog whatever was answered', () => {
    fc.assert(
      fc.property(anyAnswers, fc.constantFrom(...NASTY_NAMES), (answers, project) => {
        expect(checkView(reasonsModal(rubric, decisionWith(answers, { project })))).toEqual([]);
      }),
      { seed: 20261123, numRuns: 100 },
    );
  });
});
