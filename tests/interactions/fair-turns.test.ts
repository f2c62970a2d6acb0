import { describe, expect, it } from 'vitest';
import { FairTurns, type Turn } from '../../src/interactions/fair-turns.ts';
import { TestClock } from '../support/clock.ts';

const OPTIONS = { perTurn: 4, atOnce: 10, waitAtMostMs: 2_000 };

/** Somebody's work, by its name: when it began, and how it is ended. */
function begin(turns: FairTurns, log: string[], party: string, count: number): Promise<Turn | null>[] {
  return Array.from({ length: count }, async (_, i) => {
    const turn = await turns.enter(party);
    log.push(turn === null ? `${party}${i} is late` : `${party}${i}`);
    return turn;
  });
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('who may begin', () => {
  it('does at once where there is little to do', () => {
    const turns = new FairTurns({ clock: new TestClock(), ...OPTIONS });
    for (const party of ['a', 'a', 'b', 'a']) expect(turns.enter(party)).not.toBeInstanceOf(Promise);
  });

  it('is in rotation where one party asks for more than a turn can do', async () => {
    const turns = new FairTurns({ clock: new TestClock(), ...OPTIONS });
    const log: string[] = [];
    const all = [...begin(turns, log, 'a', 9), ...begin(turns, log, 'b', 2), ...begin(turns, log, 'c', 1)];
    await Promise.all(all);
    expect(log).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'b0', 'c0', 'a5', 'b1', 'a6', 'a7', 'a8']);
  });

  it('begins in the next turn of the loop, however long another one’s queue is', async () => {
    const turns = new FairTurns({ clock: new TestClock(), ...OPTIONS, atOnce: 1_000 });
    const log: string[] = [];
    const flood = begin(turns, log, 'a', 500);
    await nextTurn();
    const [other] = begin(turns, log, 'b', 1);
    const before = log.length;
    await other;
    expect(log.length - before).toBeLessThanOrEqual(2 * OPTIONS.perTurn);
    expect(log.length).toBeLessThan(50);
    await Promise.all(flood);
    expect(log.filter((name) => name.startsWith('a'))).toEqual(
      Array.from({ length: 500 }, (_, i) => `a${i}`),
    );
  });

  it('waits while ten of the same party are running, and keeps nobody else waiting', async () => {
    const turns = new FairTurns({ clock: new TestClock(), ...OPTIONS });
    const log: string[] = [];
    const all = begin(turns, log, 'a', 12);
    for (let i = 0; i < 10; i += 1) await nextTurn();
    expect(log).toHaveLength(10);
    await Promise.all(begin(turns, log, 'b', 3));
    const first = await all[0];
    first?.end();
    first?.end(); // Counts once.
    await all[10];
    for (let i = 0; i < 10; i += 1) await nextTurn();
    expect(log.slice(10)).toEqual(['b0', 'b1', 'b2', 'a10']);
  });

  it('need not begin any more after two seconds', async () => {
    const clock = new TestClock();
    const turns = new FairTurns({ clock, ...OPTIONS });
    const log: string[] = [];
    const all = begin(turns, log, 'a', 11);
    for (let i = 0; i < 10; i += 1) await nextTurn();
    clock.advance(1_000);
    all.push(...begin(turns, log, 'a', 1));
    clock.advance(1_000);
    await nextTurn();
    expect(log.slice(10)).toEqual(['a10 is late']);
    (await all[0])?.end();
    await all[11];
    expect(log.slice(11)).toEqual(['a0']);
    clock.advance(10_000);
    await nextTurn();
    expect(log).toHaveLength(12);
  });
});
