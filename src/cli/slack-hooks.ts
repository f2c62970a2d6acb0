/**
 * Hooks for the Slack CLI: https://docs.slack.dev/tools/slack-cli/reference/hooks. `.slack/hooks.json` names the first
 * hook, which lists the others. Each hook is a command to which the Slack CLI adds flags. It prints one line of JSON,
 * between two boundary strings if the Slack CLI passes one.
 */
import { parseArgs } from 'node:util';
import { loadRubric } from '../advice/rubric/rubric.ts';
import { buildManifest } from '../manifest/manifest.ts';
import { StoreError } from '../store/store.ts';
import { readSetting } from './command.ts';

/**
 * Runs the Node.js of the project directly. npm doesn't forward the signal that stops the bot after a file change, and
 * two bots can't share one database.
 */
const command = (hook: string): string => `node_modules/.bin/node src/cli/slack-hooks.ts ${hook}`;

const HOOKS: Readonly<Record<string, () => unknown>> = {
  'get-hooks': () => ({
    runtime: 'node',
    hooks: { 'get-manifest': command('get-manifest'), start: command('start') },
    config: {
      'protocol-version': ['message-boundaries'],
      // The bot, not the Slack CLI, opens the connection to Slack.
      'sdk-managed-connection-enabled': true,
      watch: {
        manifest: { paths: ['src/manifest', 'src/blocks/ids.ts', 'src/advice/rubric/questions.yml'] },
        app: { paths: ['src'], 'filter-regex': '\\.(ts|yml)$' },
      },
    },
  }),
  // The manifest must name the slash command that the bot will handle.
  'get-manifest': () =>
    buildManifest({ kind: 'socket' }, { questions: loadRubric().questions, command: slashCommand() }),
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { protocol: { type: 'string' }, boundary: { type: 'string' } },
});
const [hook = ''] = positionals;
if (hook === 'start') await start();
else answer();

function answer(): void {
  const answers = HOOKS[hook];
  if (!answers) fail([`unknown hook "${hook}"; use one of ${[...Object.keys(HOOKS), 'start'].join(', ')}`]);
  const mark = values.protocol === 'message-boundaries' ? String(values.boundary ?? '') : '';
  process.stdout.write(`${mark}${JSON.stringify(answers())}${mark}\n`);
}

/** Starts the bot with the tokens of the app selected in the Slack CLI. They override those in `.env`. */
async function start(): Promise<void> {
  const { SLACK_CLI_XAPP: appToken, SLACK_CLI_XOXB: botToken } = process.env;
  if (appToken) process.env.SLACK_APP_TOKEN = appToken;
  if (botToken) process.env.SLACK_BOT_TOKEN = botToken;
  await import('../main.ts');
}

function slashCommand(): string {
  try {
    return readSetting('SLASH_COMMAND');
  } catch (error) {
    if (error instanceof StoreError) fail([error.message]);
    throw error;
  }
}

function fail(problems: readonly string[]): never {
  for (const problem of problems) process.stderr.write(`slack-hooks: ${problem}\n`);
  process.exit(2);
}
