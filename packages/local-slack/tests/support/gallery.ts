/** One of every block and element that Slack has, as an app would send it. */

type Json = Record<string, unknown>;
const plain = (text: string): Json => ({ type: 'plain_text', text });
const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text });
const option = (name: string, extra: Json = {}): Json => ({
  text: plain(name),
  value: name.toLowerCase(),
  ...extra,
});
const colours = ['Red', 'Green', 'Blue'].map((name) => option(name));
const said = (text: string, style: Json = {}): Json => ({ type: 'text', text, style });
const section = (...elements: Json[]): Json => ({ type: 'rich_text_section', elements });
const rich = (...elements: Json[]): Json => ({ type: 'rich_text', elements });
const bullets = (indent: number, ...items: string[]): Json => ({
  type: 'rich_text_list',
  style: 'bullet',
  indent,
  elements: items.map((item) => section(said(item))),
});
const cell = (text: string): Json => ({ type: 'raw_text', text });
const count = (value: number): Json => ({ type: 'raw_number', value, text: `${value}` });
const elsewhere = 'https://pictures.example/a.png';
const button = (action_id: string, text: string, extra: Json = {}): Json => ({
  type: 'button',
  action_id,
  text: plain(text),
  ...extra,
});
export const sure: Json = {
  title: plain('Really?'),
  text: mrkdwn('This *cannot* be undone.'),
  confirm: plain('Do it'),
  deny: plain('Better not'),
  style: 'danger',
};

const series = (name: string, ...values: number[]): Json => ({
  name,
  data: values.map((value, i) => ({ label: `Q${i + 1}`, value })),
});
const quarters = { categories: ['Q1', 'Q2', 'Q3'], x_label: 'Quarter', y_label: 'Projects' };
const chart = (title: string, inside: Json): Json => ({ type: 'data_visualization', title, chart: inside });
const card = (title: string): Json => ({
  type: 'card',
  title: mrkdwn(`*${title}*`),
  subtitle: plain('A framework'),
  body: mrkdwn('Runs on Python.'),
  subtext: plain('As of today'),
  slack_icon: { type: 'icon', name: 'book' },
  actions: [button(`read_${title}`, `Read ${title}`)],
});
const task = (title: string, status: string): Json => ({
  type: 'task_card',
  task_id: title,
  title,
  status,
  details: rich(section(said('Looked at the sources'))),
  output: rich(section(said('Found two'))),
  sources: [{ type: 'url', url: 'https://example.org/source', text: 'The source' }],
});

const everyStyle = { bold: true, italic: true, strike: true, code: true };

