import type { Advice, AdviceWithBasis, Basis } from './advice.ts';
import { argumentsFor } from './arguments.ts';
import { memoize } from './memoize.ts';
import { weighPoints } from './model.ts';
import type { CaseStudy, Rubric } from './rubric/schema.ts';

/** Trait name of the article's default among the contributions. */
export const INTERCEPT = 'intercept';

export const NO_RULE_REASON = 'The article gives no rule for this answer.';

/** Parts of the basis that all advice of a rubric shares. Built once per rubric. */
interface Tables {
  readonly questions: Basis['questions'];
  readonly cases: ReadonlyMap<string, Basis['cases'][number]>;
  readonly claims: readonly Basis['claims'][number][];
}

const tablesOf = memoize(
  (rubric: Rubric): Tables => ({
    questions: rubric.questions.map(({ id, short, text, options }) => ({
      id,
      short,
      text,
      options: options.map((o) => ({ id: o.id, short: o.short })),
    })),
    cases: new Map(rubric.cases.map((study) => [study.id, caseInShort(study)])),
    claims: [...rubric.claims.values()].map(({ id, section, text }) => {
      const since = rubric.notes
        .filter((note) => note.claims.includes(id))
        .map((note) => ({ asOf: note.as_of, text: note.text }));
      return { id, section, text, since };
    }),
  }),
);

function caseInShort({ id, title, bullet, story, lesson }: CaseStudy): Basis['cases'][number] {
  return { id, title, bullet, story, lesson };
}

/** Returns the excerpt of the rubric that the advice refers to. Ids that the rubric doesn't know are left out. */
export function basisOf(rubric: Rubric, advice: Advice): Basis {
  const { questions, cases, claims } = tablesOf(rubric);
  const rule = ruleOf(rubric, advice);
  const cited = new Set<string>(rule?.claims);
  for (const part of [advice.contributions, advice.pros, advice.cons]) {
    for (const { claims: ids } of part) for (const id of ids) cited.add(id);
  }
  for (const id of advice.counterArgument?.claims ?? []) cited.add(id);
  return {
    questions,
    rule,
    cases: [advice.caseStudy, advice.counterCase].flatMap((match) => cases.get(match?.id ?? '') ?? []),
    claims: claims.filter((claim) => cited.has(claim.id)),
    ...(advice.strength === 'toss-up' ? { general: generalOf(rubric, advice) } : {}),
    tossUpUpTo: rubric.strength.toss_up_up_to,
  };
}

/** Returns the arguments for each framework that the card falls back on if the answers give it too few. */
function generalOf(rubric: Rubric, { contributions }: Advice): NonNullable<Basis['general']> {
  const given = contributions.filter(({ trait }) => trait !== INTERCEPT);
  return { django: argumentsFor(rubric, given, 'django'), flask: argumentsFor(rubric, given, 'flask') };
}

function ruleOf(rubric: Rubric, { rule: id, contributions }: Advice): Basis['rule'] {
  if (id === null) return null;
  const rule = rubric.rules.find((r) => r.id === id);
  if (!rule)
    return { reason: 'A rule of the article decided; its words were not kept.', claims: [], traits: [] };
  const asked = contributions.filter((c) =>
    rule.when.some((condition) => condition[c.trait]?.includes(c.option)),
  );
  return { reason: rule.reason, bullet: rule.bullet, claims: rule.claims, traits: asked.map((c) => c.trait) };
}

/**
 * Completes stored advice so it can be rendered. Advice from before the basis was stored gets one from the current
 * rubric, without the entries that the rubric no longer has.
 */
export function addBasis(rubric: Rubric, advice: Advice): AdviceWithBasis {
  const basis = advice.basis ?? basisOf(rubric, advice);
  return {
    ...advice,
    contributions: advice.contributions.map((c) => ({
      ...c,
      reason: c.reason ?? reasonToday(rubric, advice, c),
    })),
    clearFlips: advice.clearFlips ?? [],
    basis: { ...basis, general: basis.general ?? generalOf(rubric, advice) },
  };
}

/** Returns the reason for the starting points: the default, plus the weighing if it applied. */
export function interceptReason({ intercept, weighing }: Rubric, points: number): string {
  return points === intercept.points ? intercept.reason : `${intercept.reason} ${weighing.reason}`;
}

/** Returns the reason for an answer's points from the current rubric. An adjustment that changed them has its own. */
function reasonToday(
  rubric: Rubric,
  advice: Advice,
  { trait, option, points }: Advice['contributions'][number],
): string {
  if (trait === INTERCEPT) return interceptReason(rubric, points);
  const start = advice.contributions.find((c) => c.trait === INTERCEPT)?.points;
  // The first versions didn't weigh points. Their advice starts at the unweighed intercept.
  const counted = (own: number): number =>
    start === rubric.intercept.points ? own : weighPoints(rubric, own);
  const found = rubric.questions.find((q) => q.id === trait)?.options.find((o) => o.id === option);
  if (!found) return 'The reason was not kept.';
  const adjusted = rubric.adjustments.find(
    (a) => a.trait === trait && counted(a.points) === points && a.when[trait]?.includes(option),
  );
  return (counted(found.points) === points ? undefined : adjusted?.reason) ?? found.reason ?? NO_RULE_REASON;
}
