import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readSurfaces } from '../../app-manifest.ts';
import { servePage } from '../../server/page-server.ts';
import { type SmallBot, startBot } from '../support/bot.ts';
import { launchBrowser } from '../support/browser.ts';
import { composer, openTab, picture, type, violations } from '../support/page.ts';

const MANIFEST = `
features:
  app_home: { home_tab_enabled: true }
  slash_commands:
    - { command: /form, description: Opens a form }
  shortcuts:
    - { name: Look at it, type: message, callback_id: look, description: Opens a form about a message }
    - { name: Look around, type: global, callback_id: look, description: Opens a form about nothing }
`;

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);

afterAll(() => browser.close());

/** A small app that has what the product has only in part, and the page for it. */
async function open(): Promise<{ bot: SmallBot; page: Page }> {
  const bot = await startBot('socket');
  const served = await servePage({
    slack: () => bot.slack,
    startOver: async () => {},
    app: readSurfaces(MANIFEST),
    port: 0,
  });
  onTestFinished(async () => {
    await served.close();
    await bot.stop();
  });
  return { bot, page: await openTab(browser, served.url) };
}

describe('what an app can have beside commands', () => {
  it('a Home tab, told each time that somebody comes', async () => {
    const { bot, page } = await open();
    await page.getByRole('button', { name: 'sample-app', exact: true }).click();
    const home = page.getByRole('region', { name: 'Home' });
    await home.getByText('A card').waitFor();
    await home.getByRole('button', { name: 'Vote' }).waitFor();
    await picture(page, 'home-tab');
    expect(await violations(page)).toEqual([]);
    await home.getByRole('button', { name: 'Vote' }).click();
    await bot.slack.until(({ deliveries }) =>
      deliveries.some(({ payload }) => JSON.stringify(payload.container)?.includes('"view"')),
    );
    await page.getByRole('button', { name: 'Messages', exact: true }).click();
    await page.getByText('hasn’t messaged you').waitFor();
    const opened = await bot.slack.until(({ deliveries }) => {
      const events = deliveries.filter(({ kind }) => kind === 'event');
      return events.length >= 2 ? events : null;
    });
    expect(opened.map(({ payload }) => payload.event)).toMatchObject([
      { type: 'app_home_opened', user: 'U0ANA', tab: 'home' },
      { type: 'app_home_opened', user: 'U0ANA', tab: 'messages' },
    ]);
  });

  it('what it writes to one person, in its own place and nowhere else', async () => {
    const { bot, page } = await open();
    await bot.app.client.chat.postMessage({
      token: bot.slack.botToken,
      channel: 'U0ANA',
      text: 'Only for you, ana',
    });
    await page.getByRole('button', { name: 'sample-app', exact: true }).click();
    await page.getByRole('button', { name: 'Messages', exact: true }).click();
    await page.getByText('Only for you, ana').waitFor();
    await page.getByRole('button', { name: 'ben' }).first().click();
    await page.getByText('hasn’t messaged you').waitFor();
  });

  it('a shortcut in the menu of every message, and one for anywhere', async () => {
    const { bot, page } = await open();
    await type(page, 'What shall we take?');
    await page.getByLabel('Message menu').click();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: 'Look at it' }).isVisible()).toBe(false);
    await page.getByLabel('Message menu').click();
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByRole('dialog').waitFor();
    expect(bot.slack.deliveries.at(-1)?.payload).toMatchObject({
      type: 'message_action',
      callback_id: 'look',
      message: { text: 'What shall we take?' },
    });
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Look around' }).click();
    await page.getByRole('dialog').waitFor();
    expect(bot.slack.deliveries.some(({ payload }) => payload.type === 'shortcut')).toBe(true);
  });

  it('a file, readable in its message', async () => {
    const { bot, page } = await open();
    const parent = await bot.slack.as('U0ANA').say('Please record it', { channel: 'C0WEB' });
    await bot.app.client.filesUploadV2({
      token: bot.slack.botToken,
      channel_id: 'C0WEB',
      thread_ts: parent.message.ts,
      filename: '0001-use-django.md',
      title: 'Use Django',
      content: '# Use Django\n\n<b>not markup</b>',
    });
    await page.getByRole('button', { name: '1 reply' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('File: Use Django').click();
    await thread.getByText('<b>not markup</b>').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('people are offered after an @, and a mention reaches the app', async () => {
    const { bot, page } = await open();
    await composer(page).pressSequentially('hey @sam');
    await page.getByRole('option', { name: '@sample-app' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('are you there?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '1 reply' }).waitFor();
    expect(bot.slack.messages('C0WEB')[0]?.text).toBe('hey <@U0BOT> are you there?');
  });
});

describe('a second tab of the same person', () => {
  it('doesn’t show the first tab’s dialog, and can open its own', async () => {
    const { page } = await open();
    const [second] = await Promise.all([
      page.context().waitForEvent('page'),
      page.evaluate(() => void window.open(location.href, '_blank', 'noopener')),
    ]);
    await page.getByRole('button', { name: 'Look around' }).click();
    await page.getByRole('dialog').waitFor();
    await second.getByRole('textbox', { name: /^Message/ }).fill('still here');
    expect(await second.getByRole('dialog').count()).toBe(0);
    await page.reload();
    await page.getByRole('dialog').waitFor();
    await second.getByRole('button', { name: 'Look around' }).click();
    await second.getByRole('dialog').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

describe('an app that fails', () => {
  it('leaves a private message in the channel, until the next action', async () => {
    const { page } = await open();
    await type(page, '/nothing');
    const said = page.getByRole('log').getByRole('article').filter({ hasText: 'Only visible to you' });
    await said.getByRole('alert').getByText('/nothing is not a valid command. Try /form.').waitFor();
    await picture(page, 'problem-in-the-channel');
    expect(await violations(page)).toEqual([]);
    await type(page, 'hello');
    await said.waitFor({ state: 'detached' });
  });

  it('says so at the top if a thread covers the channel', async () => {
    const { page } = await open();
    await type(page, 'A message');
    await page.getByRole('button', { name: 'Reply' }).click();
    await page.getByRole('textbox', { name: 'Reply' }).fill('/form');
    await page.getByRole('textbox', { name: 'Reply' }).press('Enter');
    await page.getByRole('alert').getByText('/form doesn’t work in threads.').waitFor();
    expect(await page.getByRole('log').getByRole('alert').count()).toBe(0);
  });
});
