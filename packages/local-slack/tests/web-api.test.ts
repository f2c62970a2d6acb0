import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleWorkspace } from '../sample-workspace.ts';
import { type LocalSlack, startSlack } from '../server/slack-server.ts';
import { card, form, quiet } from './support/bot.ts';
import { errorOf } from './support/refused.ts';

let slack: LocalSlack;
let client: webApi.WebClient;
let time: number;

const clientWith = (token?: string): webApi.WebClient =>
  new webApi.WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: quiet,
  });

beforeEach(async () => {
  time = Date.UTC(2026, 10, 23);
  slack = await startSlack({ now: () => time });
  client = clientWith(slack.botToken);
});
afterEach(() => slack.close());

const answer = z.looseObject({ ok: z.boolean(), error: z.string().optional() });

/** Posts raw, past what the client would not send. */
async function raw(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(path, slack.apiUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${slack.botToken}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: answer.parse(await response.json()) };
}

const post = (channel: string, extra: object = {}) =>
  client.chat.postMessage({ channel, text: 'hello', ...extra });
const update = (ts: string, extra: object) =>
  client.apiCall('chat.update', { channel: 'C0WEB', ts, ...extra });

/** A fresh trigger, taken from what a command brings. */
async function trigger(): Promise<string> {
  await slack.as('U0ANA').command('/form', '', { channel: 'C0WEB' });
  return String(slack.deliveries.at(-1)?.payload.trigger_id);
}

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
    await slack.close();
    const { bot } = sampleWorkspace();
    const scopes = [...bot.scopes, 'im:write', 'chat:write.public'];
    slack = await startSlack({ workspace: sampleWorkspace({ ...bot, scopes }) });
    client = clientWith(slack.botToken);
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

describe('views', () => {
  const open = async (view = form()) => client.views.open({ trigger_id: await trigger(), view });

  it('opens once, within three seconds', async () => {
    const id = await trigger();
    await client.views.open({ trigger_id: id, view: form() });
    expect(await errorOf(client.views.open({ trigger_id: id, view: form() }))).toBe('trigger_exchanged');
    const late = await trigger();
    time += 3_001;
    expect(await errorOf(client.views.open({ trigger_id: late, view: form() }))).toBe('trigger_expired');
    expect(await errorOf(client.views.open({ trigger_id: 'made.up', view: form() }))).toBe(
      'invalid_trigger_id',
    );
  });

  it('says what is wrong with a view', async () => {
    const { title: _, ...untitled } = form();
    const { body } = await raw('views.open', { trigger_id: await trigger(), view: untitled });
    expect(body).toEqual({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: title (modal) [json-pointer:/view]'] },
    });
    const option = (value: number) => ({
      text: { type: 'plain_text' as const, text: '😀'.repeat(75) },
      value: `${value}`,
    });
    const options = Array.from({ length: 100 }, (_, index) => option(index));
    const section = {
      type: 'section' as const,
      text: { type: 'plain_text' as const, text: 'a' },
      accessory: { type: 'static_select' as const, options },
    };
    expect(await errorOf(open(form({ blocks: Array.from({ length: 20 }, () => section) })))).toBe(
      'view_too_large',
    );
  });

  it('updates by id or external id, not against a newer view', async () => {
    const { view } = await open(form({ external_id: 'mine' }));
    const { id = '', hash = '' } = view ?? {};
    const updated = await client.views.update({ view_id: id, hash, view: form({ external_id: 'mine' }) });
    expect(updated.view?.hash).not.toBe(hash);
    expect(await errorOf(client.views.update({ view_id: id, hash, view: form() }))).toBe('hash_conflict');
    await client.views.update({ external_id: 'mine', view: form({ external_id: 'mine' }) });
    expect(await errorOf(client.views.update({ external_id: 'other', view: form() }))).toBe('not_found');
    await slack.as('U0ANA').close(true);
    expect(await errorOf(client.views.update({ view_id: id, view: form() }))).toBe('not_found');
  });

  it('wants external ids to be unique', async () => {
    await open(form({ external_id: 'mine' }));
    await slack.as('U0BEN').command('/form', '', { channel: 'C0WEB' });
    const trigger_id = String(slack.deliveries.at(-1)?.payload.trigger_id);
    const again = client.views.open({ trigger_id, view: form({ external_id: 'mine' }) });
    expect(await errorOf(again)).toBe('duplicate_external_id');
  });

  it('pushes from inside a modal, two times', async () => {
    expect(await errorOf(client.views.push({ trigger_id: await trigger(), view: form() }))).toBe(
      'invalid_trigger_id',
    );
    await open();
    const ana = slack.as('U0ANA');
    const push = async () => {
      await ana.clickInView('add');
      return client.views.push({
        trigger_id: String(slack.deliveries.at(-1)?.payload.trigger_id),
        view: form(),
      });
    };
    await push();
    await push();
    expect(await errorOf(push())).toBe('push_limit_reached');
    expect(ana.views()).toHaveLength(3);
  });

  it('publishes Home', async () => {
    const publish = (extra: object = {}) =>
      client.views.publish({ user_id: 'U0ANA', view: { type: 'home', blocks: card }, ...extra });
    const { view } = await publish();
    await publish({ hash: view?.hash });
    expect(await errorOf(publish({ hash: view?.hash }))).toBe('hash_conflict');
    expect(await errorOf(publish({ user_id: 'U0NOBODY' }))).toBe('user_not_found');
    expect(await errorOf(publish({ view: form() }))).toBe('invalid_arguments');
    expect(slack.as('U0ANA').home()?.id).toBe(view?.id);
  });
});

