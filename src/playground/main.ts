/**
 * `npm run playground`: the whole bot, unchanged and in a process of its own, with a local Slack that
 * opens in the browser. Nothing leaves this machine.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSurfaces } from './app-manifest.ts';
import { servePage } from './page-server.ts';
import { startSlack } from './slack-server.ts';

const BOT = fileURLToPath(new URL('../main.ts', import.meta.url));

const kept = process.env.PLAYGROUND_DATA;
const folder =
  kept === undefined ? mkdtempSync(join(tmpdir(), 'django-or-flask-playground-')) : resolve(kept);
mkdirSync(folder, { recursive: true });
const logFile = join(folder, 'bot.log');

const app = readSurfaces();
const slack = await startSlack({ rateLimits: true, redeliverEvents: true });
const bot = spawn(process.execPath, [BOT], {
  cwd: folder,
  env: {
    PATH: process.env.PATH ?? '',
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: join(folder, 'bot.db'),
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
bot.stdout.pipe(createWriteStream(logFile));
const ended = new Promise((resolve) => bot.once('exit', resolve));
let closePage = async (): Promise<void> => {};
let stopping = false;

const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  bot.kill('SIGTERM');
  await ended;
  await closePage();
  await slack.close();
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  process.exit(0);
};
// Not `once`: npm passes on a signal that the process got already, and the second one would end it at once.
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
bot.once('exit', (code) => {
  if (!stopping) fail(`The bot ended by itself (${code}). Its log: ${logFile}`);
});

await slack
  .until(({ sockets }) => sockets.count === 1, 30_000)
  .catch(() => fail('The bot did not connect to the local Slack.'));
const page = await servePage({ slack, app, port: Number(process.env.PORT ?? 3000) });
closePage = page.close;
say(`The playground is ready: ${page.url}`);
say(`Type ${app.commands[0]?.name} Billing portal in a channel. Ctrl-C ends it.`);
say(`The bot's log: ${logFile}`);
openBrowser(page.url);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** Where there is a desktop; elsewhere the printed address has to do. */
function openBrowser(url: string): void {
  if (process.env.CI || process.env.NO_BROWSER || !process.stdout.isTTY) return;
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
