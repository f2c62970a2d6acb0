import { describe, expect, it } from 'vitest';
import { ACCESSORIES, INPUTS } from '../../rules/elements.ts';
import type { Problem, Surface } from '../../rules/limits.ts';
import {
  BLOCKS,
  blockText,
  checkBlocks,
  checkMessage,
  checkView,
  ELEMENTS,
  MAX_BLOCKS,
  MAX_MESSAGE_TEXT,
  SAFE_MESSAGE_TEXT,
  textLength,
  VIEWS,
} from '../../rules/limits.ts';
import type { Entry, Rule } from '../../rules/rule.ts';

type Json = Record<string, unknown>;
const pt = (text: string) => ({ type: 'plain_text', text });
const md = (text: string) => ({ type: 'mrkdwn', text });
const option = (value: string, text: string = value) => ({ text: pt(text), value });
const section = (extra: Json = {}) => ({ type: 'section', text: md('Hello'), ...extra });
const input = (element: Json, extra: Json = {}) => ({ type: 'input', label: pt('Label'), element, ...extra });
const button = (extra: Json = {}) => ({ type: 'button', text: pt('Press'), ...extra });
const actions = (...elements: Json[]) => ({ type: 'actions', elements });
const picture = { type: 'image', image_url: 'https://example.org/a.png', alt_text: 'A' };
const sectionOf = (...elements: Json[]) => ({ type: 'rich_text_section', elements });
const rich = (...elements: Json[]) => ({ type: 'rich_text', elements });
const words = rich(sectionOf({ type: 'text', text: 'Hi' }));
const cell = (text: string) => ({ type: 'raw_text', text });
const dataTable = (extra: Json = {}) => ({
  type: 'data_table',
  caption: 'C',
  rows: [[cell('a')], [cell('b')]],
  ...extra,
});
const pie = (...segments: Json[]) => ({
  type: 'data_visualization',
  title: 'T',
  chart: { type: 'pie', segments: segments.length > 0 ? segments : [{ label: 'a', value: 1 }] },
});
const bars = (series: Json[], categories: string[] = ['x']) => ({
  type: 'data_visualization',
  title: 'T',
  chart: { type: 'bar', series, axis_config: { categories } },
});
const card = (extra: Json = {}) => ({ type: 'card', title: md('T'), ...extra });
const container = (children: Json[], extra: Json = {}) => ({
  type: 'container',
  title: pt('T'),
  child_blocks: children,
  ...extra,
});
const task = (extra: Json = {}) => ({ type: 'task_card', task_id: 't', title: 'T', ...extra });
const select = (extra: Json = {}) => ({
  type: 'static_select',
  options: [option('a'), option('b')],
  ...extra,
});
const pick = (extra: Json = {}) => ({ type: 'conversations_select', ...extra });

