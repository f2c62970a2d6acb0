import { expect, it } from 'vitest';
import { startSlack } from '../server/slack-server.ts';
import { appendNewest, setNewest } from '../state/newest.ts';

it('forgets the oldest of a long record', () => {
  const list: number[] = [];
  const map = new Map<number, string>();
  for (let index = 0; index < 5_003; index += 1) {
    appendNewest(list, index);
    setNewest(map, index, 'x');
  }
  expect([list.length, list[0], list.at(-1)]).toEqual([5_000, 3, 5_002]);
  expect([map.size, map.has(2), map.has(3)]).toEqual([5_000, false, true]);
});

it('is how the local Slack remembers what was delivered', async () => {
  const slack = await startSlack();
  const ana = slack.as('U0ANA');
  for (let index = 0; index < 5_003; index += 1) await ana.command('/x', `${index}`, { channel: 'C0WEB' });
  expect(slack.deliveries).toHaveLength(5_000);
  expect(slack.deliveries[0]?.payload.text).toBe('3');
  await slack.close();
});
