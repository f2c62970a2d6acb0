import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createInstallState, STATE_LIFETIME_MS } from '../../../src/installs/install-state.ts';
import { createPages } from '../../../src/installs/web.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { createOperationsPages } from '../../../src/runtime/http/operations.ts';
import { Metrics } from '../../../src/runtime/metrics.ts';
import { ReadinessChecks } from '../../../src/runtime/readiness.ts';
import { HttpReceiver } from '../../../src/slack/http/receiver.ts';
import { TestClock } from '../../support/clock.ts';
import { rubric } from '../../support/decision.ts';
import { recordingLogger } from '../../support/log.ts';
import { connectTo } from '../../support/receiver.ts';

const STATE_SECRET = 'a-state-secret-of-ours';
const clock = new TestClock();

/** Serves everything that a bot for many workspaces serves, on a failing database. */
async function start(token: string | null = null) {
  const loaded = loadConfig({
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'a-client-secret-of-ours',
    SLACK_STATE_SECRET: STATE_SECRET,
    SLACK_SIGNING_SECRET: 'a-signing-secret-of-ours',
    TOKEN_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    PUBLIC_URL: 'https://bot.example.org',
  });
  if (!loaded.ok || loaded.config.workspaces.kind !== 'many') throw new Error('not configured');
  const log = recordingLogger();
  const failing = async (): Promise<never> => {
    throw new Error('connect ECONNREFUSED postgres://bot:hunter2@db');
  };
  const pages = {
    ...createPages({
      config: loaded.config,
      many: loaded.config.workspaces,
      workspaces: { install: failing },
      now: clock.now.bind(clock),
      scopes: [{ name: 'commands', why: 'the command' }],
      rubric,
      randomBytes,
      newReference: () => 'ref-1',
      logger: log.logger,
    }),
    ...createOperationsPages({
      readiness: new ReadinessChecks(clock, { store: failing }),
      metrics: new Metrics({ refreshBacklog: failing, pendingPosts: failing, pool: () => null }),
      metricsToken: token,
    }),
    '/broken': failing,
  };
  const receiver = new HttpReceiver({
    signingSecret: 'a-signing-secret-of-ours',
    host: '127.0.0.1',
    port: 0,
    logger: log.logger,
    clock,
    pages,
  });
  const { port } = await receiver.start();
  onTestFinished(() => receiver.stop());
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  return { ask, port, log };
}

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000',
};
const OPERATIONS_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
const state = () => createInstallState(STATE_SECRET, clock.now(), randomBytes);

/** Expected end of an installation, by the query with which the browser comes back. */
const endings = (): [string, string, Record<string, string>, number][] => {
  const { state: mine, cookie } = state();
  const headers = { cookie: `__Host-slack-install=${cookie}` };
  return [
    ['without a state', '?code=x', headers, 400],
    ['denied', `?error=access_denied&state=${mine}`, headers, 403],
    ['broken', `?code=x&state=${mine}`, headers, 500],
    ['in another browser', `?code=x&state=${mine}`, { cookie: '__Host-slack-install=other' }, 400],
    [
      'by a cookie that any host of the domain can set',
      `?code=x&state=${mine}`,
      { cookie: `slack-install=${cookie}` },
      400,
    ],
  ];
};

