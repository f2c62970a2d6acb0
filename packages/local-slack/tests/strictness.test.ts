import { webApi } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalSlack, startSlack } from '../server/slack-server.ts';
import { quiet } from './support/bot.ts';
import { errorOf, refusalOf } from './support/refused.ts';

/** What Slack documents as refused, sent by the real client. The whole table of limits is tests/blocks. */

type Json = Record<string, unknown>;
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const x = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const section = (extra: Json = {}) => ({ type: 'section', text: mrkdwn('a'), ...extra });
const actions = (...elements: Json[]) => ({ type: 'actions', elements });
const button = (extra: Json = {}) => ({ type: 'button', text: plain('a'), ...extra });
const option = (index: number, extra: Json = {}) => ({ text: plain('a'), value: `${index}`, ...extra });
const select = (extra: Json = {}) => ({ type: 'static_select', options: [option(1)], ...extra });
const input = (element: Json, extra: Json = {}) => ({ type: 'input', label: plain('a'), element, ...extra });
const typed = (extra: Json = {}) => input({ type: 'plain_text_input' }, extra);
const card = (extra: Json = {}) => ({ type: 'card', title: mrkdwn('a'), ...extra });
const cell = { type: 'raw_text', text: 'a' };
const pie = (segments: number) => ({
  type: 'data_visualization',
  title: 'a',
  chart: { type: 'pie', segments: times(segments, (index) => ({ label: `${index}`, value: 1 })) },
});

let slack: LocalSlack;
let client: webApi.WebClient;

beforeAll(async () => {
  slack = await startSlack();
  const options = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger: quiet };
  client = new webApi.WebClient(slack.botToken, options);
});
afterAll(() => slack.close());

const post = (extra: Json) => client.apiCall('chat.postMessage', { channel: 'C0WEB', ...extra });
const publish = (extra: Json) =>
  client.apiCall('views.publish', { user_id: 'U0ANA', view: { type: 'home', blocks: [], ...extra } });

async function open(extra: Json): Promise<webApi.WebAPICallResult> {
  await slack.as('U0ANA').command('/form', '', { channel: 'C0WEB' });
  const trigger_id = slack.deliveries.at(-1)?.payload.trigger_id;
  const view = { type: 'modal', title: plain('a'), submit: plain('a'), blocks: [], ...extra };
  return client.apiCall('views.open', { trigger_id, view });
}

