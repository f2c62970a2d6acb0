import { describe, expect, it } from 'vitest';
import { Metrics } from '../../src/runtime/metrics.ts';
import { countCalls } from '../../src/slack/call-log.ts';
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

  it('count how soon Slack was told, in buckets', async () => {
    silent.acknowledged('command', 0.02);
    const text = await silent.text();
    expect(text).toContain('bot_ack_seconds_bucket{le="0.01",kind="command"} 0\n');
    expect(text).toContain('bot_ack_seconds_bucket{le="0.025",kind="command"} 1\n');
    expect(silent.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('are there also while the database does not answer', async () => {
    const text = await silent.text();
    expect(text).toContain('bot_refresh_backlog Nan');
    expect(text).toContain('bot_pending_posts 3');
    expect(text).toContain('bot_pool_idle 3');
  });

  it('do not count their own questions to the database with those that wait for it', async () => {
    let waiting = 0;
    const ask = async (): Promise<number> => {
      waiting += 1;
      return 0;
    };
    const metrics = new Metrics({
      refreshBacklog: ask,
      pendingPosts: ask,
      pool: () => ({ open: 1, idle: 1, waiting }),
    });
    expect(await metrics.text()).toContain('bot_pool_waiting 0');
  });

  it('have a series for each token error from the start, so that the first one is an increase', async () => {
    const metrics = new Metrics({
      refreshBacklog: async () => 0,
      pendingPosts: async () => 0,
      pool: () => null,
    });
    const series = async () =>
      [...(await metrics.text()).matchAll(/^bot_token_errors_total\{code="(\w+)"\} (\d+)$/gm)].map(
        ([, code, count]) => [code, Number(count)],
      );
    const codes = ['token_revoked', 'token_expired', 'invalid_auth', 'account_inactive', 'not_authed'];
    expect(await series()).toEqual(codes.map((code) => [code, 0]));
    for (const code of codes) metrics.slackCall('chat.update', code);
    metrics.slackCall('chat.update', 'is_archived');
    metrics.slackCall('chat.update', null);
    expect(await series()).toEqual(codes.map((code) => [code, 1]));
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
  it('are counted by method and by what Slack said; nothing else is', () => {
    const counted: [string, string | null][] = [];
    const ended = countCalls((method, error) => void counted.push([method, error]));
    const address = 'https://slack.test/api/chat.update';
    ended(address, { status: 200, text: '{"ok":true,"ts":"1.1"}' });
    ended(address, { status: 200, text: '{"ok":false,"error":"is_archived"}' });
    ended(address, { status: 200, text: '<html>' });
    ended(address, { status: 429, text: '' });
    ended(address, null);
    ended('https://hooks.slack.test/commands/T1/1/secret', { status: 200, text: 'ok' });
    expect(counted).toEqual([
      ['chat.update', null],
      ['chat.update', 'is_archived'],
      ['chat.update', 'malformed'],
      ['chat.update', 'http_429'],
      ['chat.update', 'no_answer'],
    ]);
  });
});
