import type { Answers } from '../../src/core/answers.ts';
import { modelOf, picksOf } from '../../src/core/model.ts';
import { neighbours } from '../../src/core/practice.ts';
import { marginOf, ruleOf } from '../../src/core/score.ts';
import { type Condition, type Outcome, type Project, type Rubric, UNSURE } from '../../src/rubric/schema.ts';
import { mean } from './statistics.ts';

/** A way to judge projects, learned from some of them. */
export interface Method {
  readonly name: string;
  /** What it learns from, and what is chosen with the help of what projects chose. */
  readonly about: string;
  /** Ways that it chooses between by cross-validation inside the training projects; one where nothing is chosen. */
  readonly candidates: readonly Candidate[];
}

export interface Candidate {
  readonly name: string;
  /** Points above 0 for Django, by answers; learned from training projects without looking at what they chose. */
  learn(rubric: Rubric, training: readonly Project[]): (answers: Answers) => number;
}

/** Answers as a person would give them: what nobody knows is left out. */
export function answersOf(project: Project): Answers {
  return Object.fromEntries(Object.entries(project.answers).filter(([, option]) => option !== UNSURE));
}

export function ruled(rubric: Rubric, answers: Answers): Outcome | null {
  const model = modelOf(rubric);
  return model.rules[ruleOf(model, picksOf(model, answers))]?.verdict ?? null;
}

/** The rubric's points from another start: `intercept` less `perAnswer` for each answer beyond `free`. */
function pointsFrom(
  rubric: Rubric,
  intercept: number,
  free: number,
  perAnswer: number,
): (answers: Answers) => number {
  const variant: Rubric = {
    ...rubric,
    intercept: { ...rubric.intercept, points: intercept },
    yardstick: { ...rubric.yardstick, free_answers: free, points_per_answer: perAnswer },
  };
  const model = modelOf(variant);
  return (answers) => marginOf(model, picksOf(model, answers));
}

const article: Candidate = {
  name: 'none',
  learn: (rubric) => pointsFrom(rubric, rubric.intercept.points, 0, 0),
};

const cutOff = (cut: number): Candidate => ({
  name: `cut-off ${cut}`,
  learn: (rubric) => pointsFrom(rubric, rubric.intercept.points - cut, 0, 0),
});

/** As many free answers as bring a fully answered project to the mean of the training projects. */
function freeAnswers(rubric: Rubric, training: readonly Project[]): number {
  const points = pointsFrom(rubric, rubric.intercept.points, 0, 0);
  return rubric.questions.length - Math.round(mean(training.map((project) => points(answersOf(project)))));
}

const yardstick: Candidate = {
  name: 'yardstick',
  learn: (rubric, training) => pointsFrom(rubric, rubric.intercept.points, freeAnswers(rubric, training), 1),
};

/** Two answers together that the article itself sets apart, all for Flask. */
const PAIRS: readonly { readonly name: string; readonly when: Condition }[] = [
  {
    name: 'technical users, unusual technology (C44, C33)',
    when: { audience: ['technical'], tech: ['custom', 'frontier'] },
  },
  { name: 'technical users, no back office (C37, C55)', when: { audience: ['technical'], admin: ['no'] } },
  {
    name: 'a component that is small (C35, C36)',
    when: { shape: ['single_service', 'many_services', 'integration'], size: ['simple', 'small_complete'] },
  },
  { name: 'small, no back office (C55, C58)', when: { size: ['simple', 'small_complete'], admin: ['no'] } },
  {
    name: 'experts, unusual technology (C38, C41)',
    when: { team: ['experts'], tech: ['custom', 'frontier'] },
  },
  {
    name: 'a side tool that stays small (C35, C58)',
    when: { stage: ['tool'], size: ['simple', 'small_complete'] },
  },
  { name: 'a side tool for technical users (C37, C44)', when: { stage: ['tool'], audience: ['technical'] } },
];

const withPair = (pair: (typeof PAIRS)[number], points: number): Candidate => ({
  name: `${pair.name}: −${points}`,
  learn: (rubric, training) => {
    const base = yardstick.learn(rubric, training);
    const holds = (answers: Answers): boolean =>
      Object.entries(pair.when).every(([trait, options]) => options.includes(answers[trait] ?? UNSURE));
    return (answers) => base(answers) - (holds(answers) ? points : 0);
  },
});

/** At most `bound` points by what the nearest training projects chose, fewer where few are near. */
const withNeighbours = (bound: number): Candidate => ({
  name: `neighbours ±${bound}`,
  learn: (rubric, training) => {
    const base = yardstick.learn(rubric, training);
    const known: Rubric = { ...rubric, projects: training };
    return (answers) => {
      const near = neighbours(known, answers);
      const votes = near.reduce(
        (sum, { project }) => sum + { django: 1, flask: -1, both: 0 }[project.chose],
        0,
      );
      return base(answers) + (bound * votes) / (near.length + 2);
    };
  },
});

export const METHODS: readonly Method[] = [
  { name: 'article alone', about: 'the points as the article has them', candidates: [article] },
  {
    name: 'cut-off moved',
    about: 'one number, chosen by what projects chose',
    candidates: Array.from({ length: 13 }, (_, cut) => cutOff(cut)),
  },
  {
    name: 'yardstick',
    about: 'the mean of the projects, whatever they chose: what the bot uses',
    candidates: [yardstick],
  },
  {
    name: 'yardstick and a pair',
    about: 'and at most one pair of answers, chosen by what projects chose',
    candidates: [yardstick, ...PAIRS.flatMap((pair) => [1, 2, 3].map((points) => withPair(pair, points)))],
  },
  {
    name: 'yardstick and neighbours',
    about: 'and what the most similar projects chose, within a bound',
    candidates: [yardstick, withNeighbours(2), withNeighbours(4)],
  },
];
