import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../bench/instances/free-port.ts';
import { temporaryFolder } from '../support/folder.ts';
import { type LocalSlack, startSlack } from '../support/local-slack.ts';
import { startProcess } from '../support/process.ts';

const SIGNING_SECRET = 'a-signing-secret';
const TOKEN = 'a-token-for-metrics';

async function running(transport: 'http' | 'socket', more: Record<string, string> = {}) {
  const slack: LocalSlack = await startSlack();
  onTestFinished(() => slack.close());
  const port = await freePort();
  const bot = startProcess(temporaryFolder(), {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: 'bot.db',
    HOST: '127.0.0.1',
    PORT: String(port),
    ...(transport === 'http'
      ? { SLACK_SIGNING_SECRET: SIGNING_SECRET }
      : { SLACK_APP_TOKEN: slack.appToken }),
    ...more,
  });
  await bot.log((line) => line.msg === 'ready');
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  return { slack, bot, get, port };
}

describe.each(['http', 'socket'] as const)('watched over, over %s', (transport) => {
  it('is healthy, ready and counted', async () => {
    const { get, port, bot, slack } = await running(transport);
    expect(await get('/healthz')).toEqual({ status: 200, text: '{"ok":true}\n' });
    expect(await get('/readyz')).toEqual({
      status: 200,
      text: '{"ready":true,"checks":{"store":"ok","slack":"ok"}}\n',
    });
    const { status, text } = await get('/metrics');
    expect(status).toBe(200);
    // One at the start, one for readiness.
    expect(text).toContain('bot_slack_calls_total{method="auth.test",error="none"} 2');
    expect(text).toContain('bot_ready{check="store"} 1');
    expect(text).toContain('bot_ready{check="slack"} 1');
    expect(text).toContain('bot_interactions_total{kind="command",outcome="failed"} 0');
    expect(text).toContain('process_resident_memory_bytes');
    // A proxy on this machine may pass on what comes from elsewhere.
    expect((await get('/metrics', { 'x-forwarded-for': '203.0.113.7' })).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`, { method: 'POST' })).status).toBe(405);
    expect((await get('/nothing')).status).toBe(404);
    bot.kill('SIGTERM');
    if (transport === 'socket') return expect(await bot.ended).toBe(0);
    // Whoever sends requests is told, and until they have had time to notice everything is served as ever.
    await bot.log((line) => line.msg === 'stopping');
    const stopping = { status: 503, text: '{"ready":false,"checks":{"process":"stopping"}}\n' };
    expect(await get('/readyz')).toEqual(stopping);
    expect(await get('/readyz?only=process')).toEqual(stopping);
    expect(await get('/healthz')).toEqual({ status: 200, text: '{"ok":true}\n' });
    slack.sendTo({ url: `http://127.0.0.1:${port}/slack/events`, signingSecret: SIGNING_SECRET });
    const { status: answered, body } = await slack
      .as('U0ANA')
      .command('/django-or-flask', 'help', { channel: 'C0WEB' });
    expect(answered).toBe(200);
    expect(JSON.stringify(body)).not.toContain('restarted');
  });
});

it('with a token, metrics are for whoever has it, and for nobody else', async () => {
  const { get, bot } = await running('http', { METRICS_TOKEN: TOKEN });
  expect((await get('/metrics')).status).toBe(401);
  expect((await get('/metrics', { authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await get('/metrics', { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
  expect(bot.stdout()).not.toContain(TOKEN);
});

it('is not ready while Slack does not answer, and healthy all the same', async () => {
  const { get, slack } = await running('http');
  slack.faults.plan('auth.test', { status: 503 });
  expect((await get('/readyz')).status).toBe(503);
  expect((await get('/healthz')).status).toBe(200);
  expect((await get('/metrics')).text).toContain('bot_ready{check="slack"} 0');
  // Slack may go on sending: whoever spreads requests must not turn them away for that.
  expect((await get('/readyz?only=process')).status).toBe(200);
});
