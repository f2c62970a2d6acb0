import type { Advice, Verdict } from '../../src/advice/advice.ts';
import { advise } from '../../src/advice/advise.ts';
import type { Answers } from '../../src/advice/answers.ts';
import type { Rubric } from '../../src/advice/rubric/schema.ts';
import { answersOf } from './methods.ts';
import { mean, seeded } from './statistics.ts';

const SEED = 20_261_123;
/** Draws for each project and share. */
const DRAWS = 40;

export interface Dropped {
  /** Chance of each answer to be left out. */
  readonly share: number;
  /** The verdict with all answers; null for all of them together. */
  readonly verdict: Verdict | null;
  /** What became of it, as shares of all draws. */
  readonly same: number;
  /** Undecided, or the other framework as a toss-up. */
  readonly unclear: number;
  /** The other framework, not as a toss-up. */
  readonly wrong: number;
}

const SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];

const DROPPED = new WeakMap<Rubric, readonly Dropped[]>();

/** Answers left out at random: how often the verdict stays, becomes unclear, or turns to the wrong side. */
export function dropAnswers(rubric: Rubric): readonly Dropped[] {
  const dropped = DROPPED.get(rubric) ?? computeDropped(rubric);
  DROPPED.set(rubric, dropped);
  return dropped;
}

function computeDropped(rubric: Rubric): readonly Dropped[] {
  const random = seeded(SEED);
  /** Many draws leave the same answers. */
  const advised = new Map<string, Pick<Advice, 'verdict' | 'strength'>>();
  const adviseOnce = (answers: Answers): Pick<Advice, 'verdict' | 'strength'> => {
    const key = JSON.stringify(answers);
    const { verdict, strength } = advised.get(key) ?? advise(rubric, answers);
    advised.set(key, { verdict, strength });
    return { verdict, strength };
  };
  const whole = rubric.projects.map((project) => {
    const answers = answersOf(project);
    return { answers, verdict: advise(rubric, answers).verdict };
  });
  return SHARES.flatMap((share) => {
    const drawn = whole.flatMap(({ answers, verdict }) =>
      Array.from({ length: DRAWS }, () => {
        const left = Object.fromEntries(Object.entries(answers).filter(() => random() >= share));
        const advice = adviseOnce(left);
        const became =
          advice.verdict === verdict ? 'same' : advice.strength === 'toss-up' ? 'unclear' : 'wrong';
        return { verdict, became } as const;
      }),
    );
    return [null, 'django' as const, 'flask' as const, 'both' as const].map((verdict) => {
      const such = drawn.filter((draw) => verdict === null || draw.verdict === verdict);
      const shareOf = (became: string): number => mean(such.map((draw) => Number(draw.became === became)));
      return { share, verdict, same: shareOf('same'), unclear: shareOf('unclear'), wrong: shareOf('wrong') };
    });
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
  const heaviest = rubric.questions
    .toSorted((a, b) => heaviestOf(b.options) - heaviestOf(a.options))
    .map(({ id }) => id);
  const random = seeded(SEED);
  const shuffled = (): string[] =>
    fixed
      .map((id) => ({ id, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ id }) => id);
  const orders: readonly (readonly [string, () => (given: Answers) => string | undefined])[] = [
    ['nextQuestions', () => (given) => advise(rubric, given).nextQuestions[0]],
    ['the heaviest first', () => nextIn(heaviest)],
    ['the order of the dialog', () => nextIn(fixed)],
    ['at random', () => nextIn(shuffled())],
  ];
  return orders.map(([order, start]) => ({
    order,
    questions: mean(rubric.projects.map((project) => ask(rubric, answersOf(project), start()))),
  }));
}

const heaviestOf = (options: readonly { readonly points: number }[]): number =>
  Math.max(...options.map(({ points }) => Math.abs(points)));

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
