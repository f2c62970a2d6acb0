/** `npm run promises -- soak`: everything. `npm run promises -- soak flood storm`: only these. */

import { seededRandom } from '../../../bench/calibrate/statistics.ts';
import { connections } from './connections.ts';
import { disk } from './disk.ts';
import { flood } from './flood.ts';
import { locked } from './locked.ts';
import { memory } from './memory.ts';
import { outage } from './outage.ts';
import type { Scenario } from './scenario.ts';
import { storm } from './storm.ts';

const SCENARIOS: readonly Scenario[] = [
  flood({ perSecond: 1_000, seconds: 10, slackMs: 150, timed: true }),
  storm({ workspaces: 10, dialogs: 5, voters: 50, mentions: 20, random: seededRandom(1) }),
  connections({ each: 500, seconds: 10, untilEnded: true, timed: true }),
  disk({ voters: 100, untilShown: true }),
  locked({ voters: 50, lockedMs: 4_000, goneMs: 3_000 }),
  outage,
  memory({
    workspaces: 50,
    interactions: 100_000,
    warmUp: 20_000,
    looks: 5,
    judged: true,
  }),
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no ${unknown.join(', ')}; there are ${SCENARIOS.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exit(2);
}

const all: Record<string, Readonly<Record<string, number>>> = {};
let promisesBroken = 0;
for (const { name, run } of SCENARIOS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const begun = performance.now();
  const { figures, broken } = await run();
  const seconds = (performance.now() - begun) / 1_000;
  const rounded = Object.entries({ ...figures, seconds }).map(
    ([what, figure]) => [what, round(figure)] as const,
  );
  process.stdout.write(`${name}\n${rounded.map(([what, figure]) => `  ${what}: ${figure}\n`).join('')}`);
  for (const words of broken) process.stdout.write(`  BROKEN: ${words}\n`);
  all[name] = Object.fromEntries(rounded);
  promisesBroken += broken.length;
}
process.stdout.write(`${JSON.stringify({ promisesBroken, ...all })}\n`);
process.exit(promisesBroken > 0 ? 1 : 0);

function round(figure: number): number {
  return Number.isInteger(figure) ? figure : Number(figure.toFixed(2));
}
