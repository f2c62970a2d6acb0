/** Measures what missing answers do to the verdict, and how fast the questions settle it. */
import type { Verdict } from '../../src/advice/advice.ts';
import { advise } from '../../src/advice/advise.ts';
import type { Answers } from '../../src/advice/answers.ts';
import type { Rubric } from '../../src/advice/rubric/schema.ts';
import type { Documented } from './documented.ts';
import { mean, seededRandom } from './statistics.ts';

const SEED = 20_261_123;
/** Random draws per team. */
const DRAWS = 40;

interface DropResult {
  /** Verdict with all answers. */
  readonly verdict: Verdict;
  readonly became: 'same' | 'unclear' | 'wrong';
}

/**
 * Drops each answer of each team with a probability. A verdict becomes `unclear` if it is then undecided or a toss-up for
 * another verdict, and `wrong` if it is another verdict that isn't a toss-up.
 */
export function dropAnswers(rubric: Rubric, teams: readonly Documented[], share: number): DropResult[] {
  const random = seededRandom(SEED);
  return teams.flatMap(({ answers }) => {
    const { verdict } = advise(rubric, answers);
    return Array.from({ length: DRAWS }, () => {
      const left = Object.fromEntries(Object.entries(answers).filter(() => random() >= share));
      const advice = advise(rubric, left);
      const other = advice.strength === 'toss-up' ? 'unclear' : 'wrong';
      return { verdict, became: advice.verdict === verdict ? 'same' : other } as const;
    });
  });
}

interface Orders {
  readonly nextQuestions: number;
  readonly heaviest: number;
  readonly dialog: number;
  readonly random: number;
}

/**
 * Returns the mean number of questions, by order, until no further answer can change the verdict. Questions that a team
 * has no answer to are skipped.
 */
export function questionsUntilSettled(rubric: Rubric, teams: readonly Documented[]): Orders {
  const dialog = rubric.questions.map(({ id }) => id);
  const heaviest = rubric.questions
    .toSorted((a, b) => heaviestOf(b.options) - heaviestOf(a.options))
    .map(({ id }) => id);
  const random = seededRandom(SEED);
  const shuffled = (): string[] =>
    dialog
      .map((id) => ({ id, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ id }) => id);
  const count = (start: () => (given: Answers) => readonly string[]): number =>
    mean(teams.map(({ answers }) => ask(rubric, answers, start())));
  return {
    nextQuestions: count(() => (given) => advise(rubric, given).nextQuestions),
    heaviest: count(() => () => heaviest),
    dialog: count(() => () => dialog),
    random: count(() => {
      const order = shuffled();
      return () => order;
    }),
  };
}

const heaviestOf = (options: readonly { readonly points: number }[]): number =>
  Math.max(...options.map(({ points }) => Math.abs(points)));

/** Asks until the verdict is settled, or until the team has no more answers. */
function ask(rubric: Rubric, truth: Answers, order: (given: Answers) => readonly string[]): number {
  let given: Answers = {};
  for (let asked = 0; ; asked++) {
    if (advise(rubric, given).settled) return asked;
    const question = order(given).find((id) => given[id] === undefined && truth[id] !== undefined);
    const answer = question === undefined ? undefined : truth[question];
    if (question === undefined || answer === undefined) return asked;
    given = { ...given, [question]: answer };
  }
}
