import { CHARTS } from './charts.ts';
import { ACCESSORIES, ACTIONS, INPUTS } from './element-places.ts';
import { CELLS, requireAtLeastOne, requireExactlyOne, slackFile, slackIcon } from './objects.ts';
import { RICH_TEXT } from './rich-text.ts';
import type { CrossFieldRule, Definition, JsonObject, ReportProblem, Shape, Surface } from './rule.ts';
import {
  ALL_SURFACES,
  arrayItems,
  arrayOf,
  boolean,
  choice,
  id,
  integer,
  isJsonObject,
  nullable,
  object,
  oneOfTypes,
  optional,
  plainTextObject,
  string,
  textObject,
  url,
} from './rule.ts';

/** Slack's blocks: https://docs.slack.dev/reference/block-kit/blocks */

const MESSAGE: readonly Surface[] = ['message'];
const MESSAGE_AND_HOME: readonly Surface[] = ['message', 'home'];

const defineBlock = (
  on: readonly Surface[],
  fields: Shape['fields'],
  together?: CrossFieldRule,
): Definition => {
  const all = { block_id: optional(id), ...fields };
  return together === undefined
    ? { surfaces: on, fields: all }
    : { surfaces: on, fields: all, crossCheck: together };
};

const imageElement = oneOfTypes('elements', 'image');
const richText = oneOfTypes('blocks', 'rich_text');
const cell = oneOfTypes('cells', ...Object.keys(CELLS), 'rich_text');

/** Blocks that a container accepts: no containers, and none of the newer blocks. */
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

