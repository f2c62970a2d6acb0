import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { buildManifest } from '../../src/manifest/manifest.ts';
import { COMPILED } from '../support/compiled.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startSlack } from '../support/local-slack.ts';

const rubric = loadRubric();

const ROOT = resolve(import.meta.dirname, '../..');
/** What Slack's command line adds to a command once both sides have agreed on marks around the answer. */
const BOUNDARY = '3561f3a3c5576e2ce0dc0d1e268bb9b2';
const MARKED = ['--protocol=message-boundaries', `--boundary=${BOUNDARY}`];

const hooksFile = z.strictObject({ hooks: z.strictObject({ 'get-hooks': z.string() }) });
/** `SDKCLIConfig` in Slack's command line, as far as it concerns a project like this. */
const getHooksAnswer = z.strictObject({
  runtime: z.literal('node'),
  hooks: z.strictObject({ 'get-manifest': z.string(), start: z.string() }),
  config: z.strictObject({
    'protocol-version': z.tuple([z.literal('message-boundaries')]),
    'sdk-managed-connection-enabled': z.literal(true),
    watch: z.strictObject({
      manifest: z.strictObject({ paths: z.array(z.string()).min(1) }),
      app: z.strictObject({ paths: z.array(z.string()).min(1), 'filter-regex': z.string() }),
    }),
  }),
});

/** Runs a command as Slack's command line does: split at spaces, in the project's folder, without a shell. */
function launch(command: string, flags: readonly string[] = [], more: Record<string, string> = {}) {
  const [program = '', ...args] = command.split(/\s+/);
  const child = spawn(program, [...args, ...flags], {
    cwd: ROOT,
    // Empty, so that a developer's own .env has no say.
    env: { ...COMPILED, SLASH_COMMAND: '', ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | NodeJS.Signals | null>((done) =>
    child.once('close', (code, signal) => done(code ?? signal)),
  );
  return { child, ended };
}

async function run(command: string, flags: readonly string[] = [], more: Record<string, string> = {}) {
  const { child, ended } = launch(command, flags, more);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { stdout, stderr, code };
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

let getHooks: z.infer<typeof getHooksAnswer>;
let answeredByGetHooks: Awaited<ReturnType<typeof run>>;

beforeAll(async () => {
  answeredByGetHooks = await run(hooksFile.parse(readJson('.slack/hooks.json')).hooks['get-hooks']);
  getHooks = getHooksAnswer.parse(JSON.parse(answeredByGetHooks.stdout));
});

const manifestFor = (command?: string): unknown =>
  JSON.parse(
    JSON.stringify(
      buildManifest({ kind: 'socket' }, { questions: rubric.questions, ...(command ? { command } : {}) }),
    ),
  );

it('get-hooks says how to run the others, on one line and nothing else', () => {
  expect(answeredByGetHooks).toMatchObject({ code: 0, stderr: '' });
  expect(answeredByGetHooks.stdout).toMatch(/^\{.*\}\n$/);
});

it('watches files that are there', () => {
  const { manifest, app } = getHooks.config.watch;
  for (const path of [...manifest.paths, ...app.paths]) {
    expect(existsSync(join(ROOT, path)), path).toBe(true);
  }
  expect('src/main.ts').toMatch(new RegExp(app['filter-regex']));
});

it('the manifest is this project’s, not the one at Slack', () => {
  expect(readJson('.slack/config.json')).toEqual({ manifest: { source: 'local' } });
});

describe('get-manifest', () => {
  it('answers between the marks that it is given', async () => {
    const { code, stdout, stderr } = await run(getHooks.hooks['get-manifest'], [
      `--source=${ROOT}`,
      ...MARKED,
    ]);
    expect([code, stderr]).toEqual([0, '']);
    const [before, answer = '', after] = stdout.split(BOUNDARY);
    expect([before, after]).toEqual(['', '\n']);
    expect(JSON.parse(answer)).toEqual(manifestFor());
  });

  it('answers with nothing but JSON to a command line that knows no marks', async () => {
    const { stdout } = await run(getHooks.hooks['get-manifest'], [`--source=${ROOT}`]);
    expect(JSON.parse(stdout)).toEqual(manifestFor());
  });

  it('names the command that the bot will listen to', async () => {
    const { stdout } = await run(getHooks.hooks['get-manifest'], [], { SLASH_COMMAND: '/df' });
    expect(JSON.parse(stdout)).toEqual(manifestFor('/df'));
  });

  it('refuses a command that the bot would refuse, in the same words', async () => {
    const { code, stdout, stderr } = await run(getHooks.hooks['get-manifest'], MARKED, {
      SLASH_COMMAND: 'df',
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'slack-hooks: SLASH_COMMAND must be a slash command such as /django-or-flask, in lower case, with 2 to 32 characters\n',
    );
  });
});

it('start runs the bot with the tokens of the chosen app, and ends it when it is told to', async () => {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const folder = temporaryFolder();
  const { child, ended } = launch(getHooks.hooks.start, [], {
    SLACK_CLI_XAPP: slack.appToken,
    SLACK_CLI_XOXB: slack.botToken,
    SLACK_APP_TOKEN: 'xapp-of-another-app',
    SLACK_BOT_TOKEN: 'xoxb-of-another-app',
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: join(folder, 'bot.db'),
    LOG_LEVEL: 'info',
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const ready = Promise.withResolvers<string>();
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    if (stdout.includes('"msg":"ready"')) ready.resolve(stdout);
  });
  const stderr = text(child.stderr);
  const early = ended.then(async (code) => Promise.reject(new Error(`ended with ${code}: ${await stderr}`)));
  expect(await Promise.race([ready.promise, early])).toContain('"transport":"socket"');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(stdout).toContain('"msg":"stopped"');
});

it('a hook that is not there is refused by name', async () => {
  const { code, stderr } = await run(getHooks.hooks.start.replace(/start$/, 'deploy'));
  expect(code).toBe(2);
  expect(stderr).toBe('slack-hooks: unknown hook "deploy"; use one of get-hooks, get-manifest, start\n');
});
