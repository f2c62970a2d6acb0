import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleWorkspace } from '../sample-workspace.ts';
import { type LocalSlack, startSlack } from '../server/slack-server.ts';
import { card, quiet, startBot, TRANSPORTS } from './support/bot.ts';
import { errorOf } from './support/refused.ts';

let slack: LocalSlack;
let client: webApi.WebClient;

async function startWith(scopes: readonly string[]): Promise<void> {
  const { bot } = sampleWorkspace();
  slack = await startSlack({ workspace: sampleWorkspace({ ...bot, scopes }) });
  const options = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger: quiet };
  client = new webApi.WebClient(slack.botToken, options);
}
afterEach(() => slack.close());

describe('a token without a scope', () => {
  beforeEach(() => startWith(['commands', 'im:history']));

  it.each([
    ['chat.postMessage', { channel: 'C0WEB', text: 'a' }, 'chat:write'],
    ['chat.update', { channel: 'C0WEB', ts: '1.1', text: 'a' }, 'chat:write'],
    ['chat.delete', { channel: 'C0WEB', ts: '1.1' }, 'chat:write'],
    ['chat.postEphemeral', { channel: 'C0WEB', user: 'U0ANA', text: 'a' }, 'chat:write'],
    ['conversations.join', { channel: 'C0OPEN' }, 'channels:join'],
    ['conversations.open', { users: 'U0ANA' }, 'im:write'],
    ['files.getUploadURLExternal', { filename: 'a', length: 1 }, 'files:write'],
    ['files.completeUploadExternal', { files: [{ id: 'F1' }] }, 'files:write'],
    ['files.delete', { file: 'F1' }, 'files:write'],
    ['files.info', { file: 'F1' }, 'files:read'],
    ['users.info', { user: 'U0ANA' }, 'users:read'],
  ])('cannot call %s', async (method, args, needed) => {
    await expect(client.apiCall(method, args)).rejects.toMatchObject({
      data: { ok: false, error: 'missing_scope', needed, provided: 'commands,im:history' },
    });
  });

  it('can still call what needs none', async () => {
    expect((await client.auth.test()).ok).toBe(true);
    await client.views.publish({ user_id: 'U0ANA', view: { type: 'home', blocks: card } });
  });
});

describe.each(TRANSPORTS)('the end of a token, over %s', (transport) => {
  it.each([
    ['revokeToken', 'token_revoked', ['tokens_revoked']],
    ['uninstall', 'account_inactive', ['tokens_revoked', 'app_uninstalled']],
  ] as const)('%s: every call is refused with %s, and the app hears of it', async (end, error, events) => {
    const bot = await startBot(transport);
    slack = bot.slack;
    const call = () => bot.app.client.auth.test();
    expect((await call()).ok).toBe(true);
    const delivered = await bot.slack[end]();
    expect([delivered].flat().every(({ status }) => status === 200)).toBe(true);
    expect(await errorOf(call())).toBe(error);
    expect(await errorOf(bot.app.client.chat.postMessage({ channel: 'C0WEB', text: 'a' }))).toBe(error);
    const payloads = bot.slack.deliveries.map(({ payload }) => payload.event);
    expect(payloads).toMatchObject(events.map((type) => ({ type })));
    expect(payloads[0]).toEqual({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0BOT'] } });
    expect(bot.slack.workspace.channel('C0WEB').members.has('U0BOT')).toBe(end === 'revokeToken');
    // The app's own token is another matter: the socket stays.
    const appClient = new webApi.WebClient(bot.slack.appToken, { slackApiUrl: bot.slack.apiUrl });
    expect((await appClient.apps.connections.open({})).ok).toBe(true);
    await bot.stop();
  });
});
