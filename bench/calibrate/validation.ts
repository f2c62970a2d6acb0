import type { Verdict } from '../../src/advice/advice.ts';
import type { Answers } from '../../src/advice/answers.ts';
import type { Project, Rubric } from '../../src/advice/rubric/schema.ts';
import { answersOf, type Candidate, type Method, ruleVerdict, verdictWith } from './methods.ts';
import {
  auc,
  brier,
  fitCurve,
  type LogisticCurve,
  logistic,
  mean,
  quantile,
  resampledInterval,
  seededRandom,
} from './statistics.ts';

/** A method's prediction for a project outside its training set. */
export interface Prediction {
  readonly project: Project;
  readonly verdict: Verdict;
  readonly right: boolean;
  /** Above 0 for Django. A rule's verdict scores beyond any points. */
  readonly score: number;
  /** Probability of Django, if the project chose one framework. */
  readonly probability: number;
}

interface Figure {
  readonly value: number;
  /** Lower bound of the middle 95 % over resamples of the projects. */
  readonly low: number;
  readonly high: number;
}

export interface MethodResult {
  readonly method: Method;
  readonly predictions: readonly Prediction[];
  readonly right: number;
  readonly auc: Figure;
  readonly brier: Figure;
  /** Accuracy on the projects outside each resample: the middle 90 % of resamples. */
  readonly spread: { readonly low: number; readonly high: number };
}

const RESAMPLES = 200;
const SEED = 20_261_123;

/**
 * Runs nested leave-one-out cross-validation. A method predicts each project after training on the others, which
 * includes the choice of its variant.
 */
export function crossValidate(rubric: Rubric, method: Method): MethodResult {
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
    ...resampledInterval(one, (drawn) => figure([...drawn]), seededRandom(SEED)),
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

/** Picks the candidate with the lowest leave-one-out loss on the training projects. */
function choose(rubric: Rubric, { candidates, chosenBy }: Method, training: readonly Project[]): Candidate {
  return pickLowest(candidates, (candidate) => {
    const unseen = training.map((project) =>
      predict(
        rubric,
        candidate,
        training.filter((one) => one !== project),
        project,
      ),
    );
    return chosenBy === 'log loss' ? logLoss(unseen) : mean(unseen.map(({ right }) => Number(!right)));
  });
}

/** Picks the candidate with the lowest loss. A later, more complex one must be clearly better, by 0.005. */
function pickLowest(candidates: readonly Candidate[], loss: (candidate: Candidate) => number): Candidate {
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
  return predictWith(rubric, points, curveOf(rubric, points, training), project);
}

function predictWith(
  rubric: Rubric,
  points: (answers: Answers) => number,
  { offset, slope }: LogisticCurve,
  project: Project,
): Prediction {
  const answers = answersOf(project);
  const rule = ruleVerdict(rubric, answers);
  const verdict = verdictWith(rubric, points, answers);
  const score = points(answers);
  const right = verdict === project.chose;
  return rule === 'django' || rule === 'flask'
    ? { project, verdict, right, score: RULE_SCORE[rule], probability: RULE_PROBABILITY[rule] }
    : { project, verdict, right, score, probability: logistic(offset + slope * score) };
}

const RULE_SCORE = { django: 100, flask: -100 };
/** Probability of Django under a rule. The article states its rules for start-ups with little doubt. */
const RULE_PROBABILITY = { django: 0.9, flask: 0.1 };

/** Fits the probability of Django by points, on training projects that chose one framework and that no rule decides. */
export function curveOf(
  rubric: Rubric,
  points: (answers: Answers) => number,
  training: readonly Project[],
): LogisticCurve {
  return fitCurve(
    training
      .filter((project) => project.chose !== 'both' && ruleVerdict(rubric, answersOf(project)) === null)
      .map((project) => ({ score: points(answersOf(project)), positive: project.chose === 'django' })),
  );
}

/** Trains on projects drawn with replacement and tests on the projects not drawn. */
function resampled(rubric: Rubric, method: Method): { low: number; high: number } {
  const random = seededRandom(SEED);
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

/**
 * Picks a candidate by its loss on the training projects. Leave-one-out can't work here, as a resample has duplicates.
 */
function chooseQuickly(rubric: Rubric, method: Method, training: readonly Project[]): Candidate {
  return pickLowest(method.candidates, (candidate) => {
    const points = candidate.learn(rubric, training);
    const curve = curveOf(rubric, points, training);
    const seen = training.map((project) => predictWith(rubric, points, curve, project));
    return method.chosenBy === 'log loss' ? logLoss(seen) : mean(seen.map(({ right }) => Number(!right)));
  });
}
