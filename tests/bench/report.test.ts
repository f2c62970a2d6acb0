import { describe, expect, it } from 'vitest';
import type { Round } from '../../bench/speed/compare.ts';
import { type Measurements, markdownOf, ratiosOf, summaryOf } from '../../bench/speed/report.ts';

/** A round in which the bot does so many votes a second, and Bolt a thousand; then the machine is half as fast. */
function round(votes: number, startMs: number): Round {
  const sample = { what: 'vote', connections: 64, p50: 1, p99: 10, cpuMicros: 50 };
  const bot = { ...sample, who: 'bot, SQLite', p99: 5, cpuMicros: null };
  const bolt = { ...sample, who: 'Bolt' };
  return {
    samples: [
      { ...bolt, turn: 0, perSecond: 1_000 },
      { ...bot, turn: 0, perSecond: votes },
      { ...bot, turn: 1, perSecond: votes / 2 },
      { ...bolt, turn: 1, perSecond: 500 },
    ],
    starts: { Bolt: 200, bot: startMs },
    rss: { Bolt: 100, 'bot, SQLite': 125 },
  };
}

const measurements: Measurements = {
  about: { node: '26.0.0', cpus: 2, cpu: 'a processor', day: '2026-11-23', seconds: 2, turns: 2 },
  voided: 0,
  rounds: [round(1_500, 300), round(900, 400), round(1_300, 240)],
  growth: {
    sqlite: [
      { size: 1_000, p50: { vote: 1, home: 2 } },
      { size: 1_000_000, p50: { vote: 1.1, home: 3 } },
    ],
    postgres: [],
  },
  votesOnACard: [],
  together: [{ processes: 2, perSecond: 1234, cpuMicros: null }],
  advice: [],
};

describe('the results', () => {
  it('hold the median of the ratios within each turn, of what was measured', () => {
    expect(ratiosOf(measurements)).toEqual({
      vote_vs_bolt_ack: 1.3,
      vote_p99_vs_bolt_ack: 0.5,
      startup_vs_bolt: 1.5,
      rss_vs_bolt: 1.25,
      growth_1e6_vs_1e3: 1.5,
    });
  });

  it('are written for programs, with ratios that are flat', () => {
    expect(summaryOf(measurements)).toMatchObject({
      rounds: 3,
      ratios: { vote_vs_bolt_ack: 1.3 },
      samples: [
        { who: 'Bolt', perSecond: 750 },
        { who: 'bot, SQLite', perSecond: 825, cpuMicros: null },
      ],
    });
  });

  it('are written for people, beside what was wanted, and without tables of nothing', () => {
    const markdown = markdownOf(measurements);
    expect(markdown).toContain('| `vote_vs_bolt_ack` | a vote on disk, 64 connections | 1.30 | ≥ 1.3 |');
    expect(markdown).toContain('| 2 | 1230 |  |');
    expect(markdown).not.toContain('advise');
    expect(markdown).not.toContain('NaN');
  });
});
