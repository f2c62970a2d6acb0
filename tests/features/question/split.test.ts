import { expect, it } from 'vitest';
import { isForeign } from '../../../src/features/question/language.ts';
import { isComment, isSmallTalk } from '../../../src/features/question/small-talk.ts';
import { splitClauses, splitQuestions } from '../../../src/features/question/split.ts';
import * as tables from '../../advice/search/questions.ts';

const ENGLISH = Object.values(tables)
  .flat()
  .map((row) => (typeof row === 'string' ? row : row[0]));

it.each([
  [['is it fast? and is it safe?'], ['is it fast?', 'and is it safe?']],
  [['We are five. Is it fast? We need that.'], ['We are five. Is it fast? We need that.']],
  [['We are five.', 'Is it fast?', 'We need that.'], ['We are five. Is it fast? We need that.']],
  [
    ['1. security', '2) hiring', '- async'],
    ['security', 'hiring', 'async'],
  ],
  [
    ['what about security', 'how about hiring'],
    ['what about security', 'how about hiring'],
  ],
  [['is it fast? thanks!'], ['is it fast?']],
  [['is it fast? ok? is it safe?'], ['is it fast?', 'ok? is it safe?']],
  [['is it fast?', 'is it fast?'], ['is it fast?']],
  [['', ''], []],
])('%j has the questions %j', (lines, questions) => {
  expect(splitQuestions(lines)).toEqual(questions);
});

it('leaves every question of the search tables whole, in English, and worth a reply', () => {
  for (const question of ENGLISH) {
    expect(splitQuestions([question])).toEqual([question]);
    expect(isForeign(question), question).toBe(false);
  }
  expect(ENGLISH.filter(isSmallTalk)).toEqual(['hello', 'thanks!']);
});

it.each([
  'Ist Django schneller als Flask?',
  'Wie ist das mit der Sicherheit?',
  '¿Es más seguro Django?',
  'Est-ce que Flask est plus rapide ?',
  'qual è meglio?',
  'O Django é mais seguro?',
  'czy Django jest lepszy?',
  'is het sneller?',
  'vilken är snabbare?',
  'Django mi Flask mi daha hızlı?',
  'Django ou Flask?',
  'Какой фреймворк лучше?',
  'Djangoは速いですか？',
  'Se puede ocupar Django en vez de Flask?',
  'Wir kennen nur Flask. Spielt das eine Rolle?',
  'Django vs Flask mana yang lebih bagus?',
])('%s is not English', (text) => {
  expect(isForeign(text)).toBe(true);
});

it.each([
  ['thanks!', true],
  ['thank you so much, this was really useful', true],
  ['thanks, what about security', false],
  ['thanks, is it fast', false],
  ['ok', true],
  ['security', false],
  ['ok, and security', false],
  ['👍', true],
  ['', false],
  ['ok?', false],
])('%j is small talk: %j', (text, expected) => {
  expect(isSmallTalk(text)).toBe(expected);
});

it.each([
  ['is it fast and how old is it?', ['is it fast', 'how old is it?']],
  ['is it fast, secure and stable?', ['is it fast, secure and stable?']],
  ['what about security, what about hiring?', ['what about security', 'what about hiring?']],
])('%j has the clauses %j', (question, clauses) => {
  expect(splitClauses(question)).toEqual(clauses);
});

it('takes a comment for one only if it asks nothing', () => {
  expect(isComment('Great, Ben tells them')).toBe(true);
  expect(isComment('great, how do we host it')).toBe(false);
  expect(isComment('cool, who founded Slack?')).toBe(false);
});
