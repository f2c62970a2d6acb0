import { createServer } from 'node:http';
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../packages/local-slack/tests/support/browser.ts';
import {
  openTab,
  overhang,
  PHONE,
  picture,
  violations,
} from '../../../packages/local-slack/tests/support/page.ts';
import { pageHeaders } from '../../../src/installs/pages/document.ts';
import { type Given, gallery, SCOPES, USUAL } from '../../installs/pages/gallery.ts';
import { anyNasty } from '../../support/nasty.ts';

const PAGES = gallery(USUAL);
const WIDE = { width: 1280, height: 850 };
const NARROW = { width: 320, height: 640 };

const server = createServer((req, res) => {
  const page = PAGES[req.url?.slice(1) ?? ''];
  res.writeHead(page === undefined ? 404 : 200, pageHeaders('state')).end(page);
});
let browser: Browser;
let origin = '';

beforeAll(async () => {
  browser = await launchBrowser();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  origin = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
}, 60_000);

afterAll(async () => {
  await browser.close();
  server.close();
});

describe.each(Object.keys(PAGES))('the page %s in a browser', (name) => {
  it('is accessible and fits, light and dark, wide and narrow, and asks for nothing else', async () => {
    const page = await openTab(browser, 'about:blank');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${origin}/${name}`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const size of [PHONE, WIDE]) {
        await page.setViewportSize(size);
        expect(await violations(page), `${colorScheme} ${size.width}`).toEqual([]);
        expect(await overhang(page), `${colorScheme} ${size.width}`).toBe(0);
        if (colorScheme === 'light') await picture(page, `page-${name}-${size.width}`);
      }
    }
    await page.setViewportSize(NARROW);
    expect(await overhang(page)).toBe(0);
    expect(asked).toEqual([`${origin}/${name}`]);
  }, 60_000);
});

it('brings the keyboard to “Add to Slack” first', async () => {
  const page = await openTab(browser, `${origin}/install`);
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement?.textContent')).toBe('Add to Slack');
});

describe('with words from outside that try to be more than words', () => {
  const OUTLINE = `page => {
    const read = new DOMParser().parseFromString(page, 'text/html');
    return [...read.querySelectorAll('*')].map((e) => [e.localName, ...e.getAttributeNames()].join(' '));
  }`;
  const hostile = fc.oneof(
    anyNasty,
    fc.constantFrom(
      '"><script>alert(1)</script>',
      "' onclick='alert(1)",
      '" onmouseover="alert(1)" x="',
      '</title></style></head><body onload=alert(1)>',
      '</code></p></main><form action=//evil.test>',
      '--><svg onload=alert(1)>',
    ),
  );
  /** The same words everywhere, and addresses that end in them. */
  const givenWith = (words: string): Given => ({
    appName: words,
    command: words,
    supportUrl: `https://bot.example/${words}`,
    privacyUrl: `/privacy?${words}`,
    scopes: SCOPES.map(() => ({ name: words, reason: words })),
    article: { title: words, publisher: words, url: `https://article.example/?${words}` },
    addToSlackUrl: `https://slack.example/?state=${words}`,
    installUrl: `/slack/install?${words}`,
    workspaceName: words,
    deepLink: `slack://app?${words}`,
    botName: words,
    reference: words,
    operator: words,
    place: words,
    missingScopes: USUAL.missingScopes.map(() => words),
  });

  it('every page keeps its elements and their attributes', async () => {
    const page = await openTab(browser, 'about:blank');
    const outlines = (given: Given) =>
      page.evaluate<string[][]>(`${JSON.stringify(Object.values(gallery(given)))}.map(${OUTLINE})`);
    const usual = await outlines(USUAL);
    expect(usual[0]).toContain('a class href');
    await fc.assert(
      fc.asyncProperty(hostile, async (words) => {
        expect(await outlines(givenWith(words))).toEqual(usual);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('a word of any length fits the narrowest phone', async () => {
    const page = await openTab(browser, 'about:blank', { viewport: NARROW });
    for (const document of Object.values(gallery(givenWith('W'.repeat(80))))) {
      await page.setContent(document);
      expect(await overhang(page)).toBe(0);
    }
  }, 60_000);
});
