// What people see when the bot uses the rubric that it ships with. Everything else is tested with a small one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkMessage,
  checkView,
  SAFE_MESSAGE_TEXT,
  textLength,
  visibleText,
} from '../../packages/local-slack/rules/limits.ts';
import type { Answers } from '../../src/advice/answers.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import type { Message } from '../../src/blocks/message.ts';
import { ownAnswersModal } from '../../src/features/answers/add-dialog.ts';
import { editAnswersModal } from '../../src/features/answers/edit-dialog.ts';
import { intakeModal } from '../../src/features/ask/dialog.ts';
import { reasoningMessage } from '../../src/features/card/reasoning-message.ts';
import { reasonsModal } from '../../src/features/card/reasons-dialog.ts';
import { renderAdr } from '../../src/features/record/madr.ts';
import { partialAnswers, runs } from '../support/arbitrary.ts';
import {
  cardWith,
  decisionWith,
  discussionOf,
  groupCard,
  longestAnswersIn,
  NASTY_NAMES,
} from '../support/decision.ts';
import { decidedBy } from './record/decided.ts';

const rubric = loadRubric();
const anyAnswers = partialAnswers(rubric);
const longestAnswers = longestAnswersIn(rubric);
const TEN_PEOPLE = Array.from({ length: 10 }, (_, i) => `U0123456789${i}`);
const decisionBy = (answers: Answers, overrides = {}) => decisionWith(answers, overrides, rubric);

describe('with the shipped rubric', () => {
  it('a card looks like this', () => {
    const answers = {
      stage: 'mvp',
      audience: 'general',
      size: 'grow',
      shape: 'one_product',
      priority: 'delivery',
    };
    expect(cardWith(rubric, decisionBy(answers))).toMatchSnapshot();
  });

  it('the reasoning reads like this', () => {
    const answers = {
      stage: 'product',
      size: 'grow',
      admin: 'yes',
      tech: 'frontier',
      audience: 'general',
      team: 'stable',
    };
    expect(reasoningMessage(rubric, decisionBy(answers)).text).toMatchSnapshot();
  });

  it('the file of a decision reads like this', async () => {
    const ana = {
      stage: 'product',
      audience: 'general',
      size: 'simple',
      shape: 'one_product',
      interface: 'thin',
      tech: 'custom',
      security: 'normal',
      team: 'experts',
    };
    const { fileName, text } = renderAdr(
      decidedBy(rubric, [
        { person: 'U1', answers: ana },
        { person: 'U2', answers: ana },
        { person: 'U3', answers: { ...ana, size: 'large', admin: 'yes' } },
      ]),
    );
    await expect(text).toMatchFileSnapshot(`__snapshots__/${fileName}`);
  });
});

describe('with the shipped rubric, Slack’s limits are kept', () => {
  function check(message: Message, longestText = 4_000): void {
    expect(checkMessage(message)).toEqual([]);
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    expect(textLength(visibleText(message.blocks))).toBeLessThan(SAFE_MESSAGE_TEXT);
    expect(textLength(message.text)).toBeLessThanOrEqual(longestText);
  }

  it('by cards, reasonings and lists of reasons', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyAnswers, fc.constant(longestAnswers)),
        fc.constantFrom(...NASTY_NAMES),
        (answers, project) => {
          const decision = decisionBy(answers, { project, deciders: TEN_PEOPLE });
          check(cardWith(rubric, decision));
          check(reasoningMessage(rubric, decision));
          expect(checkView(reasonsModal(rubric, decision))).toEqual([]);
        },
      ),
      runs(400),
    );
  });

  it('by the card of fifty people of any opinion', () => {
    fc.assert(
      fc.property(
        fc.array(anyAnswers, { minLength: 1, maxLength: 50, size: 'max' }),
        fc.constantFrom(...NASTY_NAMES),
        (others, project) => {
          const people = others.map((own, i) => [`U0123456${String(i).padStart(3, '0')}`, own]);
          const asked = { project, deciders: TEN_PEOPLE, asker: 'U0123456999' };
          const message = groupCard(decisionBy(longestAnswers, asked), Object.fromEntries(people), rubric);
          check(message, 3_900);
          expect(message.text).not.toContain('…');
          expect(message.text).toContain('Decides: <@U01234567890>');
        },
      ),
      runs(30),
    );
  });

  it.each(NASTY_NAMES)('by the dialogs with questions, for %s', (project) => {
    const discussion = discussionOf(decisionBy(longestAnswers, { project }));
    for (const page of ['first', 'all'] as const) {
      const draft = { page, project, channel: 'C1', answers: longestAnswers, deciders: TEN_PEOPLE };
      expect(checkView(intakeModal(rubric, draft))).toEqual([]);
    }
    expect(checkView(ownAnswersModal(rubric, discussion, 'U2'))).toEqual([]);
    expect(checkView(editAnswersModal(rubric, discussion))).toEqual([]);
  });
});
