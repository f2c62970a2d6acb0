import { request } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { readSurfaces } from '../app-manifest.ts';
import { servePage } from '../server/page-server.ts';
import { type LocalSlack, startSlack } from '../server/slack-server.ts';

const app = readSurfaces('display_information: { name: Echo }');
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
    app,
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
    app,
    port: 0,
  });
  onTestFinished(() => served.close());
  const failed = await post(`${served.url}start-over`);
  const problem = 'Starting over failed. Check the bot’s log, then try again.';
  expect([failed.status, await failed.json()]).toEqual([500, { problem }]);
  expect(await (await fetch(`${served.url}state`)).json()).toEqual({ problem });
  works = true;
  expect(await (await post(`${served.url}start-over`)).json()).toEqual({ problem: null });
  expect((await fetch(`${served.url}state`)).status).toBe(200);
});

it('says which folder starting over would empty', async () => {
  const slack = await slackOfItsOwn();
  const keptFolder = '/tmp/kept';
  const served = await servePage({
    slack: () => slack,
    startOver: async () => {},
    app,
    port: 0,
    keptFolder,
  });
  onTestFinished(() => served.close());
  expect(await (await fetch(`${served.url}state`)).json()).toMatchObject({ keptFolder });
});

it('sends the same security headers with every answer, and HEAD works', async () => {
  const slack = await slackOfItsOwn();
  const served = await servePage({
    slack: () => slack,
    startOver: async () => {},
    app,
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

it('answers only requests of this machine’s own pages', async () => {
  const slack = await slackOfItsOwn();
  let startedOver = 0;
  const served = await servePage({
    slack: () => slack,
    startOver: async () => {
      startedOver += 1;
    },
    app,
    port: 0,
  });
  onTestFinished(() => served.close());
  const { port, hostname } = new URL(served.url);
  // Browsers try ::1 first for `localhost`, where somebody else may listen on the same port.
  expect(hostname).toBe('127.0.0.1');
  const status = (path: string, headers: Record<string, string>, method = 'GET'): Promise<number> => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    request({ host: '127.0.0.1', port, path, method, headers }, (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    })
      .once('error', reject)
      .end();
    return promise;
  };
  const host = `localhost:${port}`;
  expect(await status('/', { host })).toBe(200);
  expect(await status('/', { host: new URL(served.url).host, origin: new URL(served.url).origin })).toBe(200);
  for (const path of ['/', '/state?as=U0ANA', '/changes', '/traffic', '/control/faults']) {
    expect(await status(path, { host: 'evil.test' })).toBe(403);
    expect(await status(path, { host, origin: 'http://evil.test' })).toBe(403);
  }
  for (const path of ['/act', '/start-over', '/control/faults']) {
    expect(await status(path, { host, 'content-type': 'text/plain' }, 'POST')).toBe(415);
    expect(await status(path, { host: 'evil.test', 'content-type': 'application/json' }, 'POST')).toBe(403);
  }
  expect(startedOver).toBe(0);
  expect(await status('/../package.json', { host })).toBe(404);
});

it('says that everything starts over while there is no Slack', async () => {
  const served = await servePage({
    slack: () => null,
    startOver: async () => {},
    app,
    port: 0,
  });
  onTestFinished(() => served.close());
  const response = await fetch(`${served.url}state?as=U0ANA`);
  expect([response.status, await response.json()]).toEqual([200, { problem: 'Starting over…' }]);
  expect((await fetch(served.url)).status).toBe(200);
});
