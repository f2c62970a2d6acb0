import { request } from 'node:http';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readSurfaces } from '../../src/playground/app-manifest.ts';
import { servePage } from '../../src/playground/page-server.ts';
import { type LocalSlack, startSlack } from '../../src/playground/slack-server.ts';
import { launchBrowser } from '../support/browser.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startProcess } from '../support/process.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);

afterAll(() => browser.close());

/** The whole bot as it ships, the local Slack, and the page. */
async function playground(): Promise<{ slack: LocalSlack; url: string }> {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const bot = startProcess(temporaryFolder(), {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: 'bot.db',
  });
  await bot.log((line) => line.msg === 'ready');
  const served = await servePage({ slack, app: readSurfaces(), port: 0 });
  onTestFinished(() => served.close());
  return { slack, url: served.url };
}

/** A tab that fails the test when anything on it throws, logs an error or looks elsewhere. */
async function open(url: string, viewport = { width: 1200, height: 850 }): Promise<Page> {
  const page = await browser.newPage({ viewport });
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
  page.on('request', (asked) => new URL(asked.url()).hostname !== 'localhost' && trouble.push(asked.url()));
  onTestFinished(async () => {
    await page.close();
    expect(trouble).toEqual([]);
  });
  await page.goto(url);
  return page;
}

/** What axe finds, one line each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found: { id: string; nodes: { html: string }[] }[] = await page.evaluate(
    'axe.run().then((r) => r.violations)',
  );
  return found.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 120)}`));
}

async function type(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: /^Message/ });
  await composer.fill(text);
  await composer.press('Enter');
}

describe('the page', () => {
  it('shows the whole job: command, dialog, card, thread, reasons', async () => {
    const { slack, url } = await playground();
    const page = await open(url);
    await type(page, '/django-or-flask Billing portal');
    await page.getByRole('dialog').waitFor();
    await page.getByLabel('What are you starting?').selectOption('mvp');
    await page.getByRole('button', { name: 'Answer the other five' }).click();
    await page.getByLabel('Who uses it?').selectOption('general');
    expect(await page.getByLabel('What are you starting?').inputValue()).toBe('mvp');
    await page.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('heading', { name: /Billing portal.*: Django/ }).waitFor();
    await page.getByRole('button', { name: '1 reply' }).click();
    await page.getByRole('complementary', { name: 'Thread' }).getByText('What each answer adds').waitFor();
    await page.getByLabel('More actions').first().click();
    await page.getByRole('button', { name: 'Show all reasons' }).first().click();
    await page.getByRole('dialog').getByText('What the article says, in our words').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(slack.messages('C0WEB')).toHaveLength(1);
    expect(slack.complaints).toEqual([]);
  }, 60_000);

  it('works with the keyboard alone, and shows another person the same card', async () => {
    const { url } = await playground();
    const page = await open(url);
    await page.getByRole('textbox', { name: /^Message/ }).focus();
    await page.keyboard.type('/dj');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Data API');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.getByLabel('What is the project called?').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /Data API.*: Too early to say/ }).waitFor();
    await page.getByLabel('You are').selectOption('U0BEN');
    await page.getByRole('heading', { name: /Data API/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: /Data API/ }).waitFor();
    expect(await page.getByLabel('You are').inputValue()).toBe('U0BEN');
  }, 60_000);

  it('shows errors on the field, private words to one person only, and what no command is', async () => {
    const { url } = await playground();
    const page = await open(url);
    await page.getByRole('button', { name: 'secret' }).click();
    await type(page, '/django-or-flask Hidden plan');
    await page.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('alert').getByText('/invite @django-or-flask').waitFor();
    expect(await page.getByLabel('What is the project called?').inputValue()).toBe('Hidden plan');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await type(page, '/django-or-flask help');
    await page.getByText('Only visible to you').waitFor();
    await page.getByLabel('You are').selectOption('U0BEN');
    await page.getByText('Only visible to you').waitFor({ state: 'detached' });
    await type(page, '/flask');
    await page.getByRole('alert').getByText('/flask is not a valid command').waitFor();
  }, 60_000);

  it('shows what people type as text, whatever it looks like', async () => {
    const { url } = await playground();
    const page = await open(url);
    const nasty = '<img src=x onerror=alert(1)> <script>alert(2)</script> *bold*';
    await type(page, nasty);
    await page.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await page.locator('article script, article img').count()).toBe(0);
  }, 60_000);

  it('shows the traffic in both directions', async () => {
    const { url } = await playground();
    const page = await open(url);
    await type(page, '/django-or-flask Billing portal');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Show traffic' }).click();
    const traffic = page.getByRole('complementary', { name: 'Traffic' });
    await traffic.getByText(/^command · 200, \d+ ms$/).waitFor();
    await traffic.getByText('views.open · ok').click();
    await traffic.getByText('"callback_id": "intake"').first().waitFor();
  }, 60_000);

  it.each([
    ['on a desktop', { width: 1200, height: 850 }],
    ['on a phone', { width: 390, height: 800 }],
  ])(
    'passes axe on every screen %s',
    async (_, viewport) => {
      const { url } = await playground();
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await open(url, viewport);
        await page.emulateMedia({ colorScheme });
        await type(page, '/django-or-flask Billing portal');
        await page.getByRole('dialog').waitFor();
        expect(await violations(page)).toEqual([]);
        await page.getByRole('button', { name: 'Get advice' }).click();
        await page
          .getByRole('heading', { name: /Billing portal/ })
          .first()
          .waitFor();
        expect(await violations(page)).toEqual([]);
        await page.getByRole('button', { name: '1 reply' }).first().click();
        await page.getByRole('complementary', { name: 'Thread' }).waitFor();
        expect(await violations(page)).toEqual([]);
      }
    },
    90_000,
  );

  it('fits on a phone: nothing to scroll sideways', async () => {
    const { url } = await playground();
    const page = await open(url, { width: 390, height: 800 });
    await type(page, '/django-or-flask Billing portal');
    await page.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('heading', { name: /Billing portal/ }).waitFor();
    const wider = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(wider).toBe(0);
  }, 60_000);
});

describe('the server', () => {
  it('answers only requests of this machine’s own pages', async () => {
    const slack = await startSlack();
    onTestFinished(() => slack.close());
    const served = await servePage({ slack, app: readSurfaces(), port: 0 });
    onTestFinished(() => served.close());
    const port = new URL(served.url).port;
    const status = (path: string, headers: Record<string, string>, method = 'GET'): Promise<number> => {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      request({ host: '127.0.0.1', port, path, method, headers }, (res) => {
        res.resume();
        resolve(res.statusCode ?? 0);
      })
        .once('error', reject)
        .end();
      return promise;
    };
    expect(await status('/', { host: `localhost:${port}` })).toBe(200);
    for (const path of ['/', '/state?as=U0ANA', '/changes', '/traffic']) {
      expect(await status(path, { host: 'evil.test' })).toBe(403);
      expect(await status(path, { host: `localhost:${port}`, origin: 'http://evil.test' })).toBe(403);
    }
    expect(await status('/act', { host: `localhost:${port}`, 'content-type': 'text/plain' }, 'POST')).toBe(
      415,
    );
    expect(await status('/../package.json', { host: `localhost:${port}` })).toBe(404);
  });
});