/** Name, blocks, surface (a message unless told). */
const VALID: [string, Json[], Surface?][] = [
  ['nothing', []],
  ['a header', [{ type: 'header', text: pt('H'), level: 2 }]],
  ['a section with text', [section({ expand: true, block_id: 'b' })]],
  ['a section with fields only', [{ type: 'section', fields: [md('a'), pt('b')] }]],
  ['a section with an accessory', [section({ accessory: button() })]],
  ['mrkdwn with verbatim', [section({ text: { ...md('a'), verbatim: true } })]],
  ['plain text with emoji', [section({ text: { ...pt('a'), emoji: true } })]],
  ['a context', [{ type: 'context', elements: [md('a'), pt('b'), picture] }]],
  ['two primary buttons', [actions(button({ style: 'primary' }), button({ style: 'primary' }))]],
  ['a link button', [actions(button({ url: 'https://example.org', accessibility_label: 'Go' }))]],
  ['a confirmation', [actions(button({ confirm: { text: md('Sure?'), confirm: pt('Yes') } }))]],
  [
    'the same action in two blocks',
    [actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' }))],
  ],
  ['a select with its initial option', [actions(select({ initial_option: option('b') }))]],
  [
    'an initial option with its keys in another order',
    [actions(select({ initial_option: { value: 'b', text: { text: 'b', type: 'plain_text' } } }))],
  ],
  [
    'option groups',
    [
      actions({
        type: 'static_select',
        option_groups: [{ label: pt('G'), options: [option('a')] }],
        initial_option: option('a'),
      }),
    ],
  ],
  [
    'checkboxes with mrkdwn',
    [actions({ type: 'checkboxes', options: [{ text: md('*a*'), value: 'a', description: md('d') }] })],
  ],
  [
    'radio buttons',
    [actions({ type: 'radio_buttons', options: [option('a')], initial_option: option('a') })],
  ],
  [
    'an overflow menu with an address',
    [section({ accessory: { type: 'overflow', options: [{ ...option('a'), url: 'https://a.org' }] } })],
  ],
  ['an image from a file', [{ type: 'image', slack_file: { id: 'F1' }, alt_text: 'A', title: pt('T') }]],
  ['a divider', [{ type: 'divider' }]],
  ['an input in a message', [input({ type: 'plain_text_input' }, { dispatch_action: true })]],
  [
    'rich text',
    [words, rich({ type: 'rich_text_list', style: 'bullet', indent: 1, elements: [sectionOf()] })],
  ],
  [
    'rich text with mentions and styles',
    [
      rich(
        sectionOf(
          { type: 'user', user_id: 'U1' },
          { type: 'text', text: 'b', style: { bold: true } },
          { type: 'link', url: 'https://a.org', text: 'a' },
          { type: 'emoji', name: 'wave' },
          { type: 'date', timestamp: 1, format: '{date}', fallback: 'f' },
        ),
        { type: 'rich_text_quote', elements: [{ type: 'text', text: 'q' }] },
        { type: 'rich_text_preformatted', border: 1, elements: [{ type: 'text', text: 'p' }] },
      ),
    ],
  ],
  ['markdown', [{ type: 'markdown', text: '# a' }]],
  [
    'a table',
    [
      {
        type: 'table',
        rows: [
          [cell('a'), words],
          [{ type: 'raw_number', value: 1, text: '1' }, cell('b')],
        ],
        column_settings: [null, { align: 'right', is_wrapped: true }],
      },
    ],
  ],
  ['a data table', [dataTable({ page_size: 5, row_header_column_index: 0 })]],
  ['a data table on Home', [dataTable()], 'home'],
  ['a pie', [pie({ label: 'a', value: 1 }, { label: 'b', value: 2 })]],
  ['bars', [bars([{ name: 's', data: [{ label: 'x', value: -1 }] }])]],
  ['two charts', [pie(), pie()]],
  ['an alert', [{ type: 'alert', text: md('a'), level: 'warning' }], 'modal'],
  ['a card', [card({ body: pt('B'), slack_icon: { type: 'icon', name: 'bot' }, actions: [button()] })]],
  ['a card in a modal', [card()], 'modal'],
  ['a carousel', [{ type: 'carousel', elements: [card()] }]],
  ['a container', [container([section(), actions(button())], { width: 'wide', is_collapsible: true })]],
  [
    'feedback',
    [
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            positive_button: { text: pt('Good'), value: 'g' },
            negative_button: { text: pt('Bad'), value: 'b' },
          },
          { type: 'icon_button', icon: 'trash', text: pt('Remove') },
        ],
      },
    ],
  ],
  [
    'a task',
    [
      task({
        status: 'complete',
        details: words,
        sources: [{ type: 'url', url: 'https://a.org', text: 'a' }],
      }),
    ],
  ],
  ['a plan with a pending task', [{ type: 'plan', title: 'P', tasks: [task({ status: 'pending' })] }]],
  [
    'a response_url',
    [input(pick({ response_url_enabled: true, default_to_current_conversation: true }))],
    'modal',
  ],
  ['a filter', [actions(pick({ filter: { include: ['public'], exclude_bot_users: true } }))]],
  ['one focus', [input({ type: 'plain_text_input', focus_on_load: true })], 'modal'],
  [
    'pickers',
    [
      actions(
        { type: 'datepicker', initial_date: '2026-11-23' },
        { type: 'timepicker', initial_time: '09:00' },
      ),
    ],
  ],
  [
    'a number',
    [input({ type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' })],
    'modal',
  ],
  ['people', [input({ type: 'multi_users_select', initial_users: ['U1'], max_selected_items: 1 })], 'modal'],
  [
    'every menu that several can be chosen in',
    [
      actions(
        { type: 'multi_static_select', options: [option('a')], initial_options: [option('a')] },
        { type: 'multi_external_select', min_query_length: 0, initial_options: [option('z')] },
        { type: 'multi_conversations_select', default_to_current_conversation: true },
        { type: 'multi_channels_select', initial_channels: ['C1'], max_selected_items: 1 },
      ),
    ],
  ],
  [
    'every menu that asks for one',
    [
      actions(
        { type: 'external_select', initial_option: option('z'), placeholder: pt('P') },
        { type: 'users_select', initial_user: 'U1' },
        { type: 'channels_select', initial_channel: 'C1' },
        { type: 'datetimepicker', initial_date_time: 1_767_225_600 },
      ),
    ],
    'modal',
  ],
  [
    'a workflow button',
    [actions({ type: 'workflow_button', text: pt('Run'), workflow: { trigger: { url: 'https://a.org' } } })],
  ],
  [
    'a video',
    [
      {
        type: 'video',
        alt_text: 'A',
        title: pt('T'),
        video_url: 'https://a.org/v',
        thumbnail_url: 'https://a.org/t.png',
        author_name: 'ana',
      },
    ],
  ],
  [
    'the inputs that only modals take',
    [
      input({ type: 'url_text_input', initial_value: 'https://a.org' }),
      input({ type: 'email_text_input', initial_value: 'a@a.org' }),
      input({ type: 'rich_text_input', action_id: 'a', initial_value: words, max_lines: 8 }),
      input({ type: 'file_input', filetypes: ['pdf'], max_files: 10 }),
    ],
    'modal',
  ],
];

/** Name, blocks, where and what is reported, surface. */
const INVALID: [string, unknown, string, string, Surface?][] = [
  ['no list', {}, '/blocks', 'an array'],
  ['a string', ['x'], '/blocks/0', 'an object'],
  ['no type', [{}], '/blocks/0', 'type'],
  ['an unknown block', [{ type: 'paragraph' }], '/blocks/0/type', 'unsupported type: paragraph'],
  ['a name every object has', [{ type: 'constructor' }], '/blocks/0/type', 'unsupported type'],
  [
    'an alert in a message',
    [{ type: 'alert', text: md('a') }],
    '/blocks/0/type',
    'not supported in a message',
  ],
  ['markdown in a modal', [{ type: 'markdown', text: 'a' }], '/blocks/0/type', 'not supported', 'modal'],
  [
    'a table in a modal',
    [{ type: 'table', rows: [[cell('a')]] }],
    '/blocks/0/type',
    'not supported',
    'modal',
  ],
  ['a chart on Home', [pie()], '/blocks/0/type', 'not supported in a home', 'home'],
  ['a container in a modal', [container([section()])], '/blocks/0/type', 'not supported', 'modal'],
  ['a file', [{ type: 'file', source: 'remote', external_id: 'x' }], '/blocks/0/type', 'not supported'],
  ['mrkdwn in a header', [{ type: 'header', text: md('a') }], '/blocks/0/text/type', 'plain_text'],
  ['a bare string as text', [section({ text: 'a' })], '/blocks/0/text', 'an object'],
  [
    'an unknown text kind',
    [section({ text: { type: 'markdown', text: 'a' } })],
    '/blocks/0/text/type',
    'mrkdwn',
  ],
  [
    'emoji with mrkdwn',
    [section({ text: { ...md('a'), emoji: true } })],
    '/blocks/0/text',
    'property: emoji',
  ],
  [
    'verbatim with plain text',
    [section({ text: { ...pt('a'), verbatim: true } })],
    '/blocks/0/text',
    'verbatim',
  ],
  [
    'emoji that is no boolean',
    [section({ text: { ...pt('a'), emoji: 1 } })],
    '/blocks/0/text/emoji',
    'a boolean',
  ],
  ['an empty text', [section({ text: md('') })], '/blocks/0/text/text', 'more than 0 characters'],
  ['a text without text', [section({ text: { type: 'mrkdwn' } })], '/blocks/0/text', 'required field: text'],
  ['an empty section', [{ type: 'section' }], '/blocks/0', 'at least one of: text, fields'],
  ['no fields', [{ type: 'section', fields: [] }], '/blocks/0/fields', 'no fewer than 1'],
  ['a header without text', [{ type: 'header' }], '/blocks/0', 'required field: text'],
  ['a fifth level', [{ type: 'header', text: pt('a'), level: 5 }], '/blocks/0/level', 'at most 4'],
  ['an unknown field', [section({ colour: 'red' })], '/blocks/0', 'property: colour'],
  [
    'the same block_id twice',
    [section({ block_id: 'a' }), section({ block_id: 'a' })],
    '/blocks/1/block_id',
    'duplicate',
  ],
  ['an empty block_id', [section({ block_id: '' })], '/blocks/0/block_id', 'more than 0'],
  [
    'the same action_id twice in a block',
    [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
    '/blocks/0/elements/1/action_id',
    'duplicate',
  ],
  [
    'an input element in actions',
    [actions({ type: 'plain_text_input' })],
    '/blocks/0/elements/0/type',
    'unsupported',
  ],
  [
    'a button in a context',
    [{ type: 'context', elements: [button()] }],
    '/blocks/0/elements/0/type',
    'unsupported',
  ],
  ['a button in an input', [input(button())], '/blocks/0/element/type', 'unsupported', 'modal'],
  [
    'a date and time in a section',
    [section({ accessory: { type: 'datetimepicker' } })],
    '/blocks/0/accessory/type',
    'unsupported',
  ],
  [
    'a number in a message',
    [input({ type: 'number_input', is_decimal_allowed: true })],
    '/blocks/0/element/type',
    'not supported',
  ],
  [
    'rich input in a message',
    [input({ type: 'rich_text_input', action_id: 'a' })],
    '/blocks/0/element/type',
    'not supported',
  ],
  ['no elements', [actions()], '/blocks/0/elements', 'no fewer than 1'],
  ['a disabled button', [actions(button({ disabled: true }))], '/blocks/0/elements/0', 'property: disabled'],
  ['an empty address', [actions(button({ url: '' }))], '/blocks/0/elements/0/url', 'more than 0'],
  ['a relative address', [actions(button({ url: '/home' }))], '/blocks/0/elements/0/url', 'invalid format'],
  [
    'an unknown style',
    [actions(button({ style: 'default' }))],
    '/blocks/0/elements/0/style',
    'primary, danger',
  ],
  [
    'a confirmation without text',
    [actions(button({ confirm: {} }))],
    '/blocks/0/elements/0/confirm',
    'field: text',
  ],
  [
    'an option without value',
    [actions(select({ options: [{ text: pt('a') }] }))],
    '/blocks/0/elements/0/options/0',
    'required field: value',
  ],
  [
    'an option with an address',
    [actions(select({ options: [{ ...option('a'), url: 'https://a.org' }] }))],
    '/blocks/0/elements/0/options/0',
    'property: url',
  ],
  [
    'mrkdwn in a select',
    [actions(select({ options: [{ text: md('a'), value: 'a' }] }))],
    '/blocks/0/elements/0/options/0/text/type',
    'plain_text',
  ],
  [
    'neither options nor groups',
    [actions({ type: 'static_select' })],
    '/blocks/0/elements/0',
    'exactly one of: options',
  ],
  [
    'both options and groups',
    [actions(select({ option_groups: [{ label: pt('g'), options: [option('a')] }] }))],
    '/blocks/0/elements/0',
    'exactly one of: options',
  ],
  [
    'an initial option from elsewhere',
    [actions(select({ initial_option: option('c') }))],
    '/blocks/0/elements/0/initial_option',
    'equal to one of',
  ],
  [
    'an initial option with another text',
    [actions(select({ initial_option: option('a', 'A') }))],
    '/blocks/0/elements/0/initial_option',
    'equal to one of',
  ],
  [
    'one wrong initial option among several',
    [actions({ type: 'checkboxes', options: [option('a')], initial_options: [option('a'), option('z')] })],
    '/blocks/0/elements/0/initial_options/1',
    'equal to one of',
  ],
  [
    'more initial people than allowed',
    [actions({ type: 'multi_users_select', initial_users: ['U1', 'U2'], max_selected_items: 1 })],
    '/blocks/0/elements/0/initial_users',
    'no more than 1',
  ],
  [
    'an image without alt_text',
    [{ type: 'image', image_url: 'https://a.org/a.png' }],
    '/blocks/0',
    'field: alt_text',
  ],
  [
    'an image element without alt_text',
    [section({ accessory: { type: 'image', image_url: 'https://a.org' } })],
    '/blocks/0/accessory',
    'alt_text',
  ],
  ['an image from nowhere', [{ type: 'image', alt_text: 'a' }], '/blocks/0', 'exactly one of: image_url'],
  [
    'an impossible date',
    [actions({ type: 'datepicker', initial_date: '2026-13-01' })],
    '/blocks/0/elements/0/initial_date',
    'invalid format',
  ],
  [
    'an input without label',
    [{ type: 'input', element: { type: 'plain_text_input' } }],
    '/blocks/0',
    'field: label',
  ],
  [
    'dispatching a file',
    [input({ type: 'file_input' }, { dispatch_action: true })],
    '/blocks/0/dispatch_action',
    'file_input',
    'modal',
  ],
  [
    'min above max',
    [input({ type: 'plain_text_input', min_length: 9, max_length: 3 })],
    '/blocks/0/element/min_length',
    'max_length',
  ],
  ['an empty filter', [actions(pick({ filter: {} }))], '/blocks/0/elements/0/filter', 'at least one'],
  [
    'an empty include',
    [actions(pick({ filter: { include: [] } }))],
    '/blocks/0/elements/0/filter/include',
    'no fewer',
  ],
  [
    'a response_url in actions',
    [actions(pick({ response_url_enabled: true }))],
    '/blocks/0/elements/0/response_url_enabled',
    'only for input',
    'modal',
  ],
  [
    'a response_url in a message',
    [input(pick({ response_url_enabled: true }))],
    '/blocks/0/element/response_url_enabled',
    'only for input',
  ],
  [
    'a response_url for several',
    [input({ type: 'multi_conversations_select', response_url_enabled: true })],
    '/blocks/0/element',
    'property: response_url_enabled',
    'modal',
  ],
  [
    'a response_url for people',
    [input({ type: 'users_select', response_url_enabled: true })],
    '/blocks/0/element',
    'property',
    'modal',
  ],
  [
    'two focuses',
    [input({ type: 'plain_text_input', focus_on_load: true }), input(pick({ focus_on_load: true }))],
    '/blocks/1/element/focus_on_load',
    'only one',
    'modal',
  ],
  [
    'text straight in rich text',
    [rich({ type: 'text', text: 'a' })],
    '/blocks/0/elements/0/type',
    'unsupported',
  ],
  [
    'an empty rich text',
    [rich(sectionOf({ type: 'text', text: '' }))],
    '/blocks/0/elements/0/elements/0/text',
    'more than 0',
  ],
  [
    'a list of texts',
    [rich({ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'text', text: 'a' }] })],
    '/blocks/0/elements/0/elements/0/type',
    'unsupported',
  ],
  [
    'a list without style',
    [rich({ type: 'rich_text_list', elements: [sectionOf()] })],
    '/blocks/0/elements/0',
    'field: style',
  ],
  [
    'a mention in code',
    [rich({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] })],
    '/blocks/0/elements/0/elements/0/type',
    'unsupported',
  ],
  ['a table cell that is a string', [{ type: 'table', rows: [['a']] }], '/blocks/0/rows/0/0', 'an object'],
  [
    'a table cell in mrkdwn',
    [{ type: 'table', rows: [[md('a')]] }],
    '/blocks/0/rows/0/0/type',
    'unsupported',
  ],
  ['a data table without caption', [dataTable({ caption: undefined })], '/blocks/0', 'field: caption'],
  [
    'a data table with its header only',
    [dataTable({ rows: [[cell('a')]] })],
    '/blocks/0/rows',
    'no fewer than 2',
  ],
  [
    'uneven rows',
    [dataTable({ rows: [[cell('a')], [cell('b'), cell('c')]] })],
    '/blocks/0/rows/1',
    '1 cells',
  ],
  ['a rich header cell', [dataTable({ rows: [[words], [cell('b')]] })], '/blocks/0/rows/0/0', 'no rich_text'],
  [
    'a header column that is none',
    [dataTable({ row_header_column_index: 1 })],
    '/blocks/0/row_header_column_index',
    'index of a column',
  ],
  ['three charts', [pie(), pie(), pie()], '/blocks', 'no more than 2'],
  ['an empty slice', [pie({ label: 'a', value: 0 })], '/blocks/0/chart/segments/0/value', 'greater than 0'],
  [
    'a missing point',
    [bars([{ name: 's', data: [{ label: 'x', value: 1 }] }], ['x', 'y'])],
    '/blocks/0/chart/series/0/data',
    'every category',
  ],
  [
    'two series of one name',
    [bars(['s', 's'].map((name) => ({ name, data: [{ label: 'x', value: 1 }] })))],
    '/blocks/0/chart/series/1/name',
    'unique',
  ],
  ['a card with a string as title', [card({ title: 'T' })], '/blocks/0/title', 'an object'],
  ['a card of a subtitle only', [{ type: 'card', subtitle: md('a') }], '/blocks/0', 'at least one of'],
  [
    'a card with two icons',
    [card({ icon: picture, slack_icon: { type: 'icon', name: 'bot' } })],
    '/blocks/0',
    'exactly one of: icon',
  ],
  [
    'an icon Slack does not have',
    [card({ slack_icon: { type: 'icon', name: 'cat' } })],
    '/blocks/0/slack_icon/name',
    'must be one of',
  ],
  [
    'a menu in a card',
    [card({ actions: [{ type: 'overflow', options: [option('a')] }] })],
    '/blocks/0/actions/0/type',
    'unsupported',
  ],
  [
    'a section in a carousel',
    [{ type: 'carousel', elements: [section()] }],
    '/blocks/0/elements/0/type',
    'unsupported',
  ],
  ['a card in a container', [container([card()])], '/blocks/0/child_blocks/0/type', 'unsupported'],
  [
    'a container in a container',
    [container([container([section()])])],
    '/blocks/0/child_blocks/0/type',
    'unsupported',
  ],
  [
    'a container without title',
    [{ type: 'container', child_blocks: [section()] }],
    '/blocks/0',
    'at least one of: title',
  ],
  [
    'a divider on a collapsible container',
    [container([section()], { is_collapsible: true, has_header_divider: true })],
    '/blocks/0/has_header_divider',
    'not collapsible',
  ],
  [
    'an icon button without trash',
    [{ type: 'context_actions', elements: [{ type: 'icon_button', icon: 'star', text: pt('a') }] }],
    '/blocks/0/elements/0/icon',
    'trash',
  ],
  [
    'a button in context_actions',
    [{ type: 'context_actions', elements: [button()] }],
    '/blocks/0/elements/0/type',
    'unsupported',
  ],
  ['a pending task alone', [task({ status: 'pending' })], '/blocks/0/status', 'inside a plan'],
  ['a plan with a text object as title', [{ type: 'plan', title: pt('P') }], '/blocks/0/title', 'a string'],
  [
    'too much markdown together',
    [1, 2].map(() => ({ type: 'markdown', text: 'a'.repeat(6001) })),
    '/blocks',
    '12001',
  ],
  [
    'too much table',
    [1, 2].map(() => ({ type: 'table', rows: [[cell('a'.repeat(5001))]] })),
    '/blocks',
    '10001',
  ],
  [
    'too much data table',
    [dataTable({ rows: [[cell('a')], [cell('b'.repeat(20_000))]] })],
    '/blocks',
    '20001',
  ],
  ['a divider with words', [{ type: 'divider', text: pt('a') }], '/blocks/0', 'property: text'],
  [
    'a video that nobody can hear of',
    [{ type: 'video', title: pt('T'), video_url: 'https://a.org', thumbnail_url: 'https://a.org' }],
    '/blocks/0',
    'field: alt_text',
  ],
  [
    'options that are no list',
    [actions({ type: 'multi_static_select', options: option('a') })],
    '/blocks/0/elements/0/options',
    'an array',
  ],
  [
    'options of its own in a select that asks for them',
    [actions({ type: 'external_select', options: [option('a')] })],
    '/blocks/0/elements/0',
    'property: options',
  ],
  [
    'half a letter to begin with',
    [actions({ type: 'multi_external_select', min_query_length: 0.5 })],
    '/blocks/0/elements/0/min_query_length',
    'whole number',
  ],
  [
    'a filter for channels',
    [actions({ type: 'channels_select', filter: { include: ['public'] } })],
    '/blocks/0/elements/0',
    'property: filter',
  ],
  [
    'no channel at all',
    [actions({ type: 'multi_channels_select', max_selected_items: 0 })],
    '/blocks/0/elements/0/max_selected_items',
    'at least 1',
  ],
  ['radio buttons without options', [actions({ type: 'radio_buttons' })], '/blocks/0/elements/0', 'options'],
  [
    'the hour after the last',
    [actions({ type: 'timepicker', initial_time: '24:00' })],
    '/blocks/0/elements/0/initial_time',
    'invalid format',
  ],
  [
    'an address that is none',
    [input({ type: 'url_text_input', initial_value: 'a.org' })],
    '/blocks/0/element/initial_value',
    'invalid format',
    'modal',
  ],
  [
    'mail on Home',
    [input({ type: 'email_text_input' })],
    '/blocks/0/element/type',
    'not supported in a home',
    'home',
  ],
  [
    'half of a feedback',
    [
      {
        type: 'context_actions',
        elements: [{ type: 'feedback_buttons', positive_button: { text: pt('Good'), value: 'g' } }],
      },
    ],
    '/blocks/0/elements/0',
    'field: negative_button',
  ],
  [
    'a workflow button without a workflow',
    [actions({ type: 'workflow_button', text: pt('Run') })],
    '/blocks/0/elements/0',
    'field: workflow',
  ],
];

