import { webApi } from '@slack/bolt';
import { describe, expect, it, vi } from 'vitest';
import { failureOf } from '../../src/slack/failures.ts';
import { clientCache, SlackClient } from '../../src/slack/web-client.ts';

interface Sent {
  readonly address: string;
  readonly init: RequestInit;
}

/** Returns a client with fixed responses, and a record of its requests. */
function asking(answer: () => Response | Promise<Response>, options: webApi.WebClientOptions = {}) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    sent.push({ address: String(input), init });
    return answer();
  };
  const client = new SlackClient('xoxb-1', { fetch, retryConfig: { retries: 0 }, ...options });
  return { client, sent };
}

const ok = (more: object = {}): Response => Response.json({ ok: true, ...more });
const card = { channel: 'C1', text: 'Zoë’s “card”', blocks: [{ type: 'divider' }] } as const;

describe('a call that changes something', () => {
  it('goes as JSON, with the token in its head, and resolves to what Slack says', async () => {
    const { client, sent } = asking(() => ok({ ts: '1.1' }));
    expect(await client.chat.postMessage({ ...card, blocks: [...card.blocks] })).toEqual({
      ok: true,
      ts: '1.1',
    });
    expect(sent).toEqual([
      {
        address: 'https://slack.com/api/chat.postMessage',
        init: {
          method: 'POST',
          headers: { authorization: 'Bearer xoxb-1', 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify(card),
          redirect: 'error',
        },
      },
    ]);
  });

  it('says which workspace it is about, and nothing that is not given', async () => {
    const { client, sent } = asking(ok, { teamId: 'T1', slackApiUrl: 'http://127.0.0.1:1/api/' });
    await client.apiCall('views.publish', { user_id: 'U1', hash: null, view_id: undefined });
    expect(sent.map(({ address, init }) => [address, init.body])).toEqual([
      ['http://127.0.0.1:1/api/views.publish', '{"team_id":"T1","user_id":"U1"}'],
    ]);
  });

  it('is given up in time', async () => {
    const { client, sent } = asking(ok, { timeout: 8_000 });
    await client.views.open({
      trigger_id: '1.1',
      view: { type: 'modal', title: { type: 'plain_text', text: 'A' }, blocks: [] },
    });
    expect(sent[0]?.init.signal).toBeInstanceOf(AbortSignal);
  });
});

it('a call that only reads goes as a form: Slack takes no JSON there', async () => {
  const { client, sent } = asking(ok);
  await client.users.info({ user: 'U1' });
  expect(sent[0]?.init.body).toBe('user=U1');
});

describe('what goes wrong means the same as with Slack’s own client', () => {
  const network = (code: string): never => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
  };
  const cases: readonly [string, () => Response, object][] = [
    [
      'a refusal',
      () => Response.json({ ok: false, error: 'is_archived' }),
      { kind: 'refused', code: 'is_archived' },
    ],
    ['no word', () => Response.json({ ok: false }), { kind: 'refused', code: 'undefined' }],
    [
      'too many',
      () => new Response('', { status: 429, headers: { 'retry-after': '30' } }),
      { kind: 'later', code: 'ratelimited', afterMs: 30_000 },
    ],
    [
      'too many, for nobody knows how long',
      () => new Response('', { status: 429 }),
      { kind: 'later', code: 'ratelimited', afterMs: 5_000 },
    ],
    ['a breakdown', () => new Response('oops', { status: 503 }), { kind: 'unclear', code: 'http_503' }],
    [
      'a proxy’s page',
      () => new Response('<html>Bad gateway</html>'),
      { kind: 'unclear', code: 'malformed_answer' },
    ],
    [
      'half an answer',
      () => new Response('{"ok":true,"ts":"17'),
      { kind: 'unclear', code: 'malformed_answer' },
    ],
    ['a number', () => new Response('1'), { kind: 'unclear', code: 'malformed_answer' }],
    ['no connection', () => network('ECONNREFUSED'), { kind: 'later', code: 'ECONNREFUSED', afterMs: 5_000 }],
    ['a connection that broke', () => network('ECONNRESET'), { kind: 'unclear', code: 'ECONNRESET' }],
  ];
  it.each(cases)('%s', async (_, answer, failure) => {
    const error = await asking(answer)
      .client.chat.postMessage({ channel: 'C1', text: 'A' })
      .then(
        () => null,
        (thrown: unknown) => thrown,
      );
    expect(failureOf(error)).toEqual(failure);
  });

  it('an answer that breaks off', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('broken off')) });
    const call = asking(() => new Response(body)).client.chat.postMessage({ channel: 'C1', text: 'A' });
    await expect(call).rejects.toBeInstanceOf(webApi.WebAPIRequestError);
  });
});

it('what Slack has to say beside its answer is in the log', async () => {
  const logger = {
    debug() {},
    info() {},
    warn: vi.fn(),
    error() {},
    setLevel() {},
    getLevel: () => webApi.LogLevel.INFO,
    setName() {},
  };
  const about = { warnings: ['missing_charset'], messages: ['[WARN] text is missing'] };
  await asking(() => ok({ response_metadata: about }), { logger }).client.chat.postMessage({
    channel: 'C1',
    text: 'A',
  });
  expect(logger.warn.mock.calls).toEqual([['missing_charset'], ['[WARN] text is missing']]);
});

it('there is one client for each token and workspace, and a bounded number of them', () => {
  const clientWith = clientCache({});
  const first = clientWith('xoxb-1', 'T1');
  expect(clientWith('xoxb-1', 'T1')).toBe(first);
  expect(clientWith('xoxb-1', 'T2')).not.toBe(first);
  expect(clientWith('xoxb-2', 'T1')).not.toBe(first);
  for (let n = 0; n < 500; n += 1) clientWith(`xoxb-more-${n}`, 'T1');
  expect(clientWith('xoxb-1', 'T1')).not.toBe(first);
});
