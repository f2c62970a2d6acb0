import type { Answers } from './answers.ts';
import { memoize } from './memoize.ts';
import type { Condition, Framework, Note, Outcome, Rubric, Rule } from './rubric/schema.ts';

/**
 * The rubric compiled to tables of integers. The search for flips and bounds scores thousands of answer sets, so
 * scoring avoids lookups by name.
 */
export interface Model {
  readonly rubric: Rubric;
  /** Trait ids in question order. Elsewhere in the model a trait is an index into this list. */
  readonly traits: readonly string[];
  /** Weighed points before adjustments: points[trait][option]. */
  readonly points: readonly Int8Array[];
  /** Largest absolute points of a trait's options on the article's scale, by trait. */
  readonly weights: readonly number[];
  readonly totalWeight: number;
  /** Starting points: the article's default, weighed. */
  readonly start: number;
  readonly adjustments: readonly CompiledAdjustment[];
  readonly rules: readonly CompiledRule[];
  /** Traits that a rule or an adjustment names. Their effects depend on each other. */
  readonly linked: readonly number[];
  /** All other traits. Each only adds its points. */
  readonly free: readonly number[];
  /** The trait whose answers favor a framework in practice, with the framework by option. Null if there is none. */
  readonly thirdWays: readonly ThirdWay[];
  /** Verdicts that are never solid if the condition holds. */
  readonly neverSolid: readonly NeverSolid[];
  readonly practical: { readonly trait: number; readonly favors: readonly (Framework | null)[] } | null;
}

/** Requirements that must all hold. An answer to `trait` must be an option in `mask`, a bit set of option indexes. */
type CompiledCondition = readonly { readonly trait: number; readonly mask: number }[];

interface CompiledAdjustment {
  readonly when: CompiledCondition;
  readonly unless: CompiledCondition;
  readonly trait: number;
  readonly points: number;
  readonly reason: string;
  readonly bullet: string | undefined;
  readonly claims: readonly string[];
}

interface CompiledRule {
  readonly id: string;
  readonly when: readonly CompiledCondition[];
  readonly verdict: Outcome;
  /**
   * Margin at which a rule for Django yields, or the reverse for Flask: the other answers then make a solid case for the
   * other framework. Null if the rule never yields.
   */
  readonly yieldsAt: number | null;
  /** Sentence for the card if the rule yields. */
  readonly yields: string | undefined;
}

interface NeverSolid {
  readonly verdict: Outcome;
  readonly when: CompiledCondition;
  readonly reason: string;
}

/** A note that names another framework, with the conditions that make it apply. */
interface ThirdWay {
  readonly note: Note;
  readonly names: readonly string[];
  readonly when: readonly CompiledCondition[];
}

/** A compiled answer set: the index of the picked option by trait, or OPEN. */
export type Picks = Int8Array;
/** Pick of an unanswered trait. */
export const OPEN = -1;

/** Returns the compiled rubric. Compiles each rubric once. */
export const modelOf = memoize(compile);

function compile(rubric: Rubric): Model {
  const traits = rubric.questions.map((q) => q.id);
  const points = rubric.questions.map((q) => Int8Array.from(q.options, (o) => weighPoints(rubric, o.points)));
  const weights = rubric.questions.map((q) => Math.max(...q.options.map((o) => Math.abs(o.points))));

  const compileCondition = (condition: Condition | undefined): CompiledCondition =>
    Object.entries(condition ?? {}).map(([id, options]) => {
      const trait = traits.indexOf(id);
      const question = rubric.questions[trait];
      const mask = options.reduce(
        (m, o) => m | (1 << (question?.options.findIndex((x) => x.id === o) ?? 0)),
        0,
      );
      return { trait, mask };
    });

  const adjustments = rubric.adjustments.map((a) => ({
    when: compileCondition(a.when),
    unless: compileCondition(a.unless),
    trait: traits.indexOf(a.trait),
    points: weighPoints(rubric, a.points),
    reason: a.reason,
    bullet: a.bullet,
    claims: a.claims,
  }));
  const rules = rubric.rules.map((r) => ({
    id: r.id,
    when: r.when.map(compileCondition),
    verdict: r.verdict,
    yieldsAt: r.yields === undefined ? null : yieldingMargin(rubric, r),
    yields: r.yields,
  }));

  const named = new Set([
    ...adjustments.flatMap((a) => [...a.when, ...a.unless, a].map((line) => line.trait)),
    ...rules.flatMap((r) => r.when.flat().map((line) => line.trait)),
  ]);
  const indexes = traits.map((_, i) => i);
  return {
    rubric,
    traits,
    points,
    weights,
    totalWeight: weights.reduce((a, b) => a + b, 0),
    start: rubric.intercept.points * rubric.weighing.default,
    adjustments,
    rules,
    linked: indexes.filter((i) => named.has(i)),
    free: indexes.filter((i) => !named.has(i)),
    neverSolid: rubric.strength.never_solid.map(({ verdict, when, reason }) => ({
      verdict,
      when: compileCondition(when),
      reason,
    })),
    practical: practicalTrait(rubric),
    thirdWays: rubric.notes.flatMap((note) =>
      note.third_way ? [{ note, names: note.third_way, when: note.when.map(compileCondition) }] : [],
    ),
  };
}

/** Returns the margin at which the answers without the rule's own are solid for the other framework. */
function yieldingMargin(rubric: Rubric, { verdict, when }: Rule): number {
  const own = Object.entries(when[0] ?? {}).reduce((sum, [trait, options]) => {
    const question = rubric.questions.find(({ id }) => id === trait);
    const points = question?.options.find(({ id }) => options.includes(id))?.points ?? 0;
    return sum + weighPoints(rubric, points);
  }, 0);
  const { solid_from: solid } = rubric.strength;
  return verdict === 'django' ? own - solid.flask : own + solid.django;
}

function practicalTrait({ questions }: Rubric): Model['practical'] {
  const trait = questions.findIndex(({ options }) => options.some(({ favors }) => favors !== undefined));
  const favors = questions[trait]?.options.map((option) => option.favors ?? null);
  return favors ? { trait, favors } : null;
}

/** Converts points on the article's scale to points in the sum. */
export function weighPoints({ weighing }: Rubric, points: number): number {
  return points * (points < 0 ? weighing.flask : weighing.django);
}

/** Compiles answers. The answers must be validated by `parseAnswers`. An unknown option becomes OPEN. */
export function picksOf(model: Model, answers: Answers): Picks {
  return Int8Array.from(model.rubric.questions, (q) => q.options.findIndex((o) => o.id === answers[q.id]));
}

/** Returns the option id of a pick, or `unsure` for OPEN. */
export function optionId(model: Model, trait: number, pick: number): string {
  return model.rubric.questions[trait]?.options[pick]?.id ?? 'unsure';
}

/** Returns the id of a trait. */
export function traitId(model: Model, trait: number): string {
  return model.traits[trait] ?? '';
}

/** Returns the answers of a compiled set, without open traits. */
export function answersOf(model: Model, picks: Picks): Answers {
  const answers = model.traits.flatMap((id, trait) => {
    const pick = picks[trait] ?? OPEN;
    return pick === OPEN ? [] : [[id, optionId(model, trait, pick)] as const];
  });
  return Object.fromEntries(answers);
}
