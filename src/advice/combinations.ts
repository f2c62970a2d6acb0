// Combinations of answers to the traits that depend on each other.
import { memoize } from './memoize.ts';
import { type Model, OPEN, type Picks } from './model.ts';
import { firstRuleOf, pointsOf } from './score.ts';

export interface Axis {
  readonly trait: number;
  /** Number of options plus 1 for OPEN. */
  readonly size: number;
  /** Distance in the grid between neighbouring options of this trait. */
  readonly stride: number;
}

export interface Grid {
  readonly axes: readonly Axis[];
  /** Margin of each combination, including all given answers but no open free traits. */
  readonly margins: Int16Array;
  /** Index of the rule that holds for each combination, or -1. */
  readonly rules: Int8Array;
}

/** Returns the combinations of answers that are still possible, with all given answers. */
export function enumerateLinked(model: Model, picks: Picks): Grid {
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

/** Scores all combinations, once per rubric. */
const combinationsOf = memoize((model: Model): Combinations => {
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
  return { strides, margins, rules };
});

/** Returns the distinct pairs of margin and rule. Many combinations share a pair. */
export function outcomesIn(
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
