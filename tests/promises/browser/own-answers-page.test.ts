import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../packages/local-slack/tests/support/browser.ts';
import {
  DESKTOP,
  openTab,
  overhang,
  PHONE,
  picture,
  type,
  violations,
} from '../../../packages/local-slack/tests/support/page.ts';
import { playground, slackOf } from '../../support/playground.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);

afterAll(() => browser.close());

const become = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('button', { name, pressed: true }).waitFor();
};

/** Chooses answers in the dialog that is open, by the questions' own words. */
async function choose(page: Page, answers: Readonly<Record<string, string>>): Promise<void> {
  for (const [question, option] of Object.entries(answers))
    await page.getByLabel(question).selectOption(option);
}

describe.each([
  ['desktop', DESKTOP],
  ['phone', PHONE],
] as const)('answers of one’s own, on a %s', (screen, viewport) => {
  it('are added in a dialog that starts empty, and change the card for everybody', async () => {
    const started = await playground();
    const page = await openTab(browser, started.url, { viewport });
    await type(page, '/django-or-flask Billing portal');
    await choose(page, {
      'How big will it get?': 'simple',
      'What shape is the backend?': 'single_service',
      'What will users see?': 'thin',
    });
    await page.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('heading', { name: /Billing portal.*: Flask/ }).waitFor();

    await become(page, 'ben');
    await page.getByRole('button', { name: 'Add my answers' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.getByLabel('How big will it get?').inputValue()).toBe('unsure');
    await picture(page, `own-answers-dialog-${screen}`);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Answer at least one question.').waitFor();
    await picture(page, `own-answers-refused-${screen}`);
    await choose(page, { 'What are you starting?': 'product', 'How big will it get?': 'large' });
    await choose(page, { 'Do staff need a back office?': 'yes', 'What matters most?': 'upkeep' });
    await choose(page, { 'How much would a security mistake hurt?': 'high' });
    await choose(page, { 'What shape is the backend?': 'one_product' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });

    await page.getByRole('heading', { name: /Billing portal.*: Django/ }).waitFor();
    await page.getByText('I added your answers.').waitFor();
    await page.getByText(/2 people answered/).waitFor();
    expect(await overhang(page)).toBe(0);
    await page.getByRole('heading', { name: /Billing portal.*: Django/ }).scrollIntoViewIfNeeded();
    await picture(page, `own-answers-card-${screen}`);
    await page.getByText('I added your answers.').scrollIntoViewIfNeeded();
    await picture(page, `own-answers-told-${screen}`);
    expect(await violations(page)).toEqual([]);
    expect(slackOf(started).complaints).toEqual([]);
  }, 60_000);
});
