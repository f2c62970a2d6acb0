import { advise } from '../../src/core/advise.ts';
import type { Answers } from '../../src/core/answers.ts';
import type { Rubric } from '../../src/rubric/schema.ts';
import { answersOf } from './methods.ts';
import { mean, seeded } from './statistics.ts';

const SEED = 20_261_123;
/** Draws for each project and share. */
const DRAWS = 40;

export interface Dropped {
  /** Chance of each answer to be left out. */
  readonly share: number;
  /** What became of the verdict with all answers, as shares of all draws. */
  readonly same: number;
  /** Undecided, or the other framework as a toss-up. */
  readonly unclear: number;
  /** The other framework, not as a toss-up. */
  readonly wrong: number;
}

/** Answers left out at random: how often the verdict stays, becomes unclear, or turns to the wrong side. */
export function dropAnswers(rubric: Rubric): Dropped[] {
  const random = seeded(SEED);
  const whole = rubric.projects.map((project) => {
    const answers = answersOf(project);
    return { answers, verdict: advise(rubric, answers).verdict };
  });
  return [0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((share) => {
    const counted = { same: 0, unclear: 0, wrong: 0 };
    for (const { answers, verdict } of whole) {
      for (let draw = 0; draw < DRAWS; draw++) {
        const left = Object.fromEntries(Object.entries(answers).filter(() => random() >= share));
        const advice = advise(rubric, left);
        if (advice.verdict === verdict) counted.same += 1;
        else if (advice.strength === 'toss-up') counted.unclear += 1;
        else counted.wrong += 1;
      }
    }
    const draws = whole.length * DRAWS;
    return {
      share,
      same: counted.same / draws,
      unclear: counted.unclear / draws,
      wrong: counted.wrong / draws,
    };
  });
}

export interface Asked {
  readonly order: string;
  /** Mean number of questions until no further answer can change the verdict. */
  readonly questions: number;
}

/** Asks each project question by question until the verdict is settled, in several orders. */
export function questionsUntilSettled(rubric: Rubric): Asked[] {
  const fixed = rubric.questions.map(({ id }) => id);
  const random = seeded(SEED);
  const shuffled = (): string[] =>
    fixed
      .map((id) => ({ id, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ id }) => id);
  const orders: readonly (readonly [string, () => (given: Answers) => string | undefined])[] = [
    ['nextQuestions', () => (given) => advise(rubric, given).nextQuestions[0]],
    ['the order of the dialog', () => nextIn(fixed)],
    ['at random', () => nextIn(shuffled())],
  ];
  return orders.map(([order, start]) => ({
    order,
    questions: mean(rubric.projects.map((project) => ask(rubric, answersOf(project), start()))),
  }));
}

const nextIn =
  (order: readonly string[]) =>
  (given: Answers): string | undefined =>
    order.find((id) => given[id] === undefined);

function ask(rubric: Rubric, truth: Answers, next: (given: Answers) => string | undefined): number {
  let given: Answers = {};
  for (let asked = 0; ; asked++) {
    if (advise(rubric, given).settled) return asked;
    const question = next(given);
    const answer = question === undefined ? undefined : truth[question];
    if (question === undefined || answer === undefined) return asked;
    given = { ...given, [question]: answer };
  }
}