describe('blocks', () => {
  it('have samples of every block and element, taken and refused', () => {
    const typesIn = (value: unknown): unknown[] =>
      typeof value === 'object' && value !== null
        ? [Object(value).type, ...Object.values(value).flatMap(typesIn)]
        : [];
    const taken = new Set(VALID.flatMap(([, blocks]) => typesIn(blocks)));
    const refused = new Set(INVALID.flatMap(([, blocks]) => typesIn(blocks)));
    const all = [...Object.keys(BLOCKS), ...Object.keys(ELEMENTS)];
    // No surface takes a file block from an app.
    expect(all.filter((type) => !taken.has(type))).toEqual(['file']);
    expect(all.filter((type) => !refused.has(type))).toEqual([]);
  });

  it.each(VALID)('takes %s', (_name, blocks, surface = 'message') => {
    expect(checkBlocks(blocks, surface)).toEqual([]);
  });

  it.each(INVALID)('refuses %s', (_name, blocks, pointer, words, surface = 'message') => {
    const problems = checkBlocks(blocks, surface);
    expect(problems, JSON.stringify(problems)).toContainEqual({
      code: 'invalid_blocks',
      pointer,
      message: expect.stringContaining(words),
    });
    for (const problem of problems) expect(problem.message).toContain(`[json-pointer:${problem.pointer}]`);
  });

  it('names the block and the limit', () => {
    expect(checkBlocks([{ type: 'header', text: pt('a'.repeat(151)) }], 'message')).toEqual([
      {
        code: 'invalid_blocks',
        pointer: '/blocks/0/text/text',
        message: '[ERROR] must be less than 151 characters (header) [json-pointer:/blocks/0/text/text]',
      },
    ]);
  });

  it.each(['message', 'modal', 'home'] as const)('counts the blocks of a %s', (surface) => {
    const blocks = Array.from({ length: MAX_BLOCKS[surface] }, () => ({ type: 'divider' }));
    expect(checkBlocks(blocks, surface)).toEqual([]);
    expect(checkBlocks([...blocks, { type: 'divider' }], surface)).toHaveLength(1);
  });
});

