import { describe, expect, it, vi } from 'vitest';
import { startBot, type TestBot } from '../support/bot.ts';
import { command, RESPONSE_URL, submit } from '../support/payloads.ts';

const MVP = { parts: 'few', screens: 'office' };

/** Makes every write fail, as a full disk does; reads work. Returns a function that ends this. */
function refuseWrites({ stores }: TestBot): () => void {
  const full = async (): Promise<never> => {
    throw new Error('database or disk is full');
  };
  const writes = [
    'claim',
    'markPosted',
    'markRefused',
    'markUnknown',
    'retry',
    'want',
    'postpone',
    'drop',
  ] as const;
  const spies = stores.flatMap(({ posts }) =>
    writes.map((name) => vi.spyOn(posts, name).mockImplementation(full)),
  );
  return () => {
    for (const spy of spies) spy.mockRestore();
  };
}

/** Starts a bot with a card that is due in 30 seconds. */
async function withCardForLater(): Promise<TestBot> {
  const bot = await startBot();
  bot.slack.next('chat.postMessage', { status: 429, retryAfter: 30 });
  await bot.deliver(submit({ answers: MVP }));
  bot.slack.calls.length = 0;
  return bot;
}

const errors = (bot: TestBot) => bot.log.lines.filter((line) => line.level === 'error');

describe('when the database refuses to write', () => {
  it('the outbox waits, longer each time, and says so once each time', async () => {
    const bot = await withCardForLater();
    refuseWrites(bot);
    bot.clock.advance(40_000);
    await bot.bot.idle();
    const atFirst = errors(bot).length;
    expect(atFirst).toBeLessThanOrEqual(3 * bot.stores.length);
    for (let minute = 0; minute < 60; minute++) {
      bot.clock.advance(60_000);
      await bot.bot.idle();
    }
    // The delay doubles from five seconds to five minutes, so about twenty attempts in an hour for each instance.
    const later = (errors(bot).length - atFirst) / bot.stores.length;
    expect(later).toBeGreaterThanOrEqual(10);
    expect(later).toBeLessThanOrEqual(25);
    expect(bot.slack.calls).toEqual([]);
  });

  it('what was wanted is posted once it writes again', async () => {
    const bot = await withCardForLater();
    const repair = refuseWrites(bot);
    bot.clock.advance(40_000);
    await bot.bot.idle();
    repair();
    bot.clock.advance(10 * 60_000);
    await bot.bot.idle();
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postMessage', 'chat.getPermalink']);
  });
});

it('one post that cannot be dealt with does not keep the others back, and is tried again in a while', async () => {
  const bot = await startBot();
  bot.slack.next('chat.postMessage', { status: 429, retryAfter: 30 });
  await bot.deliver(submit({ answers: MVP, viewId: 'V1', project: 'First' }));
  bot.clock.advance(1);
  await bot.deliver(submit({ answers: MVP, viewId: 'V2', project: 'Second' }));
  bot.slack.calls.length = 0;
  const [second, first] = await bot.store.decisions.listInChannel('T1', 'C1', {
    viewer: 'U1',
    words: [],
    offset: 0,
    limit: 2,
  });
  const broken = [first, second].find((row) => row?.decision.project === 'First')?.decision.id;
  const spies = bot.stores.map(({ posts }) => {
    const claim = posts.claim;
    return vi.spyOn(posts, 'claim').mockImplementation(async (key, now) => {
      if (key.decision === broken) throw new Error('a bug');
      return claim(key, now);
    });
  });
  bot.clock.advance(45_000);
  await bot.bot.idle();
  expect(bot.slack.of('chat.postMessage')[0]?.text).toContain('Second');
  expect(bot.slack.of('chat.postMessage').filter((message) => !('thread_ts' in message))).toHaveLength(1);
  // Instances that poll at the same moment each hit the error once.
  expect(errors(bot).length).toBeGreaterThanOrEqual(1);
  expect(errors(bot).length).toBeLessThanOrEqual(bot.stores.length);
  for (const spy of spies) spy.mockRestore();
  bot.clock.advance(5 * 60_000);
  await bot.bot.idle();
  expect(bot.slack.of('chat.postMessage').some((message) => String(message.text).includes('First'))).toBe(
    true,
  );
});

describe('while the database can’t say which token to use', () => {
  const unknown = async (): Promise<never> => {
    throw new Error('connect ECONNREFUSED');
  };

  it('a dialog stays, and says so', async () => {
    const bot = await startBot({ authorize: unknown });
    const { acks } = await bot.deliver(submit({ answers: MVP }));
    const [ref] = bot.log.lines.flatMap((line) => (line.outcome === 'failed' ? [line.ref] : []));
    expect(acks).toEqual([
      { response_action: 'errors', errors: { project: expect.stringContaining(String(ref)) } },
    ]);
    expect(await bot.metrics.text()).toContain('{kind="view_submission",outcome="failed"} 1');
  });

  it('whoever types hears of it', async () => {
    const bot = await startBot({ authorize: unknown });
    await bot.deliver(command('help'));
    expect(bot.slack.calls).toMatchObject([
      { method: RESPONSE_URL, args: { text: expect.stringContaining('I ran into an error') } },
    ]);
  });
});