const IN_MESSAGES: [string, Json[], string, string][] = [
  ['51 blocks', times(51, () => ({ type: 'divider' })), '/blocks', 'no more than 50 items'],
  ['an unknown block', [{ type: 'banner' }], '/blocks/0/type', 'unsupported type: banner'],
  ['a block without a type', [{ text: plain('a') }], '/blocks/0', 'missing required field: type'],
  ['an unknown field', [section({ colour: 'red' })], '/blocks/0', 'invalid additional property: colour'],
  ['an alert', [{ type: 'alert', text: plain('a') }], '/blocks/0/type', 'not supported in a message'],
  [
    'a number input',
    [input({ type: 'number_input', is_decimal_allowed: false })],
    '/blocks/0/element/type',
    'not supported in a message',
  ],
  ['a file block', [{ type: 'file', source: 'remote', external_id: 'a' }], '/blocks/0/type', 'not supported'],
  [
    'two blocks of one id',
    [section({ block_id: 'a' }), section({ block_id: 'a' })],
    '/blocks/1',
    'duplicate',
  ],
  [
    'two actions of one id',
    [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
    '',
    'duplicate',
  ],
  ['a long block_id', [section({ block_id: x(256) })], '/blocks/0/block_id', 'less than 256'],
  ['a long action_id', [actions(button({ action_id: x(256) }))], '/action_id', 'less than 256'],
  ['an empty text', [section({ text: mrkdwn('') })], '/blocks/0/text', 'more than 0'],
  ['a long section', [section({ text: mrkdwn(x(3001)) })], '/blocks/0/text', 'less than 3001'],
  ['an empty section', [{ type: 'section' }], '/blocks/0', 'at least one of: text, fields'],
  ['11 fields', [section({ fields: times(11, () => mrkdwn('a')) })], '/fields', 'no more than 10'],
  ['a long field', [section({ fields: [mrkdwn(x(2001))] })], '/fields/0', 'less than 2001'],
  ['a long header', [{ type: 'header', text: plain(x(151)) }], '/blocks/0/text', 'less than 151'],
  ['a header in mrkdwn', [{ type: 'header', text: mrkdwn('a') }], '/blocks/0/text', 'plain_text'],
  ['a bare string', [{ type: 'header', text: 'a' }], '/blocks/0/text', 'must provide an object'],
  ['11 in a context', [{ type: 'context', elements: times(11, () => mrkdwn('a')) }], '', 'no more than 10'],
  ['26 buttons', [actions(...times(26, () => button()))], '/blocks/0/elements', 'no more than 25'],
  ['a long button', [actions(button({ text: plain(x(76)) }))], '/text', 'less than 76'],
  ['a long value', [actions(button({ value: x(2001) }))], '/value', 'less than 2001'],
  ['a long address', [actions(button({ url: `https://a.org/${x(3000)}` }))], '/url', 'less than 3001'],
  ['an image without words', [{ type: 'image', image_url: 'https://a.org/a.png' }], '', 'field: alt_text'],
  ['no options', [actions(select({ options: [] }))], '/options', 'no fewer than 1'],
  ['101 options', [actions(select({ options: times(101, option) }))], '/options', 'no more than 100'],
  ['a long option', [actions(select({ options: [option(1, { text: plain(x(76)) })] }))], '', 'less than 76'],
  [
    'a long option value',
    [actions(select({ options: [option(1, { value: x(151) })] }))],
    '',
    'less than 151',
  ],
  ['another initial option', [actions(select({ initial_option: option(2) }))], '/initial_option', 'equal to'],
  [
    '11 radio buttons',
    [actions({ type: 'radio_buttons', options: times(11, option) })],
    '',
    'no more than 10',
  ],
  ['6 in an overflow', [actions({ type: 'overflow', options: times(6, option) })], '', 'no more than 5'],
  ['a long confirmation', [actions(button({ confirm: { text: plain(x(301)) } }))], '', 'less than 301'],
  ['too much markdown', times(2, () => ({ type: 'markdown', text: x(6001) })), '/blocks', 'less than 12001'],
  ['a wide table', [{ type: 'table', rows: [times(21, () => cell)] }], '/rows/0', 'no more than 20'],
  ['a tall table', [{ type: 'table', rows: times(101, () => [cell]) }], '/rows', 'no more than 100'],
  ['a data table without a caption', [{ type: 'data_table', rows: [[cell], [cell]] }], '', 'field: caption'],
  ['3 charts', times(3, () => pie(1)), '/blocks', 'no more than 2'],
  ['a pie of too many', [pie(13)], '/segments', 'no more than'],
  ['a card with a bare string', [card({ title: 'a' })], '/title', 'must provide an object'],
  ['a card with 4 buttons', [card({ actions: times(4, () => button()) })], '/actions', 'no more than 3'],
  ['11 cards', [{ type: 'carousel', elements: times(11, () => card()) }], '/elements', 'no more than 10'],
  [
    'a container in a container',
    [{ type: 'container', title: plain('a'), child_blocks: [{ type: 'container', child_blocks: [] }] }],
    '/child_blocks/0/type',
    'unsupported type',
  ],
  ['a pending task', [{ type: 'task_card', task_id: 'a', title: 'a', status: 'pending' }], '/status', 'plan'],
  [
    'more text than may be entered',
    [input({ type: 'plain_text_input', max_length: 3, initial_value: 'four' })],
    '/initial_value',
    'less than 4',
  ],
  [
    'a day that is not there',
    [actions({ type: 'datepicker', initial_date: '2026-02-31' })],
    '/initial_date',
    'exists',
  ],
  ['a time zone of Mars', [actions({ type: 'timepicker', timezone: 'Mars/X' })], '/timezone', 'IANA'],
  [
    'a response_url select',
    [actions({ type: 'channels_select', response_url_enabled: true })],
    '',
    'only for',
  ],
];

describe('chat.postMessage refuses', () => {
  it.each(IN_MESSAGES)('%s, naming the place and the limit', async (_name, blocks, pointer, words) => {
    const answer = await refusalOf(post({ text: 'a', blocks }));
    expect(answer).toMatch(/^invalid_blocks \[ERROR\] /);
    expect(answer).toContain(words);
    expect(answer).toContain(pointer);
  });

  it('what is wrong with the whole message', async () => {
    expect(await errorOf(post({ text: 'a', blocks: 'none' }))).toBe('invalid_blocks_format');
    expect(await errorOf(post({}))).toBe('no_text');
    expect(await errorOf(post({ text: 'a', markdown_text: 'a' }))).toBe('markdown_text_conflict');
    expect(await errorOf(post({ markdown_text: 'a' }))).toBe('none');
    expect(await errorOf(post({ text: 'a', attachments: times(101, () => ({})) }))).toBe(
      'too_many_attachments',
    );
    const long = times(5, () => section({ text: mrkdwn(x(2700)) }));
    expect(await errorOf(post({ text: 'a', blocks: long }))).toBe('msg_blocks_too_long');
  });

  it.each(['chat.update', 'chat.postEphemeral'])('the same blocks as %s does', async (method) => {
    const { ts } = await client.chat.postMessage({ channel: 'C0TEAM', text: 'a' });
    const args = { channel: 'C0TEAM', ts, user: 'U0ANA', text: 'a', blocks: [{ type: 'alert' }] };
    expect(await errorOf(client.apiCall(method, args))).toBe('invalid_blocks');
    expect(await errorOf(client.apiCall(method, { ...args, blocks: [], text: x(4001) }))).toBe(
      'msg_too_long',
    );
  });
});

const IN_MODALS: [string, Json, string, string][] = [
  ['101 blocks', { blocks: times(101, () => ({ type: 'divider' })) }, '/view/blocks', 'no more than 100'],
  ['no title', { title: undefined }, '/view', 'missing required field: title'],
  ['a long title', { title: plain(x(25)) }, '/view/title', 'less than 25'],
  ['a long submit', { submit: plain(x(25)) }, '/view/submit', 'less than 25'],
  ['a long close', { close: plain(x(25)) }, '/view/close', 'less than 25'],
  ['inputs without submit', { submit: undefined, blocks: [typed()] }, '/view', 'field: submit'],
  ['long metadata', { private_metadata: x(3001) }, '/private_metadata', 'less than 3001'],
  ['a long callback_id', { callback_id: x(256) }, '/callback_id', 'less than 256'],
  ['a long external_id', { external_id: x(256) }, '/external_id', 'less than 256'],
  ['a markdown block', { blocks: [{ type: 'markdown', text: 'a' }] }, '/blocks/0/type', 'in a modal'],
  ['a table', { blocks: [{ type: 'table', rows: [[cell]] }] }, '/blocks/0/type', 'in a modal'],
  ['two blocks of one id', { blocks: times(2, () => typed({ block_id: 'a' })) }, '/blocks/1', 'duplicate'],
  ['a long label', { blocks: [typed({ label: plain(x(2001)) })] }, '/label', 'less than 2001'],
  ['a long hint', { blocks: [typed({ hint: plain(x(2001)) })] }, '/hint', 'less than 2001'],
  [
    'a long placeholder',
    { blocks: [input({ type: 'plain_text_input', placeholder: plain(x(151)) })] },
    '/placeholder',
    'less than 151',
  ],
  [
    'two of focus',
    { blocks: times(2, () => input({ type: 'plain_text_input', focus_on_load: true })) },
    '',
    'only one',
  ],
  ['11 files', { blocks: [input({ type: 'file_input', max_files: 11 })] }, '/max_files', 'at most 10'],
  [
    'a number input that does not say which',
    { blocks: [input({ type: 'number_input' })] },
    '',
    'is_decimal_allowed',
  ],
  ['a button as an input', { blocks: [input(button())] }, '/element/type', 'unsupported type: button'],
];

describe('views.open refuses', () => {
  it.each(IN_MODALS)('%s, naming the place and the limit', async (_name, extra, pointer, words) => {
    const answer = await refusalOf(open(extra));
    expect(answer).toMatch(/^invalid_arguments \[ERROR\] /);
    expect(answer).toContain(words);
    expect(answer).toContain(pointer);
    expect(slack.as('U0ANA').views()).toEqual([]);
  });

  it('what is not a modal', async () => {
    expect(await errorOf(open({ type: 'home', title: undefined, submit: undefined }))).toBe(
      'invalid_arguments',
    );
    expect(await errorOf(open({ type: 'window' }))).toBe('invalid_arguments');
  });

  it('more than 250 KB', async () => {
    const options = times(100, (index) => option(index, { text: plain('😀'.repeat(75)) }));
    const blocks = times(20, () => section({ accessory: select({ options }) }));
    expect(await errorOf(open({ blocks }))).toBe('view_too_large');
  });
});

describe('views.publish refuses', () => {
  it.each([
    ['101 blocks', { blocks: times(101, () => ({ type: 'divider' })) }, 'no more than 100'],
    ['a chart', { blocks: [pie(1)] }, 'not supported in a home'],
    ['an alert', { blocks: [{ type: 'alert', text: plain('a') }] }, 'not supported in a home'],
    ['a title', { title: plain('a') }, 'invalid additional property: title'],
    ['a file input', { blocks: [input({ type: 'file_input' })] }, 'not supported in a home'],
  ])('%s', async (_name, extra, words) => {
    const answer = await refusalOf(publish(extra));
    expect(answer).toMatch(/^invalid_arguments \[ERROR\] /);
    expect(answer).toContain(words);
  });
});
