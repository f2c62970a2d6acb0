import {
  checkDateExists,
  checkLengths,
  checkOptions,
  checkSelectionLimit,
  checkTimeZone,
  requireOrder,
} from './element-checks.ts';
import {
  checkInitialOptions,
  confirmDialog,
  conversationFilter,
  dispatchActionConfig,
  MAX_OPTIONS,
  optionGroup,
  overflowOption,
  plainOption,
  requireExactlyOne,
  richOption,
  slackFile,
} from './objects.ts';
import type { CrossFieldRule, Definition, Rule, Shape, Surface } from './rule.ts';
import {
  ALL_SURFACES,
  arrayOf,
  boolean,
  choice,
  id,
  integer,
  matching,
  object,
  oneOfTypes,
  optional,
  plainTextObject,
  string,
  url,
} from './rule.ts';

/** Slack's block elements: https://docs.slack.dev/reference/block-kit/block-elements */

const acting = { action_id: optional(id) };
const confirmable = { confirm: optional(confirmDialog) };
const focusable = { focus_on_load: optional(boolean) };
const placeholder = { placeholder: optional(plainTextObject(150)) };
const menu = { ...acting, ...confirmable, ...focusable, ...placeholder };
const selectionLimit = { max_selected_items: optional(integer(1, Number.MAX_SAFE_INTEGER)) };
const typing = {
  ...acting,
  ...focusable,
  ...placeholder,
  dispatch_action_config: optional(dispatchActionConfig),
};
const respondable = { response_url_enabled: optional(boolean) };
const style = { style: optional(choice('primary', 'danger')) };
const accessibilityLabel = { accessibility_label: optional(string(75)) };

const defineElement = (
  fields: Shape['fields'],
  together?: CrossFieldRule,
  on: readonly Surface[] = ALL_SURFACES,
): Definition =>
  together === undefined ? { fields, surfaces: on } : { fields, crossCheck: together, surfaces: on };

const listedOptions = {
  options: optional(arrayOf(plainOption, MAX_OPTIONS)),
  option_groups: optional(arrayOf(optionGroup, MAX_OPTIONS)),
};

const picture: Definition = defineElement(
  { alt_text: string(2000), image_url: optional(url), slack_file: optional(slackFile) },
  (image, report) => requireExactlyOne(image, ['image_url', 'slack_file'], report),
);

const ids = (name: string): Record<string, Rule> => ({ [name]: optional(arrayOf(string())) });
const feedback = object({ text: plainTextObject(75), value: string(2000), ...accessibilityLabel });
const numeric = matching(/^-?\d+(\.\d+)?$/);

