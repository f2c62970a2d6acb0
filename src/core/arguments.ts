import { type Argument, FRAMEWORKS, type Framework, type Rubric } from '../rubric/schema.ts';
import type { Contribution, Statement, Verdict } from './advice.ts';
import type { Answers } from './answers.ts';
import { conditionHolds } from './score.ts';

const MOST_PROS = 4;
const MOST_CONS = 3;

export interface ForAndAgainst {
  readonly pros: Statement[];
  readonly cons: Statement[];
  readonly counterArgument: Statement | null;
}

/**
 * What speaks for and against the verdict, for these answers only: an advantage that no answer
 * touches is not said. For `both`, the advantages are those of either framework in its part.
 *
 * @param contributions without the intercept, largest first
 */
export function forAndAgainst(
  rubric: Rubric,
  answers: Answers,
  verdict: Verdict,
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
    return {
      pros: FRAMEWORKS.flatMap((f) => pick(f, 'advantage', half).map((s) => named(f, s))),
      cons: FRAMEWORKS.flatMap((f) => pick(f, 'disadvantage', half).map((s) => named(f, s))).slice(
        0,
        MOST_CONS,
      ),
      counterArgument: strongestFor(rubric, strongerSide(contributions), contributions, pick),
    };
  }
  return {
    pros: pick(verdict, 'advantage', MOST_PROS),
    cons: pick(verdict, 'disadvantage', MOST_CONS),
    counterArgument: strongestFor(rubric, verdict === 'django' ? 'flask' : 'django', contributions, pick),
  };
}

type Pick = (framework: Framework, kind: Argument['kind'], most: number) => Statement[];

/**
 * The answer that adds most for this framework, else the advantage that the answers touch, else what can
 * be said for it in general: there is always another side.
 */
function strongestFor(
  rubric: Rubric,
  framework: Framework,
  contributions: readonly Contribution[],
  pick: Pick,
): Statement | null {
  const strongest = contributions.find((c) => (framework === 'django' ? c.points > 0 : c.points < 0));
  if (strongest) return { text: reasonOf(rubric, strongest), claims: strongest.claims };
  const advantage = pick(framework, 'advantage', 1)[0];
  if (advantage) return named(framework, advantage);
  if (framework === 'django') return { text: rubric.intercept.reason, claims: rubric.intercept.claims };
  const general = rubric.arguments.find((a) => a.framework === framework && a.kind === 'advantage');
  return general ? named(framework, general) : null;
}

/** Says which framework is meant, where the list around it does not. */
function named(framework: Framework, { text, claims }: Statement): Statement {
  return { text: `${framework === 'django' ? 'Django' : 'Flask'}: ${text}`, claims };
}

/** Why this answer counts as it does: the adjustment's reason where one changed the points. */
export function reasonOf(rubric: Rubric, contribution: Contribution): string {
  if (contribution.trait === INTERCEPT) return rubric.intercept.reason;
  const option = rubric.questions
    .find((q) => q.id === contribution.trait)
    ?.options.find((o) => o.id === contribution.option);
  if (!option) return '';
  if (option.points !== contribution.points) {
    const adjusted = rubric.adjustments.find(
      (a) =>
        a.trait === contribution.trait &&
        a.points === contribution.points &&
        a.when[a.trait]?.includes(option.id),
    );
    if (adjusted) return adjusted.reason;
  }
  return option.reason ?? 'The article gives no rule for this answer.';
}

/** The trait name under which the article's default is listed among the contributions. */
export const INTERCEPT = 'intercept';

function strongerSide(contributions: readonly Contribution[]): Framework {
  return contributions.reduce((sum, c) => sum + c.points, 0) >= 0 ? 'django' : 'flask';
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
    const traits = new Set(
      argument.matters.filter((c) => conditionHolds(c, answers)).flatMap((c) => Object.keys(c)),
    );
    // An answer that pulls the same way as the argument makes it tell; any other only makes it apply.
    return [...traits].reduce((sum, t) => sum + Math.max(0.5, (points.get(t) ?? 0) * speaksFor), 0);
  };
  return rubric.arguments
    .map((argument) => ({ argument, relevance: relevance(argument) }))
    .filter((a) => a.relevance > 0)
    .sort((a, b) => b.relevance - a.relevance)
    .map((a) => a.argument);
}
