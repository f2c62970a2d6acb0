import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { manifestFor } from '../support/manifest.ts';
import { runBin, startBin, temporaryFolder } from '../support/run-bin.ts';

/** Says in its log how it was started, and listens. */
const APP = `
  const { env, pid } = process;
  const said = { pid, file: process.argv[1], folder: process.cwd(), env: { ...env } };
  require('node:http').createServer().listen(env.PORT, env.HOST, () => console.log(JSON.stringify(said)));
`;
const said = z.object({
  pid: z.number(),
  file: z.string(),
  folder: z.string(),
  env: z.record(z.string(), z.string()),
});

/** A folder with an app and its manifest. */
function project(): string {
  const folder = realpathSync(temporaryFolder());
  writeFileSync(join(folder, 'app.cjs'), APP);
  writeFileSync(join(folder, 'package.json'), '{"scripts":{"start":"node app.cjs"}}');
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifestFor('http')));
  return folder;
}

const OVER_HTTP = ['--manifest', 'manifest.json', '--transport', 'http'];

/** Stands for the project's folder in a command. */
const PROJECT = '{project}';

async function startApp(...command: string[]) {
  const folder = project();
  const data = realpathSync(temporaryFolder());
  const { child, log } = await startBin(
    [...OVER_HTTP, '--data', data, '--', ...command.map((word) => (word === PROJECT ? folder : word))],
    folder,
  );
  await expect.poll(() => readFileSync(log, 'utf8')).toMatch(/^\{.*\n/m);
  return {
    child,
    folder,
    data,
    app: said.parse(JSON.parse(/^\{.*$/m.exec(readFileSync(log, 'utf8'))?.[0] ?? '')),
  };
}

it('starts the app in the data folder, with nothing of the caller’s environment but PATH', async () => {
  const { folder, data, app } = await startApp('node', 'app.cjs');
  expect(app).toMatchObject({ file: join(folder, 'app.cjs'), folder: data });
  expect(Object.keys(app.env).sort()).toEqual([
    'DATABASE_URL',
    'HOST',
    'NODE_COMPILE_CACHE',
    'PATH',
    'PORT',
    'SLACK_API_URL',
    'SLACK_BOT_TOKEN',
    'SLACK_SIGNING_SECRET',
  ]);
  expect(app.env).toMatchObject({ DATABASE_URL: join(data, 'bot.db'), HOST: '127.0.0.1' });
});

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe.each([
  ['a Node app', ['node', 'app.cjs']],
  ['a Node app behind a shell', ['sh', '-c', 'node "$0"', 'app.cjs']],
  ['a Node app behind a shell that goes on', ['sh', '-c', 'node "$0"; true', 'app.cjs']],
  ['a Node app behind npm', ['npm', 'start', '--prefix', PROJECT]],
])('%s ends with local-slack', (_, command) => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('on %s', async (signal) => {
    const { child, app } = await startApp(...command);
    expect(isRunning(app.pid)).toBe(true);
    child.kill(signal);
    await expect.poll(() => isRunning(app.pid), { timeout: 10_000 }).toBe(false);
  });
});

it('says how an app of any language ended, and where its log is', async () => {
  const folder = project();
  const data = temporaryFolder();
  const command = ['sh', '-c', 'echo "$SLACK_BOT_TOKEN"; exit 3'];
  const { code, err } = await runBin([...OVER_HTTP, '--data', data, '--', ...command], folder);
  const log = join(data, 'bot.log');
  expect([code, err]).toEqual([1, [`The app exited with code 3. Its log: ${log}`]]);
  expect(readFileSync(log, 'utf8')).toBe('xoxb-local\n');
});

it('says that a program does not exist', async () => {
  const { code, err } = await runBin([...OVER_HTTP, '--data', 'data', '--', './nothing'], project());
  expect([code, err]).toEqual([1, [expect.stringMatching(/^The app can’t start: .*ENOENT\.$/)]]);
});
