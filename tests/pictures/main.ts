/** `npm run pictures`: plays each story in the playground, and writes its pictures to docs/pictures. */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Playground, startPlayground } from '../../packages/local-slack/run/playground.ts';
import { countingIds } from '../../packages/local-slack/state/ids.ts';
import { launchBrowser } from '../../packages/local-slack/tests/support/browser.ts';
import { app } from '../support/local-slack.ts';
import { withPalette } from './png.ts';
import { PROJECT, STORIES, type Story } from './stories.ts';
import { STORY_START, startStoryClock } from './story-time.ts';

const pathTo = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PICTURES = pathTo('../../docs/pictures/');
const BOT = [process.execPath, '--import', pathTo('fixed-clock.ts'), pathTo('../../src/main.ts')] as const;

/** Windows by device. They are tall enough to show every card and dialog whole. */
const WINDOWS = {
  desktop: { width: 1080, height: 2400 },
  phone: { width: 390, height: 2400 },
};
/** Space around a card, in pixels. */
const MARGIN = 12;

mkdirSync(PICTURES, { recursive: true });
const browser = await launchBrowser();
try {
  for (const [name, story] of Object.entries(STORIES)) await picture(browser, name, story);
} finally {
  await browser.close();
}

async function picture(browser: Browser, name: string, story: Story): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  const playground = await startPlayground({
    app,
    command: BOT,
    folder,
    transport: 'socket',
    port: 0,
    newId: countingIds(),
    now: startStoryClock(),
    onAppExit: (code) => {
      throw new Error(`The bot exited with code ${code}. Its log: ${folder}/bot.log`);
    },
  });
  try {
    const slack = playground.slack();
    if (slack === null) throw new Error('the playground has no Slack');
    await story.play(slack);
    for (const [device, viewport] of Object.entries(WINDOWS)) {
      const page = await openPage(browser, playground, viewport);
      const path = join(PICTURES, `${name}-${device}.png`);
      if (story.shows === 'dialog') await take(page, page.getByRole('dialog'), 0, path);
      else await take(page, page.getByRole('article').filter({ hasText: PROJECT }).first(), MARGIN, path);
      await page.close();
      process.stdout.write(`${path} ${Math.round(statSync(path).size / 1024)} KB\n`);
    }
  } finally {
    await playground.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openPage(
  browser: Browser,
  { url }: Playground,
  viewport: { width: number; height: number },
): Promise<Page> {
  const page = await browser.newPage({
    viewport,
    deviceScaleFactor: 2,
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
  });
  await page.clock.setFixedTime(STORY_START);
  await page.goto(url);
  return page;
}

async function take(page: Page, part: Locator, margin: number, path: string): Promise<void> {
  await part.waitFor();
  // The composer's focus ring and a dialog's first field would stand out.
  await page.evaluate('document.activeElement?.blur()');
  const box = await part.boundingBox();
  if (box === null) throw new Error('the card has no size');
  const { width, height } = box;
  const clip = { x: box.x - margin, y: box.y, width: width + 2 * margin, height };
  writeFileSync(path, withPalette(await page.screenshot({ clip })));
}
