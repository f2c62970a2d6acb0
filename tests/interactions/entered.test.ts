import { describe, expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';
import { submit, submitDialog, submitReason } from '../support/payloads.ts';
import { openedView, pressed, withCard } from '../support/posted-card.ts';

const HALVES = 'well\0 \ud800known';

it('half a character in a name does not keep the card from being posted', async () => {
  const bot = await startBot();
  const { acks } = await bot.deliver(submit({ project: 'Billing \ud83c' }));
  expect(acks).toEqual([undefined]);
  expect(bot.slack.of('chat.postMessage')[0]?.text).toContain('Billing \ufffd');
});

describe('what databases refuse', () => {
  it('is left out of a reason', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(pressed('vote_django', block));
    await bot.deliver(pressed('add_reason', block));
    const { acks } = await bot.deliver(submitReason(openedView(bot), HALVES));
    expect(acks).toEqual([undefined]);
    const key = { tenant: 'T1', decision: block.slice('decision:'.length) };
    expect((await bot.store.discussions.get(key))?.votes).toMatchObject([{ reason: 'well \ufffdknown' }]);
  });

  it('is left out of a rationale', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(pressed('decide', block));
    const { acks } = await bot.deliver(
      submitDialog(openedView(bot), {
        outcome: { choice: { selected_option: { value: 'django' } } },
        rationale: { text: { value: HALVES } },
        revisit: { date: { selected_date: null } },
      }),
    );
    expect(acks).toEqual([undefined]);
    const key = { tenant: 'T1', decision: block.slice('decision:'.length) };
    expect((await bot.store.discussions.get(key))?.record).toMatchObject({ rationale: 'well \ufffdknown' });
  });
});

it('a reason that is longer than the dialog lets it be is told so', async () => {
  const { bot, block } = await withCard();
  await bot.deliver(pressed('vote_django', block));
  await bot.deliver(pressed('add_reason', block));
  const { acks } = await bot.deliver(submitReason(openedView(bot), 'x'.repeat(100_000)));
  expect(acks).toMatchObject([{ errors: { reason: 'Use at most 300 characters.' } }]);
});

it('a channel that is none is told so, and nothing is posted anywhere', async () => {
  const bot = await startBot();
  const { acks } = await bot.deliver(submit({ channel: 'decision:abc' }));
  expect(acks).toMatchObject([{ errors: { project: expect.stringContaining('I was updated') } }]);
  expect(bot.slack.calls).toEqual([]);
});

describe('a deadline', () => {
  it.each([
    ['in a thousand years', Date.UTC(3026, 1, 1)],
    ['when no calendar goes any more', 1e18],
  ])('%s is told so, and nothing is kept', async (_, voteUntil) => {
    const bot = await startBot();
    const body = submit({});
    const view = JSON.parse(JSON.stringify(body.view));
    view.state.values.deadline.time.selected_date_time = voteUntil / 1_000;
    const { acks } = await bot.deliver({ ...body, view });
    expect(acks).toMatchObject([{ errors: { deadline: 'Pick a time within ten years.' } }]);
    expect(bot.slack.calls).toEqual([]);
  });
});
