import type { Answers } from '../../src/advice/answers.ts';
import type { Rubric } from '../../src/advice/rubric/schema.ts';
import { GOLDEN } from '../../tests/advice/golden.ts';
import { type Candidate, ruleVerdict, verdictWith } from './methods.ts';

export interface ScenarioScore {
  /** Number of the article's own scenarios with the article's verdict. */
  readonly right: number;
  readonly of: number;
  /** Number of scenarios with the article's verdict once open questions have answers without points. */
  readonly rightFilled: number;
  readonly ofFilled: number;
}

/** Scores a method, fitted to all projects, on the article's own scenarios. */
export function scoreScenarios(rubric: Rubric, candidate: Candidate): ScenarioScore {
  const points = candidate.learn(rubric, rubric.projects);
  const filled = GOLDEN.filter(({ verdict }) => verdict !== 'undecided')
    .map(({ answers, verdict }) => ({ answers, verdict, more: filledIn(rubric, answers) }))
    .filter(({ answers, more }) => ruleVerdict(rubric, more) === ruleVerdict(rubric, answers));
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
