// Every command refuses the settings that the bot refuses, in the same words, before it writes anything.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newFolder, runCommand, startBot } from './client/bot.ts';
import { startSlack } from './client/slack.ts';

const CLI = resolve(import.meta.dirname, '../../src/cli');
const KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64');

/** Files of the folder that never open the database: parts of other commands, and commands without data. */
const WITHOUT_DATABASE = ['advise', 'command', 'manifest', 'slack-hooks'];
/** Arguments without which a command only says what is missing. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  export: ['--to', 'made.jsonl'],
  person: ['--tenant', 'T0123', '--person', 'U0123'],
};
const COMMANDS = readdirSync(CLI)
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => !WITHOUT_DATABASE.includes(name));

/** Another database, no file, and a file that only a shell finds; tests/runtime/config.test.ts has all kinds. */
const REFUSED = ['mysql://user:secret@host/db', ':memory:', '~/bot.db'];

/** The sentence with which the bot refuses its environment; the folder stays as it was. */
async function refusalOfBot(folder: string, env: Readonly<Record<string, string>>): Promise<string> {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const before = readdirSync(folder);
  const refused: unknown = await startBot({ slack, folder, env }).catch((error: unknown) => error);
  expect(String(refused)).toMatch(/the bot ended with [1-9]\d*: /);
  expect(readdirSync(folder)).toEqual(before);
  return String(refused).trim().split('\n').at(-1)?.trim() ?? '';
}

async function refusalOf(command: string, folder: string, env: Readonly<Record<string, string>>) {
  const before = readdirSync(folder);
  const { code, stdout, stderr } = await runCommand(command, ARGUMENTS[command] ?? [], { folder, env });
  expect({ command, stdout }).toEqual({ command, stdout: '' });
  expect(code, command).toBeGreaterThan(0);
  expect(readdirSync(folder), command).toEqual(before);
  return stderr;
}

it('knows the commands that open a database', () => {
  expect(COMMANDS).toEqual(expect.arrayContaining(['export', 'import', 'migrate', 'person', 'rotate-key']));
  for (const name of WITHOUT_DATABASE.filter((each) => each !== 'command')) {
    expect(readFileSync(join(CLI, `${name}.ts`), 'utf8'), name).not.toMatch(
      /DATABASE_URL|store\/open|databaseFromEnvironment|existingDatabase/,
    );
  }
});

describe('DATABASE_URL', () => {
  it.each(REFUSED)('the bot and every command refuse %s', async (value) => {
    const folder = newFolder();
    const sentence = await refusalOfBot(folder, { DATABASE_URL: value });
    expect(sentence).toMatch(/^DATABASE_URL must be .*postgres:\/\/user:password@host\/database/);
    expect(sentence).not.toContain('secret');
    const refusals = await Promise.all(
      COMMANDS.map((name) => refusalOf(name, folder, { DATABASE_URL: value, TOKEN_ENCRYPTION_KEY: KEY })),
    );
    expect(refusals).toEqual(COMMANDS.map((name) => `${name}: ${sentence}\n`));
  });

  it.each([
    ['  ', 'data'],
    [' sqlite:bot.db ', 'bot.db'],
  ])('%j is a file', async (value, made) => {
    const folder = newFolder();
    const ran = await runCommand('migrate', [], { folder, env: { DATABASE_URL: value } });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(folder)).toContain(made);
  });
});

it.each(['', 'short', `${KEY},${KEY}`])(
  'TOKEN_ENCRYPTION_KEY %j is refused in the same words',
  async (value) => {
    const folder = newFolder();
    await runCommand('migrate', [], { folder, env: { DATABASE_URL: 'bot.db' } });
    const env = {
      DATABASE_URL: 'bot.db',
      TOKEN_ENCRYPTION_KEY: value,
      SLACK_BOT_TOKEN: '',
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'c'.repeat(32),
      SLACK_STATE_SECRET: 's'.repeat(32),
      PUBLIC_URL: 'https://bot.example.org',
    };
    const sentence = await refusalOfBot(folder, env);
    expect(sentence).toMatch(/^TOKEN_ENCRYPTION_KEY /);
    expect(await refusalOf('rotate-key', folder, env)).toBe(`rotate-key: ${sentence}\n`);
  },
);

it('SLASH_COMMAND is refused in the same words', async () => {
  const folder = newFolder();
  const env = { SLASH_COMMAND: '/Django' };
  const sentence = await refusalOfBot(folder, env);
  const { code, stdout, stderr } = await runCommand('slack-hooks', ['get-manifest'], { folder, env });
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `slack-hooks: ${sentence}\n` });
});

it('an unreadable .env is refused in the same words', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, '.env'));
  const env = { DATABASE_URL: 'bot.db', TOKEN_ENCRYPTION_KEY: KEY };
  const sentence = (await refusalOfBot(folder, env)).replace(/^Error: the bot ended with 1: /, '');
  expect(sentence).toMatch(/^\.env in .+ can't be read \(EISDIR\)\. /);
  const refusals = await Promise.all(COMMANDS.map((name) => refusalOf(name, folder, env)));
  expect(refusals).toEqual(COMMANDS.map((name) => `${name}: ${sentence}\n`));
});

it.each([
  ['export', ['--to', 'made.jsonl', '--tenant', 't0123']],
  ['export', ['--to', 'made.jsonl', '--tenant', '']],
  ['person', ['--tenant', '#general', '--person', 'U0123']],
  ['person', ['--tenant', 'T0123', '--person', '@ana']],
])('%s %j names the wrong id instead of finding nothing', async (name, args) => {
  const folder = newFolder();
  const env = { DATABASE_URL: 'bot.db' };
  await runCommand('migrate', [], { folder, env });
  const before = readdirSync(folder);
  const { code, stdout, stderr } = await runCommand(name, args, { folder, env });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(new RegExp(`^${name}: --(tenant|person) must be .*\n$`));
  expect(readdirSync(folder)).toEqual(before);
});