export const BLOCKS: Readonly<Record<string, Definition>> = {
  header: defineBlock(ALL_SURFACES, { text: plainTextObject(150), level: optional(integer(1, 4)) }),
  section: defineBlock(
    ALL_SURFACES,
    {
      text: optional(textObject(3000)),
      fields: optional(arrayOf(textObject(2000), 10)),
      accessory: optional(oneOfTypes('elements', ...ACCESSORIES)),
      expand: optional(boolean),
    },
    (section, report) => requireAtLeastOne(section, ['text', 'fields'], report),
  ),
  context: defineBlock(ALL_SURFACES, {
    elements: arrayOf(oneOfTypes('elements', 'image', 'plain_text', 'mrkdwn'), 10),
  }),
  actions: defineBlock(ALL_SURFACES, { elements: arrayOf(oneOfTypes('elements', ...ACTIONS), 25) }),
  divider: defineBlock(ALL_SURFACES, {}),
  image: defineBlock(
    ALL_SURFACES,
    {
      alt_text: string(2000),
      image_url: optional(url),
      slack_file: optional(slackFile),
      title: optional(plainTextObject(2000)),
    },
    (image, report) => requireExactlyOne(image, ['image_url', 'slack_file'], report),
  ),
  input: defineBlock(
    ALL_SURFACES,
    {
      label: plainTextObject(2000),
      hint: optional(plainTextObject(2000)),
      optional: optional(boolean),
      dispatch_action: optional(boolean),
      element: oneOfTypes('elements', ...INPUTS),
    },
    (input, report) => {
      const element = input.element;
      if (input.dispatch_action === true && isJsonObject(element) && element.type === 'file_input') {
        report('is not allowed with file_input', '/dispatch_action');
      }
    },
  ),
  rich_text: defineBlock(ALL_SURFACES, {
    elements: arrayOf(oneOfTypes('richText', ...Object.keys(RICH_TEXT))),
  }),
  // Slack's limit of 12,000 characters applies to the whole message: see budgets.ts.
  markdown: defineBlock(MESSAGE, { text: string(12_000) }),
  table: defineBlock(MESSAGE_AND_HOME, {
    rows: arrayOf(arrayOf(cell, 20), 100),
    column_settings: optional(
      arrayOf(
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
  data_table: defineBlock(
    MESSAGE_AND_HOME,
    {
      caption: string(),
      rows: arrayOf(arrayOf(cell, 20), 201, 2),
      page_size: optional(integer(1, 100)),
      row_header_column_index: optional(integer(0, 19)),
    },
    checkDataTable,
  ),
  data_visualization: defineBlock(MESSAGE, {
    title: string(50),
    chart: oneOfTypes('charts', ...Object.keys(CHARTS)),
  }),
  alert: defineBlock(['modal'], {
    text: textObject(200),
    level: optional(choice('default', 'info', 'warning', 'error', 'success')),
  }),
  card: defineBlock(
    ALL_SURFACES,
    {
      hero_image: optional(imageElement),
      icon: optional(imageElement),
      slack_icon: optional(slackIcon),
      // Slack documents "String" here but refuses a bare string.
      title: optional(textObject(150)),
      subtitle: optional(textObject(150)),
      body: optional(textObject(200)),
      subtext: optional(textObject(200)),
      actions: optional(arrayOf(oneOfTypes('elements', 'button'), 3)),
    },
    (card, report) => {
      requireAtLeastOne(card, ['hero_image', 'title', 'actions', 'body'], report);
      if (card.icon !== undefined) requireExactlyOne(card, ['icon', 'slack_icon'], report);
    },
  ),
  carousel: defineBlock(MESSAGE_AND_HOME, { elements: arrayOf(oneOfTypes('blocks', 'card'), 10) }),
  container: defineBlock(
    MESSAGE_AND_HOME,
    {
      title: optional(plainTextObject(150)),
      rich_text_title: optional(richText),
      subtitle: optional(textObject(150)),
      child_blocks: arrayOf(oneOfTypes('blocks', ...CONTAINED), 10),
      width: optional(choice('narrow', 'standard', 'wide', 'full')),
      icon: optional(imageElement),
      is_collapsible: optional(boolean),
      default_collapsed: optional(boolean),
      has_header_divider: optional(boolean),
    },
    (container, report) => {
      requireAtLeastOne(container, ['title', 'rich_text_title'], report);
      if (container.has_header_divider === true && container.is_collapsible === true) {
        report('is only for containers that are not collapsible', '/has_header_divider');
      }
    },
  ),
  context_actions: defineBlock(MESSAGE, {
    elements: arrayOf(oneOfTypes('elements', 'feedback_buttons', 'icon_button'), 5),
  }),
  task_card: defineBlock(MESSAGE, {
    task_id: string(),
    // Bare strings here and in `plan`, text objects in `card`: tested in a live workspace.
    title: string(),
    status: optional(choice('pending', 'in_progress', 'complete', 'error')),
    details: optional(richText),
    output: optional(richText),
    sources: optional(arrayOf(oneOfTypes('sources', 'url'))),
  }),
  plan: defineBlock(MESSAGE, {
    title: string(),
    tasks: optional(arrayOf(oneOfTypes('blocks', 'task_card'))),
  }),
  // Slack returns this block in messages that an app reads. Apps can't send it on any surface.
  file: defineBlock([], { source: string(), external_id: string() }),
  video: defineBlock(ALL_SURFACES, {
    alt_text: string(),
    title: plainTextObject(199),
    title_url: optional(url),
    video_url: url,
    thumbnail_url: url,
    description: optional(plainTextObject(199)),
    author_name: optional(string(49)),
    provider_name: optional(string()),
    provider_icon_url: optional(url),
  }),
};

function checkDataTable(table: JsonObject, report: ReportProblem): void {
  const rows = arrayItems(table.rows).map(arrayItems);
  const header = rows[0] ?? [];
  rows.forEach((row, index) => {
    if (row.length !== header.length)
      report(`must have ${header.length} cells like the header`, `/rows/${index}`);
  });
  header.forEach((one, index) => {
    if (isJsonObject(one) && one.type === 'rich_text') {
      report('the header row takes no rich_text', `/rows/0/${index}`);
    }
  });
  const index = table.row_header_column_index;
  if (typeof index === 'number' && index >= header.length) {
    report('must be the index of a column', '/row_header_column_index');
  }
}
