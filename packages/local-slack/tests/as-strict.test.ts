import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LocalSlack } from '../server/slack-server.ts';
import { type SmallBot, startBot } from './support/bot.ts';
import { errorOf } from './support/refused.ts';

let bot: SmallBot;
let slack: LocalSlack;

beforeEach(async () => {
  bot = await startBot('socket');
  slack = bot.slack;
});
afterEach(() => bot.stop());

const post = (channel: string, more: object = {}) =>
  bot.app.client.apiCall('chat.postMessage', { channel, text: 'a', ...more });

it.each([
  ['the bot itself', 'U0BOT', 'cannot_dm_bot'],
  ['somebody who is deactivated', 'U0EVA', 'user_disabled'],
])('there is no conversation with %s', async (_name, user, error) => {
  await slack.as('U0ANA').openHome();
  expect(await errorOf(post(user))).toBe(error);
  for (const { id } of slack.workspace.channels()) expect(slack.messages(id)).toEqual([]);
});

it('there is one with people from outside once they share a channel with the bot', async () => {
  slack.workspace.channel('C0SHARED').members.delete('U0BOT');
  expect(await errorOf(post('U0EXT'))).toBe('user_not_visible');
  slack.workspace.channel('C0SHARED').members.add('U0BOT');
  expect((await post('U0EXT')).ok).toBe(true);
});

it('an ephemeral message has 4,000 bytes, not characters', async () => {
  const whisper = (text: string) =>
    bot.app.client.chat.postEphemeral({ channel: 'C0WEB', user: 'U0ANA', text });
  expect(await errorOf(whisper('é'.repeat(2_001)))).toBe('msg_too_long');
  expect((await whisper('é'.repeat(2_000))).ok).toBe(true);
});

it('metadata has a type and a payload', async () => {
  expect(await errorOf(post('C0WEB', { metadata: { event_type: 'a' } }))).toBe('invalid_metadata_format');
  expect(await errorOf(post('C0WEB', { metadata: { event_payload: {} } }))).toBe('invalid_metadata_format');
  expect((await post('C0WEB', { metadata: { event_type: 'a', event_payload: {} } })).ok).toBe(true);
});

it('an answer to one person ignores thread_ts', async () => {
  const { message } = await slack.as('U0ANA').say('a', { channel: 'C0WEB' });
  await slack.as('U0BEN').say('b', { channel: 'C0WEB', threadTs: message.ts });
  await slack.as('U0ANA').command('/say', 'a', { channel: 'C0WEB' });
  const url = String(slack.deliveries.at(-1)?.payload.response_url);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ text: 'private', response_type: 'ephemeral', thread_ts: message.ts });
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
  const whispered = slack.ephemerals('U0ANA').find(({ text }) => text === 'private');
  expect(whispered).toBeDefined();
  expect(whispered?.threadTs).toBeUndefined();
});
