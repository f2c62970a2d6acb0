import { describe, expect, it } from 'vitest';
import { sampleWorkspace } from '../sample-workspace.ts';
import { errorOf } from './support/refused.ts';
import { client, post, restart, startSlackBeforeEachTest } from './support/web-api.ts';

startSlackBeforeEachTest();

describe('conversations and users', () => {
  it('joins public channels only', async () => {
    expect(await client.conversations.join({ channel: 'C0OPEN' })).toMatchObject({
      channel: { id: 'C0OPEN' },
    });
    expect(await client.conversations.join({ channel: 'C0OPEN' })).toMatchObject({
      warning: 'already_in_channel',
    });
    await post('C0OPEN');
    expect(await errorOf(client.conversations.join({ channel: 'C0SECRET' }))).toBe('channel_not_found');
    expect(await errorOf(client.conversations.join({ channel: 'C0TEAM' }))).toBe(
      'method_not_supported_for_channel_type',
    );
    expect(await errorOf(client.conversations.join({ channel: 'C0OLD' }))).toBe('is_archived');
  });

  it('opens direct messages where the scope is there', async () => {
    const { bot } = sampleWorkspace();
    const scopes = [...bot.scopes, 'im:write', 'chat:write.public'];
    await restart({ workspace: sampleWorkspace({ ...bot, scopes }) });
    const { channel } = await client.conversations.open({ users: 'U0ANA' });
    expect(channel?.id).toMatch(/^D/);
    expect(await client.conversations.open({ channel: channel?.id ?? '' })).toMatchObject({
      channel: { is_im: true },
    });
    expect(await errorOf(client.conversations.open({ users: 'U0NOBODY' }))).toBe('user_not_found');
    expect(await post('C0OPEN')).toMatchObject({ ok: true });
  });

  it.each([
    ['U0ANA', { team_id: 'T0ACME', tz: 'Europe/Lisbon', is_restricted: false, deleted: false }],
    ['U0DAN', { is_restricted: true }],
    ['U0CLEO', { is_admin: true }],
    ['U0EVA', { deleted: true }],
    ['U0EXT', { team_id: 'T0OTHER', is_stranger: true }],
    ['U0BOT', { is_bot: true }],
  ])('knows %s', async (user, expected) => {
    expect((await client.users.info({ user })).user).toMatchObject(expected);
  });

  it('does not know everybody', async () => {
    expect(await errorOf(client.users.info({ user: 'U0NOBODY' }))).toBe('user_not_found');
  });
});
