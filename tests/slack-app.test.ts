import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { loadRubric } from '../src/rubric/rubric.ts';
import { clientOptions } from '../src/slack/client.ts';
import { slackApp } from '../src/slack-app.ts';
import { openSqliteStore } from '../src/store/sqlite/open.ts';
import type { Store } from '../src/store/store.ts';
import { temporaryFolder } from './support/folder.ts';
import { recordingLogger } from './support/log.ts';
import { RecordedSlack } from './support/slack.ts';

it('Slack is asked whom the token belongs to while the database still opens', async () => {
  const loaded = loadConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'a-signing-secret' });
  if (!loaded.ok) throw new Error(loaded.problems.join());
  const slack = new RecordedSlack();
  const asked = Promise.withResolvers<void>();
  slack.answering = ({ method }) => {
    if (method === 'auth.test') asked.resolve();
    return null;
  };
  const { logger } = recordingLogger();
  const options = clientOptions({ slackApiUrl: 'https://slack.test/api/', logger, fetch: slack.fetch });
  const opening = Promise.withResolvers<Store>();
  const started = slackApp(loaded.config, options, opening.promise, loadRubric(), logger);
  await asked.promise;
  const store = openSqliteStore(join(temporaryFolder(), 'bot.db'), () => null);
  await store.tenants.leave('T1', 1, 2);
  opening.resolve(store);
  expect((await started).ok).toBe(true);
  // Whoever had left is back.
  expect(await store.tenants.nextErasure()).toBeNull();
  await store.close();
});
