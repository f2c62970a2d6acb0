import { CHARTS } from './charts.ts';
import { ACCESSORIES, ACTIONS, INPUTS } from './element-places.ts';
import { atLeastOne, CELLS, exactlyOne, slackFile, slackIcon } from './objects.ts';
import { RICH_TEXT } from './rich-text.ts';
import type { Entry, Plain, Report, Shape, Surface, Together } from './rule.ts';
import {
  boolean,
  choice,
  EVERYWHERE,
  id,
  isPlain,
  list,
  membersOf,
  nullable,
  object,
  optional,
  plain,
  string,
  text,
  typed,
  url,
  whole,
} from './rule.ts';

/** Slack's blocks: https://docs.slack.dev/reference/block-kit/blocks */

const MESSAGE: readonly Surface[] = ['message'];
const MESSAGE_AND_HOME: readonly Surface[] = ['message', 'home'];

const entry = (on: readonly Surface[], fields: Shape['fields'], together?: Together): Entry => {
  const all = { block_id: optional(id), ...fields };
  return together === undefined ? { on, fields: all } : { on, fields: all, together };
};

const imageElement = typed('elements', 'image');
const richText = typed('blocks', 'rich_text');
const cell = typed('cells', ...Object.keys(CELLS), 'rich_text');

/** Blocks that a container takes: no nesting, and none of the newer ones. */
const CONTAINED = [
  'actions',
  'context',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
];

export const BLOCKS: Readonly<Record<string, Entry>> = {
  header: entry(EVERYWHERE, { text: plain(150), level: optional(whole(1, 4)) }),
  section: entry(
    EVERYWHERE,
    {
      text: optional(text(3000)),
      fields: optional(list(text(2000), 10)),
      accessory: optional(typed('elements', ...ACCESSORIES)),
      expand: optional(boolean),
    },
    (section, report) => atLeastOne(section, ['text', 'fields'], report),
  ),
  context: entry(EVERYWHERE, { elements: list(typed('elements', 'image', 'plain_text', 'mrkdwn'), 10) }),
  actions: entry(EVERYWHERE, { elements: list(typed('elements', ...ACTIONS), 25) }),
  divider: entry(EVERYWHERE, {}),
  image: entry(
    EVERYWHERE,
    {
      alt_text: string(2000),
      image_url: optional(url),
      slack_file: optional(slackFile),
      title: optional(plain(2000)),
    },
    (image, report) => exactlyOne(image, ['image_url', 'slack_file'], report),
  ),
  input: entry(
    EVERYWHERE,
    {
      label: plain(2000),
      hint: optional(plain(2000)),
      optional: optional(boolean),
      dispatch_action: optional(boolean),
      element: typed('elements', ...INPUTS),
    },
    (input, report) => {
      const element = input.element;
      if (input.dispatch_action === true && isPlain(element) && element.type === 'file_input') {
        report('is not allowed with file_input', '/dispatch_action');
      }
    },
  ),
  rich_text: entry(EVERYWHERE, { elements: list(typed('richText', ...Object.keys(RICH_TEXT))) }),
  // The documented 12,000 characters are cumulative over a message: see budgets.ts.
  markdown: entry(MESSAGE, { text: string(12_000) }),
  table: entry(MESSAGE_AND_HOME, {
    rows: list(list(cell, 20), 100),
    column_settings: optional(
      list(
        nullable(
          object({
            align: optional(choice('left', 'center', 'right')),
            is_wrapped: optional(boolean),
          }),
        ),
        20,
      ),
    ),
  }),
  data_table: entry(
    MESSAGE_AND_HOME,
    {
      caption: string(),
      rows: list(list(cell, 20), 201, 2),
      page_size: optional(whole(1, 100)),
      row_header_column_index: optional(whole(0, 19)),
    },
    dataTable,
  ),
  data_visualization: entry(MESSAGE, { title: string(50), chart: typed('charts', ...Object.keys(CHARTS)) }),
  alert: entry(['modal'], {
    text: text(200),
    level: optional(choice('default', 'info', 'warning', 'error', 'success')),
  }),
  card: entry(
    EVERYWHERE,
    {
      hero_image: optional(imageElement),
      icon: optional(imageElement),
      slack_icon: optional(slackIcon),
      // The documentation says "String" here, but a bare string is refused.
      title: optional(text(150)),
      subtitle: optional(text(150)),
      body: optional(text(200)),
      subtext: optional(text(200)),
      actions: optional(list(typed('elements', 'button'), 3)),
    },
    (card, report) => {
      atLeastOne(card, ['hero_image', 'title', 'actions', 'body'], report);
      if (card.icon !== undefined) exactlyOne(card, ['icon', 'slack_icon'], report);
    },
  ),
  carousel: entry(MESSAGE_AND_HOME, { elements: list(typed('blocks', 'card'), 10) }),
  container: entry(
    MESSAGE_AND_HOME,
    {
      title: optional(plain(150)),
      rich_text_title: optional(richText),
      subtitle: optional(text(150)),
      child_blocks: list(typed('blocks', ...CONTAINED), 10),
      width: optional(choice('narrow', 'standard', 'wide', 'full')),
      icon: optional(imageElement),
      is_collapsible: optional(boolean),
      default_collapsed: optional(boolean),
      has_header_divider: optional(boolean),
    },
    (container, report) => {
      atLeastOne(container, ['title', 'rich_text_title'], report);
      if (container.has_header_divider === true && container.is_collapsible === true) {
        report('is only for containers that are not collapsible', '/has_header_divider');
      }
    },
  ),
  context_actions: entry(MESSAGE, {
    elements: list(typed('elements', 'feedback_buttons', 'icon_button'), 5),
  }),
  task_card: entry(MESSAGE, {
    task_id: string(),
    // Bare strings here and in `plan`, text objects in `card`: measured on a live workspace.
    title: string(),
    status: optional(choice('pending', 'in_progress', 'complete', 'error')),
    details: optional(richText),
    output: optional(richText),
    sources: optional(list(typed('sources', 'url'))),
  }),
  plan: entry(MESSAGE, { title: string(), tasks: optional(list(typed('blocks', 'task_card'))) }),
  // Seen on messages that were read; no surface takes it from an app.
  file: entry([], { source: string(), external_id: string() }),
  video: entry(EVERYWHERE, {
    alt_text: string(),
    title: plain(199),
    title_url: optional(url),
    video_url: url,
    thumbnail_url: url,
    description: optional(plain(199)),
    author_name: optional(string(49)),
    provider_name: optional(string()),
    provider_icon_url: optional(url),
  }),
};

function dataTable(table: Plain, report: Report): void {
  const rows = membersOf(table.rows).map(membersOf);
  const header = rows[0] ?? [];
  rows.forEach((row, index) => {
    if (row.length !== header.length)
      report(`must have ${header.length} cells like the header`, `/rows/${index}`);
  });
  header.forEach((one, index) => {
    if (isPlain(one) && one.type === 'rich_text') {
      report('the header row takes no rich_text', `/rows/0/${index}`);
    }
  });
  const index = table.row_header_column_index;
  if (typeof index === 'number' && index >= header.length) {
    report('must be the index of a column', '/row_header_column_index');
  }
}
