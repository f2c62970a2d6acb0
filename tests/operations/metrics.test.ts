import { describe, expect, it } from 'vitest';
import { countingFetch } from '../../src/operations/counting-fetch.ts';
import { Metrics } from '../../src/operations/metrics.ts';
import { startBot } from '../support/bot.ts';
import { command, submit } from '../support/payloads.ts';
import { blockOf, pressed } from '../support/posted-card.ts';

const silent = new Metrics({
  refreshBacklog: async () => {
    throw new Error('the database is gone');
  },
  pendingPosts: async () => 3,
  pool: () => ({ open: 4, idle: 3, waiting: 0 }),
});

describe('the metrics', () => {
  it('count what people did and how soon Slack was told, and say nothing about them', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ project: 'Secret portal' }));
    const block = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
    await bot.deliver(pressed('vote_flask', block, 'U777'));
    await bot.deliver(command('help'));
    await bot.deliver(pressed('vote_flask', 'decision:none', 'U777'));
    const text = await bot.metrics.text();
    expect(text).toContain('bot_interactions_total{kind="view_submission",outcome="created"} 1');
    expect(text).toContain('bot_interactions_total{kind="command",outcome="ok"} 1');
    expect(text).toContain('bot_interactions_total{kind="action",outcome="gone"} 1');
    expect(text).toContain('bot_ack_seconds_count{kind="action"} 2');
    expect(text).toContain('bot_refresh_backlog 0');
    for (const secret of ['Secret', 'U777', 'U1', 'T1', 'C1']) expect(text).not.toContain(secret);
  });

  it('are there also while the database does not answer', async () => {
    const text = await silent.text();
    expect(text).toContain('bot_refresh_backlog Nan');
    expect(text).toContain('bot_pending_posts 3');
    expect(text).toContain('bot_pool_idle 3');
  });

  it('do not grow without end, whatever is counted', async () => {
    const metrics = new Metrics({
      refreshBacklog: async () => 0,
      pendingPosts: async () => 0,
      pool: () => null,
    });
    for (let i = 0; i < 500; i++) metrics.slackCall('chat.update', `code_${i}`);
    metrics.slackCall('chat.update', 'with "quotes" and U123 <@x>');
    const lines = (await metrics.text())
      .split('\n')
      .filter((line) => line.startsWith('bot_slack_calls_total{'));
    expect(lines.length).toBeLessThanOrEqual(121);
    expect(lines.join()).toContain('error="other"');
    expect(lines.join()).not.toContain('quotes');
  });
});

describe('calls of Slack', () => {
  const counted: [string, string | null][] = [];
  const asking = (answer: () => Promise<Response>) =>
    countingFetch(answer, (method, error) => void counted.push([method, error]));
  const call = (fetch: typeof globalThis.fetch) =>
    fetch('https://slack.test/api/chat.update', { method: 'POST' });

  it('are counted by method and by what Slack said, and read all the same', async () => {
    const ok = await call(asking(async () => Response.json({ ok: true, ts: '1.1' })));
    expect(await ok.json()).toEqual({ ok: true, ts: '1.1' });
    const no = await call(asking(async () => Response.json({ ok: false, error: 'is_archived' })));
    expect(await no.json()).toEqual({ ok: false, error: 'is_archived' });
    const late = await call(
      asking(async () => new Response('', { status: 429, headers: { 'retry-after': '7' } })),
    );
    expect([late.status, late.headers.get('retry-after')]).toEqual([429, '7']);
    await expect(
      call(
        asking(async () => {
          throw new TypeError('fetch failed');
        }),
      ),
    ).rejects.toThrow('fetch failed');
    await asking(async () => new Response('ok'))('https://hooks.slack.test/commands/T1/1/secret');
    expect(counted).toEqual([
      ['chat.update', null],
      ['chat.update', 'is_archived'],
      ['chat.update', 'http_429'],
      ['chat.update', 'no_answer'],
    ]);
  });
});
