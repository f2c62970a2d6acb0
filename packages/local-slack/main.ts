#!/usr/bin/env node
/** Runs `local-slack`: a Slack on this machine with one app and a page for the browser. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { HELP, type RunOptions, readCommandLine } from './run/command-line.ts';
import { COMPILE_CACHE } from './run/compile-cache.ts';

const WRONG_USAGE = 2;

const commandLine = readCommandLine(process.argv.slice(2), process.env);
if (commandLine.kind === 'help') process.stdout.write(HELP);
else if (commandLine.kind === 'wrong') fail([commandLine.problem], WRONG_USAGE);
else await runPlayground(commandLine.options);

async function runPlayground({ manifest, port, transport, data, command }: RunOptions): Promise<void> {
  hideExperimentalWarnings();
  // Enable the cache first: the modules imported below load from it.
  enableCompileCache(COMPILE_CACHE);
  const [{ readApp }, { firstCommand }, { exitMessage }, { startPlayground }, { countingIds }] =
    await Promise.all([
      import('./app-manifest.ts'),
      import('./page/completions.ts'),
      import('./run/app-process.ts'),
      import('./run/playground.ts'),
      import('./state/ids.ts'),
    ]);
  const read = readApp(readManifest(manifest));
  if (!read.ok) fail(read.problems.map((problem) => `${manifest}: ${problem}`));
  const { app } = read;
  const folder =
    data === null ? mkdtempSync(join(tmpdir(), `${folderName(app.bot.name)}-playground-`)) : resolve(data);
  mkdirSync(folder, { recursive: true });

  const started = startPlayground({
    app,
    command,
    folder,
    transport,
    port,
    newId: countingIds(Date.now().toString(36).toUpperCase()),
    keptFolder: data === null ? null : folder,
    onAppExit: (code) => fail([exitMessage(code, folder)]),
  });

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await started.then((playground) => playground.stop());
    if (data === null) rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  };
  // Not `once`: npm repeats a signal that this process already got. Without a handler, the second signal would end
  // the process at once.
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);

  try {
    const { url, logFile } = await started;
    const typed = firstCommand(app.surfaces);
    say(`The playground is ready: ${url}`);
    say(`${typed === null ? '' : `Type ${typed} in a channel. `}Press Ctrl-C to stop.`);
    say(`The app’s log: ${logFile}`);
    openBrowser(url);
  } catch (error) {
    fail([error instanceof Error ? error.message : String(error)]);
  }
}

function readManifest(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    return fail([`--manifest ${path} can't be read${code}.`], WRONG_USAGE);
  }
}

function folderName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(lines: readonly string[], code = 1): never {
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
  process.exit(code);
}

/** Hides Node's warning about stripping the page's types. It would appear in the middle of an app's errors. */
function hideExperimentalWarnings(): void {
  const printers = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'ExperimentalWarning') for (const print of printers) print(warning);
  });
}

/** Opens the page if there is a desktop. Other users open the printed URL. */
function openBrowser(url: string): void {
  if (process.env.CI || process.env.NO_BROWSER || !process.stdout.isTTY) return;
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
