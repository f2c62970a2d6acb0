import type { Verdict } from './advice.ts';
import { type Model, OPEN, type Picks } from './model.ts';
import { answersIn, coverageOf, pointsOf, ruleOf, verdictOfMargin } from './score.ts';

/** What answers to the open questions could still lead to. */
export interface Possibilities {
  /** Lowest and highest margin once every question is answered. */
  readonly low: number;
  readonly high: number;
  /** Every verdict that some way of answering leads to, leaving questions open included. */
  readonly verdicts: ReadonlySet<Verdict>;
  /** By trait: could its answer make the difference, for some answers to the others? */
  readonly pivotal: readonly boolean[];
}

/**
 * Exact, without trying all combinations of all traits: only traits that a rule or an adjustment names
 * depend on one another, so those are enumerated (12,000 combinations when nothing is answered). The
 * rest adds points one by one, so that of it only the sums matter. What the points start from depends
 * on how many are answered; hence the counts beside the sums.
 */
export function explore(model: Model, picks: Picks): Possibilities {
  const rest = sumsOfFree(model, picks);
  const grid = enumerateLinked(model, picks);
  const pivotal = model.traits.map((_, trait) => {
    if (picks[trait] !== OPEN) return false;
    const axis = grid.axes.find((a) => a.trait === trait);
    return axis ? linkedIsPivotal(model, grid, axis, rest) : freeIsPivotal(model, picks, grid, trait);
  });
  return { ...completeRange(model, grid, rest), verdicts: verdictsOf(model, picks, grid, rest), pivotal };
}

/** Sums that open free traits can add together, by how many of them are answered; ascending. */
type Sums = ReadonlyMap<number, readonly number[]>;

/** Every sum of the open free traits, staying open included. */
function sumsOfFree(model: Model, picks: Picks, except = OPEN): Sums {
  let sums = new Map([[0, new Set([0])]]);
  for (const trait of model.free) {
    if (picks[trait] !== OPEN || trait === except) continue;
    const more = new Map([...sums].map(([answers, values]) => [answers, new Set(values)]));
    for (const [answers, values] of sums) {
      const known = more.get(answers + 1) ?? new Set();
      for (const value of values) for (const points of model.points[trait] ?? []) known.add(value + points);
      more.set(answers + 1, known);
    }
    sums = more;
  }
  return new Map([...sums].map(([answers, values]) => [answers, [...values].sort((a, b) => a - b)]));
}

interface Axis {
  readonly trait: number;
  /** "Stays open" and the options, in this order. */
  readonly size: number;
  /** Distance in the grid between two neighbouring options of this trait. */
  readonly stride: number;
}

interface Grid {
  readonly axes: readonly Axis[];
  /** Points of each combination, with every given answer in it and open free traits left out. */
  readonly points: Int16Array;
  /** How many questions each combination answers, likewise. */
  readonly answers: Uint8Array;
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
  let fixed = 0;
  for (const trait of model.free) fixed += pointsOf(model, picks, trait);

  const grid: Grid = {
    axes,
    points: new Int16Array(cells),
    answers: new Uint8Array(cells),
    rules: new Int8Array(cells),
  };
  const trial = picks.slice();
  for (let cell = 0; cell < cells; cell++) {
    for (const axis of axes) trial[axis.trait] = (Math.floor(cell / axis.stride) % axis.size) + OPEN;
    let points = fixed;
    for (const trait of model.linked) points += pointsOf(model, trial, trait);
    grid.points[cell] = points;
    grid.answers[cell] = answersIn(trial);
    grid.rules[cell] = ruleOf(model, trial);
  }
  return grid;
}

interface Range {
  low: number;
  high: number;
}

const emptyRange = (): Range => ({ low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY });

function widen(range: Range, low: number, high: number): void {
  range.low = Math.min(range.low, low);
  range.high = Math.max(range.high, high);
}

/** The margins of all ways to answer everything. */
function completeRange(model: Model, { points, answers }: Grid, rest: Sums): Range {
  const range = emptyRange();
  const start = model.start.at(-1) ?? 0;
  const [restAnswers, sums] = [...rest].at(-1) ?? [0, [0]];
  for (let cell = 0; cell < points.length; cell++) {
    if ((answers[cell] ?? 0) + restAnswers !== model.traits.length) continue;
    const margin = start + (points[cell] ?? 0);
    widen(range, margin + (sums[0] ?? 0), margin + (sums.at(-1) ?? 0));
  }
  return range;
}