describe('every answer', () => {
  const PATHS = [
    ['/slack/install', 200],
    ['/slack/oauth_redirect', 400],
    ['/privacy', 200],
    ['/healthz', 200],
    ['/readyz', 503],
    ['/metrics', 200],
    ['/slack/events', 405],
    ['/nothing', 404],
    ['/broken', 500],
    ['//example.org/slack/install', 404],
    ['/constructor', 404],
    ['/slack/install/../../etc/passwd', 404],
    ['/slack/oauth_redirect?redirect_uri=https://example.org&next=//example.org', 400],
  ] as const;

  it.each(PATHS)(
    '%s is %d, to HEAD as to GET, and tells nothing of what is behind it',
    async (path, status) => {
      const { ask } = await start();
      const got = await ask(path);
      const head = await ask(path, { method: 'HEAD' });
      expect([got.status, head.status, head.text]).toEqual([status, status, '']);
      expect(head.headers.get('content-length')).toBe(got.headers.get('content-length'));
      for (const { headers, text } of [got, head]) {
        for (const name of ['server', 'x-powered-by', 'location', 'access-control-allow-origin'])
          expect(headers.has(name), name).toBe(false);
        expect(text).not.toMatch(/hunter2|ECONNREFUSED|node_modules|\n +at |secret-of-ours/);
      }
      expect((await ask(path, { method: 'DELETE' })).status).toBe(status === 404 ? 404 : 405);
    },
  );

  it('to what is no HTTP, or too large, says no more than that', async () => {
    const { port } = await start();
    for (const [bytes, status] of [
      ['hello\r\n\r\n', 400],
      [`GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
      ['POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 9999999\r\n\r\n', 413],
    ] as const) {
      const connection = await connectTo(port);
      connection.write(bytes);
      expect(await connection.answer()).toEqual({ status, body: '' });
    }
  });
});

describe('pages', () => {
  it.each(['/slack/install', '/privacy', '/slack/oauth_redirect'])(
    '%s run, load, send and frame nothing',
    async (path) => {
      const { headers } = await (await start()).ask(path);
      expect(Object.fromEntries(headers)).toMatchObject(PAGE_HEADERS);
      expect(headers.get('cache-control')).toBe(path === '/privacy' ? 'public, max-age=300' : 'no-store');
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
      );
    },
  );

  it.each(endings().map(([name], i) => [name, i] as const))('an installation that ends %s', async (_, i) => {
    const { ask, log } = await start();
    const [, query, headers, status] = endings()[i] ?? ['', '', {}, 0];
    const answer = await ask(`/slack/oauth_redirect${query}`, { headers });
    expect(answer.status).toBe(status);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      ...PAGE_HEADERS,
      'cache-control': 'no-store',
    });
    expect(answer.headers.get('set-cookie')).toBe(
      '__Host-slack-install=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0; Secure',
    );
    expect(log.raw()).not.toMatch(/secret-of-ours/);
  });

  it('begin with a cookie that no script, no other host and no plain connection gets', async () => {
    const { headers } = await (await start()).ask('/slack/install');
    expect(headers.get('set-cookie')).toMatch(
      /^__Host-slack-install=[\w-]{24}; HttpOnly; SameSite=Lax; Path=\/; Max-Age=600; Secure$/,
    );
  });

  it('a state is good for ten minutes', async () => {
    const { ask } = await start();
    const { state: mine, cookie } = state();
    clock.advance(STATE_LIFETIME_MS + 1);
    const { status, text } = await ask(`/slack/oauth_redirect?code=x&state=${mine}`, {
      headers: { cookie: `__Host-slack-install=${cookie}` },
    });
    expect([status, text]).toEqual([400, expect.stringContaining('took too long')]);
  });

  it('what somebody writes into the address is not what the log says', async () => {
    const { ask, log } = await start();
    const { state: mine, cookie } = state();
    await ask(`/slack/oauth_redirect?error=${encodeURIComponent('Call 555 now')}&state=${mine}`, {
      headers: { cookie: `__Host-slack-install=${cookie}` },
    });
    expect(log.lines).toMatchObject([{ code: 'other', msg: 'installation canceled' }]);
  });
});

describe('the metrics', () => {
  it.each([
    { 'x-forwarded-for': '203.0.113.7' },
    { forwarded: 'for=203.0.113.7' },
    { 'x-real-ip': '203.0.113.7' },
    { 'x-forwarded-host': 'bot.example.org' },
    { 'x-forwarded-proto': 'https' },
    { via: '1.1 proxy' },
  ])('are not for whoever comes through a proxy on this machine: %j', async (headers) => {
    const { status, text } = await (await start()).ask('/metrics', { headers });
    expect([status, text]).toEqual([401, 'The metrics need the token in METRICS_TOKEN.\n']);
  });

  it.each([
    ['bot.example.org', 401],
    ['127.0.0.1.example.org', 401],
    ['localhost:3000', 200],
    ['[::1]:3000', 200],
  ])('are for this machine by its own names alone: %s', async (host, status) => {
    const connection = await connectTo((await start()).port);
    connection.write(`GET /metrics HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
    expect((await connection.answer()).status).toBe(status);
  });

  it('with a token are for nobody without it, this machine or not', async () => {
    const { ask } = await start('a-token-for-metrics');
    expect((await ask('/metrics')).status).toBe(401);
    for (const wrong of [
      'Bearer ',
      'Bearer a-token-for-metric',
      'Bearer a-token-for-metricsx',
      'a-token-for-metrics',
    ])
      expect((await ask('/metrics', { headers: { authorization: wrong } })).status).toBe(401);
    const headers = { authorization: 'Bearer a-token-for-metrics', 'x-forwarded-for': '203.0.113.7' };
    expect((await ask('/metrics', { headers })).status).toBe(200);
  });

  it('and health are kept by nobody, and taken for nothing else', async () => {
    const { ask } = await start();
    for (const path of ['/metrics', '/healthz', '/readyz'])
      expect(Object.fromEntries((await ask(path)).headers)).toMatchObject(OPERATIONS_HEADERS);
  });
});
