/**
 * `npm run bench`: how fast the bot is beside a bare `node:http` and a stock Bolt app that does nothing, all in one run,
 * in turns. Writes bench/results.json and bench/results.md and prints the latter.
 *
 * `npm run bench -- --quick` does all of it in less than a minute, for breakage only, and writes nothing.
 * `npm run bench -- --rounds 7 --only compare` for whoever works on it.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { adviceTimes } from './speed/advice.ts';
import { compareOnce, type Round } from './speed/compare.ts';
import { type Grown, growth, votesOnACard } from './speed/growth.ts';
import { together } from './speed/processes.ts';
import { type Measurements, markdownOf, summaryOf } from './speed/report.ts';
import { makeSetting } from './speed/setting.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    only: { type: 'string' },
  },
});
const { quick } = values;
const wanted = (part: string): boolean => values.only === undefined || values.only === part;
const rounds = Number(values.rounds ?? (quick ? 1 : 5));
const lengths = quick
  ? { seconds: 0.15, warmUpSeconds: 0.05, connections: [16], turns: 1, starts: 1 }
  : { seconds: 0.4, warmUpSeconds: 2, connections: [1, 16, 64], turns: 3, starts: 5 };
/** Of what is not compared with others. */
const alone = quick ? lengths : { ...lengths, seconds: 0.8 };
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** What becomes of a part is lost where an answer in it was wrong, and nothing else is. */
let voided = 0;
async function unlessVoid<T>(part: string, work: () => Promise<T>, otherwise: T): Promise<T> {
  say(part);
  try {
    return await work();
  } catch (error) {
    voided += 1;
    say(`void: ${error instanceof Error ? error.message : error}`);
    return otherwise;
  }
}

const setting = await makeSetting();
try {
  const done: Round[] = [];
  for (let round = 0; wanted('compare') && round < rounds; round += 1) {
    const compared = await unlessVoid(
      `round ${round + 1} of ${rounds}`,
      () => compareOnce(setting, lengths, round),
      null,
    );
    if (compared) done.push(compared);
  }
  const grown = (kind: 'sqlite' | 'postgres', sizes: readonly number[]): Promise<Grown[]> =>
    wanted('growth')
      ? unlessVoid(`growth on ${kind}`, () => growth(setting, kind, sizes, alone), [])
      : Promise.resolve([]);
  const measurements: Measurements = {
    about: {
      node: process.versions.node,
      cpus: cpus().length,
      cpu: cpus()[0]?.model ?? 'unknown',
      day: new Date().toISOString().slice(0, 10),
      seconds: lengths.seconds,
      turns: lengths.turns,
    },
    rounds: done,
    growth: {
      sqlite: await grown('sqlite', quick ? [1_000] : [1_000, 100_000, 1_000_000]),
      postgres: await grown('postgres', quick ? [1_000] : [1_000, 100_000]),
    },
    votesOnACard: wanted('growth')
      ? await unlessVoid('votes on a card', () => votesOnACard(setting, [1, 10, 100, 1_000], alone), [])
      : [],
    together: wanted('processes')
      ? await unlessVoid('processes', () => together(setting, quick ? [2] : [1, 2, 4], alone), [])
      : [],
    advice: wanted('advice') ? adviceTimes(quick ? 2 : 50) : [],
    voided: 0,
  };
  const all = { ...measurements, voided };
  const markdown = markdownOf(all);
  process.stdout.write(markdown);
  if (!quick && values.only === undefined) {
    const file = (name: string): URL => new URL(name, import.meta.url);
    writeFileSync(file('results.json'), `${JSON.stringify(summaryOf(all), null, 2)}\n`);
    writeFileSync(file('results.md'), markdown);
  }
  if (voided > 0) process.exitCode = 1;
} finally {
  await setting.close();
}
