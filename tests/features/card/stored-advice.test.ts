import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessage, checkView } from '../../../packages/local-slack/rules/limits.ts';
import { type Advice, adviceSchema } from '../../../src/advice/advice.ts';
import { advise } from '../../../src/advice/advise.ts';
import type { Answers } from '../../../src/advice/answers.ts';
import type { Rubric } from '../../../src/advice/rubric/schema.ts';
import type { Decision } from '../../../src/decision/decision.ts';
import { groupViewSchema } from '../../../src/decision/discussion.ts';
import { computeGroup } from '../../../src/decision/group.ts';
import { reasoningMessage } from '../../../src/features/card/reasoning-message.ts';
import { reasonsModal } from '../../../src/features/card/reasons-dialog.ts';
import { bulletsOf, listsOf } from '../../support/card.ts';
import { anyAnswers, cardWith, decisionWith, ownAnswersOf, rubric } from '../../support/decision.ts';

/** The rubric some versions later: nothing says what it said, and half of everything is gone. */
const later: Rubric = {
  ...rubric,
  version: '99',
  intercept: { points: -2, reason: 'Another starting point.', bullet: 'Another start.', claims: ['C02'] },
  questions: rubric.questions.slice(0, -1).map((q) => ({
    ...q,
    text: `${q.text} Asked differently`,
    short: `new ${q.id}`,
    options: q.options
      .slice(1)
      .map((o) => ({ ...o, short: `new ${o.id}`, points: -o.points, reason: 'Another reason.' })),
  })),
  strength: {
    toss_up_up_to: { django: 20, flask: 20 },
    solid_from: { django: 30, flask: 30 },
    min_coverage: 0.9,
    min_answers: 0,
    never_solid: [],
  },
  weighing: { django: 2, flask: 1, default: 1, reason: 'Weighed otherwise.' },
  adjustments: [],
  rules: rubric.rules.slice(1).map((r) => ({ ...r, reason: 'Another rule.', when: [{ parts: ['many'] }] })),
  claims: new Map(
    [...rubric.claims].slice(6).map(([id, claim]) => [id, { ...claim, text: 'Another claim.' }]),
  ),
  notes: [],
  cases: rubric.cases.slice(1).map((c) => ({ ...c, title: 'Another case', story: 'It went differently.' })),
  arguments: [],
};

/** The decision as it comes back from the database. */
function stored(answers: Answers, change: (advice: Advice) => Advice = (advice) => advice): Decision {
  const advice = change(advise(rubric, answers));
  return decisionWith(answers, {
    round: {
      number: 1,
      answers,
      advice: adviceSchema.parse(JSON.parse(JSON.stringify(advice))),
      by: 'U1',
      at: 0,
    },
  });
}

/** As the first version stored it. */
function firstVersion({ basis: _basis, clearFlips: _clearFlips, ...advice }: Advice): Advice {
  return { ...advice, contributions: advice.contributions.map(({ reason: _reason, ...c }) => c) };
}

/** As stored before reasons, arguments and cases had a short form. */
function withoutBullets(advice: Advice): Advice {
  const bare = JSON.parse(JSON.stringify(advice, (key, value) => (key === 'bullet' ? undefined : value)));
  delete bare.basis.general;
  return bare;
}

const drawings = (of: Rubric, decision: Decision) => ({
  card: cardWith(of, decision),
  reasoning: reasoningMessage(of, decision),
  reasons: reasonsModal(of, decision),
});

function checkAll({ card, reasoning, reasons }: ReturnType<typeof drawings>): void {
  expect(checkMessage(card)).toEqual([]);
  expect(checkMessage(reasoning)).toEqual([]);
  expect(checkView(reasons)).toEqual([]);
}

describe('an old decision', () => {
  const law = { seed: 20261123, numRuns: 200 };

  it('reads as it always did, whatever has become of the rubric', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const decision = stored(answers);
        const shown = drawings(later, decision);
        expect(shown).toEqual(drawings(rubric, decision));
        checkAll(shown);
      }),
      law,
    );
  });

  it('of a group reads as it always did, too', () => {
    fc.assert(
      fc.property(anyAnswers, anyAnswers, (asker, other) => {
        const decision = stored(asker);
        const ownAnswers = ownAnswersOf({ U2: other });
        const view = computeGroup(rubric, { decision, ownAnswers });
        const group = groupViewSchema.parse(JSON.parse(JSON.stringify(view)));
        const shown = (by: Rubric) => ({
          card: cardWith(by, decision, { ownAnswers, group }),
          reasons: reasonsModal(by, decision, group),
        });
        expect(shown(later)).toEqual(shown(rubric));
        expect(checkView(shown(later).reasons)).toEqual([]);
      }),
      law,
    );
  });

  it('says nothing of the new rubric', () => {
    const answers = { parts: 'some', screens: 'office' };
    const shown = JSON.stringify(drawings(later, stored(answers)));
    expect(shown).not.toMatch(/Another|differently|new [a-z]+:/);
    expect(shown).toContain('Head start: Django 2');
    expect(shown).toContain('2 of 3 answered');
    expect(shown).toContain('Rubric 7');
  });

  it('from before advice had bullets shows the sentences in full', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const shown = drawings(later, stored(answers, withoutBullets));
        checkAll(shown);
        for (const { title, bullets } of listsOf(shown.card)) {
          if (!title.startsWith('Vote')) expect(bullets.filter((b) => b !== '')).not.toEqual([]);
        }
        expect(JSON.stringify(shown)).not.toMatch(/undefined|null|""/);
      }),
      law,
    );
    const advice = stored({ parts: 'many', screens: 'office' }, withoutBullets);
    const card = cardWith(later, advice);
    expect(bulletsOf(card, 'For Django')[0]).toBe(
      'Many parts stay in order with the structure that Django gives them.',
    );
    expect(card.text).toContain(
      'Case study: The library catalogue. The back office was ready on the first day.',
    );
  });

  it('from before advice kept its words is told in today’s, and looks the same while those are the same', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const old = stored(answers, firstVersion);
        const today = stored(answers, (advice) => ({ ...advice, clearFlips: [] }));
        expect(drawings(rubric, old)).toEqual(drawings(rubric, today));
      }),
      law,
    );
  });

  it('from before advice kept its words can still be shown when the rubric does not know it any more', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const shown = drawings(later, stored(answers, firstVersion));
        checkAll(shown);
        expect(JSON.stringify(shown)).not.toMatch(/undefined|null|""/);
      }),
      law,
    );
  });
});
