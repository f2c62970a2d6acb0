import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalSlack, startSlack } from '../server/slack-server.ts';
import { card, quiet } from './support/bot.ts';
import { TestClock } from './support/clock.ts';

let clock: TestClock;
let slack: LocalSlack;
let client: webApi.WebClient;

beforeEach(async () => {
  clock = new TestClock();
  slack = await startSlack({ clock, rateLimits: true });
  client = new webApi.WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet,
  });
});
afterEach(() => slack.close());

const post = (channel = 'C0WEB') => client.chat.postMessage({ channel, text: 'hello' });
const info = () => client.users.info({ user: 'U0ANA' });
const publish = (user_id: string) =>
  client.views.publish({ user_id, view: { type: 'home' as const, blocks: card } });

async function times(count: number, call: () => Promise<unknown>): Promise<void> {
  for (let done = 0; done < count; done += 1) await call();
}

describe('rate limits', () => {
  it('let a tier 3 method through 50 times in any minute', async () => {
    const { ts = '' } = await post();
    const update = () => client.chat.update({ channel: 'C0WEB', ts, text: 'new' });
    await times(20, update);
    clock.advance(30_000);
    await times(30, update);
    await expect(update()).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 30 });
    expect(slack.calls.at(-1)?.answer).toEqual({ status: 429, body: { ok: false, error: 'ratelimited' } });
    clock.advance(29_999);
    await expect(update()).rejects.toMatchObject({ retryAfter: 1 });
    clock.advance(1);
    // The first twenty are a minute old.
    await times(20, update);
    await expect(update()).rejects.toMatchObject({ retryAfter: 30 });
  });

  it('count each method for itself, tier 4 up to 100', async () => {
    await times(100, info);
    await expect(info()).rejects.toMatchObject({ retryAfter: 60 });
    await publish('U0ANA');
    expect((await client.auth.test()).ok).toBe(true);
  });

  it('let a channel have a few messages at once and then one a second', async () => {
    await times(5, post);
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    await post('C0TEAM');
    clock.advance(1_000);
    await post();
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    clock.advance(60_000);
    await times(5, post);
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    expect(slack.messages('C0WEB')).toHaveLength(11);
  });

  it('are off unless asked for', async () => {
    const other = await startSlack({ clock });
    const options = { slackApiUrl: other.apiUrl, retryConfig: { retries: 0 }, logger: quiet };
    const free = new webApi.WebClient(other.botToken, options);
    await times(10, () => free.chat.postMessage({ channel: 'C0WEB', text: 'hello' }));
    await other.close();
  });
});
