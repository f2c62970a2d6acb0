import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnswers } from '../../src/advice/answers.ts';
import { UNSURE } from '../../src/advice/rubric/schema.ts';
import { partialAnswers, runs } from '../support/arbitrary.ts';
import { smallRubric as rubric } from '../support/small-rubric.ts';

const problemsOf = (input: unknown): readonly string[] => {
  const parsed = parseAnswers(rubric, input);
  return parsed.ok ? [] : parsed.problems;
};

describe('parseAnswers', () => {
  it('accepts every option of every question, and unsure', () => {
    for (const question of rubric.questions) {
      for (const option of question.options) {
        const answers = { [question.id]: option.id };
        expect(parseAnswers(rubric, answers)).toEqual({ ok: true, answers });
      }
      expect(parseAnswers(rubric, { [question.id]: UNSURE })).toEqual({ ok: true, answers: {} });
    }
  });

  it('gives the traits in question order', () => {
    const order = rubric.questions.map((q) => q.id);
    fc.assert(
      fc.property(partialAnswers(rubric), (answers) => {
        const backwards = Object.fromEntries(Object.entries(answers).reverse());
        const parsed = parseAnswers(rubric, backwards);
        expect(parsed).toEqual({ ok: true, answers });
        if (parsed.ok) expect(Object.keys(parsed.answers)).toEqual(order.filter((id) => id in answers));
      }),
      runs(100),
    );
  });

  it('names every problem, not only the first', () => {
    const problems = problemsOf({ parts: 'huge', screens: 7, tools: null, colour: 'red' });
    expect(problems).toHaveLength(4);
    expect(problems).toContainEqual(expect.stringContaining('parts: "huge" is not one of few,'));
    expect(problems).toContainEqual(expect.stringMatching(/^screens: 7 is not one of .*unsure$/));
    expect(problems).toContainEqual(expect.stringMatching(/^tools: null /));
    expect(problems).toContainEqual(expect.stringMatching(/^"colour" is not a trait; traits are parts, /));
  });

  it('takes an option of another question for what it is', () => {
    expect(problemsOf({ parts: 'office' })).toHaveLength(1);
    expect(problemsOf({ parts: 'FEW' })).toHaveLength(1);
    expect(problemsOf({ parts: '' })).toHaveLength(1);
    expect(problemsOf({ parts: ['few'] })).toHaveLength(1);
  });

  it('refuses what is not an object as a whole', () => {
    for (const input of [null, undefined, 3, 'few', true, [], [{ parts: 'few' }]]) {
      expect(problemsOf(input)).toEqual(['answers must be an object of trait: option']);
    }
  });

  it('is not fooled by names that objects have of themselves', () => {
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(problemsOf(JSON.parse(`{"${key}": "few"}`))).toHaveLength(1);
      expect(problemsOf({ parts: key })).toHaveLength(1);
    }
    expect(parseAnswers(rubric, JSON.parse('{"__proto__": {"parts": "few"}}'))).toMatchObject({ ok: false });
    expect(parseAnswers(rubric, Object.create({ parts: 'few' }))).toEqual({ ok: true, answers: {} });
  });

  it('shortens what it repeats of a problem', () => {
    const long = 'x'.repeat(10_000);
    for (const problem of problemsOf({ [long]: 'a', parts: long })) {
      expect(problem.length).toBeLessThan(400);
    }
  });

  it('survives what JSON cannot say, and lists nested deeper than the stack', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    for (const option of [10n, circle, deep, Symbol('few'), undefined, Number.NaN, Object.create(null)]) {
      expect(problemsOf({ parts: option })).toHaveLength(1);
    }
  });

  it('survives anything, and never lets anything but the options through', () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true });
    const names = fc.constantFrom(...rubric.questions.map((q) => q.id), '__proto__', 'constructor');
    const almost = fc.dictionary(fc.oneof(names, fc.string()), fc.oneof(anything, fc.constant('few')));
    fc.assert(
      fc.property(fc.oneof(anything, almost), (input) => {
        const parsed = parseAnswers(rubric, input);
        if (!parsed.ok) {
          expect(parsed.problems.length).toBeGreaterThan(0);
          return;
        }
        for (const [trait, option] of Object.entries(parsed.answers)) {
          const question = rubric.questions.find((q) => q.id === trait);
          expect(question?.options.map((o) => o.id)).toContain(option);
        }
        expect(parseAnswers(rubric, parsed.answers)).toEqual(parsed);
      }),
      runs(1000),
    );
  });
});
