// Installing the bot in a workspace, in a real browser.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../packages/local-slack/tests/support/browser.ts';
import {
  DESKTOP,
  openTab,
  overhang,
  PHONE,
  picture,
  violations,
} from '../../../packages/local-slack/tests/support/page.ts';
import { startMany } from '../../support/many-workspaces.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe('installing the app', () => {
  it('from “Add to Slack” to the first card, and gone again when it is uninstalled', async () => {
    const { slack, bot, url, key } = await startMany();
    const page = await openTab(browser, `${url}/slack/install`, { viewport: PHONE });
    await page.getByRole('link', { name: 'Add to Slack' }).click();
    await page.getByRole('heading', { name: /is now in .*Acme/ }).waitFor();
    await expect(page.getByRole('link', { name: /Open/ }).getAttribute('href')).resolves.toContain('T0ACME');

    const ana = slack.as('U0ANA');
    expect((await ana.command('/django-or-flask', 'Billing portal', { channel: 'C0WEB' })).status).toBe(200);
    await slack.until(() => ana.views()[0]);
    await ana.submit({ stage: 'mvp', admin: 'yes' });
    const card = await slack.until(() => slack.messages('C0WEB')[0]);
    expect(card.text).toContain('Billing portal');
    await slack.until(() => slack.thread('C0WEB', card.ts)[0]);

    const log = bot.stdout();
    for (const secret of [key, slack.clientSecret, 'xoxb-', 'a-state-secret', 'code-'])
      expect(log).not.toContain(secret);

    await slack.sendEvent({ type: 'app_uninstalled' });
    await bot.log((line) => line.msg === 'the app was removed');
    // A card that is still there, used by somebody who does not know.
    await slack.as('U0BEN').click(card, 'vote_django');
    const told = await slack.until(() => slack.ephemerals('U0BEN')[0]);
    expect(told.text).toContain('isn’t installed in this workspace');
    bot.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
  });
});

describe.each([
  ['phone', PHONE],
  ['narrow phone', { width: 320, height: 700 }],
  ['desktop', DESKTOP],
] as const)('the pages on a %s', (name, viewport) => {
  it.each(['light', 'dark'] as const)(
    'pass axe in %s colours, and nothing is wider than the window',
    async (scheme) => {
      const { url } = await startMany();
      for (const [path, expected] of [
        ['/slack/install', /Decide it together/],
        ['/slack/oauth_redirect', /lost track of the installation/],
        ['/privacy', /^Privacy in/],
      ] as const) {
        const page = await openTab(browser, 'about:blank', { viewport, expected: /400/ });
        await page.emulateMedia({ colorScheme: scheme });
        await page.goto(url + path);
        await page.getByRole('heading', { level: 1, name: expected }).waitFor();
        expect(await violations(page)).toEqual([]);
        expect(await overhang(page)).toBe(0);
        await picture(page, `${path.replaceAll('/', '-').slice(1)} ${name} ${scheme}`);
      }
    },
  );
});
