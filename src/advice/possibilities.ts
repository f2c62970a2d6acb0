import type { Verdict } from './advice.ts';
import { type Model, OPEN, type Picks } from './model.ts';
import type { Outcome } from './rubric/schema.ts';
import {
  favoredBy,
  firstRuleOf,
  isLittle,
  pointsOf,
  thirdWayMayHold,
  thresholdOf,
  verdictOfMargin,
} from './score.ts';

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

/** A set of reachable integers, stored as cumulative counts so a range query takes constant time. */
interface Sums {
  readonly low: number;
  readonly high: number;
  /** upTo[n]: count of reachable integers that are at most `low + n - 1`. */
  readonly upTo: Int16Array;
}

/** Returns all sums that the open free traits can add. A trait may also stay open and add 0. */
function sumsOfFree(model: Model, picks: Picks, except = OPEN): Sums {
  let low = 0;
  let reached = Uint8Array.of(1);
  for (const trait of model.free) {
    if (picks[trait] !== OPEN || trait === except) continue;
    const row = model.points[trait] ?? [];
    const [least, most] = [Math.min(0, ...row), Math.max(0, ...row)];
    const next = new Uint8Array(reached.length + most - least);
    for (const points of [0, ...row]) {
      for (let n = 0; n < reached.length; n++) if (reached[n] === 1) next[n + points - least] = 1;
    }
    low += least;
    reached = next;
  }
  const upTo = new Int16Array(reached.length + 1);
  for (let n = 0; n < reached.length; n++) upTo[n + 1] = (upTo[n] ?? 0) + (reached[n] ?? 0);
  return { low, high: low + reached.length - 1, upTo };
}

/** Returns how many of the sums are at most `most`. */
function countUpTo({ low, upTo }: Sums, most: number): number {
  return upTo[Math.max(0, Math.min(upTo.length - 1, most - low + 1))] ?? 0;
}

interface Axis {
  readonly trait: number;
  /** Number of options plus 1 for OPEN. */
  readonly size: number;
  /** Distance in the grid between neighbouring options of this trait. */
  readonly stride: number;
}

interface Grid {
  readonly axes: readonly Axis[];
  /** Margin of each combination, including all given answers but no open free traits. */
  readonly margins: Int16Array;
  /** Index of the rule that holds for each combination, or -1. */
  readonly rules: Int8Array;
}

function enumerateLinked(model: Model, picks: Picks): Grid {
  const all = combinationsOf(model);
  let fixed = model.start;
  for (const trait of model.free) fixed += pointsOf(model, picks, trait);
  const axes: Axis[] = [];
  let cells = 1;
  // Index of the grid's first cell among all combinations, and the step along each axis.
  let first = 0;
  const steps: number[] = [];
  for (const [n, trait] of model.linked.entries()) {
    const pick = picks[trait] ?? OPEN;
    const step = all.strides[n] ?? 0;
    if (pick === OPEN) {
      const size = (model.points[trait]?.length ?? 0) + 1;
      axes.push({ trait, size, stride: cells });
      steps.push(step);
      cells *= size;
    } else first += (pick - OPEN) * step;
  }

  const places = new Int32Array(cells);
  places[0] = first;
  for (const [n, { size, stride }] of axes.entries()) {
    const step = steps[n] ?? 0;
    for (let cell = stride; cell < stride * size; cell++) places[cell] = (places[cell - stride] ?? 0) + step;
  }
  const margins = new Int16Array(cells);
  const rules = new Int8Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    const place = places[cell] ?? 0;
    margins[cell] = fixed + (all.margins[place] ?? 0);
    rules[cell] = all.rules[place] ?? OPEN;
  }
  return { axes, margins, rules };
}

/** Scores of all combinations of answers to the linked traits, including OPEN. */
interface Combinations {
  /** Distance between neighbouring options of a trait, by position in `linked`. */
  readonly strides: readonly number[];
  /** Points of the linked traits in each combination. */
  readonly margins: Int16Array;
  /** Index of the rule that holds for each combination, or -1. */
  readonly rules: Int8Array;
}

const combinations = new WeakMap<Model, Combinations>();

/** Scores all combinations, once per rubric. */
function combinationsOf(model: Model): Combinations {
  const known = combinations.get(model);
  if (known) return known;
  const strides: number[] = [];
  let count = 1;
  for (const trait of model.linked) {
    strides.push(count);
    count *= (model.points[trait]?.length ?? 0) + 1;
  }
  const margins = new Int16Array(count);
  const rules = new Int8Array(count);
  const trial: Picks = new Int8Array(model.traits.length).fill(OPEN);
  for (let place = 0; place < count; place++) {
    for (const [n, trait] of model.linked.entries()) {
      const size = (model.points[trait]?.length ?? 0) + 1;
      trial[trait] = (Math.floor(place / (strides[n] ?? 1)) % size) + OPEN;
    }
    margins[place] = model.linked.reduce((sum, trait) => sum + pointsOf(model, trial, trait), 0);
    rules[place] = firstRuleOf(model, trial);
  }
  const made = { strides, margins, rules };
  combinations.set(model, made);
  return made;
}

/** Returns the distinct pairs of margin and rule. Many combinations share a pair. */
function outcomesIn(
  { margins, rules }: Grid,
  ruleCount: number,
): { readonly margin: number; readonly rule: number }[] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const margin of margins) {
    if (margin < low) low = margin;
    if (margin > high) high = margin;
  }
  // A rule index starts at -1, so each margin has one place more than there are rules.
  const width = ruleCount + 1;
  const seen = new Uint8Array((high - low + 1) * width);
  for (let cell = 0; cell < margins.length; cell++) {
    seen[((margins[cell] ?? 0) - low) * width + (rules[cell] ?? -1) + 1] = 1;
  }
  const found: { margin: number; rule: number }[] = [];
  for (let place = 0; place < seen.length; place++) {
    if (seen[place] === 1) found.push({ margin: low + Math.floor(place / width), rule: (place % width) - 1 });
  }
  return found;
}

/** Returns whether at least one of the sums makes the lower margin at most 0 and the upper margin positive. */
function canStraddle(lower: number, upper: number, sums: Sums): boolean {
  return countUpTo(sums, -lower) > countUpTo(sums, -upper);
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
