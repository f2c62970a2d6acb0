import { describe, expect, it } from 'vitest';
import { card } from './support/bot.ts';
import { errorOf } from './support/refused.ts';
import { client, clientWith, post, raw, slack, startSlackBeforeEachTest, update } from './support/web-api.ts';

startSlackBeforeEachTest();

describe('tokens and methods', () => {
  it('tells who the bot is', async () => {
    expect(await client.auth.test()).toMatchObject({
      ok: true,
      team_id: 'T0ACME',
      user_id: 'U0BOT',
      bot_id: 'B0APP',
    });
    expect(slack.calls).toMatchObject([{ method: 'auth.test', token: slack.botToken }]);
  });

  it.each([
    ['no token', undefined, 'not_authed'],
    ['another token', 'xoxb-other', 'invalid_auth'],
    ['the token of the app', 'xapp-local', 'not_allowed_token_type'],
  ])('refuses %s', async (_name, token, error) => {
    expect(await errorOf(clientWith(token).auth.test())).toBe(error);
  });

  it('refuses the bot token for a socket', async () => {
    expect(await errorOf(client.apps.connections.open({}))).toBe('not_allowed_token_type');
  });

  it('takes a token and arguments from a form or from JSON', async () => {
    const asForm = { 'content-type': 'application/x-www-form-urlencoded', authorization: '' };
    const form = new URLSearchParams({
      token: slack.botToken,
      channel: 'C0WEB',
      blocks: JSON.stringify(card),
    });
    expect((await raw('chat.postMessage', form.toString(), asForm)).body).toMatchObject({ ok: true });
    expect((await raw('chat.postMessage', { channel: 'C0WEB', blocks: card })).body).toMatchObject({
      ok: true,
    });
    expect((await raw('chat.postMessage', '{')).body).toEqual({ ok: false, error: 'invalid_json' });
    expect((await raw('auth.test', 'x', { 'content-type': 'text/plain' })).body.error).toBe(
      'invalid_post_type',
    );
    expect((await raw('../elsewhere', {})).status).toBe(404);
  });

  it('knows no other method, and no missing argument', async () => {
    expect(await errorOf(client.apiCall('chat.shout'))).toBe('unknown_method');
    expect(await errorOf(client.apiCall('constructor'))).toBe('unknown_method');
    expect((await raw('chat.postMessage', { text: 'hello' })).body).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel'] },
    });
  });

  it('asks for scopes', async () => {
    expect(await errorOf(client.conversations.open({ users: 'U0ANA' }))).toBe('missing_scope');
  });
});

describe('chat.postMessage', () => {
  it.each([
    ['C0NOWHERE', 'channel_not_found'],
    ['C0SECRET', 'channel_not_found'],
    ['D0PAIR', 'channel_not_found'],
    ['C0OPEN', 'not_in_channel'],
    ['C0OLD', 'is_archived'],
    ['C0NEWS', 'restricted_action'],
  ])('refuses %s: %s', async (channel, error) => {
    expect(await errorOf(post(channel))).toBe(error);
    expect(slack.messages(channel)).toEqual([]);
  });

  it('posts where the bot is, and to a person', async () => {
    const posted = await Promise.all([
      post('C0WEB'),
      post('C0TEAM'),
      post('C0SHARED'),
      post('U0ANA'),
      post('U0ANA'),
    ]);
    expect(new Set(posted.map(({ ts }) => ts)).size).toBe(5);
    expect(posted[3]?.channel).toMatch(/^D/);
    expect(posted[4]?.channel).toBe(posted[3]?.channel);
    const stamps = ['C0WEB', 'C0TEAM', 'C0SHARED'].map((id) => slack.messages(id)[0]?.ts ?? '');
    expect(stamps.every((ts) => /^\d{10}\.\d{6}$/.test(ts))).toBe(true);
    expect(stamps).toEqual([...stamps].sort());
  });

  it('needs text or blocks', async () => {
    expect(await errorOf(post('C0WEB', { text: '' }))).toBe('no_text');
    expect(await errorOf(client.apiCall('chat.postMessage', { channel: 'C0WEB', blocks: '[]' }))).toBe(
      'no_text',
    );
    expect(await errorOf(client.apiCall('chat.postMessage', { channel: 'C0WEB', blocks: '{}' }))).toBe(
      'invalid_blocks_format',
    );
  });

  it('says what is wrong with blocks', async () => {
    const header = { type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } };
    const { body } = await raw('chat.postMessage', { channel: 'C0WEB', blocks: [header] });
    expect(body).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      response_metadata: { messages: [expect.stringContaining('must be less than 151 characters')] },
    });
    const long = { type: 'section', text: { type: 'plain_text', text: 'x'.repeat(3000) } };
    expect(await errorOf(post('C0WEB', { blocks: Array(5).fill(long) }))).toBe('msg_blocks_too_long');
  });

  it('cuts a text that is far too long', async () => {
    await post('C0WEB', { text: 'x'.repeat(40_001) });
    expect(slack.messages('C0WEB')[0]?.text).toHaveLength(40_000);
  });

  it('replies to parents only', async () => {
    const parent = (await post('C0WEB')).ts ?? '';
    const reply = (await post('C0WEB', { thread_ts: parent })).ts ?? '';
    const loud = await post('C0WEB', { thread_ts: parent, reply_broadcast: true });
    expect(slack.thread('C0WEB', parent).map(({ ts }) => ts)).toEqual([reply, loud.ts]);
    expect(slack.messages('C0WEB').map(({ ts }) => ts)).toEqual([parent, loud.ts]);
    expect(await errorOf(post('C0WEB', { thread_ts: reply }))).toBe('cannot_reply_to_message');
    expect(await errorOf(post('C0WEB', { thread_ts: '1.000001' }))).toBe('thread_not_found');
  });
});

