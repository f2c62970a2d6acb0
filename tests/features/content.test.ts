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
import type { Advice } from '../../src/advice/advice.ts';
import type { Answers } from '../../src/advice/answers.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import type { Message } from '../../src/blocks/message.ts';
import { computeGroup } from '../../src/decision/group.ts';
import { ownAnswersModal } from '../../src/features/answers/add-dialog.ts';
import { editAnswersModal } from '../../src/features/answers/edit-dialog.ts';
import { intakeModal } from '../../src/features/ask/dialog.ts';
import { reasoningMessage } from '../../src/features/card/reasoning-message.ts';
import { reasonsModal } from '../../src/features/card/reasons-dialog.ts';
import { renderAdr } from '../../src/features/record/madr.ts';
import { partialAnswers, runs } from '../support/arbitrary.ts';
import { bulletsOf, linesOf, listsOf, outlineOf, spoken } from '../support/card.ts';
import {
  cardWith,
  decisionWith,
  discussionOf,
  groupCard,
  longestAnswersIn,
  NASTY_NAMES,
  ownAnswersOf,
} from '../support/decision.ts';
import { countWords } from '../texts/words.ts';
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

/** Answers of one to three people. Half of the cards are of the asker alone. */
const anyPeople = fc.tuple(anyAnswers, fc.oneof(fc.constant([]), fc.array(anyAnswers, { maxLength: 2 })));
const manyPeople = fc.tuple(anyAnswers, fc.array(anyAnswers, { minLength: 3, maxLength: 20, size: 'max' }));

function cardOf([asker, ...others]: readonly Answers[]) {
  const decision = decisionBy(asker ?? {});
  const ownAnswers = ownAnswersOf(Object.fromEntries(others.map((own, i) => [`U${i + 2}`, own])));
  const group = computeGroup(rubric, { decision, ownAnswers });
  return {
    card: cardWith(rubric, decision, { ownAnswers, group }),
    advice: group?.advice ?? decision.round.advice,
  };
}

describe('with the shipped rubric, whatever people answer, the card', () => {
  const NAMES = { django: 'Django', flask: 'Flask' } as const;

  /** Returns how many arguments each list must have: least and most. */
  function expectedLists({ verdict, strength }: Advice): [title: string, least: number, most: number][] {
    if (verdict === 'both') {
      return [
        ['Django for', 1, 3],
        ['Flask for', 1, 3],
        ['Against', 1, 2],
      ];
    }
    if (verdict === 'undecided' || strength === 'toss-up') {
      const least = verdict === 'undecided' ? 1 : 2;
      return [
        ['For Django', least, 2],
        ['For Flask', least, 2],
      ];
    }
    return [
      [`For ${NAMES[verdict]}`, 1, 3],
      [`Against ${NAMES[verdict]}`, 1, 2],
    ];
  }

  it('always has pros, cons and, if any case shares a trait, the case study', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyPeople, ([asker, others]) => {
        const { card, advice } = cardOf([asker, ...others]);
        seen.add(`${advice.verdict} ${advice.strength}`);
        const lists = listsOf(card);
        for (const [title, least, most] of expectedLists(advice)) {
          const shown = lists.find((list) => list.title === title)?.bullets.length ?? 0;
          expect(shown).toBeGreaterThanOrEqual(least);
          expect(shown).toBeLessThanOrEqual(most);
        }
        expect(outlineOf(card).includes('Case study')).toBe(advice.caseStudy !== null);
      }),
      runs(1_500),
    );
    // Every kind of card was among them.
    expect(seen.size).toBe(9);
  });

  it('keeps its parts in order', () => {
    const ORDER =
      /^header context (section )?(first )?(for |against |boundary )+(case )?(change )?divider Vote actions actions context $/;
    const KINDS: Record<string, string> = {
      'Settle this first': 'first',
      'Answer these next': 'first',
      'For Django': 'for',
      'For Flask': 'for',
      'Against Django': 'against',
      'Against Flask': 'against',
      Against: 'against',
      'Django for': 'boundary',
      'Flask for': 'boundary',
      'Case study': 'case',
      'What would change it': 'change',
    };
    fc.assert(
      fc.property(anyPeople, ([asker, others]) => {
        const { card, advice } = cardOf([asker, ...others]);
        const parts = outlineOf(card);
        expect(`${parts.map((part) => KINDS[part] ?? part).join(' ')} `).toMatch(ORDER);
        const explained = parts.includes('Settle this first') || parts.includes('What would change it');
        expect(explained).toBe(advice.verdict !== 'undecided' || parts.includes('Settle this first'));
        expect(parts.includes('Settle this first') && parts.includes('What would change it')).toBe(false);
      }),
      runs(500),
    );
  });

  it('keeps bullets to nine words, repeats none, and shows no points', () => {
    fc.assert(
      fc.property(anyPeople, ([asker, others]) => {
        const { card } = cardOf([asker, ...others]);
        const bullets = listsOf(card)
          .filter(({ title }) => title !== 'Settle this first')
          .flatMap((list) => list.bullets);
        expect(bullets.filter((bullet) => countWords(bullet) > 9)).toEqual([]);
        expect(new Set(bullets).size).toBe(bullets.length);
        expect(card.text).not.toMatch(/\d points?|[+−]\d|\d for (Django|Flask)/);
      }),
      runs(1_000),
    );
  });

  it('has at most 60 characters after the name in the header, and 150 words of the bot’s own', () => {
    fc.assert(
      fc.property(fc.oneof(anyPeople, manyPeople), ([asker, others]) => {
        const { card } = cardOf([asker, ...others]);
        const [header = '', ...lines] = linesOf(card);
        const headline = header.slice(header.indexOf('\u2069') + 1);
        expect(textLength(headline)).toBeLessThanOrEqual(60);
        const own = [headline, ...lines.filter((line) => !line.startsWith('Vote'))]
          .join('\n')
          .replace(/<@\w+>/g, '');
        expect(countWords(own)).toBeLessThanOrEqual(150);
      }),
      runs(1_000),
    );
  });

  it('tells a screen reader everything that it shows', () => {
    fc.assert(
      fc.property(anyPeople, ([asker, others]) => {
        const { card } = cardOf([asker, ...others]);
        for (const line of linesOf(card)) expect(spoken(card.text)).toContain(spoken(line));
      }),
      runs(500),
    );
  });

  it('names at most three people for an answer that people disagree on', () => {
    const few = { size: 'simple', tech: 'custom' };
    const people = [...Array(9).fill(few), ...Array(8).fill({ size: 'grow', tech: 'custom' })];
    const { card } = cardOf(people);
    const [line = ''] = bulletsOf(card, 'Settle this first');
    expect(line.match(/<@U\d+>, <@U\d+>, <@U\d+> and \d more/g)).toHaveLength(2);
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
          expect(message.text).toMatch(/<@U0123456999> asked · <@U01234567890>, .* decide/);
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