/** Texts and what is only looked at. */
export const reading: Json[][] = [
  [
    { type: 'header', text: plain('First level :tada:') },
    { type: 'header', text: plain('Third level'), level: 3 },
    {
      type: 'section',
      text: mrkdwn(
        '*bold* _italic_ ~gone~ `code` <https://example.org|a link> :rocket:\n> quoted\n```x = 1```',
      ),
    },
    {
      type: 'section',
      text: mrkdwn(
        '<@U0BEN> in <#C0OPEN>, <!here>, <!date^1767225600^{date_long}|then>, <javascript:alert(1)|no link>',
      ),
    },
    { type: 'section', fields: [mrkdwn('*Owner*\nana'), plain('*not bold*')] },
    { type: 'divider' },
    {
      type: 'context',
      elements: [{ type: 'image', image_url: elsewhere, alt_text: 'A small face' }, mrkdwn('Asked by _ana_')],
    },
    {
      type: 'section',
      text: plain('Beside a picture'),
      accessory: { type: 'image', image_url: elsewhere, alt_text: 'A logo' },
    },
    { type: 'image', image_url: elsewhere, alt_text: 'A landscape', title: plain('Our office') },
    {
      type: 'video',
      video_url: 'https://video.example/v',
      thumbnail_url: elsewhere,
      alt_text: 'Somebody talks',
      title: plain('The talk'),
      author_name: 'Ben',
      description: plain('About frameworks'),
    },
  ],
  [
    rich(
      section(
        said('all at once', everyStyle),
        said(' '),
        { type: 'user', user_id: 'U0BEN' },
        said(' '),
        { type: 'usergroup', usergroup_id: 'S0TEAM' },
        said(' '),
        { type: 'channel', channel_id: 'C0OPEN' },
        said(' '),
        { type: 'broadcast', range: 'channel' },
        said(' '),
        { type: 'emoji', name: 'wave' },
        said(' '),
        { type: 'color', value: '#2f7dd1' },
        said(' '),
        { type: 'date', timestamp: 1767225600, format: '{date_long}', fallback: 'then' },
        said(' '),
        { type: 'link', url: 'https://example.org/rich', text: 'a rich link' },
      ),
      bullets(0, 'Outer', 'Outer with more'),
      bullets(1, 'Inner'),
      { type: 'rich_text_list', style: 'ordered', offset: 2, border: 1, elements: [section(said('Third'))] },
      { type: 'rich_text_quote', elements: [said('A quote')] },
      { type: 'rich_text_preformatted', elements: [said('print("hi")')] },
    ),
    {
      type: 'markdown',
      text: '## In Markdown\n\n**bold**, *italic*, ~~gone~~, `code`, [a page](https://example.org/md), <b>no tag</b>\n\n- one\n  - inside\n- [x] done\n\n1. first\n2. second\n\n> quoted\n\n```python\nprint("md")\n```\n\n| Name | Points |\n|:--|--:|\n| Django | 3 |\n',
    },
    {
      type: 'table',
      column_settings: [null, { align: 'right' }],
      rows: [
        [cell('Team'), cell('Size')],
        [rich(section(said('Web', { bold: true }))), count(7)],
      ],
    },
    {
      type: 'data_table',
      caption: 'Releases',
      page_size: 2,
      rows: [
        [cell('Version'), cell('Year')],
        [cell('Django 5'), count(2023)],
        [cell('Flask 3'), count(2024)],
        [cell('Bottle'), count(2009)],
      ],
    },
  ],
  [
    chart('Frameworks', {
      type: 'pie',
      segments: [
        { label: 'Django', value: 3 },
        { label: 'Flask', value: 1 },
      ],
    }),
    chart('Started', {
      type: 'bar',
      series: [series('Django', 3, 5, 4), series('Flask', 2, 1, 6)],
      axis_config: quarters,
    }),
  ],
  [
    chart('Trend', { type: 'line', series: [series('Django', 3, 5, -2)], axis_config: quarters }),
    chart('Load', { type: 'area', series: [series('Flask', 1, 4, 2)], axis_config: quarters }),
  ],
  [
    card('Django'),
    { type: 'carousel', elements: [card('Flask'), card('Bottle'), card('Pyramid')] },
    {
      type: 'container',
      title: plain('Folded'),
      subtitle: plain('two blocks'),
      is_collapsible: true,
      default_collapsed: true,
      child_blocks: [{ type: 'section', text: plain('Inside the fold') }],
    },
    {
      type: 'container',
      title: plain('Framed'),
      has_header_divider: true,
      child_blocks: [{ type: 'section', text: plain('Inside the frame') }, { type: 'divider' }],
    },
    {
      type: 'plan',
      title: 'What I will do',
      tasks: [task('Read', 'complete'), task('Compare', 'in_progress'), task('Write', 'pending')],
    },
    task('Alone', 'error'),
  ],
];

