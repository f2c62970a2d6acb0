import { describe, expect, it } from 'vitest';
import { ReadinessChecks } from '../../src/operations/readiness.ts';
import { TestClock } from '../support/clock.ts';

describe('readiness', () => {
  it('is everything’s, looked at once in five seconds however many ask', async () => {
    const clock = new TestClock();
    let [asked, broken] = [0, false];
    const checks = new ReadinessChecks(clock, {
      store: async () => {
        asked += 1;
        if (broken) throw new Error('postgres://user:secret@host');
      },
      slack: async () => {},
    });
    const all = await Promise.all([checks.read(), checks.read(), checks.read()]);
    expect(all.every(({ ready }) => ready)).toBe(true);
    expect(asked).toBe(1);
    broken = true;
    clock.advance(4_999);
    expect((await checks.read()).ready).toBe(true);
    clock.advance(1);
    // What is wrong in detail is not for whoever asks.
    expect(await checks.read()).toEqual({ ready: false, checks: { store: 'failing', slack: 'ok' } });
    broken = false;
    clock.advance(5_000);
    expect((await checks.read()).ready).toBe(true);
  });

  it('does not wait for what does not answer', async () => {
    const clock = new TestClock();
    const checks = new ReadinessChecks(clock, { slack: () => new Promise(() => {}) });
    const reading = checks.read();
    clock.advance(2_000);
    expect(await reading).toEqual({ ready: false, checks: { slack: 'no answer in time' } });
  });

  it('ends when the process is about to', async () => {
    const checks = new ReadinessChecks(new TestClock(), { store: async () => {} });
    expect((await checks.read()).ready).toBe(true);
    checks.stopping();
    expect(await checks.read()).toEqual({ ready: false, checks: { process: 'stopping' } });
  });
});
