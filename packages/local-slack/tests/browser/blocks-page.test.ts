import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { choose, launchBrowserBeforeTests, open, sent } from '../support/blocks-page.ts';
import { pressing, reading } from '../support/gallery.ts';
import { DESKTOP, overhang, PHONE, picture, violations } from '../support/page.ts';

launchBrowserBeforeTests();

describe('every block', () => {
  it('can be read', async () => {
    const { page, post } = await open();
    for (const blocks of reading) await post(blocks);
    const heading = (name: string, level: number) => page.getByRole('heading', { name, level, exact: true });
    await page.getByText('Alone').waitFor();
    const seen: Locator[] = [
      heading('First level 🎉', 2),
      heading('Third level', 3),
      page.locator('b', { hasText: /^bold$/ }).first(),
      page.locator('pre', { hasText: 'x = 1' }),
      page.getByRole('link', { name: 'a link', exact: true }),
      page.getByText('@ben in #open, @here'),
      page.getByText(/(December 31, 2025|January 1, 2026)/).first(),
      page.getByText('*not bold*'),
      page.getByText('A small face'),
      page.getByText('A logo'),
      page.getByRole('figure').filter({ hasText: 'Our office' }).getByText('A landscape'),
      page.getByRole('link', { name: 'Open the picture' }),
      page.getByRole('link', { name: 'The talk' }),
      page.locator('b > i > s > code', { hasText: 'all at once' }).or(page.locator('b i s code')).first(),
      page.getByText('@S0TEAM'),
      page.getByText('@channel'),
      page.getByText('👋'),
      page.getByText('#2f7dd1'),
      page.getByRole('link', { name: 'a rich link' }),
      page.locator('li', { hasText: 'Outer with more' }).getByRole('listitem').getByText('Inner'),
      page.locator('ol[start="3"]', { hasText: 'Third' }),
      page.locator('blockquote', { hasText: 'A quote' }),
      page.getByRole('heading', { name: 'In Markdown' }),
      page.getByText('<b>no tag</b>'),
      page.getByRole('img', { name: 'Done' }),
      page.getByRole('columnheader', { name: 'Points' }),
      page.getByRole('columnheader', { name: 'Team' }),
      page.getByRole('img', { name: 'Frameworks: Django: 75 %, Flask: 25 %' }),
      page.getByRole('img', { name: /^Started: bar chart/ }),
      page.getByRole('img', { name: /^Trend: line chart/ }),
      page.getByRole('img', { name: /^Load: area chart/ }),
      page.getByRole('heading', { name: 'Django' }),
      page.getByRole('list', { name: '3 cards' }).getByRole('heading', { name: 'Pyramid' }),
      page.getByText('Inside the frame'),
      page.getByRole('heading', { name: 'What I will do' }),
      page.getByText('In progress'),
      page.getByRole('link', { name: 'The source' }).first(),
      page.getByText('Failed'),
    ];
    for (const one of seen) expect(await one.isVisible(), one.toString()).toBe(true);
    expect(await page.getByRole('link', { name: 'no link' }).count()).toBe(0);
    expect(await page.getByText('Inside the fold').isVisible()).toBe(false);
    await page.getByText('Folded').click();
    expect(await page.getByText('Inside the fold').isVisible()).toBe(true);
  });

  it('of numbers can be sorted, filtered, and read as a table', async () => {
    const { page, post } = await open();
    await post(reading[1] ?? []);
    const table = page.getByRole('table', { name: 'Releases' });
    const names = () => table.getByRole('rowheader').allTextContents();
    await table.waitFor();
    expect(await names()).toEqual(['Django 5', 'Flask 3']);
    await page.getByRole('button', { name: 'Next' }).click();
    expect(await names()).toEqual(['Bottle']);
    await table.getByRole('button', { name: 'Year' }).click();
    await page.getByRole('button', { name: 'Previous' }).click();
    expect(await names()).toEqual(['Bottle', 'Django 5']);
    await page.getByLabel('Filter Releases').fill('flask');
    await page.getByText('1 row, page 1 of 1').waitFor();
    await post(reading[2] ?? []);
    await page.getByText('Numbers').last().click();
    await page.getByRole('row', { name: 'Q2 5 1' }).waitFor();
  });

  it.each([
    ['light', 'desktop', DESKTOP],
    ['dark', 'desktop', DESKTOP],
    ['light', 'phone', PHONE],
    ['dark', 'phone', PHONE],
  ] as const)(
    'passes axe in %s colours on a %s, and fits the window',
    async (colorScheme, device, viewport) => {
      const { bot, page, post } = await open();
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      for (const blocks of [...reading, pressing]) await post(blocks);
      await page.getByText('For ben only').or(page.getByText('Good')).first().waitFor();
      const name = `${device}-${colorScheme}`;
      for (const summary of await page.locator('details.choose > summary, .chart summary').all())
        await summary.click();
      await picture(page, `blocks-${name}`);
      expect(await violations(page)).toEqual([]);
      expect([await overhang(page), await overhang(page, 'Height')]).toEqual([0, 0]);
      await bot.slack.as('U0ANA').globalShortcut('every');
      await page.getByRole('dialog').waitFor();
      await picture(page, `fields-${name}`);
      expect(await violations(page)).toEqual([]);
      expect(await overhang(page)).toBe(0);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('alertdialog').waitFor();
      expect(await violations(page)).toEqual([]);
    },
  );
});

