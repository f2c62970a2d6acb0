import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleWorkspace } from '../sample-workspace.ts';
import { type LocalSlack, startSlack } from '../server/slack-server.ts';
import { quiet } from './support/bot.ts';
import { errorOf } from './support/refused.ts';

let slack: LocalSlack;
let client: webApi.WebClient;

async function start(...more: string[]): Promise<void> {
  const { bot } = sampleWorkspace();
  const scopes = [...bot.scopes, ...more];
  slack = await startSlack({ workspace: sampleWorkspace({ ...bot, scopes }) });
  const options = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger: quiet };
  client = new webApi.WebClient(slack.botToken, options);
}
beforeEach(() => start('files:read'));
afterEach(() => slack.close());

const announce = (extra: object = {}) =>
  client.files.getUploadURLExternal({ filename: '0001-portal.md', length: 5, ...extra });
const send = (url = '', body = 'hello', init: RequestInit = {}) =>
  fetch(url, { method: 'POST', body, ...init });
const complete = (id: string, extra: object = {}) =>
  client.apiCall('files.completeUploadExternal', { files: [{ id }], ...extra });

async function uploaded(): Promise<string> {
  const { upload_url, file_id = '' } = await announce();
  expect((await send(upload_url)).status).toBe(200);
  return file_id;
}

describe('files', () => {
  it('go the whole way through the official helper, into a thread', async () => {
    const { ts = '' } = await client.chat.postMessage({ channel: 'C0WEB', text: 'card' });
    const done = await client.files.uploadV2({
      channel_id: 'C0WEB',
      thread_ts: ts,
      filename: '0001-portal.md',
      title: 'Record',
      content: '# Größe ✓',
      initial_comment: 'The record',
    });
    expect(done.ok).toBe(true);
    expect(slack.files).toMatchObject([{ name: '0001-portal.md', title: 'Record', completed: true }]);
    expect(slack.files[0]?.content?.toString('utf8')).toBe('# Größe ✓');
    const [reply] = slack.thread('C0WEB', ts);
    expect(reply).toMatchObject({ text: 'The record', user: 'U0BOT', files: [{ title: 'Record' }] });
    const { file } = await client.files.info({ file: slack.files[0]?.id ?? '' });
    expect(file?.shares?.public).toEqual({ C0WEB: [{ ts: reply?.ts, thread_ts: ts }] });
  });

  it('take the bytes as they are, by POST or PUT, once and in the announced length', async () => {
    const { upload_url } = await announce();
    expect((await send(upload_url, 'hello world')).status).toBe(400);
    expect((await send(upload_url, 'hello', { method: 'PUT' })).status).toBe(200);
    expect((await send(upload_url)).status).toBe(404);
    expect((await send(`${upload_url}x`)).status).toBe(404);
    expect((await fetch(upload_url ?? '')).status).toBe(405);
    const broken = { headers: { 'content-type': 'multipart/form-data; boundary=x' } };
    expect((await send((await announce()).upload_url, 'hello', broken)).status).toBe(400);
    expect(slack.calls.filter(({ method }) => method === 'upload_url')).toHaveLength(5);
  });

  it('do not exist before they are completed, and are completed once', async () => {
    const id = await uploaded();
    expect(await errorOf(client.files.info({ file: id }))).toBe('file_not_found');
    const answer = await complete(id, { channel_id: 'C0WEB' });
    expect(JSON.stringify(answer)).not.toContain('shares');
    expect(await errorOf(complete(id))).toBe('file_not_found');
    expect(await errorOf(complete((await announce()).file_id ?? ''))).toBe('file_not_found');
    expect(await errorOf(complete('F0NONE'))).toBe('file_not_found');
  });

  it('stay private without a channel', async () => {
    await complete(await uploaded());
    expect(slack.files).toMatchObject([{ completed: true, shares: [] }]);
    expect(slack.messages('C0WEB')).toEqual([]);
  });

  it.each([
    ['nothing', { length: 0 }, 'missing_argument'],
    ['far too much', { length: 2 ** 40 }, 'file_upload_size_restricted'],
    ['a long snippet', { length: 2 ** 20 + 1, snippet_type: 'python' }, 'snippet_too_large'],
    ['a long description', { alt_text: 'x'.repeat(1001) }, 'alt_txt_too_large'],
    ['no name', { filename: '' }, 'invalid_arguments'],
  ])('of %s are refused', async (_name, extra, error) => {
    expect(await errorOf(announce(extra))).toBe(error);
  });

  it.each([
    ['a channel that is not there', { channel_id: 'C0NOWHERE' }, 'channel_not_found'],
    ['a private channel of others', { channel_id: 'C0SECRET' }, 'channel_not_found'],
    ['a channel without the bot', { channel_id: 'C0OPEN' }, 'not_in_channel'],
    ['an archived channel', { channel_id: 'C0OLD' }, 'posting_to_channel_denied'],
    ['a channel where only some may post', { channel_id: 'C0NEWS' }, 'posting_to_channel_denied'],
    ['a thread without a channel', { thread_ts: '1.000001' }, 'invalid_arguments'],
    ['a thread that is not there', { channel_id: 'C0WEB', thread_ts: '1.000001' }, 'thread_not_found'],
    ['no file', { files: [] }, 'invalid_arguments'],
    ['bad blocks', { channel_id: 'C0WEB', blocks: [{ type: 'alert' }] }, 'invalid_blocks'],
  ])('are not shared in %s', async (_name, extra, error) => {
    const id = await uploaded();
    expect(await errorOf(complete(id, extra))).toBe(error);
    expect(slack.files[0]?.completed).toBe(false);
    expect((await complete(id, { channels: 'C0WEB,U0ANA' })).ok).toBe(true);
    expect(slack.files[0]?.shares).toHaveLength(2);
  });

  it('can be deleted, and their messages with them', async () => {
    const id = await uploaded();
    await complete(id, { channel_id: 'C0WEB' });
    await client.files.delete({ file: id });
    expect(slack.files).toEqual([]);
    expect(slack.messages('C0WEB')).toEqual([]);
    const kept = await uploaded();
    await complete(kept, { channel_id: 'C0WEB', initial_comment: 'Look' });
    await client.files.delete({ file: kept });
    expect(slack.messages('C0WEB')).toMatchObject([{ text: 'Look', files: [] }]);
    expect(await errorOf(client.files.delete({ file: kept }))).toBe('file_not_found');
  });

  it('may fail on the way', async () => {
    const { upload_url } = await announce();
    slack.faults.plan('upload_url', { status: 500 });
    expect((await send(upload_url)).status).toBe(500);
    expect((await send(upload_url)).status).toBe(200);
  });

  it('are read only with a scope of their own', async () => {
    await slack.close();
    await start();
    expect(await errorOf(client.files.info({ file: 'F1' }))).toBe('missing_scope');
  });
});
