import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brier,
  fitCurve,
  logistic,
  quantile,
  resampledInterval,
  seededRandom,
  wilsonInterval,
} from '../../bench/calibrate/statistics.ts';

describe('the statistics of the calibration', () => {
  it('Wilson’s interval is the published one, and holds its share', () => {
    // Newcombe 1998: 81 of 263.
    expect(wilsonInterval(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilsonInterval(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, share) => {
          const right = Math.round(of * share);
          const { low, high } = wilsonInterval(right, of);
          expect(low).toBeLessThanOrEqual(right / of + 1e-12);
          expect(high).toBeGreaterThanOrEqual(right / of - 1e-12);
        },
      ),
    );
  });

  it('the Brier score is the mean squared miss', () => {
    expect(
      brier([
        { probability: 1, positive: true },
        { probability: 0.5, positive: false },
      ]),
    ).toBe(0.125);
  });

  it('the curve makes probabilities that fit: of what it calls p, about a share of p happens', () => {
    const random = seededRandom(7);
    const points = Array.from({ length: 4000 }, () => {
      const score = random() * 16 - 8;
      return { score, positive: random() < logistic(0.4 * score - 1) };
    });
    const { offset, slope } = fitCurve(points);
    expect(slope).toBeCloseTo(0.4, 1);
    expect(Math.abs(offset + 1)).toBeLessThan(0.15);
    // Apart without exception: still a number.
    expect(
      Number.isFinite(
        fitCurve([
          { score: 5, positive: true },
          { score: -5, positive: false },
        ]).slope,
      ),
    ).toBe(true);
  });

  it('resampling gives an interval around the figure, narrower for more values', () => {
    const widths = [20, 2000].map((count) => {
      const random = seededRandom(3);
      const values = Array.from({ length: count }, random);
      const average = (drawn: readonly number[]): number => drawn.reduce((a, b) => a + b, 0) / drawn.length;
      const { low, high } = resampledInterval(values, average, seededRandom(4));
      expect(low).toBeLessThan(average(values));
      expect(high).toBeGreaterThan(average(values));
      return high - low;
    });
    expect(widths[1]).toBeLessThan((widths[0] ?? 0) / 5);
  });

  it('seeded numbers are the same each time, and spread', () => {
    const draw = (): number[] => {
      const random = seededRandom(1);
      return Array.from({ length: 1000 }, random);
    };
    expect(draw()).toEqual(draw());
    expect(quantile(draw(), 0.5)).toBeCloseTo(0.5, 1);
    expect(Math.min(...draw())).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draw())).toBeLessThan(1);
  });
});
