import { addDecisions, addVotes, checkVotes, grow, grownId } from './databases.ts';
import { inTurns, type Lengths, type Party, type Sample } from './in-turns.ts';
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
/** The same paths with more and more decisions in one workspace, in turns. */
export async function growth(
  setting: Setting,
  kind: 'sqlite' | 'postgres',
  sizes: readonly number[],
  lengths: Omit<Lengths, 'connections'>,
): Promise<Grown[]> {
  const parties: (Party & { check(): Promise<void> })[] = [];
  try {
    for (const size of sizes) {
      const database = await setting.database(kind);
      await addDecisions(database, FIRST);
      if (size > FIRST) await grow(database, FIRST, size);
      const told = new Map<string, Vote>();
      const contender = await setting.start('bot', { database });
      parties.push({
        who: `${size}`,
        contender,
        scenarios: pathsOf(setting, size, told),
        check: () => checkVotes(database, told.values()),
      });
    }
    const samples = await inTurns(parties, { ...lengths, connections: [CONNECTIONS] });
    for (const { contender, check } of parties) {
      await contender.stop();
      await check();
    }
    return sizes.map((size) => grownOf(samples, size));
  } finally {
    await Promise.allSettled(parties.map(({ contender }) => contender.stop()));
  }
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
  lengths: Omit<Lengths, 'connections'>,
): Promise<Grown[]> {
  const database = await setting.database('sqlite');
  const ids = await addDecisions(database, sizes.length);
  for (const [n, size] of sizes.entries()) await addVotes(database, ids[n] ?? '', size);
  const contender = await setting.start('bot', { database });
  try {
    const parties = sizes.map((size, n) => ({
      who: `${size}`,
      contender,
      scenarios: [votes('vote', [ids[n] ?? ''], new Map(), setting.slack.replyUrl, 1)],
    }));
    const samples = await inTurns(parties, { ...lengths, connections: [1] });
    return sizes.map((size) => grownOf(samples, size));
  } finally {
    await contender.stop();
  }
}

function grownOf(samples: readonly Sample[], size: number): Grown {
  const own = samples.filter(({ who }) => who === `${size}`);
  const paths = [...new Set(own.map(({ what }) => what))];
  return {
    size,
    p50: Object.fromEntries(
      paths.map((path) => [path, median(own.filter(({ what }) => what === path).map(({ p50 }) => p50))]),
    ),
  };
}
