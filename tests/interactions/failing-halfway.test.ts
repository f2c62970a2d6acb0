import { expect, it, vi } from 'vitest';
import { submitDialog, submitForget } from '../support/payloads.ts';
import { menu, openedView, pressed, withCard } from '../support/posted-card.ts';

const broken = async (): Promise<never> => {
  throw new Error('the connection to the database broke');
};

it('a deletion that fails is not taken for done: the dialog says so instead of closing', async () => {
  const { bot, block } = await withCard();
  await bot.deliver(menu('delete', block));
  const view = openedView(bot);
  const spies = bot.stores.map(({ records }) => vi.spyOn(records, 'remove').mockImplementation(broken));
  const { acks } = await bot.deliver(submitDialog(view, {}));
  expect(acks).toMatchObject([{ response_action: 'update' }]);
  expect(JSON.stringify(acks)).toContain('I ran into an error');
  for (const spy of spies) spy.mockRestore();
});

it('“Delete my data” is acknowledged once it is on disk', async () => {
  const { bot, block } = await withCard();
  await bot.deliver(pressed('vote_django', block, 'U2'));
  const order: string[] = [];
  for (const { people } of bot.stores) {
    const forget = people.forget;
    vi.spyOn(people, 'forget').mockImplementation(async (...args) => {
      const forgotten = await forget(...args);
      order.push('on disk');
      return forgotten;
    });
  }
  const { acknowledged, done } = bot.start(submitForget('U2'));
  await acknowledged.then(() => order.push('acknowledged'));
  await done;
  expect(order).toEqual(['on disk', 'acknowledged']);
});

it('a Home tab that cannot be looked up does not have a decision announced twice', async () => {
  const { bot, block } = await withCard();
  await bot.deliver(pressed('decide', block));
  const view = openedView(bot);
  const spies = bot.stores.map(({ homes }) => vi.spyOn(homes, 'listOpened').mockImplementation(broken));
  await bot.deliver(
    submitDialog(view, {
      outcome: { choice: { type: 'radio_buttons', selected_option: { value: 'django' } } },
      rationale: { text: { type: 'plain_text_input', value: null } },
      revisit: { date: { type: 'datepicker', selected_date: null } },
    }),
  );
  for (const spy of spies) spy.mockRestore();
  for (let i = 0; i < 10; i++) {
    bot.clock.advance(60_000);
    await bot.bot.idle();
  }
  const said = bot.slack.of('chat.postMessage').map(({ text }) => String(text));
  expect(said.filter((text) => text.includes('decided on Django'))).toHaveLength(1);
});
