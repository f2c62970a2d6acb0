/** A small app that answers everything, and a page for it in a browser. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { readSurfaces } from '../../app-manifest.ts';
import { servePage } from '../../server/page-server.ts';
import { type SmallBot, startBot } from './bot.ts';
import { launchBrowser } from './browser.ts';
import { everyInput } from './gallery.ts';
import { openTab } from './page.ts';

let browser: Browser;

/** Call it at the top of a test file. */
export function launchBrowserBeforeTests(): void {
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser.close());
}

interface Opened {
  readonly bot: SmallBot;
  readonly page: Page;
  post(blocks: readonly unknown[]): Promise<string>;
}

export async function open(): Promise<Opened> {
  const bot = await startBot('socket');
  bot.app.action(/.*/, async ({ ack }) => ack());
  bot.app.view('every', async ({ ack }) => ack());
  bot.app.options(/.*/, async ({ ack, payload }) => {
    const found = ['Lisbon', 'London', 'Porto'].filter((name) => name.toLowerCase().includes(payload.value));
    await ack({ options: found.map((name) => ({ text: { type: 'plain_text', text: name }, value: name })) });
  });
  bot.app.shortcut('every', async ({ ack, shortcut, client }) => {
    await client.apiCall('views.open', { trigger_id: shortcut.trigger_id, view: everyInput });
    await ack();
  });
  const served = await servePage({
    slack: () => bot.slack,
    startOver: async () => {},
    app: readSurfaces('features: { app_home: { home_tab_enabled: true } }'),
    port: 0,
  });
  onTestFinished(async () => {
    await served.close();
    await bot.stop();
  });
  const post = async (blocks: readonly unknown[]): Promise<string> => {
    const args = { token: bot.slack.botToken, channel: 'C0WEB', text: 'gallery', blocks };
    await bot.app.client.apiCall('chat.postMessage', args);
    return bot.slack.messages('C0WEB').at(-1)?.ts ?? '';
  };
  const page = await openTab(browser, served.url);
  page.setDefaultTimeout(5_000);
  return { bot, page, post };
}

/** Resolves to the newest payload of this kind with this action. */
export function sent(
  { slack }: SmallBot,
  action: string,
  type = 'block_actions',
): Promise<Record<string, unknown>> {
  return slack.until(({ deliveries }) =>
    deliveries
      .map(({ payload }) => payload)
      .findLast(
        (payload) =>
          payload.type === type &&
          JSON.stringify(payload.actions ?? payload.action_id ?? '').includes(`"${action}"`),
      ),
  );
}

export const choose = async (menu: Locator, label: string): Promise<void> => {
  await menu.getByLabel(label).click();
};
