// A running bot whose clock is set back, as its jobs see it.
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { MIN_UPDATE_INTERVAL_MS } from '../../src/decision/post.ts';
import { CARD_CLAIM_MS } from '../../src/delivery/card-updates.ts';
import { ClockCheck } from '../../src/delivery/clock-check.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { counted, NOW } from '../store/draft.ts';
import { fill } from '../store/filled.ts';
import { startBot } from '../support/bot.ts';
import { TestClock } from '../support/clock.ts';
import { temporaryFolder } from '../support/folder.ts';
import { recordingLogger } from '../support/log.ts';
import { press, submit } from '../support/payloads.ts';

const AHEAD_MS = 280_000;

it('updates cards within seconds after the clock was set back, and never later than before', async () => {
  const bot = await startBot();
  await bot.deliver(submit());
  const [decision] = await bot.store.decisions.listInChannel('T1', 'C1', {
    viewer: 'U1',
    words: [],
    offset: 0,
    limit: 1,
  });
  const id = decision?.decision.id ?? '';
  const vote = (user: string) =>
    bot.deliver(press({ actionId: 'vote_flask', blockId: `decision:${id}`, user }));
  const updates = () => bot.slack.of('chat.update').length;
  bot.clock.set(AHEAD_MS);
  await vote('U2');
  for (let i = 0; i < 6; i++) {
    bot.clock.advance(1_000);
    await bot.bot.idle();
  }
  const before = updates();
  expect(before).toBeGreaterThan(0);
  bot.clock.set(-AHEAD_MS);
  await vote('U3');
  for (let i = 0; i < 10; i++) {
    bot.clock.advance(1_000);
    await bot.bot.idle();
  }
  expect(updates()).toBeGreaterThan(before);
  expect(bot.log.lines.some((line) => line.msg === 'the clock was set back')).toBe(true);
});

it.each([
  ['at the start', 0],
  ['after the clock was set back', AHEAD_MS],
])('leaves a card to the instance that claimed it, %s', async (_, ahead) => {
  const clock = new TestClock(NOW + ahead);
  const alone = openSqliteStore(join(temporaryFolder(), 'bot.db'), counted);
  onTestFinished(() => alone.close());
  const deps = { store: { ...alone, alone: false }, clock, logger: recordingLogger().logger };
  const check = new ClockCheck(deps, { eraseAfterMs: 0, kick: () => {} });
  await fill(alone, 'T1');
  const limits = { burst: 9, msPerCall: 1 };
  // The other instance's clock is three seconds ahead.
  const claimedForMs = 3_000 + CARD_CLAIM_MS;
  const claim = () => alone.cardUpdates.claim(clock.now(), clock.now() + claimedForMs, limits, []);
  clock.advance(MIN_UPDATE_INTERVAL_MS);
  await check.atStart();
  clock.set(-ahead);
  await alone.cardUpdates.markStale({ tenant: 'T1', decision: 'd1' }, clock.now());
  expect(await claim()).not.toBeNull();
  if (ahead === 0) await check.atStart();
  else {
    check.loop.kick();
    await check.loop.idle();
    await check.loop.stop();
  }
  expect(await claim()).toBeNull();
  clock.advance(claimedForMs);
  expect(await claim()).not.toBeNull();
});
