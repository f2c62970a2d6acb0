import type { Answers } from '../../src/advice/answers.ts';
import type { Rubric } from '../../src/advice/rubric/schema.ts';
import { GOLDEN } from '../../tests/advice/golden.ts';
import { type Candidate, ruled, verdictWith } from './methods.ts';

export interface Scenarios {
  /** Of the article's own scenarios, how many come out as it says. */
  readonly right: number;
  readonly of: number;
  /** The same once open questions are answered with something that carries no points. */
  readonly rightFilled: number;
  readonly ofFilled: number;
}

/** How a method does on what the article itself says. It has learned from all projects. */
export function scenarios(rubric: Rubric, candidate: Candidate): Scenarios {
  const points = candidate.learn(rubric, rubric.projects);
  const filled = GOLDEN.filter(({ verdict }) => verdict !== 'undecided')
    .map(({ answers, verdict }) => ({ answers, verdict, more: filledIn(rubric, answers) }))
    .filter(({ answers, more }) => ruled(rubric, more) === ruled(rubric, answers));
  return {
    right: GOLDEN.filter(({ answers, verdict }) => verdictWith(rubric, points, answers) === verdict).length,
    of: GOLDEN.length,
    rightFilled: filled.filter(({ more, verdict }) => verdictWith(rubric, points, more) === verdict).length,
    ofFilled: filled.length,
  };
}

function filledIn(rubric: Rubric, answers: Answers): Answers {
  const more: Record<string, string> = {};
  for (const { id, options } of rubric.questions) {
    const without = options.find(({ points }) => points === 0);
    if (answers[id] === undefined && without) more[id] = without.id;
  }
  return { ...more, ...answers };
}
