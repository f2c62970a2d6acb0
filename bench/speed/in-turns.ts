import type { Contender } from './contender.ts';
import type { Scenario } from './scenarios.ts';

/** Somebody who is measured, and with what. */
export interface Party {
  readonly who: string;
  readonly contender: Contender;
  readonly scenarios: readonly Scenario[];
}

/** One measurement of one process. */
export interface Sample {
  readonly who: string;
  readonly what: string;
  readonly connections: number;
  /** Parties of the same turn were measured one right after the other. */
  readonly turn: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Of the process, in microseconds a request; null where the system does not tell. */
  readonly cpuMicros: number | null;
}

export interface Lengths {
  /** Of one measurement. */
  readonly seconds: number;
  /** Before the first one of a process, for each thing that is done to it: code that runs often is made faster. */
  readonly warmUpSeconds: number;
  readonly connections: readonly number[];
  /** How often everybody is measured with the same. */
  readonly turns: number;
}

/**
 * Everybody with the same, one right after the other, and again: a shared machine is faster in one minute than in the
 * next. Whoever does not have the turn stands still, so that what a process has put off until later is its own loss
 * and nobody else’s; a PostgreSQL that belongs to one of them goes on, so nobody always comes after the same one.
 * Throws where any answer was wrong.
 *
 * @param before how many turns these have had, maybe in other processes: who comes after whom goes on from there
 */
export async function inTurns(parties: readonly Party[], lengths: Lengths, before = 0): Promise<Sample[]> {
  const samples: Sample[] = [];
  const most = Math.max(...lengths.connections);
  for (const { contender } of parties) contender.pause();
  for (const what of new Set(parties.flatMap(({ scenarios }) => scenarios.map(({ name }) => name)))) {
    const entries = parties.flatMap((party) => {
      const scenario = party.scenarios.find(({ name }) => name === what);
      return scenario ? [{ who: party.who, contender: party.contender, scenario }] : [];
    });
    for (const { contender, scenario } of entries) {
      await awake(contender, () => warmUp(contender, scenario, most, lengths.warmUpSeconds));
    }
    for (const connections of lengths.connections) {
      for (let turn = 0; turn < lengths.turns; turn += 1) {
        for (const { who, contender, scenario } of inOrder(entries, before + turn)) {
          const measured = await awake(contender, () =>
            measureOne(contender, scenario, connections, lengths.seconds),
          );
          samples.push({ who, what, connections, turn, ...measured });
        }
      }
    }
  }
  for (const { contender } of parties) contender.resume();
  return samples;
}

async function awake<T>(contender: Contender, work: () => Promise<T>): Promise<T> {
  contender.resume();
  try {
    return await work();
  } finally {
    contender.pause();
  }
}

/** There and back, then the same beginning with the next one. */
function inOrder<T>(all: readonly T[], turn: number): T[] {
  const first = Math.floor(turn / 2) % all.length;
  const there = [...all.slice(first), ...all.slice(0, first)];
  return turn % 2 === 0 ? there : there.reverse();
}

/** Code that has run this often is as fast as it gets. */
const WARM_FROM = 20_000;
/** At most so many times as long, where a machine is too slow for that. */
const MOST_WARM_UPS = 2;

async function warmUp(
  { port }: Contender,
  scenario: Scenario,
  connections: number,
  seconds: number,
): Promise<void> {
  let requests = 0;
  for (let times = 0; times < MOST_WARM_UPS && requests < WARM_FROM; times += 1) {
    requests += (await scenario.run(port, connections, seconds)).count;
  }
}

/** Caches of the processor belonged to somebody else a moment ago; and it says how many requests to expect. */
const RUN_UP = 0.3;

/** With the CPU time that it took. */
async function measureOne(
  contender: Contender,
  scenario: Scenario,
  connections: number,
  seconds: number,
): Promise<Omit<Sample, 'who' | 'what' | 'connections' | 'turn'>> {
  const { perSecond: expected } = await scenario.run(contender.port, connections, seconds * RUN_UP);
  const before = contender.cpuMicros();
  const { perSecond, p50, p99, count } = await scenario.run(contender.port, connections, seconds, expected);
  const after = contender.cpuMicros();
  // The first request over each connection is not counted, and takes time all the same.
  const cpuMicros = before === null || after === null ? null : (after - before) / (count + connections);
  return { perSecond, p50, p99, cpuMicros };
}
