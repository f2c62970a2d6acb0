import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { servePage } from '../../../packages/local-slack/server/page-server.ts';
import { launchBrowser } from '../../../packages/local-slack/tests/support/browser.ts';
import { composer, DESKTOP, openTab, type } from '../../../packages/local-slack/tests/support/page.ts';
import { app } from '../../support/local-slack.ts';
import { playground } from '../../support/playground.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);

afterAll(() => browser.close());

describe('several tabs and several people', () => {
  it('works in seven tabs at once, also after the first is closed', async () => {
    const { url } = await playground();
    const context = await browser.newContext({ viewport: DESKTOP });
    onTestFinished(() => context.close());
    const tabs = [];
    for (let i = 0; i < 7; i += 1) {
      const tab = await context.newPage();
      await tab.goto(url);
      await composer(tab).waitFor();
      tabs.push(tab);
    }
    const [first, second, last] = [tabs[0], tabs[1], tabs[6]];
    if (!first || !second || !last) throw new Error('seven tabs were to be open');
    await last.getByRole('button', { name: 'Traffic' }).click();
    await last.getByRole('complementary', { name: 'Traffic' }).waitFor();
    await type(first, 'from the first');
    await last.getByText('from the first').waitFor();
    await type(last, 'from the last');
    await first.getByText('from the last').waitFor();
    await first.close();
    await type(last, 'after the first was closed');
    await second.getByText('after the first was closed').waitFor();
  }, 60_000);

  it('keeps what each person has typed in each place, over a reload, too', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url);
    const become = async (name: string): Promise<void> => {
      await page.getByRole('button', { name }).first().click();
      await page.getByRole('button', { name, pressed: true }).waitFor();
    };
    const typed = () => expect.poll(() => composer(page).inputValue());
    await composer(page).fill('for #web');
    await page.getByRole('button', { name: '#open' }).click();
    await typed().toBe('');
    await become('ben');
    await page.getByRole('button', { name: '#web' }).click();
    await typed().toBe('');
    await become('ana');
    await typed().toBe('for #web');
    await page.reload();
    await typed().toBe('for #web');
  }, 60_000);

  it('tells only the person who asked what went wrong', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url);
    await type(page, '/flask');
    const told = page.getByRole('alert').getByText('/flask is not a valid command');
    await told.waitFor();
    await page.getByRole('button', { name: 'ben' }).first().click();
    await page.getByRole('button', { name: 'ben', pressed: true }).waitFor();
    expect(await told.count()).toBe(0);
  }, 60_000);

  it('becomes somebody who exists where the address names nobody', async () => {
    const { url } = await playground();
    const page = await openTab(browser, `${url}#as=NOBODY`);
    await type(page, 'Here I am');
    await page.getByRole('article').getByText('Here I am').waitFor();
    await expect.poll(() => page.url()).toContain('as=U0ANA');
  }, 60_000);

  it('keeps what is typed while the app is taking its time', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url);
    let answer = (): void => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/act', async (route) => {
      await held;
      await route.continue();
    });
    await type(page, 'first');
    await page.getByRole('button', { name: 'Sending…' }).waitFor();
    await composer(page).fill('my next thought');
    answer();
    await page.getByRole('article').getByText('first').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    expect(await composer(page).inputValue()).toBe('my next thought');
  }, 60_000);

  it('recovers when it was opened while everything starts over', async () => {
    const started = await playground();
    const gate = Promise.withResolvers<void>();
    let away = false;
    const served = await servePage({
      slack: () => (away ? null : started.slack()),
      startOver: async () => {
        away = true;
        await gate.promise;
        away = false;
      },
      app: app.surfaces,
      port: 0,
    });
    onTestFinished(() => served.close());
    const over = fetch(`${served.url}start-over`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    onTestFinished(async () => void (await over));
    await expect.poll(() => away).toBe(true);
    const page = await openTab(browser, served.url);
    await page.getByText('Starting over…').waitFor();
    gate.resolve();
    await composer(page).waitFor();
  }, 60_000);
});

describe('a thread', () => {
  it('takes no replies where nobody can write, and offers to join', async () => {
    const started = await playground();
    const page = await openTab(browser, `${started.url}#as=U0ANA&in=C0OPEN`);
    await type(page, 'Something to answer');
    await page.getByRole('button', { name: 'cleo' }).click();
    await page.getByRole('button', { name: 'cleo', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Reply' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByRole('button', { name: 'Join the channel' }).click();
    await thread.getByRole('textbox', { name: 'Reply' }).waitFor();
  }, 60_000);

  it('makes room for a panel, and is there again after it', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url);
    await type(page, 'Something to answer');
    await page.getByRole('button', { name: 'Reply' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.waitFor();
    await page.getByRole('button', { name: 'Traffic' }).click();
    await thread.waitFor({ state: 'hidden' });
    expect((await composer(page).boundingBox())?.width).toBeGreaterThan(200);
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Close traffic' }).press('Escape');
    await thread.waitFor();
    await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toBe('Traffic');
  }, 60_000);
});

describe('reading further up', () => {
  it('stays where one reads when somebody writes, and leads to the new message', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url, { viewport: { width: 1200, height: 400 } });
    for (let i = 0; i < 8; i += 1) {
      await type(page, `line ${i}`);
      await page.getByText(`line ${i}`).waitFor();
    }
    const messages = page.getByRole('log');
    const top = () => messages.evaluate((box) => box.scrollTop);
    await expect.poll(top).toBeGreaterThan(100);
    // The reader's own last line may still be on its way, and leads to the end when it comes.
    await expect
      .poll(async () => {
        await messages.evaluate((box) => box.scrollTo(0, 0));
        await page.evaluate(() =>
          fetch('/act', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"as":"U0BEN","act":{"do":"send","channel":"C0WEB","text":"news"}}',
          }),
        );
        return page.getByRole('button', { name: 'New messages' }).isVisible();
      })
      .toBe(true);
    expect(await top()).toBe(0);
    await page.getByRole('button', { name: 'New messages' }).click();
    await expect.poll(top).toBeGreaterThan(100);
    await messages.evaluate((box) => box.scrollTo(0, 0));
    await type(page, 'my own');
    await expect.poll(top).toBeGreaterThan(100);
  }, 60_000);
});
