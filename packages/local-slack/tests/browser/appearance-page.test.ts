import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { launchBrowserBeforeTests, open } from '../support/blocks-page.ts';
import { DESKTOP, overhang, PHONE, picture, violations } from '../support/page.ts';

launchBrowserBeforeTests();

const LONG = 'A section without expand is folded as soon as its text is taller than five lines. '.repeat(4);
const section = (text: string, extra: object = {}): object => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
  ...extra,
});
const WRAPPED = 'Admin, auth, forms and ORM come built in and work together from the first day on';
const list = {
  type: 'rich_text',
  elements: [
    {
      type: 'rich_text_list',
      style: 'bullet',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: WRAPPED }] }],
    },
  ],
};

const height = async (one: Locator): Promise<number> => (await one.boundingBox())?.height ?? 0;
const width = async (one: Locator): Promise<number | undefined> => (await one.boundingBox())?.width;

/** Returns where each line of an element's text starts, in pixels. */
const lineStarts = (one: Locator): Promise<number[]> =>
  one.evaluate((element) => {
    const range = element.ownerDocument.createRange();
    range.selectNodeContents(element);
    const starts = new Map<number, number>();
    for (const { top, left } of range.getClientRects())
      starts.set(top, Math.min(left, starts.get(top) ?? left));
    return [...starts.values()].map(Math.round);
  });

const phoneWidth = (page: Page): Locator => page.getByRole('button', { name: 'Phone width' });

describe('a tall section', () => {
  it('is folded on a phone, and “See more” shows the rest', async () => {
    const { page, post } = await open();
    await page.setViewportSize(PHONE);
    await post([section(LONG)]);
    const text = page.getByText(LONG.trim());
    const more = page.getByRole('button', { name: 'See more', expanded: false });
    await more.waitFor();
    const folded = await height(text);
    await picture(page, 'section-folded');
    expect(await violations(page)).toEqual([]);
    await more.press('Enter');
    await page.getByRole('button', { name: 'See less', expanded: true }).waitFor();
    expect(await height(text)).toBeGreaterThan(folded);
    await page.getByRole('button', { name: 'See less' }).click();
    await more.waitFor();
    expect(await height(text)).toBe(folded);
  });

  it('is whole with `expand: true`', async () => {
    const { page, post } = await open();
    await page.setViewportSize(PHONE);
    await post([section(LONG, { expand: true })]);
    const text = page.getByText(LONG.trim());
    await text.waitFor();
    expect(await text.evaluate((p) => p.scrollHeight - p.clientHeight)).toBe(0);
    expect(await page.getByRole('button', { name: 'See more' }).count()).toBe(0);
  });

  it('is folded after its sixth line only', async () => {
    const { page, post } = await open();
    await post([section('1\n2\n3\n4\n5')]);
    await page.getByText('1').first().waitFor();
    expect(await page.getByRole('button', { name: 'See more' }).count()).toBe(0);
    await post([section('1\n2\n3\n4\n5\n6')]);
    await page.getByRole('button', { name: 'See more' }).waitFor();
  });

  it('is folded when the column gets too narrow for it', async () => {
    const { page, post } = await open();
    await post([section(LONG)]);
    await page.getByText(LONG.trim()).waitFor();
    const more = page.getByRole('button', { name: 'See more' });
    expect(await more.count()).toBe(0);
    await phoneWidth(page).click();
    await more.waitFor();
    await phoneWidth(page).click();
    await more.waitFor({ state: 'detached' });
  });
});

describe('a bullet that wraps', () => {
  it('has no hanging indent if it is typed', async () => {
    const { page, post } = await open();
    await page.setViewportSize(PHONE);
    await post([section(`• ${WRAPPED}`, { expand: true })]);
    const [first, second] = await lineStarts(page.getByText(`• ${WRAPPED}`));
    expect(second).toBe(first);
  });

  it('has one in a rich-text list', async () => {
    const { page, post } = await open();
    await page.setViewportSize(PHONE);
    await post([section('Above', { expand: true }), list]);
    const [above = 0] = await lineStarts(page.getByText('Above'));
    const [first = 0, second] = await lineStarts(page.getByRole('listitem').filter({ hasText: WRAPPED }));
    expect(second).toBe(first);
    expect(first).toBeGreaterThan(above + 20);
  });
});

describe('phone width', () => {
  it('shows the channel 390 pixels wide after one click, and is remembered', async () => {
    const { page, post } = await open();
    await post([
      section(LONG, { expand: true }),
      {
        type: 'section',
        fields: [
          { type: 'mrkdwn', text: 'One field' },
          { type: 'mrkdwn', text: 'Another field' },
        ],
      },
    ]);
    const text = page.getByText(LONG.trim());
    const blocks = page.locator('.said');
    await page.setViewportSize(PHONE);
    await text.waitFor();
    expect(await phoneWidth(page).isVisible()).toBe(false);
    const onPhone = { width: await width(blocks), height: await height(blocks) };

    await page.setViewportSize(DESKTOP);
    expect(await width(blocks)).toBeGreaterThan(390);
    await phoneWidth(page).press('Enter');
    await page.getByRole('button', { name: 'Phone width', pressed: true }).waitFor();
    expect(await width(page.getByRole('log'))).toBe(390);
    expect({ width: await width(blocks), height: await height(blocks) }).toEqual(onPhone);
    await picture(page, 'phone-width');
    expect(await violations(page)).toEqual([]);
    expect(await overhang(page)).toBe(0);

    await page.reload();
    await page.getByRole('button', { name: 'Phone width', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Reply' }).click();
    expect(await width(page.getByRole('complementary', { name: 'Thread' }))).toBeLessThanOrEqual(391);
    await phoneWidth(page).click();
    await page.getByRole('button', { name: 'Phone width', pressed: false }).waitFor();
  });

  it('also holds for dialogs', async () => {
    const { bot, page } = await open();
    await phoneWidth(page).click();
    await bot.slack.as('U0ANA').globalShortcut('every');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const wide = await width(dialog);
    await page.setViewportSize(PHONE);
    expect(await width(dialog)).toBe(wide);
  });
});

describe('small screens', () => {
  it('show the menu as high as the buttons beside it', async () => {
    const { page, post } = await open();
    await page.setViewportSize(PHONE);
    await post([
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } },
          {
            type: 'overflow',
            action_id: 'more',
            options: [{ text: { type: 'plain_text', text: 'One' }, value: 'one' }],
          },
        ],
      },
    ]);
    const go = page.getByRole('button', { name: 'Go', exact: true });
    await go.waitFor();
    expect(await height(page.getByLabel('More actions'))).toBe(await height(go));
  });

  it('show a private channel with a drawn lock', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'secret', exact: true }).locator('svg').waitFor();
    await page.getByRole('button', { name: 'secret', exact: true }).click();
    await page.getByRole('heading', { name: 'secret', exact: true }).waitFor();
  });
});
