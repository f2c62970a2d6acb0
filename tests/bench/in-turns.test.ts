import { describe, expect, it } from 'vitest';
import type { Contender } from '../../bench/speed/contender.ts';
import { inTurns, type Party } from '../../bench/speed/in-turns.ts';

/** Nobody real: they write down who is awake while somebody is measured, and how many times. */
function parties(scenarios: Readonly<Record<string, readonly string[]>>, wrong?: string) {
  const awake = new Set(Object.keys(scenarios));
  const runs: string[] = [];
  const all = Object.entries(scenarios).map(([who, names], port): Party => {
    const contender: Contender = {
      port,
      readyAfterMs: 0,
      cpuMicros: () => runs.length * 100,
      rssMb: () => null,
      pause: () => void awake.delete(who),
      resume: () => void awake.add(who),
      stop: async () => {},
    };
    const named = names.map((name) => ({
      name,
      run: async (at: number, connections: number, seconds: number) => {
        expect(at).toBe(port);
        expect([...awake]).toEqual([who]);
        if (name === wrong) throw new Error('a wrong answer');
        runs.push(`${who} ${name} ${connections} ${seconds}`);
        return { perSecond: 10, p50: 1, p99: 2, count: 20_000 };
      },
    }));
    return { who, contender, scenarios: named };
  });
  return { all, awake, runs };
}

const LENGTHS = { seconds: 10, warmUpSeconds: 2, connections: [1, 16], turns: 3 };

describe('everybody in turns', () => {
  it('is measured with the same one after the other', async () => {
    const { all } = parties({ a: ['ack'], b: ['ack'] });
    const [first, second] = await inTurns(all, LENGTHS);
    expect(second).toMatchObject({ who: 'b', what: 'ack', connections: 1, turn: 0 });
    expect(first).toEqual({
      who: 'a',
      what: 'ack',
      connections: 1,
      turn: 0,
      perSecond: 10,
      p50: 1,
      p99: 2,
      // 100 µs for 20,000 requests and one that is not counted.
      cpuMicros: 100 / 20_001,
    });
  });

  it('comes after each of the others, not always after the same one', async () => {
    const { all } = parties({ a: ['ack'], b: ['ack'], c: ['ack'] });
    const turns = async (before: number): Promise<string> =>
      (await inTurns(all, { ...LENGTHS, connections: [16] }, before)).map(({ who }) => who).join('');
    expect([await turns(0), await turns(3)]).toEqual(['abccbabca', 'acbcabbac']);
  });

  it('is warm before the first measurement, with as many connections as there will be', async () => {
    const { all, runs } = parties({ a: ['ack', 'vote'] });
    await inTurns(all, { ...LENGTHS, turns: 1 });
    expect(runs).toEqual(
      ['ack', 'vote'].flatMap((what) => [
        `a ${what} 16 2`,
        `a ${what} 1 3`,
        `a ${what} 1 10`,
        `a ${what} 16 3`,
        `a ${what} 16 10`,
      ]),
    );
  });

  it('has only what it can do', async () => {
    const { all } = parties({ a: ['ack'], b: ['ack', 'vote'] });
    const samples = await inTurns(all, LENGTHS);
    expect(new Set(samples.map(({ who, what }) => `${who} ${what}`))).toEqual(
      new Set(['a ack', 'b ack', 'b vote']),
    );
  });

  it('stands still while others have their turn, and goes on at the end', async () => {
    const { all, awake } = parties({ a: ['ack'], b: ['ack'], c: ['ack'] });
    await inTurns(all, LENGTHS);
    expect([...awake].sort()).toEqual(['a', 'b', 'c']);
  });

  it('is for nothing where an answer was wrong', async () => {
    const { all } = parties({ a: ['ack'], b: ['ack', 'vote'] }, 'vote');
    await expect(inTurns(all, LENGTHS)).rejects.toThrow('a wrong answer');
  });
});
