import { addDecisions, checkVotes } from './databases.ts';
import { inTurns, type Lengths, type Party, type Sample } from './in-turns.ts';
import type { Vote } from './requests.ts';
import { dialogs, links, type Scenario, submissions, votes, votesOverSocket } from './scenarios.ts';
import type { Setting, StartOptions } from './setting.ts';
import { median } from './statistics.ts';

export interface Round {
  readonly samples: readonly Sample[];
  /** Milliseconds from starting a process until it takes connections, by who. */
  readonly starts: Readonly<Record<string, number>>;
  /** MB in use after everything, by who. */
  readonly rss: Readonly<Record<string, number | null>>;
}

/** A process that was started for one round. */
interface Started extends Party {
  /** Ends it, and looks at what it has left behind. */
  end(): Promise<void>;
}

const CARDS = 100;

/** Everybody once, each freshly started. Throws where any answer was wrong. */
export async function compareOnce(
  setting: Setting,
  lengths: Lengths & {
    /** How often each process is started, in turns; a third as often for the first time. The median counts. */
    readonly starts: number;
  },
  round: number,
): Promise<Round> {
  const { slack } = setting;
  /** Submissions last: what they leave to be done later would be charged to others. */
  const overHttp = (decisions: readonly string[], told: Map<string, Vote>): Scenario[] => [
    links(),
    votes('vote', decisions, told),
    votes('answered vote', decisions, told, slack.replyUrl),
    dialogs(slack),
    submissions(slack),
  ];
  const bot = async (
    who: string,
    kind: 'sqlite' | 'postgres',
    options: StartOptions = {},
  ): Promise<Started> => {
    const database = await setting.database(kind);
    const decisions = await addDecisions(database, CARDS);
    const told = new Map<string, Vote>();
    const contender = await setting.start('bot', { ...options, database });
    const scenarios = options.socket ? [votesOverSocket(slack, decisions, told)] : overHttp(decisions, told);
    const end = async (): Promise<void> => {
      await contender.stop();
      await checkVotes(database, told.values());
    };
    return { who, contender, scenarios, end };
  };
  const peer = async (
    who: string,
    what: 'plain' | 'bolt',
    scenarios: readonly Scenario[],
    options: StartOptions = {},
  ): Promise<Started> => {
    const contender = await setting.start(what, options);
    return { who, contender, scenarios, end: () => contender.stop() };
  };

  const samples: Sample[] = [];
  const rss: Record<string, number | null> = {};
  const measure = async (...starting: readonly (() => Promise<Started>)[]): Promise<void> => {
    const parties: Started[] = [];
    try {
      for (const start of starting) parties.push(await start());
      samples.push(...(await inTurns(parties, lengths, round * lengths.turns)));
      for (const { who, contender } of parties) rss[who] = contender.rssMb();
      for (const { end } of parties) await end();
    } finally {
      await Promise.allSettled(parties.map(({ contender }) => contender.stop()));
    }
  };
  await measure(
    () => peer('node:http', 'plain', [links()]),
    () => peer('Bolt', 'bolt', overHttp(['any'], new Map())),
    () => bot('bot, SQLite', 'sqlite'),
    () => bot('bot, PostgreSQL', 'postgres'),
  );
  // One after the other: Slack would miss whoever stands still.
  const socket = { socket: true };
  await measure(() => peer('Bolt, socket', 'bolt', [votesOverSocket(slack, ['any'], new Map())], socket));
  await measure(() => bot('bot, socket', 'sqlite', socket));
  const starts = {
    ...(await startsInTurns(setting, lengths.starts, '', false)),
    ...(await startsInTurns(setting, Math.ceil(lengths.starts / 3), ', cold', true)),
  };
  return { samples, starts, rss };
}

/** In turns: a moment in which the machine is slow must not be one of them alone. */
async function startsInTurns(
  setting: Setting,
  times: number,
  suffix: string,
  cold: boolean,
): Promise<Record<string, number>> {
  const startOf = async (what: 'bot' | 'bolt'): Promise<number> => {
    const database = await setting.database('sqlite');
    const contender = await setting.start(what, { database, cold });
    await contender.stop();
    return contender.readyAfterMs;
  };
  const bolt: number[] = [];
  const bot: number[] = [];
  for (let time = 0; time < times; time += 1) {
    bolt.push(await startOf('bolt'));
    bot.push(await startOf('bot'));
  }
  return { [`Bolt${suffix}`]: median(bolt), [`bot${suffix}`]: median(bot) };
}
