import type { Advice, ClaimStatement, Contribution, Verdict } from './advice.ts';
import type { Answers } from './answers.ts';
import { type Argument, FRAMEWORKS, type Framework, type Rubric } from './rubric/schema.ts';
import { conditionHolds } from './score.ts';

const MOST_PROS = 4;
const MOST_CONS = 3;
/** Enough for two bullets that repeat no claim. */
const MOST_GENERAL = 6;

export interface SelectedArguments {
  readonly pros: ClaimStatement[];
  readonly cons: ClaimStatement[];
  readonly counterArgument: ClaimStatement | null;
}

/**
 * Selects the arguments for and against the verdict. Leaves out arguments that no answer makes relevant or that an
 * answer makes moot. For `both`, the arguments cover both frameworks. No argument appears twice.
 *
 * @param ruleId id of the hard rule that decided, or null
 * @param contributions without the intercept, largest first
 */
export function selectArguments(
  rubric: Rubric,
  answers: Answers,
  verdict: Verdict,
  ruleId: string | null,
  contributions: readonly Contribution[],
): SelectedArguments {
  if (verdict === 'undecided') return { pros: [], cons: [], counterArgument: null };
  const touched = touchedArguments(rubric, answers, contributions);
  const pick: Pick = (framework, kind, most) =>
    touched
      .filter((a) => a.kind === kind && a.framework === framework)
      .slice(0, most)
      .map(({ text, bullet, claims }) => ({ text, bullet, claims }));

  if (verdict === 'both') {
    const half = MOST_PROS / 2;
    const pros = FRAMEWORKS.flatMap((f) => pick(f, 'advantage', half).map((s) => named(f, s)));
    const cons = FRAMEWORKS.flatMap((f) => pick(f, 'disadvantage', half).map((s) => named(f, s)));
    // Answers that make the rule apply are the reason for "both", so they can't argue for one framework alone.
    const rule = rubric.rules.find((r) => r.id === ruleId);
    const others = contributions.filter(
      (c) => !rule?.when.some((condition) => condition[c.trait]?.includes(c.option)),
    );
    return {
      pros,
      cons: cons.slice(0, MOST_CONS),
      counterArgument: strongestFor(rubric, answers, strongerSide(contributions), others, pick, pros),
    };
  }
  const other = verdict === 'django' ? 'flask' : 'django';
  return {
    pros: pick(verdict, 'advantage', MOST_PROS),
    cons: pick(verdict, 'disadvantage', MOST_CONS),
    counterArgument: strongestFor(rubric, answers, other, contributions, pick, []),
  };
}

/** Returns the arguments for a framework: those that the answers make relevant, then the others unless moot. */
export function argumentsFor(
  rubric: Rubric,
  contributions: Advice['contributions'],
  framework: Framework,
): ClaimStatement[] {
  const answers = Object.fromEntries(contributions.map(({ trait, option }) => [trait, option]));
  const touched = touchedArguments(rubric, answers, contributions);
  const others = rubric.arguments.filter((a) => !touched.includes(a) && !isMoot(a, answers));
  const [relevant, general] = [touched, others].map((some) =>
    some
      .filter((a) => a.kind === 'advantage' && a.framework === framework)
      .map(({ text, bullet, claims }) => ({ text, bullet, claims })),
  );
  const { reason, bullet, claims } = rubric.intercept;
  const start = framework === 'django' ? [{ text: reason, bullet, claims: [...claims] }] : [];
  return [...(relevant ?? []), ...start, ...(general ?? [])].slice(0, MOST_GENERAL);
}

type Pick = (framework: Framework, kind: Argument['kind'], most: number) => ClaimStatement[];

/**
 * Returns the strongest argument for a framework: the answer that adds the most points, else the most relevant
 * advantage, else a general one. Null if all of them are already among the pros.
 */
function strongestFor(
  rubric: Rubric,
  answers: Answers,
  framework: Framework,
  contributions: readonly Contribution[],
  pick: Pick,
  used: readonly ClaimStatement[],
): ClaimStatement | null {
  const strongest = contributions.find((c) => (framework === 'django' ? c.points > 0 : c.points < 0));
  if (strongest) return { text: strongest.reason, bullet: strongest.bullet, claims: strongest.claims };
  const isNew = ({ text }: ClaimStatement): boolean => !used.some((s) => s.text === text);
  const touched = pick(framework, 'advantage', used.length + 1).map((s) => named(framework, s));
  const advantage = touched.find(isNew);
  if (advantage) return advantage;
  if (framework === 'django') {
    const { reason, bullet, claims } = rubric.intercept;
    return { text: reason, bullet, claims };
  }
  const general = rubric.arguments
    .filter((a) => a.framework === framework && a.kind === 'advantage' && !isMoot(a, answers))
    .map((a) => named(framework, a));
  return general.find(isNew) ?? null;
}

/** Prefixes a statement with its framework, for lists that cover both. */
function named(framework: Framework, { text, bullet, claims }: ClaimStatement): ClaimStatement {
  return { text: `${framework === 'django' ? 'Django' : 'Flask'}: ${text}`, bullet, claims };
}

function strongerSide(contributions: readonly Contribution[]): Framework {
  return contributions.reduce((sum, c) => sum + c.points, 0) >= 0 ? 'django' : 'flask';
}

function isMoot(argument: Argument, answers: Answers): boolean {
  return argument.moot.some((condition) => conditionHolds(condition, answers));
}

/** Returns the arguments that the answers make relevant, most relevant first. Ties keep the rubric's order. */
function touchedArguments(
  rubric: Rubric,
  answers: Answers,
  contributions: Readonly<Advice['contributions']>,
): readonly Argument[] {
  const points = new Map(contributions.map((c) => [c.trait, c.points]));
  const relevance = (argument: Argument): number => {
    const speaksFor = (argument.framework === 'django') === (argument.kind === 'advantage') ? 1 : -1;
    const counted: string[] = [];
    let sum = 0;
    for (const condition of argument.matters) {
      if (!conditionHolds(condition, answers)) continue;
      for (const trait in condition) {
        if (counted.includes(trait)) continue;
        counted.push(trait);
        // Points in the argument's direction raise its relevance. Any other answer adds only the minimum.
        sum += Math.max(0.5, (points.get(trait) ?? 0) * speaksFor);
      }
    }
    return sum;
  };
  return rubric.arguments
    .filter((argument) => !isMoot(argument, answers))
    .map((argument) => ({ argument, relevance: relevance(argument) }))
    .filter((a) => a.relevance > 0)
    .sort((a, b) => b.relevance - a.relevance)
    .map((a) => a.argument);
}
