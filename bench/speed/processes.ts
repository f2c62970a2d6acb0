import type { Contender } from './contender.ts';
import { addDecisions, checkVotes } from './databases.ts';
import type { Lengths } from './in-turns.ts';
import type { Vote } from './requests.ts';
import { votes } from './scenarios.ts';
import type { Setting } from './setting.ts';
import { median } from './statistics.ts';

/** Votes with so many processes on one PostgreSQL. */
export interface Together {
  readonly processes: number;
  readonly perSecond: number;
  /** Of all of them, in microseconds a vote; null where the system does not tell. */
  readonly cpuMicros: number | null;
}

/** In all, whatever the number of processes. */
const CONNECTIONS = 16;

export async function together(
  setting: Setting,
  counts: readonly number[],
  lengths: Omit<Lengths, 'connections'>,
): Promise<Together[]> {
  const all: Together[] = [];
  for (let turn = 0; turn < lengths.turns; turn += 1) {
    for (const processes of counts) all.push(await togetherOnce(setting, processes, lengths));
  }
  return counts.map((processes) => {
    const own = all.filter((once) => once.processes === processes);
    const cpu = median(own.map(({ cpuMicros }) => cpuMicros ?? Number.NaN));
    return {
      processes,
      perSecond: median(own.map(({ perSecond }) => perSecond)),
      cpuMicros: Number.isNaN(cpu) ? null : cpu,
    };
  });
}

async function togetherOnce(
  setting: Setting,
  processes: number,
  { warmUpSeconds, seconds }: Omit<Lengths, 'connections'>,
): Promise<Together> {
  const database = await setting.database('postgres');
  const decisions = await addDecisions(database, 100);
  const told = new Map<string, Vote>();
  const voting = votes('vote', decisions, told);
  const connections = CONNECTIONS / processes;
  const contenders: Contender[] = [];
  try {
    for (let n = 0; n < processes; n += 1) contenders.push(await setting.start('bot', { database }));
    await Promise.all(contenders.map(({ port }) => voting.run(port, connections, warmUpSeconds)));
    const cpuSoFar = () => sum(contenders.map((contender) => contender.cpuMicros() ?? Number.NaN));
    const before = cpuSoFar();
    // Made as they are sent: to make them beforehand for one would fall into the time of another.
    const results = await Promise.all(contenders.map(({ port }) => voting.run(port, connections, seconds)));
    // The first request over each connection is not counted.
    const cpuMicros = (cpuSoFar() - before) / (sum(results.map(({ count }) => count)) + CONNECTIONS);
    for (const contender of contenders) await contender.stop();
    await checkVotes(database, told.values());
    return {
      processes,
      perSecond: sum(results.map(({ perSecond }) => perSecond)),
      cpuMicros: Number.isNaN(cpuMicros) ? null : cpuMicros,
    };
  } finally {
    await Promise.allSettled(contenders.map((contender) => contender.stop()));
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
