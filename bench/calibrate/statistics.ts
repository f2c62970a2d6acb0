/** Statistics for the calibration report. */

/** Returns Wilson's 95 % confidence interval of a proportion. */
export function wilsonInterval(right: number, of: number): { low: number; high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const z = 1.96;
  const share = right / of;
  const centre = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

/** Returns the Brier score: 0 is perfect, and always predicting 50 % gives 0.25. */
export function brier(
  predicted: readonly { readonly probability: number; readonly positive: boolean }[],
): number {
  const total = predicted.reduce(
    (sum, { probability, positive }) => sum + (probability - Number(positive)) ** 2,
    0,
  );
  return total / predicted.length;
}

/** Returns a quantile of values in any order. Between two values, the lower one. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Returns a seeded random number generator for [0, 1): mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A logistic curve: the probability at `score` is `logistic(offset + slope * score)`. */
export interface LogisticCurve {
  readonly offset: number;
  readonly slope: number;
}

/** Fits a logistic curve by Newton's method, with a ridge penalty. */
export function fitCurve(
  points: readonly { readonly score: number; readonly positive: boolean }[],
): LogisticCurve {
  let [offset, slope] = [0, 0];
  for (let step = 0; step < 100; step++) {
    // The ridge penalty keeps the curve finite if the scores separate the two classes perfectly.
    let [byOffset, bySlope] = [RIDGE * offset, RIDGE * slope];
    let [both, square, none] = [0, RIDGE, RIDGE];
    for (const { score, positive } of points) {
      const p = logistic(offset + slope * score);
      const weight = p * (1 - p);
      byOffset += p - Number(positive);
      bySlope += (p - Number(positive)) * score;
      none += weight;
      both += weight * score;
      square += weight * score * score;
    }
    const determinant = none * square - both * both;
    const change = {
      offset: (square * byOffset - both * bySlope) / determinant,
      slope: (none * bySlope - both * byOffset) / determinant,
    };
    offset -= change.offset;
    slope -= change.slope;
    if (Math.abs(change.offset) + Math.abs(change.slope) < 1e-9) break;
  }
  return { offset, slope };
}

const RIDGE = 0.05;

/** Returns the bootstrap interval of a figure: the middle 95 % over 500 resamples. */
export function resampledInterval<T>(
  values: readonly T[],
  figure: (drawn: readonly T[]) => number,
  random: () => number,
): { low: number; high: number } {
  const figures = Array.from({ length: 500 }, () =>
    figure(values.map((value) => values[Math.floor(random() * values.length)] ?? value)),
  ).filter(Number.isFinite);
  return { low: quantile(figures, 0.025), high: quantile(figures, 0.975) };
}

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
