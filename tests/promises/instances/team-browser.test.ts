import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../../packages/local-slack/tests/support/browser.ts';
import { decideTogether } from '../../support/decide-together.ts';
import { threeInstances } from '../../support/instances.ts';
import { playground, slackOf } from '../../support/playground.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);

afterAll(() => browser.close());

it('a team decides in the browser, through three instances on one PostgreSQL', async () => {
  const started = await playground('http');
  // The playground's own bot hears nothing from here on.
  const { requests, errors } = await threeInstances(slackOf(started));
  await decideTogether(browser, started);
  // Each had its share, and no other process had any.
  const shares = requests();
  expect(shares).toHaveLength(3);
  for (const share of shares) expect(share).toBeGreaterThan(2);
  expect(errors()).toEqual([]);
}, 120_000);
