import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/jobs/budget.ts';

const LIMITS = { burst: 20, perMinute: 30 };

describe('a budget of calls', () => {
  it('in no minute allows more than the burst and what is refilled in it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 400 }), (pauses) => {
        const budget = new Budget(LIMITS, 0);
        let now = 0;
        const taken: number[] = [];
        for (const pause of pauses) {
          now += pause % 7 === 0 ? pause : pause % 50;
          while (budget.take(now)) taken.push(now);
        }
        for (const start of taken) {
          expect(taken.filter((at) => at >= start && at < start + 60_000).length).toBeLessThanOrEqual(50);
        }
      }),
    );
  });

  it('says exactly when the next call is possible', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300_000 }), fc.integer({ min: 0, max: 40 }), (at, calls) => {
        const budget = new Budget(LIMITS, 0);
        for (let i = 0; i < calls; i++) budget.take(at);
        const wait = budget.wait(at);
        if (wait > 0) expect(budget.take(at + wait - 1)).toBe(false);
        expect(budget.take(at + wait)).toBe(true);
      }),
    );
  });

  it('after Slack said no, allows nothing before the time that it named', () => {
    const budget = new Budget(LIMITS, 0);
    budget.noneBefore(30_000, 0);
    expect(budget.take(29_999)).toBe(false);
    expect(budget.take(30_000)).toBe(true);
    expect(budget.take(30_000)).toBe(false);
  });
});
