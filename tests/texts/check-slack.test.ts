/** `npm run check:slack` against a server on this machine that plays Slack's `blocks.validate`. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { checkView } from '../../packages/local-slack/rules/limits.ts';
import { type Checked, checkedAmong, checkWithSlack, SLACK_API } from './check-slack.ts';

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Asked {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly form: Readonly<Record<string, string>>;
}

const ACCEPTED: Reply = { body: '{"ok":true}' };
const refusedWith = (error: string, more = {}): Reply => ({
  body: JSON.stringify({ ok: false, error, ...more }),
});

/** A server that gives these replies in turn, and accepts everything after them. */
async function startSlack(...replies: Reply[]) {
  const asked: Asked[] = [];
  const waits: number[] = [];
  const server = createServer(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    asked.push({ url: request.url, headers: request.headers, form });
    const { status = 200, headers = {}, body } = replies.shift() ?? ACCEPTED;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const check = (payloads: readonly Checked[], token?: string) =>
    checkWithSlack(payloads, {
      api: `http://127.0.0.1:${port}/api/`,
      token,
      fetch,
      wait: async (ms) => void waits.push(ms),
    });
  return { asked, waits, check, server };
}

const VIEW = { type: 'modal', title: { type: 'plain_text', text: 'Why?' }, blocks: [] };
const MESSAGE = { text: 'Hello', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Hello' } }] };
const PAYLOADS = checkedAmong([
  { screen: 'Card', title: 'Open', shown: 'Hello', message: MESSAGE },
  { screen: 'Card', title: 'Open again', shown: 'Hello', message: MESSAGE },
  { screen: 'Dialogs', title: 'Why?', shown: 'Why?', view: VIEW },
  { screen: 'Record file', title: 'Record', shown: '# Record' },
]);

it('asks once about each message and view, without a token, as Slack documents it', async () => {
  const slack = await startSlack();
  expect(await slack.check(PAYLOADS)).toEqual([]);
  expect(slack.asked.map(({ url, form }) => ({ url, form }))).toEqual([
    { url: '/api/blocks.validate', form: { message: JSON.stringify({ blocks: MESSAGE.blocks }) } },
    { url: '/api/blocks.validate', form: { view: JSON.stringify(VIEW) } },
  ]);
  expect(slack.asked[0]?.headers).toMatchObject({
    'content-type': expect.stringContaining('application/x-www-form-urlencoded'),
  });
  expect(slack.asked[0]?.headers.authorization).toBeUndefined();
  expect(new URL('blocks.validate', SLACK_API).href).toBe('https://slack.com/api/blocks.validate');
});

it('names the refused ones with Slack’s reasons', async () => {
  const constraint = { type: 'enum', expected: ['plain_text', 'mrkdwn'] };
  const errors = [
    { code: 'failed_constraint', message: 'unsupported type: x', pointer: '/0/text/type', constraint },
  ];
  const slack = await startSlack(
    refusedWith('invalid_message', { errors }),
    refusedWith('invalid_arguments', { response_metadata: { messages: ['must provide exactly one'] } }),
  );
  expect(await slack.check(PAYLOADS)).toEqual([
    {
      name: 'Card, Open',
      reasons: [`/0/text/type: unsupported type: x ${JSON.stringify(constraint)}`],
    },
    { name: 'Dialogs, Why?', reasons: ['must provide exactly one'] },
  ]);
});

it('names the code if Slack gives no reason', async () => {
  const slack = await startSlack(refusedWith('invalid_blocks'));
  expect(await slack.check(PAYLOADS)).toEqual([{ name: 'Card, Open', reasons: ['invalid_blocks'] }]);
});

it('waits as long as a rate limit asks, and goes on with the same payload', async () => {
  const limited = { status: 429, headers: { 'retry-after': '7' }, body: '' };
  const slack = await startSlack(limited, refusedWith('ratelimited'));
  expect(await slack.check(PAYLOADS)).toEqual([]);
  expect(slack.waits).toEqual([7_000, 10_000]);
  expect(slack.asked.map(({ form }) => Object.keys(form)[0])).toEqual([
    'message',
    'message',
    'message',
    'view',
  ]);
});

it('gives up if the rate limit doesn’t end, or asks for too long', async () => {
  const limited = { status: 429, headers: { 'retry-after': '1' }, body: '' };
  const endless = await startSlack(limited, limited, limited, limited, limited);
  await expect(endless.check(PAYLOADS)).rejects.toThrow('Slack still limits the requests.');
  const long = await startSlack({ status: 429, headers: { 'retry-after': '3600' }, body: '' });
  await expect(long.check(PAYLOADS)).rejects.toThrow('Slack asks to wait 3600 seconds.');
});

it('says which variable to set if Slack asks for a token, and sends the one that is set', async () => {
  const without = await startSlack(refusedWith('not_authed'));
  await expect(without.check(PAYLOADS)).rejects.toThrow('Set SLACK_BOT_TOKEN and try again.');
  const wrong = await startSlack(refusedWith('invalid_auth'));
  await expect(wrong.check(PAYLOADS, 'xoxb-1')).rejects.toThrow("Slack doesn't accept SLACK_BOT_TOKEN");
  const right = await startSlack();
  await right.check(PAYLOADS, 'xoxb-1');
  expect(right.asked[0]?.headers.authorization).toBe('Bearer xoxb-1');
});

it('says that it needs the internet if nothing answers, or something else does', async () => {
  const gone = await startSlack();
  gone.server.close();
  await once(gone.server, 'close');
  await expect(gone.check(PAYLOADS)).rejects.toThrow(/127\.0\.0\.1:\d+ doesn't answer .*needs the internet/);
  const proxy = await startSlack({ status: 502, body: '<html>' });
  await expect(proxy.check(PAYLOADS)).rejects.toThrow("Not Slack's answer (HTTP 502).");
});

it('sends a dialog that the local Slack would take as it is', () => {
  expect(checkView(JSON.parse(Object.values(PAYLOADS[1]?.parameters ?? {})[0] ?? '{}'))).toEqual([]);
});
