import type { AdviceTimes } from './advice.ts';
import type { Round } from './compare.ts';
import type { Grown } from './growth.ts';
import type { Sample } from './in-turns.ts';
import type { Together } from './processes.ts';
import { median } from './statistics.ts';

export interface Measurements {
  /** Of the machine and the run, for whoever compares. */
  readonly about: {
    readonly node: string;
    readonly cpus: number;
    readonly cpu: string;
    readonly day: string;
    /** Of one measurement. */
    readonly seconds: number;
    /** In each round. */
    readonly turns: number;
  };
  /** Rounds and other parts in which an answer was wrong; none of their figures is in here. */
  readonly voided: number;
  readonly rounds: readonly Round[];
  readonly growth: { readonly sqlite: readonly Grown[]; readonly postgres: readonly Grown[] };
  readonly votesOnACard: readonly Grown[];
  readonly together: readonly Together[];
  readonly advice: readonly AdviceTimes[];
}

interface Target {
  readonly says: string;
  /** More is better, up from this. */
  readonly least?: number;
  /** Less is better, down from this. */
  readonly most?: number;
}

/** What is asked of the ratios, each the median of what it was within each turn of each round. */
export const RATIOS = {
  ack_vs_bolt_ack: { least: 1.8, says: 'an interaction without the store, 64 connections' },
  ack_vs_node_http: { least: 0.55, says: 'the same, against nothing but the signature on `node:http`' },
  vote_vs_bolt_ack: { least: 1.3, says: 'a vote on disk, 64 connections' },
  vote_16_vs_bolt_ack: { least: 1.1, says: 'a vote on disk, 16 connections' },
  vote_p99_vs_bolt_ack: { most: 1, says: 'the slowest hundredth of votes, 64 connections (milliseconds)' },
  command_vs_bolt_open: { least: 0.95, says: 'command until `views.open` is on its way, 16 connections' },
  submit_vs_bolt_post: { least: 0.9, says: 'submission on disk until its card is posted, 16 connections' },
  answered_vote_vs_bolt_respond: { says: 'a vote with its private answer, 16 connections' },
  socket_vote_vs_bolt_ack: { says: 'a vote on disk over Socket Mode, 16 at a time' },
  startup_vs_bolt: { most: 1.8, says: 'start until it takes requests (milliseconds)' },
  cold_startup_vs_bolt: { says: 'the first start on a machine (milliseconds)' },
  rss_vs_bolt: { most: 1.5, says: 'memory after the run' },
  growth_1e6_vs_1e3: {
    most: 1.2,
    says: 'a million decisions instead of a thousand: the worst path (milliseconds)',
  },
} as const satisfies Record<string, Target>;
export type Ratios = Readonly<Partial<Record<keyof typeof RATIOS, number>>>;

type Read = (sample: Sample) => number;
const perSecond: Read = (sample) => sample.perSecond;
const p99: Read = (sample) => sample.p99;

/** Only those that were measured. */
export function ratiosOf({ rounds, growth }: Measurements): Ratios {
  /** [who, what, connections] against the same of somebody else. */
  type Side = readonly [who: string, what: string, connections: number];
  const between = (ours: Side, theirs: Side, read: Read = perSecond): number =>
    median(
      rounds.flatMap(({ samples }) => {
        const of = ([who, what, connections]: Side): Sample[] =>
          samples.filter((s) => s.who === who && s.what === what && s.connections === connections);
        const other = new Map(of(theirs).map((sample) => [sample.turn, read(sample)]));
        return of(ours).map((sample) => read(sample) / (other.get(sample.turn) ?? Number.NaN));
      }),
    );
  const started = (ours: string, theirs: string): number =>
    median(rounds.map(({ starts }) => (starts[ours] ?? Number.NaN) / (starts[theirs] ?? Number.NaN)));
  const bot = 'bot, SQLite';
  const ratios: Record<keyof typeof RATIOS, number> = {
    ack_vs_bolt_ack: between([bot, 'ack', 64], ['Bolt', 'ack', 64]),
    ack_vs_node_http: between([bot, 'ack', 64], ['node:http', 'ack', 64]),
    vote_vs_bolt_ack: between([bot, 'vote', 64], ['Bolt', 'vote', 64]),
    vote_16_vs_bolt_ack: between([bot, 'vote', 16], ['Bolt', 'vote', 16]),
    vote_p99_vs_bolt_ack: between([bot, 'vote', 64], ['Bolt', 'vote', 64], p99),
    command_vs_bolt_open: between([bot, 'command', 16], ['Bolt', 'command', 16]),
    submit_vs_bolt_post: between([bot, 'submit', 16], ['Bolt', 'submit', 16]),
    answered_vote_vs_bolt_respond: between([bot, 'answered vote', 16], ['Bolt', 'answered vote', 16]),
    socket_vote_vs_bolt_ack: between(['bot, socket', 'socket vote', 16], ['Bolt, socket', 'socket vote', 16]),
    startup_vs_bolt: started('bot', 'Bolt'),
    cold_startup_vs_bolt: started('bot, cold', 'Bolt, cold'),
    rss_vs_bolt: median(rounds.map(({ rss }) => (rss[bot] ?? Number.NaN) / (rss.Bolt ?? Number.NaN))),
    growth_1e6_vs_1e3: worstGrowth(growth.sqlite, 1_000_000, 1_000),
  };
  return Object.fromEntries(Object.entries(ratios).filter(([, value]) => Number.isFinite(value)));
}

