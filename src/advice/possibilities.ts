import type { Verdict } from './advice.ts';
import { type Axis, enumerateLinked, type Grid, outcomesIn } from './combinations.ts';
import { type Model, OPEN, type Picks } from './model.ts';
import type { Outcome } from './rubric/schema.ts';
import { favoredBy, isLittle, thirdWayMayHold, thresholdOf, verdictOfMargin } from './score.ts';
import { canStraddle, type Sums, sumsOfFree } from './sums.ts';

/** Margins and verdicts that are still possible, depending on the open questions. */
export interface Possibilities {
  /** Lowest possible margin. */
  readonly low: number;
  /** Highest possible margin. */
  readonly high: number;
  /** All possible verdicts, also with questions left open. May include `undecided` although no answers lead to it. */
  readonly verdicts: ReadonlySet<Verdict>;
  /** By trait: true if the answer can change the verdict, for at least one set of answers to the other open questions. */
  readonly pivotal: readonly boolean[];
}

/**
 * Returns the margins and verdicts that are still possible. The margins are exact, without trying every answer set.
 * Only traits that a rule or an adjustment names depend on each other, so only these are combined: 15,000 combinations
 * if nothing is answered. Every other trait adds a range of points. The trait that favors a framework in practice moves
 * the threshold between the verdicts.
 */
export function explorePossibilities(model: Model, picks: Picks): Possibilities {
  const rest = sumsOfFree(model, picks);
  const grid = enumerateLinked(model, picks);

  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const verdicts = new Set<Verdict>();
  const little = isLittle(model, picks);
  const thresholds = possibleThresholds(model, picks);
  const [lowest, highest] = [Math.min(...thresholds), Math.max(...thresholds)];
  const surely = !little && !thirdWayMayHold(model, picks);
  const outcomes = outcomesIn(grid, model.rules.length);
  for (const { margin, rule } of outcomes) {
    low = Math.min(low, margin + rest.low);
    high = Math.max(high, margin + rest.high);
    const ruled = model.rules[rule];
    if (ruled) {
      for (const verdict of verdictsOfRule(ruled, margin, rest, surely)) verdicts.add(verdict);
    } else {
      verdicts.add(verdictOfMargin(margin + rest.low, highest));
      verdicts.add(verdictOfMargin(margin + rest.high, lowest));
      // A tie on little evidence is undecided. Assume a tie if the range includes 0.
      if (little && margin + rest.low <= 0 && margin + rest.high >= 0) verdicts.add('undecided');
    }
  }

  const mayYield = outcomes.some(({ margin, rule }) => {
    const ruled = model.rules[rule];
    return ruled?.yieldsAt != null && verdictsOfRule(ruled, margin, rest, false).length > 1;
  });
  const pivotal = model.traits.map((_, trait) => {
    if (picks[trait] !== OPEN) return false;
    const axis = grid.axes.find((a) => a.trait === trait);
    if (mayYield && isOfThirdWay(model, trait)) return true;
    if (axis) return linkedIsPivotal(model, grid, axis, rest, thresholds, surely);
    return trait === model.practical?.trait
      ? outcomes.some(
          ({ margin, rule }) => rule === -1 && canStraddle(margin - highest, margin - lowest, rest),
        )
      : freeIsPivotal(model, picks, outcomes, thresholds, trait);
  });
  return { low, high, verdicts, pivotal };
}

/** Returns whether a third way depends on the trait. A third way keeps a rule from yielding. */
function isOfThirdWay({ thirdWays }: Model, trait: number): boolean {
  return thirdWays.some(({ when }) =>
    when.some((condition) => condition.some((line) => line.trait === trait)),
  );
}

/** Returns the thresholds between Flask and Django that are still possible, as in `thresholdOf`. */
function possibleThresholds(model: Model, picks: Picks): readonly number[] {
  const { practical } = model;
  if (practical === null || picks[practical.trait] !== OPEN) {
    return [thresholdOf(model, favoredBy(model, picks))];
  }
  return [...new Set([null, ...practical.favors])].map((favored) => thresholdOf(model, favored));
}

/**
 * Returns the verdicts that a rule can lead to once the open free traits are answered: its own, or the other framework
 * if it yields.
 *
 * @param surely nothing but the margin can keep the rule from yielding
 */
function verdictsOfRule(
  { verdict, yieldsAt }: Model['rules'][number],
  margin: number,
  { low, high }: Sums,
  surely: boolean,
): readonly Outcome[] {
  if (yieldsAt === null || verdict === 'both') return [verdict];
  const [other, farthest, nearest] =
    verdict === 'django'
      ? ['flask' as const, yieldsAt - margin - low, yieldsAt - margin - high]
      : ['django' as const, margin + high - yieldsAt, margin + low - yieldsAt];
  if (farthest < 0) return [verdict];
  return nearest >= 0 && surely ? [other] : [verdict, other];
}

function freeIsPivotal(
  model: Model,
  picks: Picks,
  outcomes: ReturnType<typeof outcomesIn>,
  thresholds: readonly number[],
  trait: number,
): boolean {
  const row = model.points[trait] ?? [];
  const others = sumsOfFree(model, picks, trait);
  const [low, high] = [Math.min(0, ...row), Math.max(0, ...row)];
  return outcomes.some(({ margin, rule }) => {
    const ruled = model.rules[rule];
    const limits = ruled ? [ruled.yieldsAt ?? Number.NEGATIVE_INFINITY] : thresholds;
    return limits.some((limit) => canStraddle(margin + low - limit, margin + high - limit, others));
  });
}

function linkedIsPivotal(
  model: Model,
  grid: Grid,
  axis: Axis,
  rest: Sums,
  thresholds: readonly number[],
  surely: boolean,
): boolean {
  for (let start = 0; start < grid.margins.length; start++) {
    // Visit only the first cell of each line along this axis.
    if (Math.floor(start / axis.stride) % axis.size !== 0) continue;
    if (thresholds.some((threshold) => lineVaries(model, grid, axis, start, rest, threshold, surely)))
      return true;
  }
  return false;
}

/** Returns whether the verdict changes along a line of the grid, where only this trait's answer changes. */
function lineVaries(
  model: Model,
  grid: Grid,
  axis: Axis,
  start: number,
  rest: Sums,
  threshold: number,
  surely: boolean,
): boolean {
  let ruled: Outcome | null = null;
  let lower = Number.POSITIVE_INFINITY;
  let upper = Number.NEGATIVE_INFINITY;
  for (let step = 0; step < axis.size; step++) {
    const cell = start + step * axis.stride;
    const rule = model.rules[grid.rules[cell] ?? -1];
    if (rule) {
      const [verdict, other] = verdictsOfRule(rule, grid.margins[cell] ?? 0, rest, surely);
      if (other !== undefined || (ruled !== null && ruled !== verdict)) return true;
      ruled = verdict ?? null;
    } else {
      lower = Math.min(lower, (grid.margins[cell] ?? 0) - threshold);
      upper = Math.max(upper, (grid.margins[cell] ?? 0) - threshold);
    }
  }
  // Rules decide every cell of the line, all with the same verdict.
  if (lower > upper) return false;
  if (ruled === 'both') return true;
  if (ruled === 'django' && lower + rest.low <= 0) return true;
  if (ruled === 'flask' && upper + rest.high > 0) return true;
  return canStraddle(lower, upper, rest);
}
