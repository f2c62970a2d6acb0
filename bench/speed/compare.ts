import type { Contender } from './contender.ts';
import { addDecisions, checkVotes } from './databases.ts';
import type { Vote } from './requests.ts';
import { dialogs, links, type Scenario, submissions, votes, votesOverSocket } from './scenarios.ts';
import type { Setting, StartOptions } from './setting.ts';
import { median } from './statistics.ts';

/** One measurement of one process. */
export interface Sample {
  readonly who: string;
  readonly what: string;
  readonly connections: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Of the process, in microseconds a request; null where the system does not tell. */
  readonly cpuMicros: number | null;
}

export interface Round {
  readonly samples: readonly Sample[];
  /** Milliseconds from starting a process until it takes connections, by who. */
  readonly starts: Readonly<Record<string, number>>;
  /** MB in use after everything, by who. */
  readonly rss: Readonly<Record<string, number | null>>;
}

export interface Lengths {
  /** Of one measurement. */
  readonly seconds: number;
  /** Before the first one of a process, for each thing that is done to it: code that runs often is made faster. */
  readonly warmUpSeconds: number;
  readonly connections: readonly number[];
  /** How often each process is started, one after the other; it is the median that counts. */
  readonly starts: number;
}

const CARDS = 100;

interface Entry {
  readonly who: string;
  run(): Promise<void>;
}

/** Everybody once, beginning with another one in each round. Throws where any answer was wrong. */
export async function compareOnce(setting: Setting, lengths: Lengths, round: number): Promise<Round> {
  const { slack } = setting;
  const samples: Sample[] = [];
  const starts: Record<string, number> = {};
  const rss: Record<string, number | null> = {};

  const measure = async (
    who: string,
    contender: Contender,
    scenarios: readonly Scenario[],
    connections = lengths.connections,
  ): Promise<void> => {
    const most = Math.max(...connections);
    // Each right after its own warm-up, and submissions last: what they leave to be done later would be charged to others.
    for (const scenario of scenarios) {
      const expected = await warmedUp(contender, scenario, most, lengths.warmUpSeconds);
      for (const count of connections) {
        const sample = await measureOne(contender, scenario, count, lengths.seconds, expected);
        samples.push({ who, what: scenario.name, connections: count, ...sample });
      }
    }
    rss[who] = contender.rssMb();
    await contender.stop();
  };

  const bot = async (who: string, kind: 'sqlite' | 'postgres', options: StartOptions = {}): Promise<void> => {
    const database = await setting.database(kind);
    const decisions = await addDecisions(database, CARDS);
    const told = new Map<string, Vote>();
    const contender = await setting.start('bot', { ...options, database });
    const scenarios = options.socket
      ? [votesOverSocket(slack, decisions, told)]
      : [
          links(),
          votes('vote', decisions, told),
          votes('answered vote', decisions, told, slack.replyUrl),
          dialogs(slack),
          submissions(slack),
        ];
    await measure(who, contender, scenarios);
    await checkVotes(database, told.values());
  };
  const bolt = async (who: string, options: StartOptions = {}): Promise<void> => {
    const contender = await setting.start('bolt', options);
    const nothingKept = new Map<string, Vote>();
    const scenarios = options.socket
      ? [votesOverSocket(slack, ['any'], nothingKept)]
      : [
          links(),
          votes('vote', ['any'], nothingKept),
          votes('answered vote', ['any'], nothingKept, slack.replyUrl),
          dialogs(slack),
          submissions(slack),
        ];
    await measure(who, contender, scenarios);
  };
  const startOf = async (what: 'bot' | 'bolt', cold: boolean): Promise<number> => {
    const database = await setting.database('sqlite');
    const contender = await setting.start(what, { database, cold });
    await contender.stop();
    return contender.readyAfterMs;
  };
  /** In turns: a moment in which the machine is slow must not be one of them alone. */
  const startBoth = async (suffix: string, cold: boolean): Promise<void> => {
    const bolt: number[] = [];
    const bot: number[] = [];
    for (let time = 0; time < lengths.starts; time += 1) {
      bolt.push(await startOf('bolt', cold));
      bot.push(await startOf('bot', cold));
    }
    starts[`Bolt${suffix}`] = median(bolt);
    starts[`bot${suffix}`] = median(bot);
  };

  const entries: Entry[] = [
    {
      who: 'node:http',
      run: async () => measure('node:http', await setting.start('plain'), [links()]),
    },
    { who: 'Bolt', run: () => bolt('Bolt') },
    { who: 'bot, SQLite', run: () => bot('bot, SQLite', 'sqlite') },
    { who: 'bot, PostgreSQL', run: () => bot('bot, PostgreSQL', 'postgres') },
    { who: 'Bolt, socket', run: () => bolt('Bolt, socket', { socket: true }) },
    { who: 'bot, socket', run: () => bot('bot, socket', 'sqlite', { socket: true }) },
    { who: 'starts', run: () => startBoth('', false) },
    { who: 'first starts', run: () => startBoth(', cold', true) },
  ];
  const first = round % entries.length;
  for (const entry of [...entries.slice(first), ...entries.slice(0, first)]) await entry.run();
  return { samples, starts, rss };
}

/** Code that has run this often is as fast as it gets. */
const WARM_FROM = 20_000;
/** At most so many times as long, where a machine is too slow for that. */
const MOST_WARM_UPS = 3;

/** Resolves to how many requests a second to expect. */
async function warmedUp(
  { port }: Contender,
  scenario: Scenario,
  connections: number,
  seconds: number,
): Promise<number> {
  let requests = 0;
  let expected = 0;
  for (let times = 0; times < MOST_WARM_UPS && requests < WARM_FROM; times += 1) {
    const { count, perSecond } = await scenario.run(port, connections, seconds);
    requests += count;
    expected = perSecond;
  }
  return expected;
}

/** With the CPU time that it took. */
export async function measureOne(
  contender: Contender,
  scenario: Scenario,
  connections: number,
  seconds: number,
  expected?: number,
): Promise<Omit<Sample, 'who' | 'what' | 'connections'>> {
  const before = contender.cpuMicros();
  const { perSecond, p50, p99, count } = await scenario.run(contender.port, connections, seconds, expected);
  const after = contender.cpuMicros();
  const cpuMicros = before === null || after === null ? null : (after - before) / count;
  return { perSecond, p50, p99, cpuMicros };
}
