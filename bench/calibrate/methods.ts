/** The methods that the report compares: the article alone, rubric 3, and today's rubric. */
import { advise } from '../../src/advice/advise.ts';
import type { Answers } from '../../src/advice/answers.ts';
import type { Rubric } from '../../src/advice/rubric/schema.ts';
import { type Documented, documented, readRubric3 } from './documented.ts';
import { mean } from './statistics.ts';
import { calibrationOf, type UnseenAdvice } from './unseen.ts';

/** The advice on every documented team, by method. */
export interface Results {
  readonly article: readonly UnseenAdvice[];
  readonly rubric3: readonly UnseenAdvice[];
  readonly today: readonly UnseenAdvice[];
  /** Today's rubric on the same answers without `existing`. */
  readonly withoutExisting: readonly UnseenAdvice[];
  /** Today's rubric, with the levels of the strength chosen by the other teams. */
  readonly nested: readonly UnseenAdvice[];
}

/** Judges every team with each method. */
export function compareMethods(rubric: Rubric): Results {
  const teams = documented(rubric);
  const { unseen, choose } = calibrationOf(rubric, teams);
  return {
    article: judgeByPoints(rubric, 1),
    rubric3: judgeByRubric3(rubric),
    today: unseen(),
    withoutExisting: calibrationOf(rubric, withAnswers(teams, withoutExisting)).unseen(),
    nested: unseen((team) => choose([team])),
  };
}

/** Judges every team by points and hard rules alone. Flask's points and the default count `times` times. */
export function judgeByPoints(rubric: Rubric, times: number): readonly UnseenAdvice[] {
  const plain: Rubric = {
    ...reweigh(rubric, times),
    rules: rubric.rules.map(({ yields: _, ...rule }) => rule),
    notes: [],
  };
  return calibrationOf(plain, withAnswers(documented(rubric), earlierAnswers)).unseen();
}

/** Rubric 3 had today's points, so its probabilities come from the same curves. Its strengths are on file. */
function judgeByRubric3(rubric: Rubric): readonly UnseenAdvice[] {
  const said = readRubric3();
  return judgeByPoints(rubric, 3).map((byPoints) => {
    const before = said[byPoints.team.id];
    if (before?.verdict !== byPoints.verdict) {
      throw new Error(`rubric-3.yml: ${byPoints.team.id} has another verdict by its points`);
    }
    return { ...byPoints, ...before };
  });
}

function withAnswers(
  teams: readonly Documented[],
  change: (answers: Answers) => Answers,
): readonly Documented[] {
  return teams.map((team) => ({ ...team, answers: change(team.answers) }));
}

function withoutExisting({ existing: _, ...answers }: Answers): Answers {
  return answers;
}

/** Returns the answers to the eleven earlier questions, which had async under `frontier`. */
function earlierAnswers(answers: Answers): Answers {
  const { tech, ...others } = withoutExisting(answers);
  return tech === undefined ? others : { ...others, tech: tech === 'async' ? 'frontier' : tech };
}

function reweigh(rubric: Rubric, times: number): Rubric {
  return { ...rubric, weighing: { ...rubric.weighing, django: 1, flask: times, default: times } };
}

interface MeanPoints {
  readonly django: number;
  readonly flask: number;
}

/** Returns the mean points for each framework, on the article's scale, of the teams that chose a framework. */
export function meanPoints(rubric: Rubric, chose: 'django' | 'flask'): MeanPoints {
  const supports = documented(rubric)
    .filter((team) => team.chose === chose)
    .map(({ answers }) => advise(reweigh(rubric, 1), answers).support);
  return { django: mean(supports.map((s) => s.django)), flask: mean(supports.map((s) => s.flask)) };
}
