import { expect, it, vi } from 'vitest';
import { Loop } from '../../src/delivery/loop.ts';
import { TestClock } from '../support/clock.ts';
import { recordingLogger } from '../support/log.ts';

/** Creates a loop that counts its passes. Each pass asks for the next one in a minute. */
function counted(restMs?: number, pass: () => Promise<void> = async () => {}) {
  const clock = new TestClock();
  const timers = vi.spyOn(clock, 'after');
  const begun = clock.now();
  const passes: number[] = [];
  const log = recordingLogger();
  const loop = new Loop({
    clock,
    logger: log.logger,
    trouble: 'broken off',
    restMs,
    pass: async () => {
      passes.push(clock.now() - begun);
      await pass();
      return 60_000;
    },
  });
  const after = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await loop.idle();
  };
  return { loop, passes, after, log, timers };
}

it('looks at once when asked, and again when the last look said so', async () => {
  const { loop, passes, after } = counted();
  loop.kick();
  await loop.idle();
  await after(59_999);
  expect(passes).toEqual([0]);
  await after(1);
  expect(passes).toEqual([0, 60_000]);
});

it('asked during a look, looks once more right after it', async () => {
  const { promise: hold, resolve: release } = Promise.withResolvers<void>();
  const { loop, passes } = counted(undefined, () => hold);
  loop.kick();
  loop.kick();
  loop.kick();
  release();
  await loop.idle();
  expect(passes).toEqual([0, 0]);
});

it('that rests after each look takes all that ask meanwhile together, and forgets none', async () => {
  const { loop, passes, after } = counted(50);
  loop.kick();
  await loop.idle();
  loop.kick();
  await after(30);
  loop.kick();
  await loop.idle();
  expect(passes).toEqual([0]);
  await after(20);
  expect(passes).toEqual([0, 50]);
  // The rest is over, so the pass starts at once.
  await after(500);
  loop.kick();
  await loop.idle();
  expect(passes).toEqual([0, 50, 550]);
});

it('that rests sets one timer, however many ask meanwhile', async () => {
  const { loop, passes, after, timers } = counted(50);
  loop.kick();
  await loop.idle();
  timers.mockClear();
  for (let i = 0; i < 100; i += 1) loop.kick();
  expect(timers).toHaveBeenCalledOnce();
  await after(50);
  expect(passes).toEqual([0, 50]);
});

it('that rests looks again after a look in which it was asked', async () => {
  const { promise: hold, resolve: release } = Promise.withResolvers<void>();
  const { loop, passes, after } = counted(50, () => hold);
  loop.kick();
  loop.kick();
  release();
  await loop.idle();
  expect(passes).toEqual([0]);
  await after(50);
  expect(passes).toEqual([0, 50]);
});

it('looks no more once it is stopped, neither asked nor by itself', async () => {
  const { loop, passes, after } = counted(50);
  loop.kick();
  await loop.stop();
  loop.kick();
  await after(120_000);
  expect(passes).toEqual([0]);
});

it('whose look breaks off says so and tries again, later each time', async () => {
  const { loop, passes, after, log } = counted(50, async () => {
    throw new Error('no database');
  });
  loop.kick();
  await loop.idle();
  for (let second = 0; second < 60; second += 1) await after(1_000);
  expect(passes.length).toBeGreaterThanOrEqual(3);
  expect(log.lines).toHaveLength(passes.length);
  expect(log.lines[0]).toMatchObject({ level: 'error', msg: 'broken off' });
  const gaps = passes.slice(1).map((at, i) => at - (passes[i] ?? 0));
  expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
});
