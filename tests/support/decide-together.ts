import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import type { Playground } from '../../packages/local-slack/run/playground.ts';
import {
  composer,
  openTab,
  overhang,
  PHONE,
  picture,
  violations,
} from '../../packages/local-slack/tests/support/page.ts';
import { slackOf } from './playground.ts';

/** From the command to the file in the thread, by two people in one browser; whatever serves the local Slack’s app. */
export async function decideTogether(browser: Browser, started: Playground): Promise<void> {
  const page = await openTab(browser, started.url);
  await composer(page).fill('/django-or-flask Billing portal');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByLabel('How big will it get?').selectOption('grow');
  await page.getByLabel('Do staff need a back office?').selectOption('yes');
  await page.getByRole('button', { name: 'Get advice' }).click();
  await page.getByRole('button', { name: 'Vote for Django' }).click();
  await page.getByText('You voted for Django.').waitFor();
  await page.getByText(/^Django 1:/).waitFor();
  await picture(page, 'voted');

  await page.getByRole('button', { name: 'Add a reason' }).click();
  await page.getByLabel('Why Django?').fill('Staff will want screens by spring.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('article').getByText('“Staff will want screens by spring”').first().waitFor();

  await page.getByRole('button', { name: 'ben', exact: true }).click();
  await page.getByRole('button', { name: 'Vote for Flask' }).click();
  await page.getByText(/^Flask 1:/).waitFor();
  await page.getByRole('button', { name: 'Decide…', exact: true }).click();
  await page.getByText(/Only .* can do this\. You can still vote\./).waitFor();

  await page.getByRole('button', { name: 'ana', exact: true }).click();
  await page.getByRole('button', { name: 'Decide…', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Flask: 1', { exact: true }).waitFor();
  await dialog.getByText('Staff will want screens by spring.').waitFor();
  expect(await violations(page)).toEqual([]);
  await picture(page, 'decide');
  await dialog.getByLabel('Django', { exact: true }).check();
  await dialog.getByLabel('Why?').fill('We know it, and the back office comes for free.');
  await dialog.getByRole('button', { name: 'Decide' }).click();
  await page.getByRole('heading', { name: /Billing portal.*: Django, decided$/ }).waitFor();
  await page
    .getByText(/decided on Django for/)
    .first()
    .waitFor();
  await picture(page, 'decided');
  await page
    .getByRole('button', { name: /repl(y|ies)/ })
    .first()
    .click();
  await page.getByText('0001-django-for-billing-portal.md').first().click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).first().click(),
  ]);
  expect(download.suggestedFilename()).toBe('0001-django-for-billing-portal.md');
  expect(readFileSync(await download.path(), 'utf8')).toMatch(/^---\nstatus: "accepted"/);
  expect(await violations(page)).toEqual([]);
  await picture(page, 'decided-thread');
  expect(slackOf(started).complaints).toEqual([]);

  const phone = await openTab(browser, started.url, { viewport: PHONE });
  await phone.getByRole('heading', { name: /Django, decided$/ }).waitFor();
  expect(await overhang(phone)).toBeLessThanOrEqual(0);
  await picture(phone, 'decided-phone');
}
