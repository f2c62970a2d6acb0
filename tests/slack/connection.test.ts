import { App } from '@slack/bolt';
import { expect, it, onTestFinished, vi } from 'vitest';
import { loadConfig } from '../../src/runtime/config.ts';
import { createConnection } from '../../src/slack/connection.ts';
import { clientOptions } from '../../src/slack/web-client.ts';
import { startSlack } from '../support/local-slack.ts';
import { recordingLogger } from '../support/log.ts';

async function overSocket() {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const { botToken, appToken, apiUrl } = slack;
  const loaded = loadConfig({ SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl });
  if (!loaded.ok) throw new Error(loaded.problems.join());
  const { logger } = recordingLogger();
  const options = clientOptions({ slackApiUrl: apiUrl, logger, fetch });
  const refused = vi.fn();
  const { receiver, checkSlack: slackIsThere } = createConnection(
    loaded.config,
    options,
    logger,
    {},
    () => false,
    refused,
  );
  new App({ receiver, authorize: async () => ({}), convoStore: false });
  return { slack, receiver, slackIsThere, refused };
}

it('a broken socket is known at once, not only when a new one is tried', async () => {
  const { slack, receiver, slackIsThere, refused } = await overSocket();
  await expect(slackIsThere()).rejects.toThrow('not connected');
  await receiver.start();
  onTestFinished(async () => void (await receiver.stop()));
  await slackIsThere();
  slack.sockets.drop();
  await vi.waitFor(() => expect(slackIsThere()).rejects.toThrow('not connected'));
  expect(refused).not.toHaveBeenCalled();
});

it('a connection whose bot token is refused is not ready, although its socket is open', async () => {
  const { slack, receiver, slackIsThere } = await overSocket();
  await receiver.start();
  onTestFinished(async () => void (await receiver.stop()));
  await slackIsThere();
  await slack.revokeToken();
  await expect(slackIsThere()).rejects.toThrow('token_revoked');
});
