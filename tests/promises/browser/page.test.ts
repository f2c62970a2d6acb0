import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../packages/local-slack/tests/support/browser.ts';
import {
  composer,
  DESKTOP,
  openTab,
  overhang,
  PHONE,
  picture,
  type,
  violations,
} from '../../../packages/local-slack/tests/support/page.ts';
import { playground, slackOf, TRANSPORTS } from '../../support/playground.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);

afterAll(() => browser.close());

describe.each(TRANSPORTS)('the main job over %s', (transport) => {
  it('by mouse: command, dialog, card, thread, reasons', async () => {
    const started = await playground(transport);
    const page = await openTab(browser, started.url);
    await composer(page).fill('/django-or-flask Billing portal');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('dialog').waitFor();
    await page.getByLabel('What are you starting?').selectOption('mvp');
    await page.getByRole('button', { name: 'Show 6 more' }).click();
    await page.getByLabel('Who will use it?').selectOption('general');
    expect(await page.getByLabel('What are you starting?').inputValue()).toBe('mvp');
    await page.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('heading', { name: /Billing portal.*: Django/ }).waitFor();
    await page.getByRole('button', { name: '1 reply' }).click();
    await page.getByRole('complementary', { name: 'Thread' }).getByText('Head start').first().waitFor();
    await picture(page, `card-${transport}`);
    await page.getByLabel('More actions').first().click();
    await page.getByRole('button', { name: 'Show all reasons' }).first().click();
    await page.getByRole('dialog').getByText('What the article says, in our words').waitFor();
    await picture(page, `reasons-${transport}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const slack = slackOf(started);
    expect(slack.messages('C0WEB')).toHaveLength(1);
    expect(slack.complaints).toEqual([]);
  }, 60_000);

  it('by keyboard, as two people: the focus is where it is needed, and both see the same card', async () => {
    const { url } = await playground(transport);
    const page = await openTab(browser, url);
    const focused = (property: string, value: string): Promise<unknown> =>
      expect.poll(() => page.evaluate(`document.activeElement?.${property}`)).toBe(value);
    await composer(page).focus();
    await page.keyboard.type('/dj');
    await page.getByRole('option', { name: /^\/django-or-flask/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('Data API');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await focused('value', 'Data API');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Answer at least one question.').waitFor();
    await page.getByLabel('What are you starting?').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByLabel('Project name').press('Enter');
    await page.getByRole('heading', { name: /Data API.*: / }).waitFor();
    await focused('id', 'write');

    await page.getByRole('button', { name: '1 reply' }).press('Enter');
    await focused('id', 'write-reply');
    await page.keyboard.type('Who would look after it?');
    await page.keyboard.press('Enter');
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('Who would look after it?').waitFor();
    await page.keyboard.press('Escape');
    await thread.waitFor({ state: 'detached' });
    await focused('textContent', '2 replies');

    await page.getByRole('button', { name: 'ben' }).first().press('Enter');
    await page.getByRole('button', { name: 'ben', pressed: true }).waitFor();
    await page.getByRole('button', { name: '2 replies' }).press('Enter');
    await page.reload();
    await thread.getByText('Who would look after it?').waitFor();
    await page.getByRole('button', { name: 'ben', pressed: true }).waitFor();
  }, 60_000);
});

describe('the page', () => {
  it('shows errors on the field, private words to one person only, and what no command is', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url);
    await page.getByRole('button', { name: 'secret' }).click();
    await type(page, '/django-or-flask Hidden plan');
    await page.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('alert').getByText('Answer at least one question.').waitFor();
    await picture(page, 'error-on-the-field');
    await page.getByLabel('What are you starting?').selectOption('mvp');
    await page.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('dialog').getByText('/invite @django-or-flask').waitFor();
    await page.getByRole('dialog').getByLabel('Channel').waitFor();
    await picture(page, 'refused-with-a-channel');
    expect(await page.getByLabel('What are you starting?').inputValue()).toBe('mvp');
    expect(await page.getByLabel('Project name').inputValue()).toBe('Hidden plan');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await type(page, '/django-or-flask help');
    await page.getByText('Only visible to you').waitFor();
    await page.getByRole('button', { name: 'ben' }).first().click();
    await page.getByText('Only visible to you').waitFor({ state: 'detached' });
    await type(page, '/flask');
    await page.getByRole('alert').getByText('/flask is not a valid command').waitFor();
    expect(await composer(page).inputValue()).toBe('/flask');
  }, 60_000);

  it('shows somebody from another organization only what is shared', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url);
    await page.getByRole('button', { name: /^xavier/ }).click();
    await page.getByRole('button', { name: 'xavier', pressed: true }).waitFor();
    await page.getByRole('heading', { name: '#shared' }).waitFor();
    expect(await page.getByRole('button', { name: '#web' }).count()).toBe(0);
  }, 60_000);

  it('says where nobody can write, and lets members join public channels', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url);
    await page.getByText('Type /django-or-flask [project name] below and press Enter.').waitFor();
    await page.getByRole('button', { name: '#old' }).click();
    await page.getByText('You can’t post in #old, because it’s archived.').waitFor();
    expect(await composer(page).count()).toBe(0);
    await page.getByRole('button', { name: /^cleo/ }).click();
    await page.getByRole('button', { name: '#open' }).click();
    await page.getByRole('button', { name: 'Join the channel' }).click();
    await type(page, '/django-or-flask help');
    await page.getByText('Only visible to you').waitFor();
  }, 60_000);

  it('puts the card into the thread of a message that somebody picks', async () => {
    const started = await playground();
    const page = await openTab(browser, started.url);
    await type(page, 'What shall we take for the new portal?');
    await page.getByLabel('Message menu').click();
    await page.getByRole('button', { name: 'Django or Flask?' }).click();
    await page.getByLabel('Project name').fill('Portal');
    await page.getByLabel('What are you starting?').selectOption('mvp');
    await page.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '2 replies' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByRole('heading', { name: /^.?Portal.?: Django, likely$/ }).waitFor();
    await thread.getByRole('heading', { name: /^.?Portal.?: why “Django, likely”$/ }).waitFor();
    expect(slackOf(started).complaints).toEqual([]);
  }, 60_000);

  it('takes questions to the bot in a card’s thread, by either of its names', async () => {
    const started = await playground();
    const page = await openTab(browser, started.url, { viewport: { width: 1200, height: 1500 } });
    await type(page, '/django-or-flask Billing portal');
    await page.getByLabel('What are you starting?').selectOption('mvp');
    await page.getByRole('button', { name: 'Show 6 more' }).click();
    await page.getByLabel('How much would a security mistake hurt?').selectOption('high');
    await page.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('button', { name: '1 reply' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    const reply = thread.getByRole('textbox');
    await reply.fill('@Django or Flask? what about security?');
    await reply.press('Enter');
    await thread.getByText(/High security needs, 2 for Django\./).waitFor();
    await thread.getByText('For Django').last().waitFor();
    await thread.getByText('For Flask').last().waitFor();
    await picture(page, 'answer-in-the-thread');
    await reply.fill('@django-or-flask how do they scale?');
    await reply.press('Enter');
    await thread.getByText(/“Size” isn’t answered yet/).waitFor();
    await picture(page, 'answer-with-both-sides');
    await reply.fill('@django-or-flask what is the capital of France?');
    await reply.press('Enter');
    await thread.getByText(/I don’t have anything on that\. Ask about/).waitFor();
    await reply.fill('@django-or-flask');
    await reply.press('Enter');
    await thread.getByText(/Mention me with a question/).waitFor();
    await picture(page, 'answer-unknown-and-help');
    expect(await violations(page)).toEqual([]);
    expect(slackOf(started).complaints).toEqual([]);
  }, 60_000);

  it('tells people of another organization privately that they cannot ask the bot', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url);
    await page.getByRole('button', { name: /^xavier/ }).click();
    await page.getByRole('heading', { name: '#shared' }).waitFor();
    await type(page, '@django-or-flask what about security?');
    await page.getByText('I only answer people in the workspace').waitFor();
    await page.getByText('Only visible to you').waitFor();
    expect(await page.getByText('For Django').count()).toBe(0);
  }, 60_000);

  it('shows somebody’s decisions on the Home tab, where one can start, too', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url);
    await page.getByRole('button', { name: 'django-or-flask', exact: true }).click();
    const home = page.getByRole('region', { name: 'Home' });
    await home.getByText('None yet.').waitFor();
    await home.getByRole('button', { name: 'Ask for advice…' }).click();
    await page.getByLabel('Project name').fill('Portal');
    await page.getByRole('dialog').getByLabel('Channel').selectOption('#web');
    await page.getByLabel('What are you starting?').selectOption('mvp');
    await page.getByRole('button', { name: 'Get advice' }).click();
    await home.getByText(/ · open · .*you asked/s).waitFor();
    await picture(page, 'home-with-a-decision');
    expect(await violations(page)).toEqual([]);
    await home.getByRole('link', { name: 'Portal' }).click();
    await page.getByRole('complementary', { name: 'Thread' }).getByText('Head start').first().waitFor();
    await page.getByRole('heading', { name: '#web' }).waitFor();
  }, 60_000);

  it('shows what people type as text, whatever it looks like', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url);
    await type(page, '<img src=x onerror=alert(1)> <script>alert(2)</script> *bold*');
    await page.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await page.locator('article script, article img').count()).toBe(0);
  }, 60_000);

  it('shows the traffic in both directions, with times', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url);
    await type(page, '/django-or-flask Billing portal');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Traffic' }).click();
    const traffic = page.getByRole('complementary', { name: 'Traffic' });
    const row = (name: string) => traffic.locator('details').filter({ hasText: name }).first();
    await row('/django-or-flask')
      .getByText(/^200, [\d.]+ ms$/)
      .waitFor();
    await row('views.open')
      .getByText(/^ok, [\d.]+ ms$/)
      .click();
    await traffic.getByText('"callback_id": "intake"').first().waitFor();
    await picture(page, 'traffic');
    expect(await violations(page)).toEqual([]);
  }, 60_000);

  it('makes Slack fail on demand: the person reads what to do, loses nothing, and it works the next time', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url);
    await page.getByRole('button', { name: 'Make it fail' }).click();
    const panel = page.getByRole('complementary', { name: 'Make it fail' });
    await panel.getByLabel('What happens').selectOption('Slack refuses the call');
    await panel.getByRole('button', { name: 'Plan it' }).click();
    await panel.getByText('chat.postMessage: refused with is_archived').waitFor();
    await picture(page, 'make-it-fail');
    expect(await violations(page)).toEqual([]);
    await type(page, '/django-or-flask Billing portal');
    await page.getByLabel('What are you starting?').selectOption('mvp');
    await page.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('dialog').getByText('This channel is archived.').waitFor();
    await page.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('heading', { name: /Billing portal/ }).waitFor();
    await panel.getByText('None. Every call works.').waitFor();
  }, 60_000);

  it('takes every kind of fault that the panel offers', async () => {
    const { url } = await playground();
    const page = await openTab(browser, url);
    await page.getByRole('button', { name: 'Make it fail' }).click();
    const panel = page.getByRole('complementary', { name: 'Make it fail' });
    const kinds = await panel.getByLabel('What happens').locator('option').allTextContents();
    for (const kind of kinds.filter((one) => !one.startsWith('Events'))) {
      await panel.getByLabel('What happens').selectOption(kind);
      await panel.getByRole('button', { name: 'Plan it' }).click();
    }
    await expect.poll(() => panel.getByRole('listitem').count()).toBe(kinds.length - 1);
    await panel.getByRole('button', { name: 'Delete all' }).click();
    await panel.getByText('None. Every call').waitFor();
    await panel.getByLabel('What happens').selectOption('Slack refuses the call');
    await panel.getByLabel('Slack’s error code').fill('No such thing!');
    await panel.getByRole('button', { name: 'Plan it' }).click();
    const code = panel.getByLabel('Slack’s error code');
    expect(await code.evaluate((field) => field.matches(':invalid'))).toBe(true);
    await panel.getByText('None. Every call').waitFor();
    await panel.getByLabel('What happens').selectOption({ label: kinds.at(-1) ?? '' });
    await panel.getByRole('button', { name: 'Plan it' }).click();
    await panel.getByRole('status').getByText('The next event reaches the app twice.').waitFor();
    await panel.getByRole('button', { name: 'Revoke the token' }).click();
    await panel.getByRole('status').getByText('The app’s token is revoked').waitFor();
    await panel.getByText('has an invalid token').waitFor();
  }, 60_000);

  it('survives a cut socket, and says so when the app does not answer', async () => {
    const started = await playground();
    const page = await openTab(browser, started.url);
    await page.getByRole('button', { name: 'Make it fail' }).click();
    await page.getByRole('button', { name: 'Cut the connection' }).click();
    await slackOf(started).until(({ sockets }) => sockets.count === 0);
    await type(page, '/django-or-flask Billing portal');
    await page
      .getByRole('alert')
      .getByText('/django-or-flask failed because the app didn’t respond')
      .waitFor();
    await slackOf(started).until(({ sockets }) => sockets.count === 1, 15_000);
    await composer(page).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();

    slackOf(started).sockets.drop();
    await slackOf(started).until(({ sockets }) => sockets.count === 0);
    await page.getByLabel('What are you starting?').selectOption('mvp');
    await dialog.getByRole('button', { name: 'Get advice' }).click();
    await dialog.getByRole('alert').getByText('The app didn’t respond. Try again.').waitFor();
    await slackOf(started).until(({ sockets }) => sockets.count === 1, 15_000);
    expect(await page.getByLabel('What are you starting?').inputValue()).toBe('mvp');
    await dialog.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('heading', { name: /Billing portal.*: Django/ }).waitFor();
  }, 60_000);

  it('starts over: what was there is forgotten, and it works again', async () => {
    const started = await playground();
    const page = await openTab(browser, started.url);
    await type(page, '/django-or-flask Billing portal');
    await page.getByLabel('What are you starting?').selectOption('mvp');
    await page.getByRole('button', { name: 'Get advice' }).click();
    const card = page.getByRole('heading', { name: /Billing portal/ });
    await card.waitFor();
    page.once('dialog', (question) => void question.accept());
    await page.getByRole('button', { name: 'Start over' }).click();
    await card.waitFor({ state: 'detached' });
    await expect.poll(() => started.slack()?.sockets.count, { timeout: 15_000 }).toBe(1);
    await type(page, '/django-or-flask history');
    await page.getByText('No cards in this channel yet').waitFor();
    await type(page, '/django-or-flask Something else');
    await page.getByLabel('What are you starting?').selectOption('mvp');
    await page.getByRole('button', { name: 'Get advice' }).click();
    await page.getByRole('heading', { name: /Something else/ }).waitFor();
  }, 60_000);

  it.each([
    ['on a desktop', DESKTOP],
    ['on a phone', PHONE],
  ])(
    'passes axe on every screen %s, and nothing is wider than the window',
    async (where, viewport) => {
      const { url } = await playground();
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await openTab(browser, url, { viewport });
        const check = async (screen: string): Promise<void> => {
          await picture(page, `${screen}-${where.replaceAll(' ', '-')}-${colorScheme}`);
          expect(await violations(page), screen).toEqual([]);
          expect(await overhang(page), screen).toBe(0);
        };
        await page.emulateMedia({ colorScheme });
        await composer(page).fill('/dj');
        await check('suggestions');
        await type(page, '/django-or-flask Billing portal');
        await page.getByRole('dialog').waitFor();
        await check('dialog');
        await page.getByRole('button', { name: 'Voting options' }).click();
        await page.getByRole('dialog').getByLabel('Channel').waitFor();
        await check('voting-options');
        await page.getByLabel('What are you starting?').selectOption('mvp');
        await page.getByRole('button', { name: 'Get advice' }).click();
        await page
          .getByRole('heading', { name: /Billing portal/ })
          .first()
          .waitFor();
        await check('card');
        await page.getByRole('button', { name: '1 reply' }).first().click();
        await page.getByRole('complementary', { name: 'Thread' }).waitFor();
        await check('thread');
        await page.getByRole('button', { name: 'Close thread' }).click();
        await type(page, '/flask');
        await page.getByRole('alert').waitFor();
        await check('no-such-command');
        await page.getByRole('button', { name: 'django-or-flask', exact: true }).click();
        await page.getByRole('region', { name: 'Home' }).waitFor();
        await check('home');
      }
    },
    90_000,
  );
});