/** What can be pressed and chosen outside of inputs. */
export const pressing: Json[] = [
  {
    type: 'actions',
    block_id: 'buttons',
    elements: [
      button('plain', 'Press', { value: 'v' }),
      button('delete', 'Delete', { style: 'danger', confirm: sure }),
      button('open', 'Open', { url: 'https://example.org/', accessibility_label: 'Open the page' }),
      { type: 'overflow', action_id: 'menu', options: [option('Rename'), option('Move')], confirm: sure },
      {
        type: 'workflow_button',
        action_id: 'flow',
        text: plain('Run it'),
        workflow: { trigger: { url: 'https://slack.com/shortcuts/Ft1/x' } },
      },
    ],
  },
  {
    type: 'actions',
    block_id: 'choices',
    elements: [
      {
        type: 'static_select',
        action_id: 'one',
        placeholder: plain('A fruit'),
        option_groups: [
          { label: plain('Sweet'), options: [option('Apple', { description: plain('a day') })] },
          { label: plain('Sour'), options: [option('Lemon')] },
        ],
      },
      {
        type: 'multi_static_select',
        action_id: 'several',
        placeholder: plain('Some colours'),
        options: colours,
        max_selected_items: 2,
      },
      { type: 'external_select', action_id: 'city', placeholder: plain('A city'), min_query_length: 2 },
      { type: 'multi_users_select', action_id: 'people', placeholder: plain('Some people') },
      { type: 'users_select', action_id: 'person', placeholder: plain('A person') },
      { type: 'conversations_select', action_id: 'conversation', placeholder: plain('A conversation') },
      { type: 'channels_select', action_id: 'channel', placeholder: plain('A channel') },
      { type: 'datepicker', action_id: 'day', placeholder: plain('A day') },
      { type: 'timepicker', action_id: 'hour', placeholder: plain('An hour') },
      { type: 'datetimepicker', action_id: 'moment' },
    ],
  },
  {
    type: 'section',
    block_id: 'ticks',
    text: plain('What counts'),
    accessory: {
      type: 'checkboxes',
      action_id: 'boxes',
      options: [
        { text: mrkdwn('*Speed*'), value: 'speed', description: mrkdwn('how _fast_ it is') },
        option('Price'),
      ],
    },
  },
  {
    type: 'section',
    block_id: 'rating',
    text: plain('How sure'),
    accessory: {
      type: 'radio_buttons',
      action_id: 'radio',
      options: [option('Very'), option('Hardly')],
      confirm: sure,
    },
  },
  {
    type: 'input',
    block_id: 'note',
    label: plain('A note'),
    element: { type: 'plain_text_input', action_id: 'text' },
  },
  {
    type: 'input',
    block_id: 'ask',
    label: plain('A question'),
    dispatch_action: true,
    element: { type: 'plain_text_input', action_id: 'text' },
  },
  {
    type: 'context_actions',
    block_id: 'feedback',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'rate',
        positive_button: { text: plain('Good'), value: 'good' },
        negative_button: { text: plain('Bad'), value: 'bad' },
      },
      { type: 'icon_button', action_id: 'remove', icon: 'trash', text: plain('Remove'), confirm: sure },
      {
        type: 'icon_button',
        action_id: 'hidden',
        icon: 'trash',
        text: plain('For ben only'),
        visible_to_user_ids: ['U0BEN'],
      },
    ],
  },
];

const input = (block_id: string, label: string, type: string, more: Json = {}, extra: Json = {}): Json => ({
  type: 'input',
  block_id,
  label: plain(label),
  optional: true,
  element: { type, action_id: 'it', ...more },
  ...extra,
});

/** A dialog with every element that an input can hold. */
export const everyInput: Json = {
  type: 'modal',
  callback_id: 'every',
  title: plain('Every field'),
  submit: plain('Send'),
  blocks: [
    { type: 'alert', level: 'warning', text: mrkdwn('Nothing is *saved*.') },
    input(
      'text',
      'Text',
      'plain_text_input',
      { min_length: 3, max_length: 30 },
      { optional: false, hint: plain('At least three letters') },
    ),
    input('long', 'Long text', 'plain_text_input', { multiline: true, initial_value: 'two\nlines' }),
    input('mail', 'Mail', 'email_text_input'),
    input('page', 'Page', 'url_text_input'),
    input('number', 'Number', 'number_input', { is_decimal_allowed: false, min_value: '1', max_value: '9' }),
    input('rich', 'Rich text', 'rich_text_input', { focus_on_load: true }),
    input('one', 'Colour', 'static_select', { options: colours }),
    input('several', 'Colours', 'multi_static_select', { options: colours }),
    input('city', 'City', 'external_select', { min_query_length: 1 }),
    input('cities', 'Cities', 'multi_external_select', { min_query_length: 1 }),
    input('user', 'User', 'users_select'),
    input('users', 'Users', 'multi_users_select'),
    input('talk', 'Conversation', 'conversations_select', { filter: { include: ['private'] } }),
    input('talks', 'Conversations', 'multi_conversations_select'),
    input('channel', 'Channel', 'channels_select'),
    input('channels', 'Channels', 'multi_channels_select'),
    input('boxes', 'Boxes', 'checkboxes', { options: [option('Yes', { description: plain('of course') })] }),
    input('radio', 'Radio', 'radio_buttons', { options: colours }),
    input('day', 'Day', 'datepicker', { initial_date: '2026-11-23' }),
    input('hour', 'Hour', 'timepicker'),
    input('moment', 'Moment', 'datetimepicker'),
    input('file', 'File', 'file_input'),
    input(
      'live',
      'Live',
      'plain_text_input',
      { dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } },
      { dispatch_action: true },
    ),
    {
      type: 'actions',
      block_id: 'in_view',
      elements: [
        { type: 'multi_static_select', action_id: 'extra', placeholder: plain('Extras'), options: colours },
      ],
    },
  ],
};
