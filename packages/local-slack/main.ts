/**
 * `npm run playground`: the whole bot, unchanged and in a process of its own, with a local Slack that
 * opens in the browser. Nothing leaves this machine.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { keepCompiled } from '../../src/runtime/keep-compiled.ts';

keepCompiled();
const [{ countingIds }, { startPlayground }, { endedByItself }] = await Promise.all([
  import('./state/ids.ts'),
  import('./playground.ts'),
  import('./stage.ts'),
]);

const {
  PLAYGROUND_DATA: kept,
  PLAYGROUND_TRANSPORT: transport = 'socket',
  PORT: port = '3000',
} = process.env;
if (transport !== 'socket' && transport !== 'http') fail('PLAYGROUND_TRANSPORT is either socket or http.');
if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) fail('PORT is a number up to 65535.');
const folder =
  kept === undefined ? mkdtempSync(join(tmpdir(), 'django-or-flask-playground-')) : resolve(kept);
mkdirSync(folder, { recursive: true });

const started = startPlayground({
  folder,
  transport,
  port: Number(port),
  newId: countingIds(Date.now().toString(36).toUpperCase()),
  keeps: kept === undefined ? null : folder,
  onBotGone: (code) => fail(endedByItself(code, folder)),
});

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await started.then((playground) => playground.stop());
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  process.exit(0);
};
// Not `once`: npm passes on a signal that the process got already, and the second one would end it at once.
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
process.on('SIGHUP', stop);

try {
  const { url, logFile } = await started;
  say(`The playground is ready: ${url}`);
  say('Type /django-or-flask Billing portal in a channel. Ctrl-C ends it.');
  say(`The bot's log: ${logFile}`);
  openBrowser(url);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

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
