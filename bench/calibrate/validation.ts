import type { Verdict } from '../../src/advice/advice.ts';
import type { Answers } from '../../src/advice/answers.ts';
import type { Project, Rubric } from '../../src/advice/rubric/schema.ts';
import { answersOf, type Candidate, type Method, ruled, verdictWith } from './methods.ts';
import {
  auc,
  brier,
  type Curve,
  fitCurve,
  logistic,
  mean,
  quantile,
  resampledInterval,
  seeded,
} from './statistics.ts';

/** What a method says about a project that it has not seen. */
export interface Prediction {
  readonly project: Project;
  readonly verdict: Verdict;
  readonly right: boolean;
  /** Above 0 for Django; a rule's verdict stands beyond any points. */
  readonly score: number;
  /** That it chose Django, where it chose one of the two. */
  readonly probability: number;
}

interface Figure {
  readonly value: number;
  /** The middle 95 % over resamples of the projects. */
  readonly low: number;
  readonly high: number;
}

export interface Result {
  readonly method: Method;
  readonly predictions: readonly Prediction[];
  readonly right: number;
  readonly auc: Figure;
  readonly brier: Figure;
  /** Share of right ones on projects left out of resamples: the middle 90 % of them. */
  readonly spread: { readonly low: number; readonly high: number };
}

const RESAMPLES = 200;
const SEED = 20_261_123;

/**
 * Nested leave-one-out: each project is judged by a method that has learned from the others, and whatever the
 * method chooses between was chosen among the others alone.
 */
export function validate(rubric: Rubric, method: Method): Result {
  const results = VALIDATED.get(rubric) ?? new Map<Method, Result>();
  VALIDATED.set(rubric, results);
  const result = results.get(method) ?? validateOnce(rubric, method);
  results.set(method, result);
  return result;
}

const VALIDATED = new WeakMap<Rubric, Map<Method, Result>>();

function validateOnce(rubric: Rubric, method: Method): Result {
  const { projects } = rubric;
  const predictions = projects.map((project) => {
    const others = projects.filter((one) => one !== project);
    return predict(rubric, choose(rubric, method, others), others, project);
  });
  const one = predictions
    .filter(({ project }) => project.chose !== 'both')
    .map(({ score, probability, project }) => ({ score, probability, positive: project.chose === 'django' }));
  const withInterval = (figure: (drawn: typeof one) => number): Figure => ({
    value: figure(one),
    ...resampledInterval(one, (drawn) => figure([...drawn]), seeded(SEED)),
  });
  return {
    method,
    predictions,
    right: predictions.filter(({ right }) => right).length,
    auc: withInterval(auc),
    brier: withInterval(brier),
    spread: resampled(rubric, method),
  };
}

/** The best candidate when each training project is judged by the others; the first of equals. */
function choose(rubric: Rubric, { candidates, chosenBy }: Method, training: readonly Project[]): Candidate {
  const apart = training.map((project) => ({
    project,
    others: training.filter((one) => one !== project),
  }));
  return least(candidates, (candidate) =>
    chosenBy === 'log loss'
      ? logLoss(apart.map(({ project, others }) => predict(rubric, candidate, others, project)))
      : mean(
          apart.map(({ project, others }) =>
            Number(!isRight(rubric, candidate.learn(rubric, others), project)),
          ),
        ),
  );
}

/** A more complex candidate has to be clearly better, not just better on these few. */
function least(candidates: readonly Candidate[], loss: (candidate: Candidate) => number): Candidate {
  const [first, ...more] = candidates;
  if (first === undefined) throw new Error('a method needs a candidate');
  if (more.length === 0) return first;
  return candidates
    .map((candidate) => ({ candidate, loss: loss(candidate) }))
    .reduce((a, b) => (b.loss < a.loss - 0.005 ? b : a)).candidate;
}

function logLoss(predictions: readonly Prediction[]): number {
  return mean(
    predictions
      .filter(({ project }) => project.chose !== 'both')
      .map(
        ({ project, probability }) => -Math.log(project.chose === 'django' ? probability : 1 - probability),
      ),
  );
}

function predict(
  rubric: Rubric,
  candidate: Candidate,
  training: readonly Project[],
  project: Project,
): Prediction {
  const points = candidate.learn(rubric, training);
  return judged(rubric, points, curveOf(rubric, points, training), project);
}

function judged(
  rubric: Rubric,
  points: (answers: Answers) => number,
  { offset, slope }: Curve,
  project: Project,
): Prediction {
  const answers = answersOf(project);
  const rule = ruled(rubric, answers);
  const verdict = verdictWith(rubric, points, answers);
  const score = points(answers);
  const right = verdict === project.chose;
  return rule === 'django' || rule === 'flask'
    ? { project, verdict, right, score: BEYOND[rule], probability: RULED[rule] }
    : { project, verdict, right, score, probability: logistic(offset + slope * score) };
}

const BEYOND = { django: 100, flask: -100 };
/** The article's rules for start-ups are stated with few doubts. */
const RULED = { django: 0.9, flask: 0.1 };

/** How probable Django is at each sum, among training projects that chose one of the two and that no rule decides. */
export function curveOf(
  rubric: Rubric,
  points: (answers: Answers) => number,
  training: readonly Project[],
): Curve {
  return fitCurve(
    training
      .filter((project) => project.chose !== 'both' && ruled(rubric, answersOf(project)) === null)
      .map((project) => ({ score: points(answersOf(project)), positive: project.chose === 'django' })),
  );
}

/** Learned from projects drawn with replacement, judged on those that were not drawn. */
function resampled(rubric: Rubric, method: Method): { low: number; high: number } {
  const random = seeded(SEED);
  const { projects } = rubric;
  const shares: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const training = projects.map((project) => projects[Math.floor(random() * projects.length)] ?? project);
    const left = projects.filter((project) => !training.includes(project));
    if (left.length === 0) continue;
    const points = chooseQuickly(rubric, method, training).learn(rubric, training);
    const right = left.filter((project) => verdictWith(rubric, points, answersOf(project)) === project.chose);
    shares.push(right.length / left.length);
  }
  return { low: quantile(shares, 0.05), high: quantile(shares, 0.95) };
}

/** As `choose`, on the training projects themselves: drawn twice, they cannot be left out. */
function chooseQuickly(rubric: Rubric, method: Method, training: readonly Project[]): Candidate {
  return least(method.candidates, (candidate) => {
    const points = candidate.learn(rubric, training);
    if (method.chosenBy === 'right ones') {
      return mean(training.map((project) => Number(!isRight(rubric, points, project))));
    }
    const curve = curveOf(rubric, points, training);
    return logLoss(training.map((project) => judged(rubric, points, curve, project)));
  });
}

/** True if these points lead to what the project chose. Needs no curve, which takes most of the time. */
const isRight = (rubric: Rubric, points: (answers: Answers) => number, project: Project): boolean =>
  verdictWith(rubric, points, answersOf(project)) === project.chose;
