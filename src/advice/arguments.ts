import type { ClaimStatement, Contribution, Verdict } from './advice.ts';
import type { Answers } from './answers.ts';
import { type Argument, FRAMEWORKS, type Framework, type Rubric } from './rubric/schema.ts';
import { conditionHolds } from './score.ts';

const MOST_PROS = 4;
const MOST_CONS = 3;

export interface ForAndAgainst {
  readonly pros: ClaimStatement[];
  readonly cons: ClaimStatement[];
  readonly counterArgument: ClaimStatement | null;
}

/**
 * What speaks for and against the verdict, for these answers only: an advantage that no answer
 * touches, or that one makes moot, is not said. For `both`, the advantages are those of either framework
 * in its part. Nothing is said twice.
 *
 * @param ruleId the hard rule that decided, null for none
 * @param contributions without the intercept, largest first
 */
export function forAndAgainst(
  rubric: Rubric,
  answers: Answers,
  verdict: Verdict,
  ruleId: string | null,
  contributions: readonly Contribution[],
): ForAndAgainst {
  if (verdict === 'undecided') return { pros: [], cons: [], counterArgument: null };
  const touched = touchedArguments(rubric, answers, contributions);
  const pick: Pick = (framework, kind, most) =>
    touched
      .filter((a) => a.kind === kind && a.framework === framework)
      .slice(0, most)
      .map(({ text, claims }) => ({ text, claims }));

  if (verdict === 'both') {
    const half = MOST_PROS / 2;
    const pros = FRAMEWORKS.flatMap((f) => pick(f, 'advantage', half).map((s) => named(f, s)));
    const cons = FRAMEWORKS.flatMap((f) => pick(f, 'disadvantage', half).map((s) => named(f, s)));
    // What the rule asks for is why it is both: that cannot speak for one of them alone.
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

type Pick = (framework: Framework, kind: Argument['kind'], most: number) => ClaimStatement[];

/**
 * The answer that adds most for this framework, else the advantage that the answers touch, else what can
 * be said for it in general: there is always another side.
 */
function strongestFor(
  rubric: Rubric,
  answers: Answers,
  framework: Framework,
  contributions: readonly Contribution[],
  pick: Pick,
  said: readonly ClaimStatement[],
): ClaimStatement | null {
  const strongest = contributions.find((c) => (framework === 'django' ? c.points > 0 : c.points < 0));
  if (strongest) return { text: strongest.reason, claims: strongest.claims };
  const isNew = ({ text }: ClaimStatement): boolean => !said.some((s) => s.text === text);
  const touched = pick(framework, 'advantage', said.length + 1).map((s) => named(framework, s));
  const advantage = touched.find(isNew);
  if (advantage) return advantage;
  if (framework === 'django') return { text: rubric.intercept.reason, claims: rubric.intercept.claims };
  const general = rubric.arguments
    .filter((a) => a.framework === framework && a.kind === 'advantage' && !isMoot(a, answers))
    .map((a) => named(framework, a));
  return general.find(isNew) ?? null;
}

/** Says which framework is meant, where the list around it does not. */
function named(framework: Framework, { text, claims }: ClaimStatement): ClaimStatement {
  return { text: `${framework === 'django' ? 'Django' : 'Flask'}: ${text}`, claims };
}

function strongerSide(contributions: readonly Contribution[]): Framework {
  return contributions.reduce((sum, c) => sum + c.points, 0) >= 0 ? 'django' : 'flask';
}

function isMoot(argument: Argument, answers: Answers): boolean {
  return argument.moot.some((condition) => conditionHolds(condition, answers));
}

/** Arguments that the answers touch, the most telling first; equal ones in the rubric's order. */
function touchedArguments(
  rubric: Rubric,
  answers: Answers,
  contributions: readonly Contribution[],
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
        // An answer that pulls the same way as the argument makes it tell; any other only makes it apply.
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
