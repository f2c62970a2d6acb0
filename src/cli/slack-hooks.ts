/**
 * What Slack's command line asks of this project: https://docs.slack.dev/tools/slack-cli/reference/hooks.
 * `.slack/hooks.json` names the first hook, and that one the others. Each is a command to which Slack adds its
 * own flags; the answer is one line of JSON, between two marks where it asks for marks.
 */
import { parseArgs } from 'node:util';
import { loadRubric } from '../advice/rubric/rubric.ts';
import { manifest } from '../manifest/manifest.ts';
import { StoreError } from '../store/store-error.ts';
import { setting } from './setting.ts';

/**
 * With the Node.js that the project brings along, and without npm between: npm does not pass on the signal that
 * ends the bot when a file has changed, and two bots cannot have one database.
 */
const command = (hook: string): string => `node_modules/.bin/node src/cli/slack-hooks.ts ${hook}`;

const HOOKS: Readonly<Record<string, () => unknown>> = {
  'get-hooks': () => ({
    runtime: 'node',
    hooks: { 'get-manifest': command('get-manifest'), start: command('start') },
    config: {
      'protocol-version': ['message-boundaries'],
      // The bot opens the connection to Slack, not Slack's command line.
      'sdk-managed-connection-enabled': true,
      watch: {
        manifest: { paths: ['src/manifest', 'src/blocks/ids.ts', 'src/advice/rubric/questions.yml'] },
        app: { paths: ['src'], 'filter-regex': '\\.(ts|yml)$' },
      },
    },
  }),
  // The manifest must name the command that the bot will listen to.
  'get-manifest': () =>
    manifest({ kind: 'socket' }, { questions: loadRubric().questions, command: slashCommand() }),
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
  if (!answers)
    fail([`there is no hook "${hook}"; there are ${[...Object.keys(HOOKS), 'start'].join(', ')}`]);
  const mark = values.protocol === 'message-boundaries' ? String(values.boundary ?? '') : '';
  process.stdout.write(`${mark}${JSON.stringify(answers())}${mark}\n`);
}

/** The bot, with the tokens of the app that was chosen for this run: they come before those in `.env`. */
async function start(): Promise<void> {
  const { SLACK_CLI_XAPP: appToken, SLACK_CLI_XOXB: botToken } = process.env;
  if (appToken) process.env.SLACK_APP_TOKEN = appToken;
  if (botToken) process.env.SLACK_BOT_TOKEN = botToken;
  await import('../main.ts');
}

function slashCommand(): string {
  try {
    return setting('SLASH_COMMAND');
  } catch (error) {
    if (error instanceof StoreError) fail([error.message]);
    throw error;
  }
}

function fail(problems: readonly string[]): never {
  for (const problem of problems) process.stderr.write(`slack-hooks: ${problem}\n`);
  process.exit(2);
}
