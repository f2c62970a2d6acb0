import { randomBytes } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { install } from '../../src/installs/install.ts';
import { createSealer } from '../../src/runtime/seal.ts';
import { clientOptions } from '../../src/slack/web-client.ts';
import { TestClock } from '../support/clock.ts';
import { temporaryFolder } from '../support/folder.ts';
import { recordingLogger } from '../support/log.ts';
import { RecordedSlack } from '../support/slack.ts';
import { openTestStore } from '../support/store.ts';

const sealer = createSealer([randomBytes(32)], randomBytes);
const ASKED = {
  code: 'c',
  redirectUri: 'https://bot.example.org/slack/oauth_redirect',
  scopes: ['commands'],
};
const GRANT = {
  access_token: 'xoxe.xoxb-1',
  refresh_token: 'xoxe-1',
  expires_in: 43_200,
  scope: 'commands,chat:write',
  bot_user_id: 'U0BOT',
  app_id: 'A1',
  authed_user: { id: 'U1' },
};

async function setting() {
  const [slack, clock, { logger }] = [new RecordedSlack(), new TestClock(), recordingLogger()];
  const store = await openTestStore(temporaryFolder());
  onTestFinished(() => store.close());
  const parts = {
    store,
    sealer,
    credentials: { clientId: '1.2', clientSecret: 's' },
    clientOptions: clientOptions({ slackApiUrl: 'https://slack.test/api/', logger, fetch: slack.fetch }),
    clock,
    logger,
  };
  return { slack, clock, store, parts };
}

it('an organisation is installed as a whole: its data are its own, whichever workspace they come from', async () => {
  const { slack, clock, store, parts } = await setting();
  const org = { is_enterprise_install: true, team: null, enterprise: { id: 'E1', name: 'Acme Group' } };
  slack.next('oauth.v2.access', { answer: { ...GRANT, ...org } });
  expect(await install(parts, ASKED)).toMatchObject({ kind: 'installed', appId: 'A1' });
  const stored = await store.installations.get('E1');
  expect(stored).toMatchObject({ tenant: 'E1', enterprise: 'E1', team: null, name: 'Acme Group' });
  expect(stored?.expiresAt).toBe(clock.now() + 12 * 3_600_000);
  expect(sealer.open(stored?.token ?? '', 'E1').text).toBe('xoxe.xoxb-1');
  expect(JSON.stringify(stored)).not.toMatch(/xox/);
});

it('a workspace of an organisation is installed for itself', async () => {
  const { slack, store, parts } = await setting();
  const place = { team: { id: 'T1', name: 'Acme' }, enterprise: { id: 'E1', name: 'Acme Group' } };
  slack.next('oauth.v2.access', { answer: { ...GRANT, ...place } });
  await install(parts, ASKED);
  expect(await store.installations.get('T1')).toMatchObject({ team: 'T1', enterprise: 'E1', name: 'Acme' });
  expect(await store.installations.get('E1')).toBeNull();
});