describe('chat.update and chat.delete', () => {
  it('deletes blocks when only text is given', async () => {
    const ts =
      (await post('C0WEB', { blocks: card, metadata: { event_type: 'e', event_payload: {} } })).ts ?? '';
    await update(ts, { blocks: card });
    expect(slack.messages('C0WEB')).toMatchObject([{ text: 'hello', blocks: card, edits: 1 }]);
    await update(ts, { text: 'new' });
    expect(slack.messages('C0WEB')).toMatchObject([
      { text: 'new', blocks: [], edits: 2, metadata: { event_type: 'e' } },
    ]);
  });

  it('is stricter about text', async () => {
    const ts = (await post('C0WEB', { text: 'x'.repeat(4001) })).ts ?? '';
    expect(await errorOf(update(ts, { text: 'x'.repeat(4001) }))).toBe('msg_too_long');
    expect(await errorOf(update(ts, {}))).toBe('no_text');
    expect(await errorOf(update(ts, { text: 'a', blocks: [{ type: 'alert' }] }))).toBe('invalid_blocks');
  });

  it('changes only what is there and its own', async () => {
    const { message } = await slack.as('U0ANA').say('mine', { channel: 'C0WEB' });
    const { channel, ts } = message;
    expect(await errorOf(update(ts, { text: 'yours' }))).toBe('cant_update_message');
    expect(await errorOf(client.chat.delete({ channel, ts }))).toBe('cant_delete_message');
    expect(await errorOf(update('1.000001', { text: 'a' }))).toBe('message_not_found');
    expect(await errorOf(client.chat.update({ channel: 'C0SECRET', ts, text: 'a' }))).toBe(
      'channel_not_found',
    );
    expect(await errorOf(client.chat.update({ channel: 'U0ANA', ts, text: 'a' }))).toBe('channel_not_found');
  });

  it('cannot change anything in an archived channel', async () => {
    const ts = (await post('C0WEB')).ts ?? '';
    slack.workspace.changeChannel('C0WEB', { archived: true });
    expect(await errorOf(update(ts, { text: 'a' }))).toBe('is_inactive');
  });

  it('leaves a tombstone where replies hang on a message', async () => {
    const ts = (await post('C0WEB')).ts ?? '';
    const alone = (await post('C0WEB')).ts ?? '';
    await post('C0WEB', { thread_ts: ts });
    await client.chat.delete({ channel: 'C0WEB', ts });
    await client.chat.delete({ channel: 'C0WEB', ts: alone });
    expect(slack.messages('C0WEB')).toMatchObject([{ ts, tombstone: true, blocks: [] }]);
    expect(await errorOf(update(ts, { text: 'a' }))).toBe('message_not_found');
  });
});

describe('chat.postEphemeral and chat.getPermalink', () => {
  const whisper = (user: string, extra: object = {}) =>
    client.chat.postEphemeral({ channel: 'C0WEB', user, text: 'psst', ...extra });

  it('whispers to who is there', async () => {
    const { message_ts: ts } = await whisper('U0ANA');
    expect(slack.ephemerals('U0ANA')).toMatchObject([{ ts, text: 'psst', visible: true }]);
    expect(slack.messages('C0WEB')).toEqual([]);
    expect(await errorOf(whisper('U0EXT'))).toBe('user_not_in_channel');
    expect(await errorOf(whisper('U0ANA', { text: 'x'.repeat(4001) }))).toBe('msg_too_long');
    expect(await errorOf(update(ts ?? '', { text: 'a' }))).toBe('message_not_found');
  });

  it('is seen nowhere in a thread that has not begun', async () => {
    const thread_ts = (await post('C0WEB')).ts ?? '';
    await whisper('U0ANA', { thread_ts });
    await post('C0WEB', { thread_ts });
    await whisper('U0ANA', { thread_ts });
    expect(slack.ephemerals('U0ANA').map(({ visible }) => visible)).toEqual([false, true]);
  });

  it('links to messages', async () => {
    const ts = (await post('C0WEB')).ts ?? '';
    const reply = (await post('C0WEB', { thread_ts: ts })).ts ?? '';
    const link = async (message_ts: string) =>
      (await client.chat.getPermalink({ channel: 'C0WEB', message_ts })).permalink;
    expect(await link(ts)).toBe(`https://acme.slack.com/archives/C0WEB/p${ts.replace('.', '')}`);
    expect(await link(reply)).toContain(`?thread_ts=${ts}&cid=C0WEB`);
    expect(await errorOf(client.chat.getPermalink({ channel: 'C0WEB', message_ts: '1.1' }))).toBe(
      'message_not_found',
    );
  });
});
