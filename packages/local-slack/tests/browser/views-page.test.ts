import { describe, expect, it } from 'vitest';
import { choose, launchBrowserBeforeTests, open, sent } from '../support/blocks-page.ts';
import { pressing } from '../support/gallery.ts';
import { picture, violations } from '../support/page.ts';

launchBrowserBeforeTests();

describe('in Home', () => {
  it('what is chosen and entered is kept, and the app hears of it', async () => {
    const { bot, page } = await open();
    await page.getByRole('button', { name: 'sample-app', exact: true }).click();
    await page.getByText('A card').waitFor();
    // What only messages take is left out.
    const blocks = pressing.filter(({ block_id }) => block_id === 'ticks' || block_id === 'note');
    const args = { token: bot.slack.botToken, user_id: 'U0ANA', view: { type: 'home', blocks } };
    await bot.app.client.apiCall('views.publish', args);
    await page.getByLabel('A note').fill('remember');
    await page.getByLabel('Price').click();
    expect(await sent(bot, 'boxes')).toMatchObject({
      container: { type: 'view' },
      actions: [{ selected_options: [{ value: 'price' }] }],
      view: { type: 'home', state: { values: { note: { text: { value: 'remember' } } } } },
    });
    expect(await violations(page)).toEqual([]);
  });
});

describe('in a dialog', () => {
  it('every field can be filled in, and comes with the submission', async () => {
    const { bot, page } = await open();
    await bot.slack.as('U0ANA').globalShortcut('every');
    const dialog = page.getByRole('dialog');
    const field = (label: string) => dialog.getByLabel(label, { exact: true });
    await dialog.getByRole('note').getByText('Nothing is saved.').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement?.tagName')).toBe('TEXTAREA');
    await page.keyboard.type('typed at once');
    const send = dialog.getByRole('button', { name: 'Send' });
    await field('Mail (optional)').fill('nobody');
    await field('Number (optional)').fill('12');
    await field('Text').fill('ab');
    await send.click();
    await dialog.getByText('Enter at least 3 characters.').waitFor();
    await dialog.getByText('Enter an email address.').waitFor();
    await dialog.getByText('Enter 9 or less.').waitFor();
    await picture(page, 'fields-wrong');
    await field('Text').fill('just enough words for it');
    await dialog.getByText('6 characters left').waitFor();
    await field('Mail (optional)').fill('ana@example.org');
    await field('Page (optional)').fill('https://example.org');
    await field('Number (optional)').fill('7');
    await field('Colour (optional)').selectOption('green');
    await choose(dialog.getByRole('group', { name: 'Colours', exact: true }), 'Red');
    await dialog.getByLabel('Search: City').fill('p');
    await dialog.getByRole('radiogroup', { name: 'City' }).getByLabel('Porto').click();
    const cities = dialog.getByRole('group', { name: 'Cities' });
    await dialog.getByLabel('Search: Cities').fill('lis');
    await choose(cities, 'Lisbon');
    await dialog.getByLabel('Search: Cities').fill('por');
    await choose(cities, 'Porto');
    await field('User (optional)').selectOption({ label: '@ben' });
    await choose(dialog.getByRole('group', { name: 'Users' }), '@dan');
    expect(await field('Conversation (optional)').locator('option').allTextContents()).toEqual([
      'Choose',
      '#team',
      '#secret',
    ]);
    await field('Conversation (optional)').selectOption({ label: '#team' });
    await choose(dialog.getByRole('group', { name: 'Conversations' }), '#web');
    await field('Channel (optional)').selectOption({ label: '#web' });
    await choose(dialog.getByRole('group', { name: 'Channels' }), '#open');
    await choose(dialog.getByRole('group', { name: 'Boxes' }), 'Yes');
    await choose(dialog.getByRole('radiogroup', { name: 'Radio' }), 'Blue');
    await field('Hour (optional)').fill('08:15');
    await field('Moment (optional)').fill('2026-12-01T10:00');
    await dialog.getByText('The playground takes no files here').waitFor();
    await field('Live (optional)').pressSequentially('abc');
    await bot.slack.until(({ deliveries }) =>
      JSON.stringify(deliveries.at(-1)?.payload.actions)?.includes('"abc"'),
    );
    await dialog.getByText('Extras').click();
    await choose(dialog.getByRole('group', { name: 'Extras' }), 'Blue');
    expect(await sent(bot, 'extra')).toMatchObject({
      container: { type: 'view' },
      actions: [{ selected_options: [{ value: 'blue' }] }],
    });
    await send.click();
    await dialog.waitFor({ state: 'detached' });
    const { payload } = bot.slack.deliveries.findLast((one) => one.payload.type === 'view_submission') ?? {};
    const one = (value: unknown) => ({ it: expect.objectContaining(value) });
    expect(payload?.view).toMatchObject({
      state: {
        values: {
          text: one({ value: 'just enough words for it' }),
          long: one({ value: 'two\nlines' }),
          mail: one({ value: 'ana@example.org' }),
          page: one({ value: 'https://example.org' }),
          number: one({ value: '7' }),
          rich: {
            it: {
              type: 'rich_text_input',
              rich_text_value: {
                type: 'rich_text',
                elements: [
                  { type: 'rich_text_section', elements: [{ type: 'text', text: 'typed at once' }] },
                ],
              },
            },
          },
          one: { it: { selected_option: { value: 'green' } } },
          several: { it: { selected_options: [{ value: 'red' }] } },
          city: { it: { selected_option: { value: 'Porto' } } },
          cities: { it: { selected_options: [{ value: 'Lisbon' }, { value: 'Porto' }] } },
          user: one({ selected_user: 'U0BEN' }),
          users: one({ selected_users: ['U0DAN'] }),
          talk: one({ selected_conversation: 'C0TEAM' }),
          talks: one({ selected_conversations: ['C0WEB'] }),
          channel: one({ selected_channel: 'C0WEB' }),
          channels: one({ selected_channels: ['C0OPEN'] }),
          boxes: { it: { selected_options: [{ value: 'yes' }] } },
          radio: { it: { selected_option: { value: 'blue' } } },
          day: one({ selected_date: '2026-11-23' }),
          hour: one({ selected_time: '08:15' }),
          moment: one({ selected_date_time: expect.any(Number) }),
          live: one({ value: 'abc' }),
        },
      },
    });
    expect(bot.slack.complaints).toEqual([]);
  });
});
