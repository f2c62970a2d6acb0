import type { Surface } from '../../rules/limits.ts';
import {
  actions,
  bars,
  button,
  card,
  cell,
  container,
  dataTable,
  input,
  type Json,
  md,
  option,
  pick,
  picture,
  pie,
  pt,
  rich,
  section,
  sectionOf,
  select,
  task,
  words,
} from './samples.ts';

/** Name, blocks, surface (a message unless told). */
export const VALID: [string, Json[], Surface?][] = [
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
