import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../packages/local-slack/rules/limits.ts';
import type { Answers } from '../../../src/advice/answers.ts';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { escapeMrkdwn } from '../../../src/blocks/text.ts';
import { helpMessage } from '../../../src/features/ask/help-message.ts';
import { askIfPostedMessage, cardRefusedMessage } from '../../../src/features/card/notice-message.ts';
import { reasoningMessage } from '../../../src/features/card/reasoning-message.ts';
import { privacyMessage } from '../../../src/features/privacy/message.ts';
import { fewOpen, partialAnswers } from '../../support/arbitrary.ts';
import {
  anyAnswers,
  decisionWith,
  longestAnswers,
  longestAnswersIn,
  NASTY_NAMES,
  rubric,
} from '../../support/decision.ts';
import { visibleStrings } from '../../support/visible-strings.ts';
import { wordsInMessage } from '../../texts/words.ts';

const ANSWERS = { parts: 'some', screens: 'office', tools: 'new' };
const shipped = loadRubric();
/** Words that the bot may write in the reply. */
const MOST_WORDS = 250;

const replyTo = (answers: Answers, of = shipped, form: 'rich' | 'plain' = 'rich') => {
  const decision = decisionWith(answers, { project: 'Portal' }, of);
  const message = reasoningMessage(of, decision, form);
  return { ...message, advice: decision.round.advice, words: wordsInMessage(message, ['Portal']) };
};

describe('the reasoning', () => {
  it('lists what every answer adds, and sums it up', () => {
    const { text, blocks } = replyTo(ANSWERS, rubric);
    const shown = JSON.stringify(blocks);
    for (const cell of ['Django', 'Flask', '2', '–']) expect(shown).toContain(`"text":"${cell}"`);
    expect(text).toMatch(/\nHead start: Django 2\.\nBack office: Django 2\.\n/);
    expect(text).toMatch(/\nSome parts: no points\.\nTotal: Django 4, Flask 2\.\n/);
  });

  it.each([
    [
      'Django wins',
      { parts: 'some', screens: 'office' },
      'Django leads by 4 points. A close call ends at 2 for Django, 0 for Flask.',
    ],
    [
      'it is close',
      { screens: 'plain', tools: 'own' },
      'Django leads by 1 point. A close call ends at 2 for Django, 0 for Flask.',
    ],
    ['nothing counts', { parts: 'some' }, 'No answer counts for either framework yet.'],
    ['nothing is answered', {}, 'No question is answered yet.'],
  ])('says in a line what the sum means if %s', (_, answers, words) => {
    expect(replyTo(answers, rubric).text).toContain(`\nThe sum: ${words}\n`);
  });

  it('names the rule that decided, and what the points say without it', () => {
    const { text } = replyTo({ parts: 'many', tools: 'own' }, rubric);
    expect(text).toMatch(/\nA rule decides: Many parts with your own tools need both\.\nThe points alone: /);
    expect(text).not.toContain('The sum:');
  });

  it('has at most two notes, one sentence each, and says how many more there are', () => {
    fc.assert(
      fc.property(fewOpen(shipped, 0), (answers) => {
        const { text, advice } = replyTo(answers);
        const shown = text.match(/^As of .*$/gm) ?? [];
        // The card itself has the third way.
        const notes = advice.notes.length - (advice.thirdWay ? 1 : 0);
        expect(shown).toHaveLength(Math.min(2, notes));
        for (const line of shown) expect(line).not.toMatch(/[.;] /);
        const more = notes - shown.length;
        expect(text).toContain(
          more === 0
            ? 'menu) has the reason'
            : `menu) has ${more} more note${more === 1 ? '' : 's'} and the reason`,
        );
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });

  it.each(['rich', 'plain'] as const)(
    'takes at most 250 words in its %s form, and keeps what matters',
    (form) => {
      const check = (answers: Answers): number => {
        const { text, blocks, advice, words } = replyTo(answers, shipped, form);
        expect(words).toBeLessThanOrEqual(MOST_WORDS);
        const shown = visibleStrings(blocks).join(' ');
        for (const place of [text, shown]) {
          const counter = advice.counterArgument?.text.replace(/^(Django|Flask): /, '') ?? '';
          expect(place).toContain(counter);
          for (const { name } of advice.practice?.nearest.slice(0, 1) ?? []) {
            expect(place).toMatch(/\d chose (Django|Flask|both)/);
            if (advice.practice?.nearest.every(({ chose }) => chose === advice.verdict))
              expect(place).toContain(name);
          }
          expect(place).toContain(`<${shipped.article.url}|Read the article>`);
          expect(place).toContain(`Rubric ${shipped.version}`);
          expect(place).not.toContain('…');
        }
        return words;
      };
      fc.assert(
        fc.property(fc.oneof(fewOpen(shipped, 0), partialAnswers(shipped)), (answers) => {
          check(answers);
        }),
        { seed: 20261123, numRuns: 300 },
      );
      // The longest reply that changing one answer after another leads to.
      const worst = { ...longestAnswersIn(shipped) };
      let most = check(worst);
      for (let again = true; again; ) {
        again = false;
        for (const { id, options } of shipped.questions) {
          for (const option of options) {
            const words = check({ ...worst, [id]: option.id });
            if (words <= most) continue;
            [most, again] = [words, true];
            worst[id] = option.id;
          }
        }
      }
      expect(most).toBeGreaterThan(180);
    },
  );

  it('is read aloud as it is shown, to its end', () => {
    fc.assert(
      fc.property(anyAnswers, fc.constantFrom(...NASTY_NAMES), (answers, project) => {
        const { text, blocks } = reasoningMessage(rubric, decisionWith(answers, { project }));
        expect(text).toMatch(/No language model$/);
        expect(text).not.toContain('…');
        const heard = text.replace(/[\s.,:]/g, '');
        for (const shown of visibleStrings(blocks.slice(2))) {
          expect(heard).toContain(escapeUnlessLink(shown).replace(/[\s.,:]/g, ''));
        }
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});

/** The last line is mrkdwn already. */
const escapeUnlessLink = (text: string): string => (text.includes('<https:') ? text : escapeMrkdwn(text));

describe('the other messages', () => {
  it.each(NASTY_NAMES)('stay within Slack’s limits for %s', (project) => {
    const decision = decisionWith(longestAnswers, { project });
    for (const message of [askIfPostedMessage(decision), cardRefusedMessage(decision, 'Pick another one.')]) {
      expect(checkMessage(message)).toEqual([]);
      expect(message.text).not.toMatch(/<!channel>|<@U123>|<https:\/\/evil/);
    }
  });

  it('help and privacy too', () => {
    expect(checkMessage(helpMessage(rubric, '/django-or-flask'))).toEqual([]);
    expect(checkMessage(privacyMessage())).toEqual([]);
    expect(helpMessage(rubric, '/framework').text).toContain('/framework history');
    for (const kept of ['answers', 'votes', 'reasons', 'Slack ids'])
      expect(privacyMessage().text).toContain(kept);
  });
});