describe('messages', () => {
  it('has one budget for the text of all blocks', () => {
    const of = (length: number) => ({
      text: 't',
      blocks: [
        section({ text: pt('a'.repeat(3000)) }),
        ...Array.from({ length: 4 }, (_, index) =>
          section({ text: pt('😀'.repeat(index < 3 ? 3000 : length - 12_000)) }),
        ),
      ],
    });
    expect(checkMessage(of(MAX_MESSAGE_TEXT))).toEqual([]);
    expect(checkMessage(of(MAX_MESSAGE_TEXT + 1)).map(({ code }) => code)).toEqual(['msg_blocks_too_long']);
    expect(SAFE_MESSAGE_TEXT).toBeLessThan(MAX_MESSAGE_TEXT);
  });

  it('needs text or blocks, and not too much text', () => {
    const codes = (message: Json) => checkMessage(message).map(({ code }) => code);
    expect(codes({})).toEqual(['no_text']);
    expect(codes({ text: '', blocks: [] })).toEqual(['no_text']);
    expect(codes({ text: 'a' })).toEqual([]);
    expect(codes({ blocks: [section()] })).toEqual([]);
    expect(codes({ text: 'a'.repeat(40_000) })).toEqual([]);
    expect(codes({ text: 'a'.repeat(40_001) })).toEqual(['msg_too_long']);
    expect(codes({ text: 5 })).toEqual(['invalid_arguments']);
    expect(codes({ text: 'a', blocks: [{}] })).toEqual(['invalid_blocks']);
  });

  it('counts what is seen or heard, in code points', () => {
    expect(textLength('a😀')).toBe(2);
    const blocks = [
      { type: 'header', text: pt('Head') },
      section({ accessory: { ...picture, alt_text: 'Alt' }, text: md('Text') }),
      actions(button({ value: 'hidden', url: 'https://hidden.example' })),
    ];
    expect(blockText(blocks)).toBe('HeadTextAltPress');
    expect(blockText(undefined)).toBe('');
  });
});

