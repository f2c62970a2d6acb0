import type { Verdict } from '../../src/advice/advice.ts';
import type { Answers } from '../../src/advice/answers.ts';
import { modelOf, picksOf } from '../../src/advice/model.ts';
import { findNearestProjects, measureSimilarity } from '../../src/advice/practice.ts';
import {
  type Condition,
  type Outcome,
  type Project,
  type Rubric,
  UNSURE,
} from '../../src/advice/rubric/schema.ts';
import {
  conditionHolds,
  coverageOf,
  marginOf,
  pointsOf,
  ruleIndexOf,
  verdictOfMargin,
} from '../../src/advice/score.ts';
import { mean } from './statistics.ts';

/** A method of predicting a project's choice, fitted to training projects. */
export interface Method {
  readonly name: string;
  /** Description for the report, with the parameters that are chosen from the data. */
  readonly about: string;
  /** Variants. Cross-validation within the training projects picks one. */
  readonly candidates: readonly Candidate[];
  /** Criterion for picking a variant. The report shows how much it matters. */
  readonly chosenBy: 'log loss' | 'accuracy';
}

export interface Candidate {
  readonly name: string;
  /** Returns a scoring function. Points above 0 mean Django. */
  learn(rubric: Rubric, training: readonly Project[]): (answers: Answers) => number;
}

/** Returns a project's answers without the unknown ones, as a person would give them. */
export const answersOf = memoize(
  (project: Project): Answers =>
    Object.fromEntries(Object.entries(project.answers).filter(([, option]) => option !== UNSURE)),
);

/** Memoizes a function of an object, because validation repeats the same call many thousand times. */
function memoize<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const kept = new WeakMap<K, V>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = compute(key);
    kept.set(key, value);
    return value;
  };
}

/** Facts about answers that don't depend on the weights. */
const unweightedFacts = memoize((rubric: Rubric) => {
  const model = modelOf(rubric);
  return memoize((answers: Answers) => {
    const picks = picksOf(model, answers);
    return {
      rule: model.rules[ruleIndexOf(model, picks)]?.verdict ?? null,
      evidence: model.traits.some((_, trait) => pointsOf(model, picks, trait) !== 0),
      little: coverageOf(model, picks) < rubric.strength.min_coverage,
    };
  });
});

/** Returns the verdict of the rubric's hard rules, or null if none holds. */
export function ruleVerdict(rubric: Rubric, answers: Answers): Outcome | null {
  return unweightedFacts(rubric)(answers).rule;
}

/** Returns the bot's verdict with other points. The rubric's rules and undecided cases stay the same. */
export function verdictWith(rubric: Rubric, points: (answers: Answers) => number, answers: Answers): Verdict {
  const { rule, evidence, little } = unweightedFacts(rubric)(answers);
  if (rule) return rule;
  const margin = points(answers);
  return !evidence || (little && margin === 0) ? 'undecided' : verdictOfMargin(margin);
}

/** Returns the rubric with another weight for Flask's answers and the default. */
export function reweigh(rubric: Rubric, times: number): Rubric {
  return { ...rubric, weighing: { ...rubric.weighing, django: 1, flask: times, default: times } };
}

const points = memoize((rubric: Rubric): ((answers: Answers) => number) => {
  const model = modelOf(rubric);
  return memoize((answers) => marginOf(model, picksOf(model, answers)));
});

function weightedBy(times: number): Candidate {
  const variant = memoize((rubric: Rubric) => reweigh(rubric, times));
  return { name: `${times} times`, learn: (rubric) => points(variant(rubric)) };
}

const article = weightedBy(1);

const cutOff = (cut: number): Candidate => ({
  name: `cut-off ${cut}`,
  learn: (rubric, training) => {
    const base = article.learn(rubric, training);
    return (answers) => base(answers) - cut;
  },
});
const CUT_OFFS = Array.from({ length: 13 }, (_, cut) => cutOff(cut));

/**
 * Subtracts a point per answer, even per answer without points, beyond a free number of answers. That number brings a
 * fully answered project to the mean of the training projects. Version 2 of the rubric worked like this.
 */
const perAnswer: Candidate = {
  name: 'a point off per answer',
  learn: (rubric, training) => {
    const base = article.learn(rubric, training);
    const usual = Math.round(mean(training.map((project) => base(answersOf(project)))));
    const free = rubric.questions.length - usual;
    return (answers) => base(answers) - Math.max(0, Object.keys(answers).length - free);
  },
};

/** The bot's own method: the rubric unchanged. */
const used: Candidate = { name: 'as the rubric has it', learn: (rubric) => points(rubric) };

/** Pairs of answers that the article itself singles out. All speak for Flask. */
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

const withPair = (pair: (typeof PAIRS)[number], less: number): Candidate => ({
  name: `${pair.name}: −${less}`,
  learn: (rubric, training) => {
    const base = used.learn(rubric, training);
    return (answers) => base(answers) - (conditionHolds(pair.when, answers) ? less : 0);
  },
});

const nearnessTo = memoize((rubric: Rubric) =>
  memoize((answers: Answers) => memoize((project: Project) => measureSimilarity(rubric, answers, project))),
);

/** Adds up to `bound` points for the choices of the nearest training projects, fewer if few are near. */
const withSimilarProjects = (bound: number): Candidate => ({
  name: `similar projects ±${bound}`,
  learn: (rubric, training) => {
    const base = used.learn(rubric, training);
    return (answers) => {
      const near = findNearestProjects(training, nearnessTo(rubric)(answers));
      const votes = near.reduce(
        (sum, { project }) => sum + { django: 1, flask: -1, both: 0 }[project.chose],
        0,
      );
      return base(answers) + (bound * votes) / (near.length + 2);
    };
  },
});

export const USED_METHOD = 'Flask’s answers weigh more';

export const METHODS: readonly Method[] = [
  {
    name: 'article alone',
    about: 'nothing (the article’s own points)',
    candidates: [article],
    chosenBy: 'log loss',
  },
  {
    name: 'moved cut-off, by log loss',
    about: 'one number from 0 to 12, with the lowest log loss',
    candidates: CUT_OFFS,
    chosenBy: 'log loss',
  },
  {
    name: 'moved cut-off, by accuracy',
    about: 'one number from 0 to 12, with the most right verdicts',
    candidates: CUT_OFFS,
    chosenBy: 'accuracy',
  },
  {
    name: 'a point off per answer',
    about: 'the mean of the projects, which equals a cut-off of 8 here',
    candidates: [perAnswer],
    chosenBy: 'log loss',
  },
  {
    name: USED_METHOD,
    about: 'nothing (the bot’s weight of three)',
    candidates: [used],
    chosenBy: 'log loss',
  },
  {
    name: 'the same, weight learned',
    about: 'a weight from 1 to 6, with the most right verdicts',
    candidates: [1, 2, 3, 4, 5, 6].map(weightedBy),
    chosenBy: 'accuracy',
  },
  {
    name: 'plus a pair of answers',
    about: 'at most one pair from the article, with the lowest log loss',
    candidates: [used, ...PAIRS.flatMap((pair) => [3, 6, 9].map((less) => withPair(pair, less)))],
    chosenBy: 'log loss',
  },
  {
    name: 'plus similar projects',
    about: 'the most points that they may add',
    candidates: [used, withSimilarProjects(4), withSimilarProjects(8)],
    chosenBy: 'log loss',
  },
];
