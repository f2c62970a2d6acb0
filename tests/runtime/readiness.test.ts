import { describe, expect, it } from 'vitest';
import { ReadinessChecks } from '../../src/runtime/readiness.ts';
import { TestClock } from '../support/clock.ts';
import { recordingLogger } from '../support/log.ts';

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
    // The response doesn't reveal the cause.
    expect(await checks.read()).toEqual({ ready: false, checks: { store: 'failing', slack: 'ok' } });
    broken = false;
    clock.advance(5_000);
    expect((await checks.read()).ready).toBe(true);
  });

  it('is checked again after the clock is set back', async () => {
    const clock = new TestClock();
    let broken = false;
    const checks = new ReadinessChecks(clock, {
      store: async () => {
        if (broken) throw new Error('gone');
      },
    });
    expect((await checks.read()).ready).toBe(true);
    broken = true;
    clock.set(-280_000);
    clock.advance(5_000);
    expect((await checks.read()).ready).toBe(false);
  });

  it('logs the cause when a check starts to fail, once, and when it works again', async () => {
    const clock = new TestClock();
    const { logger, lines } = recordingLogger();
    let slack = async (): Promise<void> => {};
    const checks = new ReadinessChecks(clock, { slack: () => slack() }, logger);
    const look = async (waitMs = 0) => {
      clock.advance(5_000);
      const reading = checks.read();
      clock.advance(waitMs);
      await reading;
    };
    await look();
    slack = async () => Promise.reject(new Error('An API error occurred: token_revoked'));
    await look();
    slack = () => new Promise(() => {});
    await look(2_000);
    slack = async () => {};
    await look();
    expect(lines).toMatchObject([
      {
        level: 'warn',
        check: 'slack',
        err: { message: 'An API error occurred: token_revoked' },
        msg: 'a readiness check fails',
      },
      { level: 'info', check: 'slack', msg: 'a readiness check works again' },
    ]);
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
    const stopping = checks.announceStop(7_000).then(() => {
      noticed = true;
    });
    const over = { ready: false, checks: { process: 'stopping' } };
    expect(await checks.read()).toEqual(over);
    expect(checks.readProcess()).toEqual(over);
    clock.advance(6_999);
    await checks.read();
    expect(noticed).toBe(false);
    clock.advance(1);
    await stopping;
  });

  it('keeps nobody waiting where nobody asks, or there is nothing to wait for', async () => {
    await new ReadinessChecks(new TestClock(), {}).announceStop(7_000);
    const asked = new ReadinessChecks(new TestClock(), {});
    asked.readProcess();
    await asked.announceStop(0);
  });

  it('of the process alone does not depend on what it needs', async () => {
    const checks = new ReadinessChecks(new TestClock(), {
      slack: async () => {
        throw new Error('no answer');
      },
    });
    expect((await checks.read()).ready).toBe(false);
    expect(checks.readProcess()).toEqual({ ready: true, checks: { process: 'ok' } });
  });
});
