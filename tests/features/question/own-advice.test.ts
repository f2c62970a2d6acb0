import { expect, it } from 'vitest';
import { checkMessage } from '../../../packages/local-slack/rules/limits.ts';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { answerMessage } from '../../../src/features/question/message.ts';
import { asksAboutAdvice } from '../../../src/features/question/own-advice.ts';
import { decisionWith, discussionOf, longestAnswersIn } from '../../support/decision.ts';

const rubric = loadRubric();

it.each([
  ['Why did you say Django for our project?', true],
  ['why do you recommend flask here', true],
  ['what’s the reason for this verdict?', true],
  ['explain your advice', true],
  ['why flask for us?', true],
  ['how did you come to this verdict', true],
  ['why only likely?', true],
  ['how sure are you?', true],
  ['why?', true],
  ['what would change your mind?', true],
  ['what would have to change for you to say Flask?', true],
  ['any counterarguments?', true],
  ['what did you base the verdict on?', true],
  ['on which answers is that verdict based?', true],
  ['what happens if we have to change the framework?', false],
  ['why do you think Django is safer?', false],
  ['why is Django slow?', false],
  ['why do big companies choose Django?', false],
  ['is it safe for our project?', false],
])('%s asks about the card: %j', (question, expected) => {
  expect(asksAboutAdvice(question)).toBe(expected);
});

it('the answer is the stored advice, with its reasons, the best one against it and what would change it', () => {
  for (const answers of [{ admin: 'yes', security: 'high', size: 'grow' }, longestAnswersIn(rubric), {}]) {
    const discussion = discussionOf(decisionWith(answers, {}, rubric));
    const { advice } = discussion.decision.round;
    const message = answerMessage(
      rubric,
      [{ question: 'Why did you say Django for our project?', answer: { kind: 'card', discussion } }],
      discussion,
    );
    const lines = message.text.split('\n');
    expect(lines[0]).toMatch(/^\*.?Billing portal.?\* \(.+\)/);
    const [pro] = advice.pros;
    if (pro && advice.rule === null) expect(lines[0]).toContain(pro.text);
    expect(lines.at(-1)?.match(/C\d\d/g)?.length ?? 0).toBeLessThanOrEqual(3);
    expect(checkMessage(message)).toEqual([]);
  }
});
