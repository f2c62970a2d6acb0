import { expect, it, vi } from 'vitest';
import { submitDialog } from '../support/payloads.ts';
import { menu, openedView, withCard } from '../support/posted-card.ts';

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
  expect(JSON.stringify(acks)).toContain('Something went wrong on my side');
  for (const spy of spies) spy.mockRestore();
});
