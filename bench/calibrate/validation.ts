import type { Outcome, Project, Rubric } from '../../src/rubric/schema.ts';
import { answersOf, type Candidate, type Method, ruled } from './methods.ts';
import { auc, brier, fitSlope, logistic, mean, quantile, seeded } from './statistics.ts';

/** What a method says about a project that it has not seen. */
export interface Prediction {
  readonly project: Project;
  readonly verdict: Outcome;
  readonly right: boolean;
  /** Above 0 for Django; a rule's verdict stands beyond any points. */
  readonly score: number;
  /** That it chose Django, where it chose one of the two. */
  readonly probability: number;
}

export interface Result {
  readonly method: Method;
  readonly predictions: readonly Prediction[];
  readonly right: number;
  readonly auc: number;
  readonly brier: number;
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
  const { projects } = rubric;
  const predictions = projects.map((project) => {
    const others = projects.filter((one) => one !== project);
    return predict(rubric, choose(rubric, method, others), others, project);
  });
  const one = predictions.filter(({ project }) => project.chose !== 'both');
  const positive = ({ project }: Prediction): boolean => project.chose === 'django';
  return {
    method,
    predictions,
    right: predictions.filter(({ right }) => right).length,
    auc: auc(one.map((p) => ({ score: p.score, positive: positive(p) }))),
    brier: brier(one.map((p) => ({ probability: p.probability, positive: positive(p) }))),
    spread: resampled(rubric, method),
  };
}

/** The candidate with the least log loss when each training project is judged by the others; the first of equals. */
function choose(rubric: Rubric, { candidates }: Method, training: readonly Project[]): Candidate {
  const [first, ...more] = candidates;
  if (first === undefined) throw new Error('a method needs a candidate');
  if (more.length === 0) return first;
  const losses = candidates.map((candidate) => ({ candidate, loss: innerLoss(rubric, candidate, training) }));
  // A more complex candidate has to be clearly better, not just better on these few.
  const best = losses.reduce((a, b) => (b.loss < a.loss - 0.005 ? b : a));
  return best.candidate;
}

function innerLoss(rubric: Rubric, candidate: Candidate, training: readonly Project[]): number {
  return mean(
    training
      .filter(({ chose }) => chose !== 'both')
      .map((project) => {
        const others = training.filter((one) => one !== project);
        const { probability } = predict(rubric, candidate, others, project);
        return -Math.log(project.chose === 'django' ? probability : 1 - probability);
      }),
  );
}

function predict(
  rubric: Rubric,
  candidate: Candidate,
  training: readonly Project[],
  project: Project,
): Prediction {
  const points = candidate.learn(rubric, training);
  const answers = answersOf(project);
  const rule = ruled(rubric, answers);
  // Half a point: the article's tie is Flask.
  const score = points(answers) - 0.5;
  const verdict = rule ?? (score > 0 ? 'django' : 'flask');
  return {
    project,
    verdict,
    right: verdict === project.chose,
    score: rule === null || rule === 'both' ? score : BEYOND[rule],
    probability:
      rule === null || rule === 'both' ? logistic(slope(rubric, points, training) * score) : RULED[rule],
  };
}

const BEYOND = { django: 100, flask: -100 };
/** The article's rules for start-ups are stated with few doubts. */
const RULED = { django: 0.9, flask: 0.1 };

function slope(
  rubric: Rubric,
  points: (answers: ReturnType<typeof answersOf>) => number,
  training: readonly Project[],
): number {
  return fitSlope(
    training
      .filter((project) => project.chose !== 'both' && ruled(rubric, answersOf(project)) === null)
      .map((project) => ({ score: points(answersOf(project)) - 0.5, positive: project.chose === 'django' })),
  );
}

/** Learned from projects drawn with replacement, judged on those that were not drawn. */
function resampled(rubric: Rubric, method: Method): { low: number; high: number } {
  const random = seeded(SEED);
  const { projects } = rubric;
  const shares: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const drawn = projects.map(() => projects[Math.floor(random() * projects.length)] ?? projects[0]);
    const training = drawn.filter((project) => project !== undefined);
    const left = projects.filter((project) => !training.includes(project));
    if (left.length === 0) continue;
    const candidate =
      method.candidates.length > 1 ? chooseQuickly(rubric, method, training) : method.candidates[0];
    if (candidate === undefined) continue;
    const points = candidate.learn(rubric, training);
    const right = left.filter((project) => {
      const answers = answersOf(project);
      return (ruled(rubric, answers) ?? (points(answers) > 0 ? 'django' : 'flask')) === project.chose;
    });
    shares.push(right.length / left.length);
  }
  return { low: quantile(shares, 0.05), high: quantile(shares, 0.95) };
}

/** As `choose`, by the loss on the training projects themselves: drawn twice, they cannot be left out. */
function chooseQuickly(
  rubric: Rubric,
  { candidates }: Method,
  training: readonly Project[],
): Candidate | undefined {
  const loss = (candidate: Candidate): number => {
    const points = candidate.learn(rubric, training);
    const k = slope(rubric, points, training);
    return mean(
      training
        .filter(({ chose }) => chose !== 'both')
        .map((project) => {
          const p = logistic(k * (points(answersOf(project)) - 0.5));
          return -Math.log(project.chose === 'django' ? p : 1 - p);
        }),
    );
  };
  return candidates
    .map((candidate) => ({ candidate, loss: loss(candidate) }))
    .reduce((a, b) => (b.loss < a.loss - 0.005 ? b : a)).candidate;
}