function verdictsOf(model: Model, picks: Picks, { points, answers, rules }: Grid, rest: Sums): Set<Verdict> {
  const verdicts = new Set<Verdict>();
  const unruled = new Map<number, Range>();
  for (let cell = 0; cell < points.length; cell++) {
    const rule = model.rules[rules[cell] ?? -1];
    if (rule) {
      verdicts.add(rule.verdict);
      continue;
    }
    const count = answers[cell] ?? 0;
    const range = unruled.get(count) ?? emptyRange();
    widen(range, points[cell] ?? 0, points[cell] ?? 0);
    unruled.set(count, range);
  }
  const little = coverageOf(model, picks) < model.rubric.strength.min_coverage;
  for (const [count, { low, high }] of unruled) {
    for (const [restAnswers, sums] of rest) {
      const start = model.start[count + restAnswers] ?? 0;
      const [lowest, highest] = [start + low + (sums[0] ?? 0), start + high + (sums.at(-1) ?? 0)];
      verdicts.add(verdictOfMargin(lowest));
      verdicts.add(verdictOfMargin(highest));
      // A tie of little evidence says nothing. It is assumed wherever the range allows one.
      if (little && lowest <= 0 && highest >= 0) verdicts.add('undecided');
    }
  }
  return verdicts;
}

/** Can one of these sums put the lower margin at or below 0 and the upper one above? */
function canStraddle(lower: number, upper: number, sums: readonly number[]): boolean {
  return lower < upper && sums.some((sum) => lower + sum <= 0 && upper + sum > 0);
}

function freeIsPivotal(model: Model, picks: Picks, grid: Grid, trait: number): boolean {
  const row = model.points[trait] ?? [];
  const [low, high] = [Math.min(...row), Math.max(...row)];
  const others = sumsOfFree(model, picks, trait);
  return distinctUnruled(grid).some(([points, count]) =>
    [...others].some(([otherAnswers, sums]) => {
      const open = points + (model.start[count + otherAnswers] ?? 0);
      const given = points + (model.start[count + otherAnswers + 1] ?? 0);
      return canStraddle(Math.min(open, given + low), Math.max(open, given + high), sums);
    }),
  );
}

/** Points and number of answers of the combinations that no rule decides, each pair once. */
function distinctUnruled({ points, answers, rules }: Grid): [points: number, answers: number][] {
  const seen = new Map<number, [number, number]>();
  for (let cell = 0; cell < points.length; cell++) {
    if (rules[cell] !== -1) continue;
    const pair: [number, number] = [points[cell] ?? 0, answers[cell] ?? 0];
    seen.set(pair[0] * 256 + pair[1], pair);
  }
  return [...seen.values()];
}

function linkedIsPivotal(model: Model, grid: Grid, axis: Axis, rest: Sums): boolean {
  for (let start = 0; start < grid.points.length; start++) {
    // Only the first cell of each line along this axis.
    if (Math.floor(start / axis.stride) % axis.size === 0 && lineVaries(model, grid, axis, start, rest)) {
      return true;
    }
  }
  return false;
}

/** Along one line only this trait's answer changes: does the verdict change with it? */
function lineVaries(model: Model, grid: Grid, axis: Axis, first: number, rest: Sums): boolean {
  const cells = Array.from({ length: axis.size }, (_, step) => first + step * axis.stride);
  const ruled = new Set(cells.flatMap((cell) => model.rules[grid.rules[cell] ?? -1]?.verdict ?? []));
  if (ruled.size > 1) return true;
  const unruled = cells.filter((cell) => grid.rules[cell] === -1);
  if (unruled.length === 0) return false;
  if (ruled.has('both')) return true;
  for (const [restAnswers, sums] of rest) {
    const range = emptyRange();
    for (const cell of unruled) {
      const margin = (grid.points[cell] ?? 0) + (model.start[(grid.answers[cell] ?? 0) + restAnswers] ?? 0);
      widen(range, margin, margin);
    }
    if (ruled.has('django') && range.low + (sums[0] ?? 0) <= 0) return true;
    if (ruled.has('flask') && range.high + (sums.at(-1) ?? 0) > 0) return true;
    if (canStraddle(range.low, range.high, sums)) return true;
  }
  return false;
}
