import type { Answers } from './answers.ts';
import type { Condition, Outcome, Rubric } from './rubric/schema.ts';

/**
 * The rubric compiled to flat tables of small numbers. Looking for flips and bounds scores thousands
 * of answer sets, so scoring must not look anything up by name.
 */
export interface Model {
  readonly rubric: Rubric;
  /** Trait ids in question order; everywhere below a trait is its index here. */
  readonly traits: readonly string[];
  /** points[trait][option], weighed, before adjustments. */
  readonly points: readonly Int8Array[];
  /** The most a trait can pull on the article's own scale, by trait; and their sum. */
  readonly weights: readonly number[];
  readonly totalWeight: number;
  /** What the points start from: the article's default, weighed. */
  readonly start: number;
  readonly adjustments: readonly CompiledAdjustment[];
  readonly rules: readonly CompiledRule[];
  /** Traits that a rule or an adjustment names. Their effects depend on one another. */
  readonly linked: readonly number[];
  /** The other traits: each simply adds its points. */
  readonly free: readonly number[];
}

/** One line a trait: the answer must be one of the options in `mask` (bit = option index). */
type CompiledCondition = readonly { readonly trait: number; readonly mask: number }[];

interface CompiledAdjustment {
  readonly when: CompiledCondition;
  readonly unless: CompiledCondition;
  readonly trait: number;
  readonly points: number;
  readonly reason: string;
  readonly claims: readonly string[];
}

interface CompiledRule {
  readonly id: string;
  readonly when: readonly CompiledCondition[];
  readonly verdict: Outcome;
}

/** One answer set: the option's index by trait, or OPEN. */
export type Picks = Int8Array;
export const OPEN = -1;

const compiled = new WeakMap<Rubric, Model>();

/** Compiles a rubric once; later calls with the same rubric return the same model. */
export function modelOf(rubric: Rubric): Model {
  const known = compiled.get(rubric);
  if (known) return known;
  const model = compile(rubric);
  compiled.set(rubric, model);
  return model;
}

function compile(rubric: Rubric): Model {
  const traits = rubric.questions.map((q) => q.id);
  const points = rubric.questions.map((q) => Int8Array.from(q.options, (o) => weighed(rubric, o.points)));
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
    points: weighed(rubric, a.points),
    reason: a.reason,
    claims: a.claims,
  }));
  const rules = rubric.rules.map((r) => ({
    id: r.id,
    when: r.when.map(compileCondition),
    verdict: r.verdict,
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
  };
}

/** Points on the article's scale as they count in the sum. */
export function weighed({ weighing }: Rubric, points: number): number {
  return points * (points < 0 ? weighing.flask : weighing.django);
}

/** Answers as picks. Answers must have passed `parseAnswers`. */
export function picksOf(model: Model, answers: Answers): Picks {
  return Int8Array.from(model.rubric.questions, (q) => q.options.findIndex((o) => o.id === answers[q.id]));
}

/** The option id that a pick stands for, `unsure` for an open one. */
export function optionId(model: Model, trait: number, pick: number): string {
  return model.rubric.questions[trait]?.options[pick]?.id ?? 'unsure';
}

export function traitId(model: Model, trait: number): string {
  return model.traits[trait] ?? '';
}