describe('views', () => {
  const modal = (extra: Json = {}) => ({ type: 'modal', title: pt('T'), blocks: [], ...extra });
  const asking = [input({ type: 'plain_text_input' })];

  it.each([
    ['an empty modal', modal()],
    ['a modal with an input', modal({ blocks: asking, submit: pt('Go'), close: pt('No') })],
    ['metadata', modal({ private_metadata: '', callback_id: 'c', external_id: 'e', notify_on_close: true })],
    ['a Home view', { type: 'home', blocks: [section()] }],
    ['an input on Home without submit', { type: 'home', blocks: asking }],
  ])('takes %s', (_name, view) => expect(checkView(view)).toEqual([]));

  it.each([
    ['a string', 'x', '/view', 'an object'],
    ['another type', { type: 'message', blocks: [] }, '/view', 'modal or home'],
    ['no title', modal({ title: undefined }), '/view', 'field: title'],
    ['a title in mrkdwn', modal({ title: md('T') }), '/view/title/type', 'plain_text'],
    ['no blocks', modal({ blocks: undefined }), '/view', 'field: blocks'],
    ['an input without submit', modal({ blocks: asking }), '/view', 'field: submit'],
    [
      'a bad block',
      modal({ blocks: [{ type: 'markdown', text: 'a' }] }),
      '/view/blocks/0/type',
      'in a modal',
    ],
    ['a title on Home', { type: 'home', title: pt('T'), blocks: [] }, '/view', 'property: title'],
    ['an id of Slack', modal({ id: 'V1' }), '/view', 'property: id'],
  ])('refuses %s', (_name, view, pointer, words) => {
    const expected: Problem = { code: 'invalid_arguments', pointer, message: expect.stringContaining(words) };
    expect(checkView(view)).toContainEqual(expected);
  });

  it('refuses a view of more than 250 KB', () => {
    const options = Array.from({ length: 100 }, (_, index) => option(`${index}`, '😀'.repeat(75)));
    const blocks = Array.from({ length: 20 }, () => input(select({ options })));
    expect(checkView(modal({ blocks, submit: pt('Go') })).map(({ code }) => code)).toEqual([
      'view_too_large',
    ]);
  });
});

