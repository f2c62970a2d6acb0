/** A bot for many workspaces that no workspace has installed yet, in its own process. */
import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { freePort } from '../../bench/instances/free-port.ts';
import { temporaryFolder } from './folder.ts';
import { type LocalSlack, type SlackOptions, startSlack } from './local-slack.ts';
import { type BotProcess, startProcess } from './process.ts';

const SIGNING_SECRET = 'whole-process-secret';

interface Running {
  readonly slack: LocalSlack;
  readonly bot: BotProcess;
  readonly url: string;
  readonly key: string;
}

export async function startMany(options: SlackOptions = {}): Promise<Running> {
  const slack = await startSlack(options);
  onTestFinished(() => slack.close());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const key = randomBytes(32).toString('base64');
  const bot = startProcess(temporaryFolder(), {
    SLACK_CLIENT_ID: slack.clientId,
    SLACK_CLIENT_SECRET: slack.clientSecret,
    SLACK_STATE_SECRET: 'a-state-secret-of-ours',
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    TOKEN_ENCRYPTION_KEY: key,
    PUBLIC_URL: url,
    SLACK_API_URL: slack.apiUrl,
    SUPPORT_URL: 'https://example.org/help',
    DATABASE_URL: 'bot.db',
    HOST: '127.0.0.1',
    PORT: String(port),
  });
  await bot.log((line) => line.msg === 'ready');
  slack.sendTo({ url: `${url}/slack/events`, signingSecret: SIGNING_SECRET });
  return { slack, bot, url, key };
}
