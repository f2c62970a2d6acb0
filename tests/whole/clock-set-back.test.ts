// The machine's clock was ahead and is corrected: nothing waits for the wrong time.
import { expect, it, onTestFinished } from 'vitest';
import { newFolder, type RunningBot, startBot } from './client/bot.ts';
import { textIn } from './client/requests.ts';
import { type Call, startSlack } from './client/slack.ts';
import { ANA, ask, BOB, CAT, commandDialog, control } from './client/team.ts';

const CLOCK = new URL('./client/clock.ts', import.meta.url).href;
const TIMERS = new URL('./client/timers.ts', import.meta.url).href;
/** The bot looks at its clock twice a second instead of every five seconds. */
const OFTEN = '{"setTimeout 5000": 500}';

/** A bot whose clock is ahead, and a card on which one person has voted. */
async function ahead(ms: number, timers = '{}') {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const folder = newFolder();
  let aheadMs = ms;
  const start = (): Promise<RunningBot> =>
    startBot({
      slack,
      folder,
      nodeArgs: ['--import', CLOCK, '--import', TIMERS],
      env: { OUTSIDE_AHEAD_MS: String(aheadMs), OUTSIDE_TIMERS: timers },
      at: () => Date.now() + aheadMs,
    });
  const bot = await start();
  const card = await ask(bot, slack, ANA);
  const vote = async (as: typeof ANA, by: RunningBot): Promise<void> => {
    const { status } = await by.requests.press(as, control(card.call.args, 'vote_flask'), card.ts);
    expect(status).toBe(200);
  };
  /** Resolves once the card shows this person's vote. */
  const shows = (person: string): Promise<Call> =>
    slack.until(
      (call) =>
        call.method === 'chat.update' && call.args.ts === card.ts && textIn(call.args).includes(person),
    );
  const correct = (): void => {
    aheadMs = 0;
  };
  return { slack, bot, start, card, vote, shows, correct };
}

it.each([280_000, 400 * 86_400_000])('%i ms ahead, then corrected with a restart', async (ms) => {
  const { slack, bot, start, vote, shows, correct } = await ahead(ms);
  await vote(BOB, bot);
  await shows('U0BOB');
  // While the clock is ahead, one update fails and is queued for a retry.
  slack.on('chat.update', (_, count) => (count > 0 ? { ok: false, error: 'internal_error' } : undefined));
  await vote(CAT, bot);
  await slack.until(({ answer, method }) => method === 'chat.update' && answer?.ok === false);
  bot.kill('SIGKILL');
  await bot.ended;
  slack.on('chat.update', () => ({ ok: true }));
  correct();
  const again = await start();
  await slack.until(
    ({ answer, method, args }) =>
      method === 'chat.update' && answer?.ok === true && textIn(args).includes('U0CAT'),
  );
  await vote({ user: 'U0DAN' }, again);
  await shows('U0DAN');
});

it('280 s ahead, then corrected while the bot runs', async () => {
  const { bot, vote, shows, correct } = await ahead(280_000, OFTEN);
  await vote(BOB, bot);
  await shows('U0BOB');
  correct();
  bot.kill('SIGUSR2');
  await vote(CAT, bot);
  await shows('U0CAT');
  await vote({ user: 'U0DAN' }, bot);
  await shows('U0DAN');
});

it('killed while posting a card: asks the asker, and never posts it twice', async () => {
  const { slack, bot, start, correct } = await ahead(280_000);
  slack.on('chat.postMessage', () => undefined);
  const cards = () => slack.of('chat.postMessage').filter(({ args }) => textIn(args).includes('Second'));
  const view = await commandDialog(bot, slack, ANA, 'Second');
  void bot.requests
    .submit(ANA, view, {
      stage: { answer: { type: 'static_select', selected_option: { value: 'mvp' } } },
    })
    .catch(() => {});
  await slack.until((call) => call === cards()[0]);
  bot.kill('SIGKILL');
  await bot.ended;
  correct();
  await start();
  const asked = await slack.until(
    ({ method, args }) => /postEphemeral|response_url/.test(method) && textIn(args).includes('Second'),
  );
  expect(textIn(asked.args)).toMatch(/Second/);
  expect(cards()).toHaveLength(1);
});