describe('in a message', () => {
  it('buttons and menus send what they hold, after a question where there is one', async () => {
    const { bot, page, post } = await open();
    await post(pressing);
    await page.getByRole('button', { name: 'Press' }).click();
    expect(await sent(bot, 'plain')).toMatchObject({ actions: [{ block_id: 'buttons', value: 'v' }] });
    await page.getByRole('button', { name: 'Delete' }).click();
    const question = page.getByRole('alertdialog', { name: 'Really?' });
    await question.getByText('This cannot be undone.').waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toBe('Delete');
    expect(JSON.stringify(bot.slack.deliveries)).not.toContain('"action_id":"delete","action_ts"');
    await page.getByRole('button', { name: 'Delete' }).click();
    await question.getByRole('button', { name: 'Do it' }).click();
    expect(await sent(bot, 'delete')).toMatchObject({ actions: [{ type: 'button', style: 'danger' }] });
    await page.getByLabel('More actions').click();
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await question.getByRole('button', { name: 'Do it' }).click();
    expect(await sent(bot, 'menu')).toMatchObject({ actions: [{ selected_option: { value: 'move' } }] });
    expect(await page.getByRole('link', { name: 'Open the page' }).getAttribute('href')).toBe(
      'https://example.org/',
    );
    await page.getByRole('button', { name: 'Run it' }).click();
    await page.getByText('The playground has no workflows').waitFor();
    await page.getByRole('button', { name: 'Bad' }).click();
    expect(await sent(bot, 'rate')).toMatchObject({ actions: [{ type: 'feedback_buttons', value: 'bad' }] });
    await page.getByRole('button', { name: 'Remove' }).click();
    await question.getByRole('button', { name: 'Do it' }).click();
    expect(await sent(bot, 'remove')).toMatchObject({ actions: [{ type: 'icon_button', icon: 'trash' }] });
    expect(await page.getByRole('button', { name: 'For ben only' }).count()).toBe(0);
  });

  it('what is chosen is sent at once, stays chosen, and travels with the next click', async () => {
    const { bot, page, post } = await open();
    await post(pressing);
    await page.getByLabel('A fruit').selectOption('lemon');
    expect(await sent(bot, 'one')).toMatchObject({ actions: [{ selected_option: { value: 'lemon' } }] });
    await page.getByText('Some colours').click();
    const colours = page.getByRole('group', { name: 'Some colours' });
    await choose(colours, 'Red');
    await choose(colours, 'Blue');
    await page.getByText('Some colours: Red, Blue').waitFor();
    expect(await colours.getByLabel('Green').isDisabled()).toBe(true);
    await page.getByLabel('A person').selectOption({ label: '@ben' });
    await page.getByLabel('A channel').selectOption({ label: '#open' });
    await page.getByLabel('A conversation').selectOption({ label: '#team' });
    await page.getByText('Some people').click();
    await choose(page.getByRole('group', { name: 'Some people' }), '@cleo');
    await page.getByLabel('A day').fill('2026-12-01');
    await page.getByLabel('An hour').fill('09:30');
    await page.getByLabel('Date and time').fill('2026-12-01T10:00');
    await page.getByLabel('Speed').click();
    await page.getByLabel('Very').click();
    await page.getByRole('button', { name: 'Better not' }).click();
    expect(await page.getByLabel('Very').isChecked()).toBe(false);
    await page.getByLabel('Hardly').click();
    await page.getByRole('button', { name: 'Do it' }).click();
    await sent(bot, 'radio');
    await page.getByLabel('A note').fill('remember');
    await page.getByLabel('A question').fill('why?');
    await page.getByLabel('A question').press('Enter');
    expect(await sent(bot, 'ask')).toMatchObject({ actions: [{ block_id: 'ask', value: 'why?' }] });
    await page.reload();
    await page.getByText('Some colours: Red, Blue').waitFor();
    expect(await page.getByLabel('A fruit').inputValue()).toBe('lemon');
    expect(await page.getByLabel('A note').inputValue()).toBe('remember');
    await page.getByRole('button', { name: 'Press' }).click();
    const { state } = await sent(bot, 'plain');
    expect(state).toMatchObject({
      values: {
        choices: {
          one: { selected_option: { value: 'lemon' } },
          several: { selected_options: [{ value: 'red' }, { value: 'blue' }] },
          people: { selected_users: ['U0CLEO'] },
          person: { selected_user: 'U0BEN' },
          conversation: { selected_conversation: 'C0TEAM' },
          channel: { selected_channel: 'C0OPEN' },
          day: { selected_date: '2026-12-01' },
          hour: { selected_time: '09:30' },
          moment: { selected_date_time: expect.any(Number) },
        },
        ticks: { boxes: { selected_options: [{ value: 'speed' }] } },
        rating: { radio: { selected_option: { value: 'hardly' } } },
        note: { text: { value: 'remember' } },
      },
    });
    // Somebody else has chosen nothing.
    expect(
      bot.slack.as('U0BEN').messageInput(bot.slack.messages('C0WEB')[0] ?? expect.fail()).state.note,
    ).toEqual({
      text: { type: 'plain_text_input', value: null },
    });
    expect(bot.slack.complaints).toEqual([]);
  });

  it('an external select asks the app while somebody types', async () => {
    const { bot, page, post } = await open();
    const ts = await post(pressing);
    await page.getByText('A city').click();
    const search = page.getByLabel('Search: A city');
    await search.pressSequentially('l');
    await page.getByText('Type at least 2 characters.').waitFor();
    await search.pressSequentially('o');
    await page.getByRole('radiogroup', { name: 'A city' }).getByLabel('London').click();
    await page.getByText('A city: London').waitFor();
    expect(await sent(bot, 'city')).toMatchObject({ actions: [{ selected_option: { value: 'London' } }] });
    expect(await sent(bot, 'city', 'block_suggestion')).toMatchObject({
      value: 'lo',
      container: { type: 'message', message_ts: ts, channel_id: 'C0WEB' },
    });
    await search.fill('nowhere');
    await page.getByText('No results for “nowhere”.').waitFor();
  });
});
