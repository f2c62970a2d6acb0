import { describe, expect, it, vi } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import type { TestBot } from '../support/bot.ts';
import { press, RESPONSE_URL, submitForget } from '../support/payloads.ts';
import { menu, pressed, told, withCard } from '../support/posted-card.ts';

const OUTCOME = { outcome: 'django', rationale: '', revisit: null, revisitAt: null, by: 'U1' } as const;

/** Slack never sends a press again: what it asks for must not be lost where the process dies right after the answer. */
describe('before it is acknowledged, it is on disk:', () => {
  const keyOf = (block: string) => ({ tenant: 'T1', decision: block.slice('decision:'.length) });

  it('a vote', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(pressed('vote_flask', block), { ackFails: true });
    expect((await bot.store.discussions.get(keyOf(block)))?.votes).toMatchObject([{ choice: 'flask' }]);
    // The card shows it all the same, and the person is told: Slack itself shows them that it failed.
    expect(bot.slack.of('chat.update')[0]?.text).toContain('Flask 1: <@U1>');
    expect(told(bot).map(({ text }) => text)).toEqual([expect.stringContaining('You voted for Flask.')]);
    expect(bot.log.lines).toContainEqual(
      expect.objectContaining({ msg: 'an acknowledgement did not reach Slack', id: 'vote_flask' }),
    );
  });

  it('that a vote is withdrawn', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(pressed('vote_flask', block));
    await bot.deliver(press({ actionId: 'withdraw_vote', blockId: block }), { ackFails: true });
    expect((await bot.store.discussions.get(keyOf(block)))?.votes).toEqual([]);
    expect(told(bot).at(-1)?.text).toContain('You withdrew your vote.');
  });

  it('that it is reopened, and that its file is wanted', async () => {
    const { bot, block } = await withCard();
    const key = keyOf(block);
    await bot.store.records.decide(key, OUTCOME, bot.clock.now());
    const file = { ...key, kind: 'file' } as const;
    await bot.store.posts.drop(file);
    await bot.deliver(menu('export', block), { ackFails: true });
    expect((await bot.store.posts.get(file))?.state).not.toBe('dropped');
    await bot.deliver(menu('reopen', block), { ackFails: true });
    expect((await bot.store.decisions.get(key.tenant, key.decision))?.status).toBe('open');
    expect(JSON.stringify(told(bot))).not.toContain('went wrong');
  });

  it.each([
    ['a vote', 'vote', (block: string) => pressed('vote_flask', block)],
    ['that a vote is withdrawn', 'withdraw', (block: string) => pressed('withdraw_vote', block)],
  ] as const)('%s, however long the disk takes', async (_, method, press) => {
    const { bot, block } = await withCard();
    await bot.deliver(pressed('vote_django', block));
    const release = holdNext(bot, 'discussions', method);
    await expectAckOnlyAfter(bot, press(block), release);
  });

  it.each([
    ['that it is reopened', 'reopen', (block: string) => menu('reopen', block)],
    ['that its file is wanted', 'exportFile', (block: string) => menu('export', block)],
    ['that it is to be looked at later', 'snooze', (block: string) => pressed('snooze', block)],
  ] as const)('%s, however long the disk takes', async (_, method, press) => {
    const { bot, block } = await withCard();
    await bot.store.records.decide(keyOf(block), OUTCOME, bot.clock.now());
    const release = holdNext(bot, 'records', method);
    await expectAckOnlyAfter(bot, press(block), release);
  });

  it('that somebody is forgotten, however long the disk takes', async () => {
    const { bot } = await withCard();
    const release = holdNext(bot, 'people', 'forget');
    await expectAckOnlyAfter(bot, submitForget('U2'), release);
  });

  it('a press that only opens a dialog is acknowledged in the meantime', async () => {
    const { bot, block } = await withCard();
    const release = holdNext(bot, 'discussions', 'get');
    const { acknowledged, done } = bot.start(pressed('who_voted', block));
    await release.begun;
    bot.clock.advance(2_000);
    expect(await acknowledged).toBeUndefined();
    release.now();
    expect((await done).acks).toHaveLength(1);
    expect(bot.slack.methods()).toContain('views.open');
  });

  it('what fails and cannot be told to the person is not acknowledged: then Slack tells them', async () => {
    const { bot, block } = await withCard();
    for (const { discussions } of bot.stores) {
      vi.spyOn(discussions, 'vote').mockRejectedValue(new Error('database or disk is full'));
    }
    bot.slack.next(RESPONSE_URL, { network: 'ECONNRESET' });
    bot.slack.next('chat.postEphemeral', { network: 'ECONNRESET' });
    expect((await bot.deliver(pressed('vote_flask', block))).acks).toEqual([]);
    expect((await bot.deliver(pressed('vote_flask', block))).acks).toHaveLength(1);
    expect(told(bot).at(-1)?.text).toContain('I ran into an error');
  });
});

interface Release {
  /** Resolves when the call has come. */
  readonly begun: Promise<void>;
  now(): void;
}

/** The next call of this method waits, whichever instance makes it. */
function holdNext<Name extends 'discussions' | 'records' | 'people'>(
  bot: TestBot,
  name: Name,
  method: keyof Store[Name] & string,
): Release {
  const begun = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  for (const store of bot.stores) {
    const methods: Record<string, (...args: never[]) => Promise<unknown>> = { ...store[name] };
    const real = methods[method];
    if (!real) throw new Error(`no ${name}.${method}`);
    Object.assign(store[name], {
      [method]: async (...args: never[]) => {
        begun.resolve();
        await held.promise;
        return real(...args);
      },
    });
  }
  return { begun: begun.promise, now: held.resolve };
}

/** Longer than Slack waits. */
const TOO_LONG_MS = 10_000;

async function expectAckOnlyAfter(
  bot: TestBot,
  body: Record<string, unknown>,
  release: Release,
): Promise<void> {
  const { acknowledged, done } = bot.start(body);
  let early = true;
  const order = acknowledged.then(() => early);
  await release.begun;
  bot.clock.advance(TOO_LONG_MS);
  await new Promise((resolve) => setImmediate(resolve));
  early = false;
  release.now();
  expect(await order).toBe(false);
  expect((await done).acks).toHaveLength(1);
}
