import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folder.ts';
import { playground, slackOf } from '../../support/playground.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (url: string, body: unknown = {}): Promise<Response> =>
  fetch(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) });

it('brings the whole playground back after it could not start over', async () => {
  const folder = temporaryFolder();
  const started = await playground('socket', folder);
  // A folder in the place of the database: it can be neither deleted as a file nor opened.
  const database = join(folder, 'bot.db');
  rmSync(database);
  mkdirSync(database);
  expect((await post(`${started.url}start-over`)).status).toBe(500);
  expect((await fetch(`${started.url}state`)).status).toBe(503);
  rmSync(database, { recursive: true });
  expect((await post(`${started.url}start-over`)).status).toBe(200);
  const ana = slackOf(started).as('U0ANA');
  expect(await ana.command('/django-or-flask', '', { channel: 'C0WEB' })).toMatchObject({ status: 200 });
});

it('starts over without waiting for a call that hangs', async () => {
  const started = await playground();
  const slack = slackOf(started);
  slack.faults.plan('views.open', { hang: 'before' });
  void slack.as('U0ANA').command('/django-or-flask', '', { channel: 'C0WEB' });
  await slack.until(({ calls }) => calls.some(({ method }) => method === 'views.open'));
  expect((await post(`${started.url}start-over`)).status).toBe(200);
  // The bot would have given it up by itself in the end, and called that a timeout.
  const outcome = () =>
    /"kind":"command".*"outcome":"(\w+)"/.exec(readFileSync(started.logFile, 'utf8'))?.[1];
  await expect.poll(outcome).toBe('ECONNRESET');
  expect(slack.calls.find(({ method }) => method === 'views.open')?.answer).toBe('dropped');
});
