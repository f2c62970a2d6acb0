import type { Outcome } from '../rubric/schema.ts';
import type { Verdict } from './advice.ts';
import { type Model, OPEN, type Picks } from './model.ts';
import { coverageOf, pointsOf, ruleOf, verdictOfMargin } from './score.ts';

/** What answers to the open questions could still lead to. */
export interface Possibilities {
  /** Lowest and highest margin once every question is answered; leaving one open is never further out. */
  readonly low: number;
  readonly high: number;
  /** Every verdict that some way of answering leads to, leaving questions open included. */
  readonly verdicts: ReadonlySet<Verdict>;
  /** By trait: could its answer make the difference, for some answers to the others? */
  readonly pivotal: readonly boolean[];
}

/**
 * Exact, without trying all combinations of all traits: only traits that a rule or an adjustment names
 * depend on one another, so those are enumerated (12,000 combinations when nothing is answered), and
 * the rest adds a range.
 */
export function explore(model: Model, picks: Picks): Possibilities {
  const rest = sumsOfFree(model, picks);
  const [restLow, restHigh] = [rest[0] ?? 0, rest.at(-1) ?? 0];
  const grid = enumerateLinked(model, picks);

  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const verdicts = new Set<Verdict>();
  const little = coverageOf(model, picks) < model.rubric.strength.min_coverage;
  for (let cell = 0; cell < grid.margins.length; cell++) {
    const margin = grid.margins[cell] ?? 0;
    low = Math.min(low, margin + restLow);
    high = Math.max(high, margin + restHigh);
    const rule = model.rules[grid.rules[cell] ?? -1];
    if (rule) {
      verdicts.add(rule.verdict);
    } else {
      verdicts.add(verdictOfMargin(margin + restLow));
      verdicts.add(verdictOfMargin(margin + restHigh));
      // A tie of little evidence says nothing. It is assumed wherever the range allows one.
      if (little && margin + restLow <= 0 && margin + restHigh >= 0) verdicts.add('undecided');
    }
  }

  const pivotal = model.traits.map((_, trait) => {
    if (picks[trait] !== OPEN) return false;
    const axis = grid.axes.find((a) => a.trait === trait);
    return axis ? linkedIsPivotal(model, grid, axis, rest) : freeIsPivotal(model, picks, grid, trait);
  });
  return { low, high, verdicts, pivotal };
}

/** Every sum that the open free traits can add, staying open included; ascending. */
function sumsOfFree(model: Model, picks: Picks, except = OPEN): readonly number[] {
  let sums = new Set([0]);
  for (const trait of model.free) {
    if (picks[trait] !== OPEN || trait === except) continue;
    const choices = [0, ...(model.points[trait] ?? [])];
    sums = new Set([...sums].flatMap((sum) => choices.map((points) => sum + points)));
  }
  return [...sums].sort((a, b) => a - b);
}

interface Axis {
  readonly trait: number;
  /** Options plus "stays open". */
  readonly size: number;
  /** Distance in the grid between two neighbouring options of this trait. */
  readonly stride: number;
}

interface Grid {
  readonly axes: readonly Axis[];
  /** Margin of each combination, with every given answer in it and open free traits left out. */
  readonly margins: Int16Array;
  /** Rule that holds for each combination, or -1. */
  readonly rules: Int8Array;
}

function enumerateLinked(model: Model, picks: Picks): Grid {
  const axes: Axis[] = [];
  let cells = 1;
  for (const trait of model.linked) {
    if (picks[trait] !== OPEN) continue;
    const size = (model.points[trait]?.length ?? 0) + 1;
    axes.push({ trait, size, stride: cells });
    cells *= size;
  }
  let fixed = model.start;
  for (const trait of model.free) fixed += pointsOf(model, picks, trait);

  const margins = new Int16Array(cells);
  const rules = new Int8Array(cells);
  const trial = picks.slice();
  for (let cell = 0; cell < cells; cell++) {
    for (const axis of axes) trial[axis.trait] = (Math.floor(cell / axis.stride) % axis.size) + OPEN;
    let margin = fixed;
    for (const trait of model.linked) margin += pointsOf(model, trial, trait);
    margins[cell] = margin;
    rules[cell] = ruleOf(model, trial);
  }
  return { axes, margins, rules };
}

/** Does one of these sums put the lower margin at or below 0 and the upper one above? */
function canStraddle(lower: number, upper: number, sums: readonly number[]): boolean {
  return sums.some((sum) => lower + sum <= 0 && upper + sum > 0);
}

function freeIsPivotal(model: Model, picks: Picks, grid: Grid, trait: number): boolean {
  const row = model.points[trait] ?? [];
  const others = sumsOfFree(model, picks, trait);
  const unruled = new Set(grid.margins.filter((_, cell) => grid.rules[cell] === -1));
  const [low, high] = [Math.min(0, ...row), Math.max(0, ...row)];
  return [...unruled].some((margin) => canStraddle(margin + low, margin + high, others));
}

function linkedIsPivotal(model: Model, grid: Grid, axis: Axis, rest: readonly number[]): boolean {
  for (let start = 0; start < grid.margins.length; start++) {
    // Only the first cell of each line along this axis.
    if (Math.floor(start / axis.stride) % axis.size === 0 && lineVaries(model, grid, axis, start, rest)) {
      return true;
    }
  }
  return false;
}

/** Along one line only this trait's answer changes: does the verdict change with it? */
function lineVaries(model: Model, grid: Grid, axis: Axis, start: number, rest: readonly number[]): boolean {
  let ruled: Outcome | null = null;
  let lower = Number.POSITIVE_INFINITY;
  let upper = Number.NEGATIVE_INFINITY;
  for (let step = 0; step < axis.size; step++) {
    const cell = start + step * axis.stride;
    const rule = model.rules[grid.rules[cell] ?? -1];
    if (rule) {
      if (ruled !== null && ruled !== rule.verdict) return true;
      ruled = rule.verdict;
    } else {
      lower = Math.min(lower, grid.margins[cell] ?? 0);
      upper = Math.max(upper, grid.margins[cell] ?? 0);
    }
  }
  if (lower > upper) return false; // every cell is ruled, all the same way
  if (ruled === 'both') return true;
  if (ruled === 'django' && lower + (rest[0] ?? 0) <= 0) return true;
  if (ruled === 'flask' && upper + (rest.at(-1) ?? 0) > 0) return true;
  return canStraddle(lower, upper, rest);
}
