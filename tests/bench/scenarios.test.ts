import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Vote } from '../../bench/speed/requests.ts';
import { votes } from '../../bench/speed/scenarios.ts';

/** Acknowledges everything, and writes down who voted for what. */
async function acknowledging() {
  const clicks: { readonly person: string; readonly action: string }[] = [];
  const server = createServer(async (req, res) => {
    const text = Buffer.concat(await Array.fromAsync(req)).toString();
    const { user, actions } = JSON.parse(new URLSearchParams(text).get('payload') ?? '');
    clicks.push({ person: user.id, action: actions[0].action_id });
    res.writeHead(200, { 'content-length': 0 }).end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return { port: (server.address() as AddressInfo).port, clicks };
}

it('every vote changes something, also after a run for which more were made than could be sent', async () => {
  const { port, clicks } = await acknowledging();
  const told = new Map<string, Vote>();
  const voting = votes('vote', ['d1'], told, undefined, 5);
  await voting.run(port, 1, 0.1);
  await voting.run(port, 1, 0.1, 20_000);
  await voting.run(port, 2, 0.1, 100);
  expect(clicks.length).toBeGreaterThan(20);
  const last = new Map<string, string>();
  for (const { person, action } of clicks) {
    expect(action).not.toBe(last.get(person));
    last.set(person, action);
  }
  expect(new Set([...told.values()].map(({ person }) => person))).toEqual(new Set(last.keys()));
});
