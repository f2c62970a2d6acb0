import type { JsonObject, ReportProblem, Rule, Shape } from './rule.ts';
import {
  arrayItems,
  arrayOf,
  boolean,
  choice,
  isJsonObject,
  number,
  object,
  optional,
  plainTextObject,
  string,
  textObject,
  url,
} from './rule.ts';

/** Slack's composition objects: https://docs.slack.dev/reference/block-kit/composition-objects */

/** Slack documents 150 characters. Slack's own types still say 75, so keep new values shorter than that. */
const OPTION_VALUE = 150;
const OPTION_TEXT = 75;
export const MAX_OPTIONS = 100;

const optionWith = (label: Rule, description: Rule, extra: Record<string, Rule> = {}): Rule =>
  object({ text: label, value: string(OPTION_VALUE), description: optional(description), ...extra });

/** Select menus take only plain text; radio buttons and checkboxes also take mrkdwn. */
export const plainOption = optionWith(plainTextObject(OPTION_TEXT), plainTextObject(OPTION_TEXT));
export const richOption = optionWith(textObject(OPTION_TEXT), textObject(OPTION_TEXT));
/** Options of overflow menus are the only ones that may have a `url`. */
export const overflowOption = optionWith(plainTextObject(OPTION_TEXT), plainTextObject(OPTION_TEXT), {
  url: optional(url),
});

export const optionGroup = object({ label: plainTextObject(75), options: arrayOf(plainOption, MAX_OPTIONS) });

export const confirmDialog = object({
  title: optional(plainTextObject(100)),
  text: textObject(300),
  confirm: optional(plainTextObject(30)),
  deny: optional(plainTextObject(30)),
  style: optional(choice('primary', 'danger')),
});

export const dispatchActionConfig = object({
  trigger_actions_on: optional(arrayOf(choice('on_enter_pressed', 'on_character_entered'), 2)),
});

export const conversationFilter = object(
  {
    include: optional(arrayOf(choice('im', 'mpim', 'private', 'public'))),
    exclude_external_shared_channels: optional(boolean),
    exclude_bot_users: optional(boolean),
  },
  (filter, report) => {
    if (Object.keys(filter).length === 0) report('must have at least one of its fields');
  },
);

/** A picture by its URL or by the id of a file in Slack. */
export const slackFile = object({ id: optional(string()), url: optional(url) }, (file, report) =>
  requireExactlyOne(file, ['id', 'url'], report),
);

/**
 * All names that Slack accepts:
 * https://docs.slack.dev/reference/block-kit/composition-objects/slack-icon-object
 */
const ICON_NAMES =
  `archive book bookmark bot bug calendar call caret-left caret-right check clipboard code comment compass copy
  cube download edit email eye-closed eye-open file flag folder gear globe heart help image info key lightbulb
  link map mobile new-window pin plus refine refresh rocket save screen share sparkle star star-filled tag
  thumbs-down thumbs-up trash upload user warning`.split(/\s+/);
export const slackIcon = object({ type: choice('icon'), name: choice(...ICON_NAMES) });

export function requireExactlyOne(value: JsonObject, fields: readonly string[], report: ReportProblem): void {
  const present = fields.filter((field) => value[field] !== undefined);
  if (present.length !== 1) report(`must have exactly one of: ${fields.join(', ')}`);
}

export function requireAtLeastOne(value: JsonObject, fields: readonly string[], report: ReportProblem): void {
  if (fields.every((field) => value[field] === undefined)) {
    report(`must have at least one of: ${fields.join(', ')}`);
  }
}

/** Requires each initial option to equal one of the options exactly, including text and description. */
export function checkInitialOptions(element: JsonObject, report: ReportProblem): void {
  const groups = arrayItems(element.option_groups).filter(isJsonObject);
  const options = [...arrayItems(element.options), ...groups.flatMap((group) => arrayItems(group.options))];
  const known = new Set(options.map(canonical));
  const check = (option: unknown, below: string): void => {
    if (!known.has(canonical(option))) report('must be equal to one of the options', below);
  };
  if (element.initial_option !== undefined) check(element.initial_option, '/initial_option');
  arrayItems(element.initial_options).forEach((option, index) => {
    check(option, `/initial_options/${index}`);
  });
}

/** Returns JSON with sorted keys, so that equal objects give equal strings. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isJsonObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Sources that a data_table or task_card can cite. */
export const SOURCES: Readonly<Record<string, Shape>> = { url: { fields: { url, text: string() } } };

/** Cell types of both table blocks. */
export const CELLS: Readonly<Record<string, Shape>> = {
  raw_text: { fields: { text: string() } },
  raw_number: { fields: { value: number(), text: string() } },
};
