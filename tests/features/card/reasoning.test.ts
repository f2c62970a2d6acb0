import { describe, expect, it } from 'vitest';
import { startBot } from '../../support/bot.ts';
import { submit } from '../../support/payloads.ts';

const ANSWERS = { parts: 'few', screens: 'plain', tools: 'own' };
const isRich = (call: Record<string, unknown> | undefined): boolean =>
  /"data_table"/.test(JSON.stringify(call?.blocks));
/** Replies in threads, without the cards. */
const replies = (calls: Record<string, unknown>[]) => calls.filter((call) => call.thread_ts !== undefined);

describe('the reasoning in the thread', () => {
  it('has a table, and its content in the text that is read aloud', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ answers: ANSWERS }));
    const [reply] = replies(bot.slack.of('chat.postMessage'));
    expect(isRich(reply)).toBe(true);
    expect(reply?.text).toContain('Plain pages: Django 1.');
  });

  it('is a list where the workspace refuses those blocks, at once, and from then on', async () => {
    const bot = await startBot();
    const card = { answer: { channel: 'C1', ts: '1795424400.000001' } };
    // Each instance learns it by itself, from one call that is refused.
    for (const [i] of bot.stores.entries()) {
      bot.slack.calls.length = 0;
      bot.slack.next('chat.postMessage', card, { error: 'invalid_blocks' });
      await bot.deliver(submit({ viewId: `V1${i}`, answers: ANSWERS }));
      expect(replies(bot.slack.of('chat.postMessage')).map(isRich)).toEqual([true, false]);
    }
    expect(JSON.stringify(replies(bot.slack.of('chat.postMessage'))[1]?.blocks)).toContain(
      'Plain pages: Django 1',
    );
    bot.slack.calls.length = 0;
    await bot.deliver(submit({ viewId: 'V2', answers: ANSWERS }));
    expect(replies(bot.slack.of('chat.postMessage')).map(isRich)).toEqual([false]);
  });

  it('that is refused for another reason is not tried in another form', async () => {
    const bot = await startBot();
    const card = { answer: { channel: 'C1', ts: '1795424400.000001' } };
    bot.slack.next('chat.postMessage', card, { error: 'is_archived' });
    await bot.deliver(submit({ answers: ANSWERS }));
    expect(replies(bot.slack.of('chat.postMessage'))).toHaveLength(1);
  });
});
