import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import type { RubricAnswer } from '../../../src/advice/search/answer.ts';
import { answerQuestion } from '../../../src/advice/search/answer-question.ts';
import { search, warmSearch } from '../../../src/advice/search/search.ts';
import {
  FOURTH_BATCH,
  FOURTH_UNANSWERABLE,
  HELD_OUT,
  HELD_OUT_UNANSWERABLE,
  QUESTIONS,
  SECOND_BATCH,
  SECOND_UNANSWERABLE,
  THIRD_BATCH,
  THIRD_UNANSWERABLE,
  UNANSWERABLE,
} from './questions.ts';

const rubric = loadRubric();

const WORKED_ON = [QUESTIONS, SECOND_BATCH, THIRD_BATCH, FOURTH_BATCH];
const NOT_HERE = [UNANSWERABLE, SECOND_UNANSWERABLE, THIRD_UNANSWERABLE, FOURTH_UNANSWERABLE];

const cited = (answer: RubricAnswer): string[] =>
  answer.kind === 'unknown' ? [] : answer.sides.flatMap((s) => s.citations.map((c) => c.claim.id));

/** Questions of which none of the wanted claims is among the first three citations, in reading order. */
function missed(table: typeof QUESTIONS): string[] {
  return table
    .filter(([question, claims]) => {
      const first = cited(answerQuestion(rubric, question)).slice(0, 3);
      return !claims.some((claim) => first.includes(claim));
    })
    .map(([question]) => question);
}

const answered = (questions: readonly string[]): string[] =>
  questions.filter((question) => answerQuestion(rubric, question).kind !== 'unknown');

describe('questions in people’s words', () => {
  it('are many, all different, and name claims that exist', () => {
    const all = [...WORKED_ON.flat(), ...HELD_OUT];
    expect(QUESTIONS.length).toBeGreaterThanOrEqual(60);
    expect(UNANSWERABLE.length).toBeGreaterThanOrEqual(15);
    expect(new Set(all.map(([question]) => question)).size).toBe(all.length);
    for (const [, claims] of all)
      for (const claim of claims) expect(rubric.claims.has(claim), claim).toBe(true);
  });

  it('find a claim that answers them among the first three citations, nine times out of ten', () => {
    for (const table of WORKED_ON) {
      const misses = missed(table);
      expect(misses.length / table.length, misses.join('\n')).toBeLessThanOrEqual(0.1);
    }
  });

  it('get nothing where nothing here answers them', () => {
    expect(answered(NOT_HERE.flat())).toEqual([]);
  });

  it('that nothing was tuned for are answered most of the time, and never where nothing answers them', () => {
    const misses = missed(HELD_OUT);
    expect(1 - misses.length / HELD_OUT.length, misses.join('\n')).toBeGreaterThanOrEqual(0.6);
    expect(answered(HELD_OUT_UNANSWERABLE)).toEqual([]);
  });
});

const answerTo = (question: string): Extract<RubricAnswer, { kind: 'answer' }> => {
  const answer = answerQuestion(rubric, question);
  if (answer.kind === 'unknown') throw new Error(`nothing is known about: ${question}`);
  return answer;
};

describe('an answer', () => {
  it('hears both sides where there are both, the one with the best claim first', () => {
    const { sides, silent } = answerTo('how do they scale?');
    expect(sides.map(({ side }) => side)).toEqual(['django', 'flask']);
    expect(silent).toBeNull();
    expect(answerTo('is flask faster?').sides[0]?.side).toBe('flask');
  });

  it('says for which side nothing was found', () => {
    expect(answerTo('what about security?').silent).toBe('flask');
  });

  it('numbers its citations as they are read, at most three to a side, none twice', () => {
    for (const [question] of [...WORKED_ON.flat(), ...HELD_OUT]) {
      const answer = answerQuestion(rubric, question);
      if (answer.kind === 'unknown') continue;
      const citations = answer.sides.flatMap((side) => side.citations);
      expect(citations.map((c) => c.number)).toEqual(citations.map((_, i) => i + 1));
      expect(new Set(cited(answer)).size).toBe(citations.length);
      for (const { side, citations: own } of answer.sides) {
        expect(own.length).toBeLessThanOrEqual(3);
        for (const { claim } of own) expect(claim.direction).toBe(side);
      }
    }
  });

  it('has the dated note where time has overtaken a claim, each once', () => {
    const { sides } = answerTo('does Django do async?');
    const notes = sides.flatMap((side) => side.citations.flatMap((c) => c.notes.map((note) => note.id)));
    expect(notes).toContain('async_reversed');
    expect(new Set(notes).size).toBe(notes.length);
  });

  it('tells the case that fits', () => {
    expect(answerTo('what if we need an admin panel later?').caseStudy?.id).toBe('late_admin');
    expect(answerTo('was Coras happy with it?').caseStudy?.id).toBe('coras');
  });

  it('knows the documented projects by name', () => {
    const { projects, sides } = answerTo('what did Redash choose?');
    expect(projects.map((p) => p.name)).toEqual(['Redash']);
    expect(sides).toEqual([]);
    expect(answerTo('does Instagram run on Django?').projects[0]?.name).toBe('Instagram');
  });

  it.each(['Django or Flask?', 'flask vs. django', 'Flask?', 'so, Django'])(
    'has one even for “%s”',
    (question) => {
      expect(cited(answerTo(question)).length).toBeGreaterThan(0);
    },
  );

  it('is the same however the question is written', () => {
    const plain = cited(answerTo('What about security?'));
    for (const other of [
      'WHAT ABOUT SECURITY',
      '  what   about\nsecurity ?!',
      'secruity',
      'Ｓｅｃｕｒｉｔｙ',
    ]) {
      expect(cited(answerTo(other)), other).toEqual(plain);
    }
  });
});

describe('any text at all', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3_000 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(...QUESTIONS.flatMap(([q]) => q.split(' ')), 'constructor', '__proto__', '#security'),
        {
          maxLength: 80,
        },
      )
      .map((words) => words.join(' ')),
  );

  it('has an answer or none, the same each time', () => {
    fc.assert(
      fc.property(text, (question) => {
        const answer = answerQuestion(rubric, question);
        expect(answerQuestion(rubric, question)).toEqual(answer);
        if (answer.kind === 'answer') {
          expect(answer.sides.length + answer.projects.length + answer.facts.length).toBeGreaterThan(0);
        }
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });
});

it('once warmed, the search takes nothing more from the rubric to be made', () => {
  let reads = 0;
  const cold = {
    ...rubric,
    get cases() {
      reads += 1;
      return rubric.cases;
    },
  };
  warmSearch(cold);
  const made = reads;
  expect(made).toBeGreaterThan(0);
  search(cold, 'what about security?');
  expect(reads).toBe(made);
});
