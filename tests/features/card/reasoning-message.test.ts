import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../packages/local-slack/rules/limits.ts';
import type { Answers } from '../../../src/advice/answers.ts';
import { helpMessage } from '../../../src/features/ask/help-message.ts';
import { askIfPostedMessage, cardRefusedMessage } from '../../../src/features/card/notice-message.ts';
import { reasoningMessage } from '../../../src/features/card/reasoning-message.ts';
import { privacyMessage } from '../../../src/features/privacy/message.ts';
import { anyAnswers, decisionWith, longestAnswers, NASTY_NAMES, rubric } from '../../support/decision.ts';

const ANSWERS = { parts: 'some', screens: 'office', tools: 'new' };

describe('the reasoning', () => {
  it('lists what every answer adds, and sums it up', () => {
    const { text, blocks } = reasoningMessage(rubric, decisionWith(ANSWERS));
    const shown = JSON.stringify(blocks);
    expect(shown).toContain('2 for Django');
    expect(shown).toContain('2 for Flask');
    expect(shown).toContain('no points');
    expect(text).toMatch(/Start [+−]?\d+, plus \d+ for Django, minus \d+ for Flask, makes [+−]?\d+/);
  });

  it.each([
    ['everything is answered', longestAnswers, 'Every question is answered, so nothing else can move it.'],
    ['nothing is answered', {}, 'No question is answered yet. The answers could move the sum to anything'],
    ['much is open', { screens: 'office' }, /\d+ % of the weight is answered\. The rest could move the sum/],
  ])('says truly what is still open when %s', (_, answers, words) => {
    const { text } = reasoningMessage(rubric, decisionWith(answers));
    expect(text).toMatch(words);
    expect(text.match(/of the weight|No question is|Every question is/g)).toHaveLength(1);
  });

  it('speaks of the rest only where there is one', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { text } = reasoningMessage(rubric, decisionWith(answers));
        const count = Object.keys(answers).length;
        expect(text.includes('the rest') || text.includes('The rest')).toBe(
          count > 0 && count < rubric.questions.length,
        );
        expect(text.includes('too little to go by')).toBe(isEarly(answers));
        expect(text).not.toMatch(/[.?!…] *[.?!]/);
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });

  it('is read aloud to its end, sources included, whatever was answered', () => {
    fc.assert(
      fc.property(anyAnswers, fc.constantFrom(...NASTY_NAMES), (answers, project) => {
        const decision = decisionWith(answers, { project });
        const { text } = reasoningMessage(rubric, decision);
        expect(text).toContain('no language model took part. Rubric version');
        for (const note of decision.round.advice.notes) expect(text).toContain(note.text);
        expect(text).not.toContain('…');
      }),
      { seed: 20261123, numRuns: 1000 },
    );
  });

  it('names the rule that decided', () => {
    const { text } = reasoningMessage(rubric, decisionWith({ parts: 'few', screens: 'office' }));
    expect(text).toContain('A rule of the article decided');
  });
});

function isEarly(answers: Answers): boolean {
  return decisionWith(answers).round.advice.verdict === 'undecided';
}

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
