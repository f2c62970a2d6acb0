// The sums that open free traits can add. A free trait only adds its points.
import { type Model, OPEN, type Picks } from './model.ts';

/** A set of reachable integers, stored as cumulative counts so a range query takes constant time. */
export interface Sums {
  readonly low: number;
  readonly high: number;
  /** upTo[n]: count of reachable integers that are at most `low + n - 1`. */
  readonly upTo: Int16Array;
}

/** Returns all sums that the open free traits can add. A trait may also stay open and add 0. */
export function sumsOfFree(model: Model, picks: Picks, except = OPEN): Sums {
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

/** Returns whether at least one of the sums makes the lower margin at most 0 and the upper margin positive. */
export function canStraddle(lower: number, upper: number, sums: Sums): boolean {
  return countUpTo(sums, -lower) > countUpTo(sums, -upper);
}
