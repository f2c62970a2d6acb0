import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { servePage } from '../../../packages/local-slack/server/page-server.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { app, type LocalSlack, startSlack } from '../../support/local-slack.ts';
import { playground, slackOf } from '../../support/playground.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (url: string, body: unknown = {}): Promise<Response> =>
  fetch(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) });

async function slackOfItsOwn(): Promise<LocalSlack> {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  return slack;
}

it('keeps the stream of changes open while there is no Slack, and tells of the next one', async () => {
  let slack: LocalSlack | null = null;
  const served = await servePage({
    slack: () => slack,
    startOver: async () => {
      slack = await slackOfItsOwn();
    },
    app: app.surfaces,
    port: 0,
  });
  onTestFinished(() => served.close());
  const stream = await fetch(`${served.url}changes`);
  expect(stream.status).toBe(200);
  const events = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await events?.read())?.value).toContain('data: hello');
  expect((await post(`${served.url}start-over`)).status).toBe(200);
  expect((await events?.read())?.value).toBe('data: changed\n\n');
  await post(`${served.url}act`, { as: 'U0ANA', act: { do: 'send', channel: 'C0WEB', text: 'hi' } });
  expect((await events?.read())?.value).toBe('data: changed\n\n');
});

it('can start over again after it has failed', async () => {
  let slack: LocalSlack | null = null;
  let works = false;
  const served = await servePage({
    slack: () => slack,
    startOver: async () => {
      if (!works) throw new Error('no');
      slack = await slackOfItsOwn();
    },
    app: app.surfaces,
    port: 0,
  });
  onTestFinished(() => served.close());
  const failed = await post(`${served.url}start-over`);
  const problem = 'Starting over failed. Try it again; the bot’s log says more.';
  expect([failed.status, await failed.json()]).toEqual([500, { problem }]);
  expect(await (await fetch(`${served.url}state`)).json()).toEqual({ problem });
  works = true;
  expect(await (await post(`${served.url}start-over`)).json()).toEqual({ problem: null });
  expect((await fetch(`${served.url}state`)).status).toBe(200);
});

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
  slack.faults.next('views.open', { hang: 'before' });
  void slack.as('U0ANA').command('/django-or-flask', '', { channel: 'C0WEB' });
  await slack.until(({ calls }) => calls.some(({ method }) => method === 'views.open'));
  expect((await post(`${started.url}start-over`)).status).toBe(200);
  // The bot would have given it up by itself in the end, and called that a timeout.
  const outcome = () =>
    /"kind":"command".*"outcome":"(\w+)"/.exec(readFileSync(started.logFile, 'utf8'))?.[1];
  await expect.poll(outcome).toBe('ECONNRESET');
  expect(slack.calls.find(({ method }) => method === 'views.open')?.answer).toBe('dropped');
});

it('says which folder starting over would empty', async () => {
  const slack = await slackOfItsOwn();
  const keeps = temporaryFolder();
  const served = await servePage({
    slack: () => slack,
    startOver: async () => {},
    app: app.surfaces,
    port: 0,
    keeps,
  });
  onTestFinished(() => served.close());
  expect(await (await fetch(`${served.url}state`)).json()).toMatchObject({ keeps });
});

it('sends the same security headers with every answer, and HEAD works', async () => {
  const slack = await slackOfItsOwn();
  const served = await servePage({
    slack: () => slack,
    startOver: async () => {},
    app: app.surfaces,
    port: 0,
  });
  onTestFinished(() => served.close());
  expect((await fetch(served.url, { method: 'HEAD' })).status).toBe(200);
  for (const path of ['', 'nowhere', 'state', 'control/faults', 'control/nowhere', 'act']) {
    const { headers } = await fetch(served.url + path);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});