export const ELEMENTS: Readonly<Record<string, Definition>> = {
  button: defineElement({
    ...acting,
    ...confirmable,
    ...style,
    ...accessibilityLabel,
    text: plainTextObject(75),
    value: optional(string(2000)),
    url: optional(url),
  }),
  static_select: defineElement(
    { ...menu, ...listedOptions, initial_option: optional(plainOption) },
    checkOptions,
  ),
  multi_static_select: defineElement(
    {
      ...menu,
      ...selectionLimit,
      ...listedOptions,
      initial_options: optional(arrayOf(plainOption, MAX_OPTIONS)),
    },
    checkOptions,
  ),
  external_select: defineElement({
    ...menu,
    initial_option: optional(plainOption),
    min_query_length: optional(integer(0, Number.MAX_SAFE_INTEGER)),
  }),
  multi_external_select: defineElement(
    {
      ...menu,
      ...selectionLimit,
      initial_options: optional(arrayOf(plainOption, MAX_OPTIONS)),
      min_query_length: optional(integer(0, Number.MAX_SAFE_INTEGER)),
    },
    checkSelectionLimit,
  ),
  // Slack documents no `response_url_enabled` for users_select, unlike for conversations_select and channels_select.
  users_select: defineElement({ ...menu, initial_user: optional(string()) }),
  multi_users_select: defineElement(
    { ...menu, ...selectionLimit, ...ids('initial_users') },
    checkSelectionLimit,
  ),
  conversations_select: defineElement({
    ...menu,
    ...respondable,
    initial_conversation: optional(string()),
    default_to_current_conversation: optional(boolean),
    filter: optional(conversationFilter),
  }),
  multi_conversations_select: defineElement(
    {
      ...menu,
      ...selectionLimit,
      ...ids('initial_conversations'),
      default_to_current_conversation: optional(boolean),
      filter: optional(conversationFilter),
    },
    checkSelectionLimit,
  ),
  channels_select: defineElement({ ...menu, ...respondable, initial_channel: optional(string()) }),
  multi_channels_select: defineElement(
    { ...menu, ...selectionLimit, ...ids('initial_channels') },
    checkSelectionLimit,
  ),
  radio_buttons: defineElement(
    {
      ...acting,
      ...confirmable,
      ...focusable,
      options: arrayOf(richOption, 10),
      initial_option: optional(richOption),
    },
    checkInitialOptions,
  ),
  checkboxes: defineElement(
    {
      ...acting,
      ...confirmable,
      ...focusable,
      options: arrayOf(richOption, 10),
      initial_options: optional(arrayOf(richOption, 10)),
    },
    checkInitialOptions,
  ),
  overflow: defineElement({ ...acting, ...confirmable, options: arrayOf(overflowOption, 5) }),
  datepicker: defineElement(
    {
      ...menu,
      initial_date: optional(matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)),
    },
    checkDateExists,
  ),
  timepicker: defineElement(
    {
      ...menu,
      initial_time: optional(matching(/^([01]\d|2[0-3]):[0-5]\d$/)),
      timezone: optional(string()),
    },
    checkTimeZone,
  ),
  datetimepicker: defineElement(
    {
      ...acting,
      ...confirmable,
      ...focusable,
      initial_date_time: optional(integer(1_000_000_000, 9_999_999_999)),
    },
    undefined,
    ['message', 'modal'],
  ),
  plain_text_input: defineElement(
    {
      ...typing,
      initial_value: optional(string(3000, 0)),
      multiline: optional(boolean),
      min_length: optional(integer(0, 3000)),
      max_length: optional(integer(1, 3000)),
    },
    checkLengths,
  ),
  rich_text_input: defineElement(
    {
      ...typing,
      action_id: id,
      initial_value: optional(oneOfTypes('blocks', 'rich_text')),
      min_lines: optional(integer(1, 100)),
      max_lines: optional(integer(1, 100)),
    },
    requireOrder('min_lines', 'max_lines'),
    ['modal', 'home'],
  ),
  url_text_input: defineElement({ ...typing, initial_value: optional(url) }, undefined, ['modal']),
  email_text_input: defineElement({ ...typing, initial_value: optional(string()) }, undefined, ['modal']),
  number_input: defineElement(
    {
      ...typing,
      is_decimal_allowed: boolean,
      initial_value: optional(numeric),
      min_value: optional(numeric),
      max_value: optional(numeric),
    },
    requireOrder('min_value', 'max_value'),
    ['modal'],
  ),
  file_input: defineElement(
    { ...acting, filetypes: optional(arrayOf(string())), max_files: optional(integer(1, 10)) },
    undefined,
    ['modal'],
  ),
  feedback_buttons: defineElement(
    { ...acting, positive_button: feedback, negative_button: feedback },
    undefined,
    ['message'],
  ),
  icon_button: defineElement(
    {
      ...acting,
      ...confirmable,
      ...accessibilityLabel,
      icon: choice('trash'),
      text: plainTextObject(75),
      value: optional(string(2000)),
      visible_to_user_ids: optional(arrayOf(string(), 10)),
    },
    undefined,
    ['message'],
  ),
  workflow_button: defineElement(
    {
      ...acting,
      ...style,
      ...accessibilityLabel,
      text: plainTextObject(75),
      workflow: object({
        trigger: object({
          url,
          customizable_input_parameters: optional(arrayOf(object({ name: string(), value: string() }))),
        }),
      }),
    },
    undefined,
    ['message'],
  ),
  image: picture,
  // Context blocks mix these text objects with images.
  plain_text: defineElement({ text: string(3000), emoji: optional(boolean) }),
  mrkdwn: defineElement({ text: string(3000), verbatim: optional(boolean) }),
};