describe('response_url', () => {
  const responseUrl = async (): Promise<string> => {
    await trigger();
    return String(slack.deliveries.at(-1)?.payload.response_url);
  };

  it('works five times', async () => {
    const url = await responseUrl();
    for (let use = 0; use < 5; use += 1) {
      expect(await raw(url, { text: `${use}` })).toEqual({ status: 200, body: { ok: true } });
    }
    expect(await raw(url, { text: 'six' })).toEqual({ status: 404, body: { ok: false, error: 'used_url' } });
    expect(slack.ephemerals('U0ANA')).toHaveLength(5);
    expect(slack.calls.at(-1)).toMatchObject({ method: 'response_url', args: { text: 'six' } });
  });

  it('works for half an hour', async () => {
    const url = await responseUrl();
    time += 30 * 60_000 + 1;
    expect((await raw(url, { text: 'late' })).body.error).toBe('expired_url');
    expect((await raw(`${url}x`, { text: 'a' })).status).toBe(404);
  });

  it('refuses what cannot be shown', async () => {
    const url = await responseUrl();
    expect(await raw(url, {})).toMatchObject({ status: 400, body: { error: 'no_text' } });
    expect(await raw(url, { blocks: [{ type: 'alert' }] })).toMatchObject({
      status: 400,
      body: { error: 'invalid_blocks' },
    });
    expect(await raw(url, { text: 'a', response_type: 'everywhere' })).toMatchObject({ status: 400 });
  });

  it('replaces or deletes the message that was clicked', async () => {
    await client.chat.postEphemeral({ channel: 'C0WEB', user: 'U0ANA', text: 'psst', blocks: card });
    const ana = slack.as('U0ANA');
    const [whispered] = slack.ephemerals('U0ANA');
    if (whispered === undefined) throw new Error('nothing was whispered');
    await ana.click(whispered, 'vote');
    const { payload } = slack.deliveries.at(-1) ?? {};
    expect(payload).toMatchObject({ container: { is_ephemeral: true } });
    expect(payload).not.toHaveProperty('message');
    const url = String(payload?.response_url);
    await raw(url, { text: 'changed', replace_original: true });
    expect(slack.ephemerals('U0ANA')).toMatchObject([{ text: 'changed', ts: whispered.ts }]);
    await raw(url, { delete_original: true });
    expect(slack.ephemerals('U0ANA')).toEqual([]);
  });
});
