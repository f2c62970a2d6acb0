import { describe, expect, it } from 'vitest';
import { FairQueue } from '../../src/installs/fair-queue.ts';
import type { Slot } from '../../src/interactions/graceful-app.ts';
import { TestClock } from '../support/clock.ts';

const OPTIONS = { perTurn: 4, concurrency: 10, timeoutMs: 2_000 };

/** Enters so many requests of a workspace, and logs each when it starts or times out. */
function enter(queue: FairQueue, log: string[], workspace: string, count: number): Promise<Slot | null>[] {
  return Array.from({ length: count }, async (_, i) => {
    const slot = await queue.enter(workspace);
    log.push(slot === null ? `${workspace}${i} is late` : `${workspace}${i}`);
    return slot;
  });
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('who may begin', () => {
  it('does at once where there is little to do', () => {
    const queue = new FairQueue({ clock: new TestClock(), ...OPTIONS });
    for (const workspace of ['a', 'a', 'b', 'a']) expect(queue.enter(workspace)).not.toBeInstanceOf(Promise);
  });

  it('is in rotation where one workspace asks for more than a turn can do', async () => {
    const queue = new FairQueue({ clock: new TestClock(), ...OPTIONS });
    const log: string[] = [];
    const all = [...enter(queue, log, 'a', 9), ...enter(queue, log, 'b', 2), ...enter(queue, log, 'c', 1)];
    await Promise.all(all);
    expect(log).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'b0', 'c0', 'a5', 'b1', 'a6', 'a7', 'a8']);
  });

  it('begins in the next turn of the loop, however long another one’s queue is', async () => {
    const queue = new FairQueue({ clock: new TestClock(), ...OPTIONS, concurrency: 1_000 });
    const log: string[] = [];
    const flood = enter(queue, log, 'a', 500);
    await nextTurn();
    const [other] = enter(queue, log, 'b', 1);
    const before = log.length;
    await other;
    expect(log.length - before).toBeLessThanOrEqual(2 * OPTIONS.perTurn);
    expect(log.length).toBeLessThan(50);
    await Promise.all(flood);
    expect(log.filter((name) => name.startsWith('a'))).toEqual(
      Array.from({ length: 500 }, (_, i) => `a${i}`),
    );
  });

  it('runs ten calls of a workspace at once, and doesn’t delay the others', async () => {
    const queue = new FairQueue({ clock: new TestClock(), ...OPTIONS });
    const log: string[] = [];
    const all = enter(queue, log, 'a', 12);
    for (let i = 0; i < 10; i += 1) await nextTurn();
    expect(log).toHaveLength(10);
    await Promise.all(enter(queue, log, 'b', 3));
    const first = await all[0];
    first?.release();
    first?.release(); // Counts once.
    await all[10];
    for (let i = 0; i < 10; i += 1) await nextTurn();
    expect(log.slice(10)).toEqual(['b0', 'b1', 'b2', 'a10']);
  });

  it('need not begin any more after two seconds', async () => {
    const clock = new TestClock();
    const queue = new FairQueue({ clock, ...OPTIONS });
    const log: string[] = [];
    const all = enter(queue, log, 'a', 11);
    for (let i = 0; i < 10; i += 1) await nextTurn();
    clock.advance(1_000);
    all.push(...enter(queue, log, 'a', 1));
    clock.advance(1_000);
    await nextTurn();
    expect(log.slice(10)).toEqual(['a10 is late']);
    (await all[0])?.release();
    await all[11];
    expect(log.slice(11)).toEqual(['a0']);
    clock.advance(10_000);
    await nextTurn();
    expect(log).toHaveLength(12);
  });
});
