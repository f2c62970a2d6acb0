import type { Advice, Basis, FoundedAdvice } from './advice.ts';
import { weighed } from './model.ts';
import type { CaseStudy, Rubric } from './rubric/schema.ts';

/** The trait name under which the article's default is listed among the contributions. */
export const INTERCEPT = 'intercept';

export const NO_RULE = 'The article gives no rule for this answer.';

/** Parts of the basis that are the same for every advice of a rubric, made once and shared. */
interface Tables {
  readonly questions: Basis['questions'];
  readonly cases: ReadonlyMap<string, Basis['cases'][number]>;
  readonly claims: readonly Basis['claims'][number][];
}

const prepared = new WeakMap<Rubric, Tables>();

function tablesOf(rubric: Rubric): Tables {
  const known = prepared.get(rubric);
  if (known) return known;
  const tables: Tables = {
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
  };
  prepared.set(rubric, tables);
  return tables;
}

function caseInShort({ id, title, story, lesson }: CaseStudy): Basis['cases'][number] {
  return { id, title, story, lesson };
}

/** What this rubric says about everything that the advice refers to; what it does not know is left out. */
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
    tossUpUpTo: rubric.strength.toss_up_up_to,
  };
}

function ruleOf(rubric: Rubric, { rule: id, contributions }: Advice): Basis['rule'] {
  if (id === null) return null;
  const rule = rubric.rules.find((r) => r.id === id);
  if (!rule)
    return { reason: 'A rule of the article decided; its words were not kept.', claims: [], traits: [] };
  const asked = contributions.filter((c) =>
    rule.when.some((condition) => condition[c.trait]?.includes(c.option)),
  );
  return { reason: rule.reason, claims: rule.claims, traits: asked.map((c) => c.trait) };
}

/**
 * Stored advice as it can be shown. Advice from before it carried its basis gets one from today's rubric,
 * as far as that still knows what it is about.
 */
export function founded(rubric: Rubric, advice: Advice): FoundedAdvice {
  return {
    ...advice,
    contributions: advice.contributions.map((c) => ({
      ...c,
      reason: c.reason ?? reasonToday(rubric, advice, c),
    })),
    clearFlips: advice.clearFlips ?? [],
    basis: advice.basis ?? basisOf(rubric, advice),
  };
}

/** Which sums are a toss-up, in words: "from −2 to 2". */
export function tossUpRange({ tossUpUpTo: { django, flask } }: Basis): string {
  return `from ${flask === 0 ? '' : '−'}${flask} to ${django}`;
}

/** Why the points start where they do: the default, and the weighing where that was in force. */
export function startReason({ intercept, weighing }: Rubric, points: number): string {
  return points === intercept.points ? intercept.reason : `${intercept.reason} ${weighing.reason}`;
}

/** Why this answer counts as it does: the adjustment's reason where one changed the points. */
function reasonToday(
  rubric: Rubric,
  advice: Advice,
  { trait, option, points }: Advice['contributions'][number],
): string {
  if (trait === INTERCEPT) return startReason(rubric, points);
  const start = advice.contributions.find((c) => c.trait === INTERCEPT)?.points;
  // Points were not weighed once, which shows in where they start.
  const counted = (own: number): number => (start === rubric.intercept.points ? own : weighed(rubric, own));
  const found = rubric.questions.find((q) => q.id === trait)?.options.find((o) => o.id === option);
  if (!found) return 'The reason was not kept.';
  const adjusted = rubric.adjustments.find(
    (a) => a.trait === trait && counted(a.points) === points && a.when[trait]?.includes(option),
  );
  return (counted(found.points) === points ? undefined : adjusted?.reason) ?? found.reason ?? NO_RULE;
}
