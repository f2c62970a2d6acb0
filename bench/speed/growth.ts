import { measureOne } from './compare.ts';
import { addDecisions, addVotes, checkVotes, grow, grownId } from './databases.ts';
import type { Vote } from './requests.ts';
import { dialogs, histories, homes, type Scenario, submissions, votes } from './scenarios.ts';
import type { Setting } from './setting.ts';
import { median } from './statistics.ts';

/** Median milliseconds of each path, by the number of decisions, or of votes on the card. */
export type ByPath = Readonly<Record<string, number>>;
export interface Grown {
  readonly size: number;
  readonly p50: ByPath;
}

/** Decisions that every database begins with; the rest is copied from one of them. */
const FIRST = 1_000;
/** Cards, channels and people that are used, spread over all that there are. */
const USED = 1_000;
const CONNECTIONS = 4;
/** So many times as long as it is measured: with less, whatever comes first looks as if it had grown. */
const WARM_UP = 1.5;

/** The same paths with more and more decisions in one workspace, in turns. */
export async function growth(
  setting: Setting,
  kind: 'sqlite' | 'postgres',
  sizes: readonly number[],
  rounds: number,
  seconds: number,
): Promise<Grown[]> {
  const databases: { readonly size: number; readonly database: string }[] = [];
  for (const size of sizes) {
    const database = await setting.database(kind);
    await addDecisions(database, FIRST);
    if (size > FIRST) await grow(database, FIRST, size);
    databases.push({ size, database });
  }
  const all = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const { size, database } of databases) {
      const contender = await setting.start('bot', { database });
      const told = new Map<string, Vote>();
      for (const scenario of pathsOf(setting, size, told)) {
        await scenario.run(contender.port, CONNECTIONS, seconds * WARM_UP);
        const { p50 } = await measureOne(contender, scenario, CONNECTIONS, seconds);
        all.set(`${size} ${scenario.name}`, [...(all.get(`${size} ${scenario.name}`) ?? []), p50]);
      }
      await contender.stop();
      await checkVotes(database, told.values());
    }
  }
  return sizes.map((size) => ({ size, p50: mediansOf(all, size) }));
}

function pathsOf({ slack }: Setting, size: number, told: Map<string, Vote>): Scenario[] {
  const used = Array.from({ length: USED }, (_, n) => Math.floor((n * size) / USED));
  const decisions = used.map((n) => (n < FIRST ? `bench${n}` : grownId(n)));
  return [
    votes('vote', decisions, told),
    dialogs(slack),
    submissions(slack),
    histories(used.map((n) => `C${Math.floor(n / 10)}`)),
    // Each once in a turn: Slack would not tell two of the same person apart.
    homes(slack, [...new Set(used.map((n) => `U${Math.floor(n / 10)}`))]),
  ];
}

/** A vote that is answered, on a card with more and more votes. */
export async function votesOnACard(
  setting: Setting,
  sizes: readonly number[],
  rounds: number,
  seconds: number,
): Promise<Grown[]> {
  const all = new Map<string, number[]>();
  const database = await setting.database('sqlite');
  const ids = await addDecisions(database, sizes.length);
  for (const [n, size] of sizes.entries()) await addVotes(database, ids[n] ?? '', size);
  const contender = await setting.start('bot', { database });
  for (let round = 0; round < rounds; round += 1) {
    for (const [n, size] of sizes.entries()) {
      const scenario = votes('vote', [ids[n] ?? ''], new Map(), setting.slack.replyUrl, 1);
      const { p50 } = await measureOne(contender, scenario, 1, seconds);
      all.set(`${size} vote`, [...(all.get(`${size} vote`) ?? []), p50]);
    }
  }
  await contender.stop();
  return sizes.map((size) => ({ size, p50: mediansOf(all, size) }));
}

function mediansOf(all: ReadonlyMap<string, readonly number[]>, size: number): ByPath {
  const own = [...all].filter(([key]) => key.startsWith(`${size} `));
  return Object.fromEntries(own.map(([key, values]) => [key.slice(`${size} `.length), median(values)]));
}