describe('every length in the table', () => {
  interface Limit {
    readonly name: string;
    readonly problemsFor: (length: number) => Problem[];
    readonly pointer: string;
    readonly min: number;
    readonly max: number;
  }

  /** The smallest value that a rule takes, or one of a wanted length. */
  function sample(rule: Rule, length = 'min' in rule ? Math.max(rule.min, 1) : 1): unknown {
    switch (rule.is) {
      case 'string':
        return 'https://a'.slice(0, rule.like === undefined ? 0 : length).padEnd(length, 'a');
      case 'text':
        return { type: rule.kinds[0], text: '😀'.repeat(length) };
      case 'number':
        return length;
      case 'list':
        return Array.from({ length }, () => sample(rule.of));
      case 'object':
        return filled(rule.fields);
      case 'typed':
        return { type: rule.types[0] };
      case 'choice':
        return rule.of[0];
      case 'boolean':
        return true;
    }
  }

  const filled = (fields: Entry['fields']): Json =>
    Object.fromEntries(
      Object.entries(fields)
        .filter(([, rule]) => rule.optional !== true)
        .map(([name, rule]) => [name, sample(rule)]),
    );

  /** Every limited place below a rule, with the value that reaches it. */
  function* limitsOf(
    rule: Rule,
    name: string,
    pointer: string,
    check: (value: unknown) => Problem[],
  ): Generator<Limit> {
    const limited = rule.is === 'string' || rule.is === 'text' || rule.is === 'list' || rule.is === 'number';
    if (limited && Number.isFinite(rule.max) && rule.max < Number.MAX_SAFE_INTEGER) {
      yield {
        name,
        problemsFor: (length) => check(sample(rule, length)),
        pointer: rule.is === 'text' ? `${pointer}/text` : pointer,
        min: rule.min,
        max: rule.max,
      };
    }
    if (rule.is === 'list') {
      yield* limitsOf(rule.of, `${name}[]`, `${pointer}/0`, (value) => check([value]));
    }
    if (rule.is === 'object') {
      for (const [field, inner] of Object.entries(rule.fields)) {
        yield* limitsOf(inner, `${name}.${field}`, `${pointer}/${field}`, (value) =>
          check({ ...filled(rule.fields), [field]: value }),
        );
      }
    }
  }

  const hostOf = (type: string): [Json, string] => {
    if (INPUTS.includes(type)) return [input({}), 'element'];
    if (ACCESSORIES.includes(type)) return [section(), 'accessory'];
    if (type === 'plain_text' || type === 'mrkdwn') return [{ type: 'context' }, 'elements'];
    return [{ type: 'context_actions' }, 'elements'];
  };

  const limits: Limit[] = [];
  for (const [type, entry] of Object.entries(BLOCKS)) {
    const surface = entry.on[0];
    if (surface === undefined) continue;
    const rule: Rule = { is: 'object', fields: entry.fields };
    const check = (value: unknown) => checkBlocks([{ ...Object(value), type }], surface);
    limits.push(...limitsOf(rule, type, '/blocks/0', check));
  }
  for (const [type, entry] of Object.entries(ELEMENTS)) {
    const [host, place] = hostOf(type);
    const rule: Rule = { is: 'object', fields: entry.fields };
    const inList = place === 'elements';
    limits.push(
      ...limitsOf(rule, type, `/blocks/0/${place}${inList ? '/0' : ''}`, (value) => {
        const element = { ...Object(value), type };
        return checkBlocks([{ ...host, [place]: inList ? [element] : element }], entry.on[0] ?? 'message');
      }),
    );
  }
  for (const [type, view] of Object.entries(VIEWS)) {
    limits.push(...limitsOf({ is: 'object', fields: view.fields }, type, '/view', checkView));
  }

  /** Only complaints about this very limit: what else the minimal value lacks is not asked here. */
  const complaints = ({ problemsFor, pointer }: Limit, length: number): string[] =>
    problemsFor(length)
      .filter((problem) => problem.pointer === pointer)
      .map(({ message }) => message)
      .filter((message) =>
        /must be (less|more) than|no (more|fewer) than|must be at (least|most)/.test(message),
      )
      .filter((message) => !message.includes('over all blocks'));

  it('is found', () => expect(limits.length).toBeGreaterThan(150));

  it.each(limits.map((limit) => [limit.name, limit] as const))('%s', (_name, limit) => {
    expect(complaints(limit, limit.max)).toEqual([]);
    expect(complaints(limit, limit.max + 1)).toHaveLength(1);
    expect(complaints(limit, limit.min)).toEqual([]);
    if (limit.min === 1) expect(complaints(limit, 0)).toHaveLength(1);
  });
});
