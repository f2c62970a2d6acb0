import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../packages/local-slack/tests/support/browser.ts';
import { composer, openTab, picture } from '../../../packages/local-slack/tests/support/page.ts';
import { decideTogether } from '../../support/decide-together.ts';
import { playground, slackOf } from '../../support/playground.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);

afterAll(() => browser.close());

describe('from a card to a decision', () => {
  it('two people vote, one says why, it is decided, and the record lies in the thread as a file', async () => {
    const started = await playground();
    await decideTogether(browser, started);
  }, 90_000);

  it('is deleted with everything that the bot has said, once its asker confirms', async () => {
    const started = await playground();
    const page = await openTab(browser, started.url);
    await composer(page).fill('/django-or-flask Data API');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByLabel('What are you starting?').selectOption('mvp');
    await page.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('button', { name: '1 reply' }).waitFor();
    await page.getByLabel('More actions').first().click();
    await page.getByRole('button', { name: 'Delete' }).first().click();
    await page.getByRole('dialog').getByText('This can’t be undone.').waitFor();
    await picture(page, 'delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: /Data API/ }).waitFor({ state: 'detached' });
    expect(slackOf(started).messages('C0WEB')).toEqual([]);
  }, 60_000);
});
