import { addDecisions, checkVotes } from './databases.ts';
import { type Lengths, measureOne } from './in-turns.ts';
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
  { warmUpSeconds, seconds, turns }: Omit<Lengths, 'connections'>,
): Promise<Together[]> {
  const measured = new Map<number, { perSecond: number[]; cpuMicros: number[] }>();
  for (let turn = 0; turn < turns; turn += 1) {
    for (const count of counts) {
      const database = await setting.database('postgres');
      const decisions = await addDecisions(database, 100);
      const told = new Map<string, Vote>();
      const contenders = await Promise.all(
        Array.from({ length: count }, () => setting.start('bot', { database })),
      );
      const voting = votes('vote', decisions, told);
      const of = CONNECTIONS / count;
      await Promise.all(contenders.map(({ port }) => voting.run(port, of, warmUpSeconds)));
      const results = await Promise.all(
        contenders.map((contender) => measureOne(contender, voting, of, seconds)),
      );
      await Promise.all(contenders.map((contender) => contender.stop()));
      await checkVotes(database, told.values());
      const perSecond = results.reduce((sum, result) => sum + result.perSecond, 0);
      // Weighed by how many each of them had.
      const cpu = results.reduce(
        (sum, result) => sum + ((result.cpuMicros ?? Number.NaN) * result.perSecond) / perSecond,
        0,
      );
      const so = measured.get(count) ?? { perSecond: [], cpuMicros: [] };
      measured.set(count, { perSecond: [...so.perSecond, perSecond], cpuMicros: [...so.cpuMicros, cpu] });
    }
  }
  return [...measured].map(([processes, { perSecond, cpuMicros }]) => {
    const cpu = median(cpuMicros);
    return { processes, perSecond: median(perSecond), cpuMicros: Number.isNaN(cpu) ? null : cpu };
  });
}
