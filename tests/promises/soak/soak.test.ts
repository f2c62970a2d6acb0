import { expect, it } from 'vitest';
import { seededRandom } from '../../../bench/calibrate/statistics.ts';
import { connections } from './connections.ts';
import { disk } from './disk.ts';
import { flood } from './flood.ts';
import { locked } from './locked.ts';
import { memory } from './memory.ts';
import { storm } from './storm.ts';

/** Just long enough that everything happens once; how long things take is judged by `npm run promises -- soak` alone. */
const SHORT = [
  flood({ perSecond: 200, seconds: 1, slackMs: 50, timed: false }),
  storm({ workspaces: 2, dialogs: 2, voters: 10, mentions: 4, random: seededRandom(1) }),
  connections({ each: 50, seconds: 1, untilEnded: false, timed: false }),
  disk({ voters: 20, untilShown: false }),
  locked({ voters: 10, lockedMs: 500, goneMs: null }),
  memory({ workspaces: 5, interactions: 60, warmUp: 1, looks: 2, judged: false }),
];

it.each(SHORT)('what is promised holds: $name', { timeout: 120_000 }, async ({ run }) => {
  expect((await run()).broken).toEqual([]);
});
