import { describe, expect, it } from 'vitest';
import { press } from '../support/payloads.ts';
import { menu, pressed, told, withCard } from '../support/posted-card.ts';

const OUTCOME = { outcome: 'django', rationale: '', revisit: null, revisitAt: null, by: 'U1' } as const;

/** Slack never sends a press again: what it asks for must not be lost where the process dies right after the answer. */
describe('before it is acknowledged, it is on disk:', () => {
  const keyOf = (block: string) => ({ tenant: 'T1', decision: block.slice('decision:'.length) });

  it('a vote', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(pressed('vote_flask', block), { ackFails: true });
    expect((await bot.store.discussions.get(keyOf(block)))?.votes).toMatchObject([{ choice: 'flask' }]);
    // The card shows it all the same, and the person is told.
    expect(bot.slack.of('chat.update')[0]?.text).toContain('Flask: 1 (<@U1>)');
    expect(told(bot)[0]?.text).toContain('Something went wrong on my side');
  });

  it('that a vote is withdrawn', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(pressed('vote_flask', block));
    await bot.deliver(press({ actionId: 'withdraw_vote', blockId: block }), { ackFails: true });
    expect((await bot.store.discussions.get(keyOf(block)))?.votes).toEqual([]);
  });

  it('that it is reopened, and that its file is wanted', async () => {
    const { bot, block } = await withCard();
    const key = keyOf(block);
    await bot.store.records.decide(key, OUTCOME, bot.clock.now());
    const file = { ...key, kind: 'file' } as const;
    await bot.store.posts.dropped(file);
    await bot.deliver(menu('export', block), { ackFails: true });
    expect((await bot.store.posts.get(file))?.state).not.toBe('dropped');
    await bot.deliver(menu('reopen', block), { ackFails: true });
    expect((await bot.store.decisions.get(key.tenant, key.decision))?.status).toBe('open');
  });

  it('a press whose work takes long is acknowledged in the meantime', async () => {
    const { bot, block } = await withCard();
    const { promise: hold, resolve: release } = Promise.withResolvers<{ error: string }>();
    bot.slack.next('users.info', { hold });
    await bot.store.records.decide(keyOf(block), OUTCOME, bot.clock.now());
    const { acknowledged, done } = bot.start(menu('reopen', block, 'U9'));
    await expect.poll(() => bot.slack.of('users.info')).toHaveLength(1);
    bot.clock.advance(2_000);
    expect(await acknowledged).toBeUndefined();
    release({ error: 'user_not_found' });
    expect((await done).acks).toHaveLength(1);
  });
});
