import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

const SCREENSHOTS = resolve(import.meta.dirname, '../../../../test-results/screenshots');

export const DESKTOP = { width: 1200, height: 850 };
export const PHONE = { width: 390, height: 800 };

/**
 * A tab that fails the test when anything on it throws, logs an error or looks elsewhere. `expected` are the
 * errors that the test brings about.
 */
export async function openTab(
  browser: Browser,
  url: string,
  { viewport = DESKTOP, expected }: { viewport?: typeof DESKTOP; expected?: RegExp } = {},
): Promise<Page> {
  const page = await browser.newPage({ viewport });
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
  page.on('request', (asked) => new URL(asked.url()).hostname !== '127.0.0.1' && trouble.push(asked.url()));
  onTestFinished(async () => {
    await page.close();
    expect(trouble.filter((one) => !expected?.test(one))).toEqual([]);
  });
  await page.goto(url);
  return page;
}

/** What axe finds, one line each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found: { id: string; nodes: { html: string }[] }[] = await page.evaluate(
    'axe.run().then((r) => r.violations)',
  );
  return found.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 120)}`));
}

/** Returns how many pixels the page is wider, or higher, than its window. */
export function overhang(page: Page, side: 'Width' | 'Height' = 'Width'): Promise<number> {
  return page.evaluate(`document.documentElement.scroll${side} - document.documentElement.client${side}`);
}

/** Keeps a picture of the page as it is now, for people to look at after the run. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: resolve(SCREENSHOTS, `${name}.png`) });
}

/** The field where somebody writes into the channel. */
export const composer = (page: Page) => page.getByRole('textbox', { name: /^Message/ });

export async function type(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}
