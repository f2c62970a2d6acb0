/** A local Slack, and a client of its app. */
import { webApi } from '@slack/bolt';
import { afterEach, beforeEach } from 'vitest';
import { z } from 'zod';
import { type LocalSlack, type SlackOptions, startSlack } from '../../server/slack-server.ts';
import { quiet } from './bot.ts';

export let slack: LocalSlack;
export let client: webApi.WebClient;
let time: number;

export const clientWith = (token?: string): webApi.WebClient =>
  new webApi.WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: quiet,
  });

async function start(options: SlackOptions): Promise<void> {
  slack = await startSlack(options);
  client = clientWith(slack.botToken);
}

/** Replaces the local Slack by another. */
export async function restart(options: SlackOptions): Promise<void> {
  await slack.close();
  await start(options);
}

/** Call it at the top of a test file. */
export function startSlackBeforeEachTest(): void {
  beforeEach(async () => {
    time = Date.UTC(2026, 10, 23);
    await start({ now: () => time });
  });
  afterEach(() => slack.close());
}

/** Moves the clock of the local Slack on. */
export function pass(ms: number): void {
  time += ms;
}

const answer = z.looseObject({ ok: z.boolean(), error: z.string().optional() });

/** Posts raw what the client would not send. */
export async function raw(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(path, slack.apiUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${slack.botToken}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: answer.parse(await response.json()) };
}

export const post = (channel: string, extra: object = {}) =>
  client.chat.postMessage({ channel, text: 'hello', ...extra });
export const update = (ts: string, extra: object) =>
  client.apiCall('chat.update', { channel: 'C0WEB', ts, ...extra });

/** A fresh trigger, from a command's payload. */
export async function trigger(): Promise<string> {
  await slack.as('U0ANA').command('/form', '', { channel: 'C0WEB' });
  return String(slack.deliveries.at(-1)?.payload.trigger_id);
}
