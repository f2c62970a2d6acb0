import fc from 'fast-check';
import type { Answers } from '../../src/advice/answers.ts';
import type { Question, Rubric } from '../../src/advice/rubric/schema.ts';

/** The same runs every time; a law that fails names its counterexample and its path. */
export const runs = (numRuns: number): { seed: number; numRuns: number } => ({ seed: 20_261_123, numRuns });

/** Draws twice and keeps what pulls further that way (1 Django, -1 Flask): clear cases are rare by chance. */
const optionOf = (question: Question, lean: number): fc.Arbitrary<string> => {
  const option = fc.constantFrom(...question.options);
  return fc.tuple(option, option).map(([a, b]) => (a.points * lean >= b.points * lean ? a.id : b.id));
};

/** All, some or none of the questions answered. */
export function partialAnswers(rubric: Rubric): fc.Arbitrary<Answers> {
  return fc
    .integer({ min: 0, max: rubric.questions.length })
    .chain((open) => answersWithOpen(rubric, open, open));
}

/** So many questions left open. Trying all ways to answer them must stay quick, so few. */
export function fewOpen(rubric: Rubric, most = 4): fc.Arbitrary<Answers> {
  return answersWithOpen(rubric, 0, most);
}

/** All ways to answer some of the questions, none and all of them included. Only for a small rubric. */
export function everyAnswers({ questions }: Rubric): Answers[] {
  return questions.reduce<Answers[]>(
    (all, { id, options }) =>
      all.flatMap((answers) => [answers, ...options.map((option) => ({ ...answers, [id]: option.id }))]),
    [{}],
  );
}

function answersWithOpen(rubric: Rubric, least: number, most: number): fc.Arbitrary<Answers> {
  const full = fc
    .constantFrom(0, 1, -1)
    .chain((lean) => fc.record(Object.fromEntries(rubric.questions.map((q) => [q.id, optionOf(q, lean)]))));
  const open = fc.subarray(
    rubric.questions.map((q) => q.id),
    { minLength: least, maxLength: most },
  );
  return fc
    .tuple(full, open)
    .map(([answers, left]) =>
      Object.fromEntries(Object.entries(answers).filter(([trait]) => !left.includes(trait))),
    );
}
