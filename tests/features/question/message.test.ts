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
import { shortenNote } from '../../../src/blocks/dated-notes.ts';
import { escapeMrkdwn } from '../../../src/blocks/text.ts';
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
  answerMessage(
    rubric,
    [{ question, answer: answerQuestion(rubric, question) }],
    decision && discussionOf(decision),
  );
const TABLES = [QUESTIONS, SECOND_BATCH, THIRD_BATCH, FOURTH_BATCH, HELD_OUT];
const ALL = TABLES.flat().map(([question]) => question);

describe('the answer to a question', () => {
  it('begins with the answer and names the other side', () => {
    const { text, blocks } = messageFor('how do they scale?');
    expect(text).toMatch(/^Complex solutions scale well on Django\. \[1\]\nFor Flask: .* \[2\]\n/);
    expect(JSON.stringify(blocks)).toContain('For Flask:');
    expect(text).toMatch(/C70.*C71/);
  });

  it('has at most three citations, all in its last line, and answers about as well as all of them', () => {
    let good = 0;
    for (const [question, wanted] of TABLES.flat()) {
      const lines = messageFor(question).text.split('\n');
      const cited: string[] = lines.at(-1)?.match(/C\d\d/g) ?? [];
      expect(cited.length, question).toBeLessThanOrEqual(3);
      const isKnown = answerQuestion(rubric, question).kind !== 'unknown';
      expect(
        lines.filter((line) => line.startsWith('Sources:')),
        question,
      ).toHaveLength(isKnown ? 1 : 0);
      expect(lines.at(-1)?.startsWith('Sources:'), question).toBe(isKnown);
      expect(lines.slice(0, -1).join(' '), question).not.toMatch(/C\d\d\b|https?:/);
      if (wanted.some((claim) => cited.includes(claim))) good += 1;
    }
    expect(good / TABLES.flat().length).toBeGreaterThanOrEqual(0.93);
  });

  it('begins with the correction if the claim no longer holds', () => {
    const { text, blocks } = messageFor('does Django do async?');
    expect(text).toMatch(/^Django has had async views since 2020/);
    expect(text).toMatch(/\nIn 2019 the article said: Django has no standard async, .*\[1\]\n/);
    expect(JSON.stringify(blocks)).toContain('https://docs.djangoproject.com');
  });

  it('never states an outdated claim as a fact', () => {
    const outdated = rubric.notes
      .filter(({ status }) => status === 'reversed' || status === 'outdated')
      .flatMap(({ claims }) => claims);
    for (const question of ALL) {
      for (const line of messageFor(question).text.split('\n')) {
        const said = outdated.filter((id) => line.includes(escapeMrkdwn(rubric.claims.get(id)?.text ?? id)));
        if (said.length > 0 && !line.startsWith('Sources:'))
          expect(line).toMatch(/^In 2019 the article said:/);
      }
    }
  });

  it('links the article and a source of every correction it shows', () => {
    for (const question of ALL) {
      const answer = answerQuestion(rubric, question);
      if (answer.kind === 'unknown') continue;
      const { text, blocks } = messageFor(question);
      const sources = JSON.stringify(blocks.findLast(({ type }) => type === 'context')).replaceAll(
        '&amp;',
        '&',
      );
      if (answer.sides.length > 0) expect(sources).toContain(rubric.article.url);
      for (const note of rubric.notes) {
        const [url] = note.sources.flatMap((id) => rubric.sources.get(id)?.urls.slice(0, 1) ?? []);
        if (!text.includes(escapeMrkdwn(shortenNote(note.text)))) continue;
        if (url !== undefined) expect(sources, question).toContain(url);
      }
    }
  });

  it('says so if it has nothing for one framework', () => {
    expect(messageFor('what about security?').text).toContain('For Flask: I don’t have anything on that.');
  });

  it('answers several questions one by one', () => {
    const questions = ['what about security?', 'who founded Slack?', 'is flask faster?'];
    const message = answerMessage(
      rubric,
      questions.map((question) => ({ question, answer: answerQuestion(rubric, question) })),
    );
    const places = [
      'what about security?',
      'Django is often seen as more secure',
      'who founded Slack?',
      'I don’t have anything on that.\n*\u2068is flask faster?',
      'Flask has fewer layers and is slightly faster',
      'Sources:',
    ].map((words) => message.text.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((x, y) => x - y));
    expect(
      new Set(
        message.text
          .split('\n')
          .at(-1)
          ?.match(/\[\d\]/g),
      ).size,
    ).toBe(4);
    expect(checkMessage(message)).toEqual([]);
  });

  it('in a decision’s thread says what was answered there to the same question', () => {
    const answers = { security: 'high', admin: 'yes' };
    const question = 'what about security?';
    const message = messageFor(question, decisionWith(answers, {}, rubric));
    const [first, second] = message.text.split('\n');
    expect(first).toBe(messageFor(question).text.split('\n')[0]);
    expect(second).toMatch(/^\*.?Billing portal.?\* \(.+\): High security needs, 2 for Django\.$/);
    expect(message.blocks[0]).toMatchObject({ text: { text: `${first}\n${second}` } });
  });

  it('there says that a question is open, and whether it matters', () => {
    const decision = decisionWith({ security: 'high', admin: 'yes' }, {}, rubric);
    const { nextQuestions } = decision.round.advice;
    expect(nextQuestions).toContain('size');
    expect(messageFor('does it scale?', decision).text).toContain(
      '“Size” isn’t answered yet, and it could change the advice.',
    );
    const settled = decisionWith(
      {},
      { round: { ...decision.round, advice: { ...decision.round.advice, nextQuestions: [] } } },
    );
    expect(messageFor('does it scale?', settled).text).toContain('“Size” isn’t answered yet.');
  });

  it('there keeps to Slack’s limits whatever the project is called', () => {
    for (const project of NASTY_NAMES) {
      for (const question of ALL.slice(0, 40)) {
        const message = messageFor(question, decisionWith(longestAnswersIn(rubric), { project }, rubric));
        expect(checkMessage(message)).toEqual([]);
        expect(textLength(message.text)).toBeLessThanOrEqual(3_900);
        expect(message.text.replaceAll('<https://', '')).not.toMatch(/<[!@#h]/);
      }
    }
  });

  it('tells a documented project with what it chose', () => {
    expect(messageFor('what did Redash choose?').text).toContain('Redash chose Flask');
  });

  it.each(UNANSWERABLE)('says honestly that it does not know, and what can be asked: %s', (question) => {
    const message = messageFor(question);
    expect(message.text).toMatch(/^I don’t have anything on that\. Ask about security, /);
    expect(checkMessage(message)).toEqual([]);
  });

  it('offers advice if it does not know the kind of project', () => {
    const message = messageFor('Django or Flask for a falconry?');
    expect(message.text).toMatch(/^I don’t know that kind of project\./);
    expect(JSON.stringify(message.blocks)).toContain('home_start');
    expect(checkMessage(message)).toEqual([]);
  });

  it('passes Slack’s limits for every question, and is read aloud whole', () => {
    for (const question of ALL) {
      const message = messageFor(question);
      expect(checkMessage(message), question).toEqual([]);
      expect(textLength(message.text)).toBeLessThanOrEqual(3_900);
      expect(textLength(visibleText(message.blocks)), question).toBeLessThan(SAFE_MESSAGE_TEXT);
      expect(message.text, question).toMatch(/\nSources: |^I don’t have anything on that/);
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
    const projects = [...rubric.projects].sort((a, b) => b.about.length - a.about.length).slice(0, 2);
    const facts = [...rubric.facts].sort((a, b) => b.text.length - a.text.length).slice(0, 2);
    const answer = {
      kind: 'answer' as const,
      facts,
      advised: null,
      sides,
      silent: null,
      caseStudy: caseStudy ?? null,
      projects,
    };
    const message = answerMessage(
      rubric,
      Array.from({ length: 6 }, () => ({ question: 'x'.repeat(5_000), answer })),
    );
    expect(checkMessage(message)).toEqual([]);
    expect(textLength(message.text)).toBeLessThanOrEqual(3_900);
    expect(textLength(visibleText(message.blocks))).toBeLessThan(SAFE_MESSAGE_TEXT);
    expect(message.text).toContain(
      '\nI answer 5 questions at a time. Ask the rest in another message.\nSources: ',
    );
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
      expect(JSON.stringify(message.blocks[0])).not.toMatch(/<[!@#h]/);
      expect(message.text).not.toMatch(/<[!@#]|evil/);
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
