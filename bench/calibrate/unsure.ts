import type { Verdict } from '../../src/advice/advice.ts';
import { advise } from '../../src/advice/advise.ts';
import type { Answers } from '../../src/advice/answers.ts';
import type { Rubric } from '../../src/advice/rubric/schema.ts';
import { answersOf } from './methods.ts';
import { mean, seededRandom } from './statistics.ts';

const SEED = 20_261_123;
/** Random draws per project and share. */
const DRAWS = 40;

export interface DropResult {
  /** Probability of each answer to be dropped. */
  readonly share: number;
  /** Verdict with all answers, or null for all verdicts together. */
  readonly verdict: Verdict | null;
  /** Share of draws with an unchanged verdict. */
  readonly same: number;
  /** Share of draws that are undecided or a toss-up for another verdict. */
  readonly unclear: number;
  /** Share of draws with another verdict that isn't a toss-up. */
  readonly wrong: number;
}

const SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];

/** Drops answers at random and measures how often the verdict stays, becomes unclear or becomes wrong. */
export function dropAnswers(rubric: Rubric): DropResult[] {
  const random = seededRandom(SEED);
  const whole = rubric.projects.map((project) => {
    const answers = answersOf(project);
    return { answers, verdict: advise(rubric, answers).verdict };
  });
  return SHARES.flatMap((share) => {
    const drawn = whole.flatMap(({ answers, verdict }) =>
      Array.from({ length: DRAWS }, () => {
        const left = Object.fromEntries(Object.entries(answers).filter(() => random() >= share));
        const advice = advise(rubric, left);
        const became =
          advice.verdict === verdict ? 'same' : advice.strength === 'toss-up' ? 'unclear' : 'wrong';
        return { verdict, became } as const;
      }),
    );
    return [null, 'django' as const, 'flask' as const, 'both' as const].map((verdict) => {
      const matching = drawn.filter((draw) => verdict === null || draw.verdict === verdict);
      const shareOf = (became: string): number =>
        mean(matching.map((draw) => Number(draw.became === became)));
      return { share, verdict, same: shareOf('same'), unclear: shareOf('unclear'), wrong: shareOf('wrong') };
    });
  });
}

export interface OrderResult {
  readonly order: string;
  /** Mean number of questions until no further answer can change the verdict. */
  readonly questions: number;
}

/** Asks the questions of each project in several orders until the verdict is settled. Skips questions without answers. */
export function questionsUntilSettled(whole: Rubric): OrderResult[] {
  const answered = new Set(whole.projects.flatMap((project) => Object.keys(answersOf(project))));
  const rubric = { ...whole, questions: whole.questions.filter(({ id }) => answered.has(id)) };
  const fixed = rubric.questions.map(({ id }) => id);
  const heaviest = rubric.questions
    .toSorted((a, b) => heaviestOf(b.options) - heaviestOf(a.options))
    .map(({ id }) => id);
  const random = seededRandom(SEED);
  const shuffled = (): string[] =>
    fixed
      .map((id) => ({ id, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ id }) => id);
  const orders: readonly (readonly [string, () => (given: Answers) => string | undefined])[] = [
    ['the bot’s `nextQuestions`', () => (given) => advise(rubric, given).nextQuestions[0]],
    ['most points first', () => nextIn(heaviest)],
    ['the dialog’s order', () => nextIn(fixed)],
    ['random', () => nextIn(shuffled())],
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
