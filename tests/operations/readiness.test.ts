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

  it('ends when the process is about to, which waits until those who ask have noticed', async () => {
    const clock = new TestClock();
    const checks = new ReadinessChecks(clock, { store: async () => {} });
    expect((await checks.read()).ready).toBe(true);
    let noticed = false;
    const stopping = checks.stopping(7_000).then(() => {
      noticed = true;
    });
    const over = { ready: false, checks: { process: 'stopping' } };
    expect(await checks.read()).toEqual(over);
    expect(checks.process()).toEqual(over);
    clock.advance(6_999);
    await checks.read();
    expect(noticed).toBe(false);
    clock.advance(1);
    await stopping;
  });

  it('keeps nobody waiting where nobody asks, or there is nothing to wait for', async () => {
    await new ReadinessChecks(new TestClock(), {}).stopping(7_000);
    const asked = new ReadinessChecks(new TestClock(), {});
    asked.process();
    await asked.stopping(0);
  });

  it('of the process alone does not depend on what it needs', async () => {
    const checks = new ReadinessChecks(new TestClock(), {
      slack: async () => {
        throw new Error('no answer');
      },
    });
    expect((await checks.read()).ready).toBe(false);
    expect(checks.process()).toEqual({ ready: true, checks: { process: 'ok' } });
  });
});
