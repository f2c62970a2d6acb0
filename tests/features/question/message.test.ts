import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkMessage,
  SAFE_MESSAGE_TEXT,
  textLength,
  visibleText,
} from '../../../packages/local-slack/rules/limits.ts';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { answerQuestion } from '../../../src/advice/search/answer-question.ts';
import type { Decision } from '../../../src/decision/decision.ts';
import { answerMessage } from '../../../src/features/question/message.ts';
import {
  FOURTH_BATCH,
  HELD_OUT,
  QUESTIONS,
  SECOND_BATCH,
  THIRD_BATCH,
  UNANSWERABLE,
} from '../../advice/search/questions.ts';
import { decisionWith, discussionOf, longestAnswersIn, NASTY_NAMES } from '../../support/decision.ts';

const rubric = loadRubric();

const messageFor = (question: string, decision: Decision | null = null) =>
  answerMessage(rubric, question, answerQuestion(rubric, question), decision && discussionOf(decision));
const ALL = [...QUESTIONS, ...SECOND_BATCH, ...THIRD_BATCH, ...FOURTH_BATCH, ...HELD_OUT].map(
  ([question]) => question,
);

describe('the answer to a question', () => {
  it('names the sides in words and numbers what it cites', () => {
    const { text, blocks } = messageFor('how do they scale?');
    for (const shown of [text, JSON.stringify(blocks)]) {
      expect(shown).toContain('For Django');
      expect(shown).toContain('For Flask');
      expect(shown).toContain('[1]');
      expect(shown).toMatch(/C70|C13/);
    }
  });

  it('says what time has overtaken, and since when', () => {
    const { text, blocks } = messageFor('does Django do async?');
    expect(text).toContain('As of 2026-11-23: Django has had async views');
    expect(JSON.stringify(blocks)).toContain('https://docs.djangoproject.com');
  });

  it('shows the article and every source of what it says since, for every question', () => {
    for (const question of ALL) {
      const answer = answerQuestion(rubric, question);
      if (answer.kind === 'unknown') continue;
      const shown = JSON.stringify(messageFor(question).blocks.at(-1)).replaceAll('&amp;', '&');
      expect(shown).toContain(rubric.article.url);
      for (const { notes } of answer.sides.flatMap(({ citations }) => citations)) {
        for (const id of notes.flatMap((note) => note.sources)) {
          expect(shown, question).toContain(rubric.sources.get(id)?.urls[0]);
        }
      }
    }
  });

  it('says where a side has nothing', () => {
    expect(messageFor('what about security?').text).toContain('For Flask: Nothing in what I know.');
  });

  it('in a decision’s thread begins with the project, and what was answered there to the same question', () => {
    const answers = { security: 'high', admin: 'yes' };
    const question = 'what about security?';
    const message = messageFor(question, decisionWith(answers, {}, rubric));
    const [first, second] = message.text.split('\n');
    expect(first).toMatch(/^\*.?Billing portal.?\*: Django/);
    expect(second).toBe('Here: security, “a mistake would hurt a lot”; 2 for Django.');
    expect(message.blocks[0]).toMatchObject({ text: { text: `${first}\n${second}` } });
    expect(message.text).toContain(messageFor(question).text);
  });

  it('there says that a question is open, and whether it matters', () => {
    const decision = decisionWith({ security: 'high', admin: 'yes' }, {}, rubric);
    const { nextQuestions } = decision.round.advice;
    expect(nextQuestions).toContain('size');
    expect(messageFor('does it scale?', decision).text).toContain(
      'Here: size is not answered, and its answer could change the advice.',
    );
    const settled = decisionWith(
      {},
      { round: { ...decision.round, advice: { ...decision.round.advice, nextQuestions: [] } } },
    );
    expect(messageFor('does it scale?', settled).text).toContain('Here: size is not answered.');
  });

  it('there keeps to Slack’s limits whatever the project is called', () => {
    for (const project of NASTY_NAMES) {
      for (const question of ALL.slice(0, 40)) {
        const message = messageFor(question, decisionWith(longestAnswersIn(rubric), { project }, rubric));
        expect(checkMessage(message)).toEqual([]);
        expect(textLength(message.text)).toBeLessThanOrEqual(3_900);
        expect(message.text).not.toMatch(/<[!@#h]/);
      }
    }
  });

  it('tells a documented project with what it chose', () => {
    expect(messageFor('what did Redash choose?').text).toContain('Redash chose Flask');
  });

  it.each(UNANSWERABLE)('says honestly that it does not know, and what can be asked: %s', (question) => {
    const message = messageFor(question);
    expect(message.text).toContain('is not in what I know');
    expect(message.text).toContain('You can ask about');
    expect(checkMessage(message)).toEqual([]);
  });

  it('passes Slack’s limits for every question, and is read aloud whole', () => {
    for (const question of ALL) {
      const message = messageFor(question);
      expect(checkMessage(message), question).toEqual([]);
      expect(textLength(message.text)).toBeLessThanOrEqual(3_900);
      expect(textLength(visibleText(message.blocks)), question).toBeLessThan(SAFE_MESSAGE_TEXT);
      expect(message.text, question).toMatch(/no language model took part|is not in what I know/);
      expect(message.text).not.toContain('…');
    }
  });

  it('passes them at its fullest: every claim with every note at once', () => {
    const claims = [...rubric.claims.values()].sort((a, b) => b.text.length - a.text.length);
    const notes = [...rubric.notes].sort((a, b) => b.text.length - a.text.length);
    const sides = (['django', 'flask', 'both', 'neutral'] as const).map((side, s) => ({
      side,
      citations: claims.slice(0, 3).map((claim, i) => ({
        number: s * 3 + i + 1,
        claim,
        notes: notes.slice(s * 3 + i, s * 3 + i + 1),
      })),
    }));
    const [caseStudy] = [...rubric.cases].sort((a, b) => b.story.length - a.story.length);
    const message = answerMessage(rubric, 'x'.repeat(5_000), {
      kind: 'answer',
      sides,
      silent: null,
      caseStudy: caseStudy ?? null,
      projects: [...rubric.projects].sort((a, b) => b.about.length - a.about.length).slice(0, 2),
    });
    expect(checkMessage(message)).toEqual([]);
    expect(textLength(message.text)).toBeLessThanOrEqual(3_900);
    expect(textLength(visibleText(message.blocks))).toBeLessThan(SAFE_MESSAGE_TEXT);
    expect(message.text).toContain('no language model took part');
  });

  it('shows what was typed as text only', () => {
    for (const typed of [
      ...NASTY_NAMES,
      '<!channel> *security* <https://evil.example|click>',
      '',
      '\u202e\u0000',
    ]) {
      const message = messageFor(`${typed} security django`);
      expect(checkMessage(message)).toEqual([]);
      for (const shown of [message.text, JSON.stringify(message.blocks[0])]) {
        expect(shown).not.toMatch(/<[!@#h]/);
      }
    }
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (question) => {
        expect(checkMessage(messageFor(question))).toEqual([]);
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});
