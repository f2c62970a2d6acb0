import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkView } from '../../../packages/local-slack/rules/limits.ts';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { reasonsModal } from '../../../src/features/card/reasons-dialog.ts';
import { anyAnswers, decisionWith, NASTY_NAMES, rubric } from '../../support/decision.ts';
import { visibleStrings } from '../../support/visible-strings.ts';

const ANSWERS = { parts: 'some', screens: 'office', tools: 'new' };
const shipped = loadRubric();
const COMPLETE = {
  stage: 'product',
  audience: 'general',
  size: 'grow',
  shape: 'one_product',
  interface: 'pages',
  admin: 'yes',
  unknowns: 'business',
  tech: 'custom',
  security: 'high',
  team: 'changing',
  priority: 'upkeep',
};

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

  it('has every reason, argument and note in its long form, and names their claims', () => {
    const { advice } = decisionWith(COMPLETE, {}, shipped).round;
    const shown = visibleStrings(reasonsModal(shipped, decisionWith(COMPLETE, {}, shipped))).join('\n');
    const { contributions, pros, cons, notes, practice } = advice;
    for (const { text } of [...pros, ...cons, ...notes]) expect(shown).toContain(text);
    for (const { reason, claims } of contributions) {
      expect(shown).toContain(reason);
      for (const claim of claims) expect(shown).toMatch(new RegExp(`\\b${claim}, `));
    }
    for (const { name } of practice?.nearest ?? []) expect(shown).toContain(`${name} chose `);
  });

  it.each([
    [{ parts: 'few', screens: 'none', tools: 'own' }, 'none, so nothing else can move the points.'],
    [{}, 'all. The result can end up between'],
    [{ screens: 'office' }, /2, worth \d+% of the weight\. The result can end up between/],
  ])('says truly what is still open after %j', (answers, words) => {
    const shown = visibleStrings(reasonsModal(rubric, decisionWith(answers))).join('\n');
    expect(shown).toMatch(words);
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
