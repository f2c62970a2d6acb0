import {
  aDayThatExists,
  aKnownTimeZone,
  lengthsAndInitial,
  noMoreThanSelectable,
  optionsAndInitial,
  ordered,
} from './element-checks.ts';
import {
  confirm,
  conversationFilter,
  dispatchActionConfig,
  exactlyOne,
  initialAmongOptions,
  MAX_OPTIONS,
  optionGroup,
  overflowOption,
  plainOption,
  richOption,
  slackFile,
} from './objects.ts';
import type { Entry, Rule, Shape, Surface, Together } from './rule.ts';
import {
  boolean,
  choice,
  EVERYWHERE,
  id,
  like,
  list,
  object,
  optional,
  plain,
  string,
  typed,
  url,
  whole,
} from './rule.ts';

/** Slack's block elements: https://docs.slack.dev/reference/block-kit/block-elements */

const acting = { action_id: optional(id) };
const confirmable = { confirm: optional(confirm) };
const focusable = { focus_on_load: optional(boolean) };
const placeholder = { placeholder: optional(plain(150)) };
const menu = { ...acting, ...confirmable, ...focusable, ...placeholder };
const many = { max_selected_items: optional(whole(1, Number.MAX_SAFE_INTEGER)) };
const typing = {
  ...acting,
  ...focusable,
  ...placeholder,
  dispatch_action_config: optional(dispatchActionConfig),
};
const respondable = { response_url_enabled: optional(boolean) };
const style = { style: optional(choice('primary', 'danger')) };
const spoken = { accessibility_label: optional(string(75)) };

const entry = (fields: Shape['fields'], together?: Together, on: readonly Surface[] = EVERYWHERE): Entry =>
  together === undefined ? { fields, on } : { fields, together, on };

const listedOptions = {
  options: optional(list(plainOption, MAX_OPTIONS)),
  option_groups: optional(list(optionGroup, MAX_OPTIONS)),
};

const picture: Entry = entry(
  { alt_text: string(2000), image_url: optional(url), slack_file: optional(slackFile) },
  (image, report) => exactlyOne(image, ['image_url', 'slack_file'], report),
);

const ids = (name: string): Record<string, Rule> => ({ [name]: optional(list(string())) });
const feedback = object({ text: plain(75), value: string(2000), ...spoken });
const numeric = like(/^-?\d+(\.\d+)?$/);

export const ELEMENTS: Readonly<Record<string, Entry>> = {
  button: entry({
    ...acting,
    ...confirmable,
    ...style,
    ...spoken,
    text: plain(75),
    value: optional(string(2000)),
    url: optional(url),
  }),
  static_select: entry(
    { ...menu, ...listedOptions, initial_option: optional(plainOption) },
    optionsAndInitial,
  ),
  multi_static_select: entry(
    { ...menu, ...many, ...listedOptions, initial_options: optional(list(plainOption, MAX_OPTIONS)) },
    optionsAndInitial,
  ),
  external_select: entry({
    ...menu,
    initial_option: optional(plainOption),
    min_query_length: optional(whole(0, Number.MAX_SAFE_INTEGER)),
  }),
  multi_external_select: entry(
    {
      ...menu,
      ...many,
      initial_options: optional(list(plainOption, MAX_OPTIONS)),
      min_query_length: optional(whole(0, Number.MAX_SAFE_INTEGER)),
    },
    noMoreThanSelectable,
  ),
  // Slack's documentation gives users_select no `response_url_enabled`, unlike the two below.
  users_select: entry({ ...menu, initial_user: optional(string()) }),
  multi_users_select: entry({ ...menu, ...many, ...ids('initial_users') }, noMoreThanSelectable),
  conversations_select: entry({
    ...menu,
    ...respondable,
    initial_conversation: optional(string()),
    default_to_current_conversation: optional(boolean),
    filter: optional(conversationFilter),
  }),
  multi_conversations_select: entry(
    {
      ...menu,
      ...many,
      ...ids('initial_conversations'),
      default_to_current_conversation: optional(boolean),
      filter: optional(conversationFilter),
    },
    noMoreThanSelectable,
  ),
  channels_select: entry({ ...menu, ...respondable, initial_channel: optional(string()) }),
  multi_channels_select: entry({ ...menu, ...many, ...ids('initial_channels') }, noMoreThanSelectable),
  radio_buttons: entry(
    {
      ...acting,
      ...confirmable,
      ...focusable,
      options: list(richOption, 10),
      initial_option: optional(richOption),
    },
    initialAmongOptions,
  ),
  checkboxes: entry(
    {
      ...acting,
      ...confirmable,
      ...focusable,
      options: list(richOption, 10),
      initial_options: optional(list(richOption, 10)),
    },
    initialAmongOptions,
  ),
  overflow: entry({ ...acting, ...confirmable, options: list(overflowOption, 5) }),
  datepicker: entry(
    {
      ...menu,
      initial_date: optional(like(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)),
    },
    aDayThatExists,
  ),
  timepicker: entry(
    {
      ...menu,
      initial_time: optional(like(/^([01]\d|2[0-3]):[0-5]\d$/)),
      timezone: optional(string()),
    },
    aKnownTimeZone,
  ),
  datetimepicker: entry(
    {
      ...acting,
      ...confirmable,
      ...focusable,
      initial_date_time: optional(whole(1_000_000_000, 9_999_999_999)),
    },
    undefined,
    ['message', 'modal'],
  ),
  plain_text_input: entry(
    {
      ...typing,
      initial_value: optional(string(3000, 0)),
      multiline: optional(boolean),
      min_length: optional(whole(0, 3000)),
      max_length: optional(whole(1, 3000)),
    },
    lengthsAndInitial,
  ),
  rich_text_input: entry(
    {
      ...typing,
      action_id: id,
      initial_value: optional(typed('blocks', 'rich_text')),
      min_lines: optional(whole(1, 100)),
      max_lines: optional(whole(1, 100)),
    },
    ordered('min_lines', 'max_lines'),
    ['modal', 'home'],
  ),
  url_text_input: entry({ ...typing, initial_value: optional(url) }, undefined, ['modal']),
  email_text_input: entry({ ...typing, initial_value: optional(string()) }, undefined, ['modal']),
  number_input: entry(
    {
      ...typing,
      is_decimal_allowed: boolean,
      initial_value: optional(numeric),
      min_value: optional(numeric),
      max_value: optional(numeric),
    },
    ordered('min_value', 'max_value'),
    ['modal'],
  ),
  file_input: entry(
    { ...acting, filetypes: optional(list(string())), max_files: optional(whole(1, 10)) },
    undefined,
    ['modal'],
  ),
  feedback_buttons: entry({ ...acting, positive_button: feedback, negative_button: feedback }, undefined, [
    'message',
  ]),
  icon_button: entry(
    {
      ...acting,
      ...confirmable,
      ...spoken,
      icon: choice('trash'),
      text: plain(75),
      value: optional(string(2000)),
      visible_to_user_ids: optional(list(string(), 10)),
    },
    undefined,
    ['message'],
  ),
  workflow_button: entry(
    {
      ...acting,
      ...style,
      ...spoken,
      text: plain(75),
      workflow: object({
        trigger: object({
          url,
          customizable_input_parameters: optional(list(object({ name: string(), value: string() }))),
        }),
      }),
    },
    undefined,
    ['message'],
  ),
  image: picture,
  // Text objects stand beside images in a context block.
  plain_text: entry({ text: string(3000), emoji: optional(boolean) }),
  mrkdwn: entry({ text: string(3000), verbatim: optional(boolean) }),
};