function worstGrowth(grown: readonly Grown[], large: number, small: number): number {
  const [a, b] = [large, small].map((size) => grown.find((each) => each.size === size)?.p50);
  if (!a || !b) return Number.NaN;
  return Math.max(...Object.keys(a).map((path) => (a[path] ?? Number.NaN) / (b[path] ?? Number.NaN)));
}

/** What is kept as JSON: medians of the rounds, not each of them. */
export function summaryOf(measurements: Measurements): object {
  const { rounds, ...rest } = measurements;
  return {
    ...rest,
    rounds: rounds.length,
    ratios: ratiosOf(measurements),
    samples: mediansOf(rounds),
    starts: medianBy(rounds.map(({ starts }) => starts)),
    rss: medianBy(rounds.map(({ rss }) => rss)),
  };
}

export function mediansOf(rounds: readonly Round[]): Omit<Sample, 'turn'>[] {
  const cells = rounds[0]?.samples.filter(({ turn }) => turn === 0) ?? [];
  return cells.map(({ who, what, connections }) => {
    const same = rounds.flatMap(({ samples }) =>
      samples.filter((s) => s.who === who && s.what === what && s.connections === connections),
    );
    const cpu = median(same.map((s) => s.cpuMicros ?? Number.NaN));
    return {
      who,
      what,
      connections,
      perSecond: rounded(median(same.map(perSecond))),
      p50: rounded(median(same.map((s) => s.p50))),
      p99: rounded(median(same.map(p99))),
      cpuMicros: Number.isNaN(cpu) ? null : rounded(cpu),
    };
  });
}

function medianBy(all: readonly Readonly<Record<string, number | null>>[]): Record<string, number> {
  const names = Object.keys(all[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, rounded(median(all.map((one) => one[name] ?? Number.NaN)))]),
  );
}

/** Three digits that count. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** The results for people. */
export function markdownOf(measurements: Measurements): string {
  const { about, voided, rounds, growth, votesOnACard, together, advice } = measurements;
  return [
    `${about.day}, Node ${about.node}, ${about.cpus} × ${about.cpu}, ${rounds.length} rounds of ${about.turns} turns, each of ${about.seconds} s, ${voided} void.`,
    ratioTable(ratiosOf(measurements)),
    table(
      ['', '', 'at a time', 'a second', 'p50 ms', 'p99 ms', 'CPU µs'],
      mediansOf(rounds).map((s) => [
        s.who,
        s.what,
        `${s.connections}`,
        `${s.perSecond}`,
        `${s.p50}`,
        `${s.p99}`,
        `${s.cpuMicros ?? ''}`,
      ]),
    ),
    growthTable('decisions, SQLite: p50 in ms', growth.sqlite),
    growthTable('decisions, PostgreSQL: p50 in ms', growth.postgres),
    growthTable('votes on the card, each with its answer: p50 in ms', votesOnACard),
    table(
      ['processes on one PostgreSQL', 'votes a second', 'CPU µs a vote'],
      together.map((t) => [
        `${t.processes}`,
        `${rounded(t.perSecond)}`,
        t.cpuMicros === null ? '' : `${rounded(t.cpuMicros)}`,
      ]),
    ),
    table(
      ['`advise` with open questions', 'median µs', 'slowest µs', 'verdict and points alone µs'],
      advice.map((a) => [
        `${a.open}`,
        `${rounded(a.median)}`,
        `${rounded(a.slowest)}`,
        `${rounded(a.scored)}`,
      ]),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** Those that were measured, beside what is asked of them. */
export function ratioTable(ratios: Ratios): string {
  const asked = ({ least, most }: Target): string => {
    if (least !== undefined) return `≥ ${least}`;
    return most === undefined ? '' : `≤ ${most}`;
  };
  return table(
    ['ratio', '', 'measured', 'wanted'],
    Object.entries(RATIOS).flatMap(([name, target]) => {
      const value = new Map(Object.entries(ratios)).get(name);
      return value === undefined ? [] : [[`\`${name}\``, target.says, value.toFixed(2), asked(target)]];
    }),
  );
}

function growthTable(title: string, grown: readonly Grown[]): string {
  const paths = Object.keys(grown[0]?.p50 ?? {});
  return table(
    [title, ...paths],
    grown.map(({ size, p50 }) => [`${size}`, ...paths.map((path) => `${rounded(p50[path] ?? Number.NaN)}`)]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
