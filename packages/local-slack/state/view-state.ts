import type { ViewStateSelectedOption, ViewStateValue } from '@slack/bolt';
import { z } from 'zod';
import type { ElementInBlock } from './ids.ts';
import { interactiveElements } from './ids.ts';
import type { Block, Json } from './json.ts';
import { arrayItems, isObject } from './json.ts';

/** Values of input elements: block_id → action_id → value. */
export type ViewState = Record<string, Record<string, ViewStateValue>>;

/** A person's input: text, an option's value, an id, a date, several of these, or nothing. */
export type InputValue = string | number | readonly string[] | null;

type Slot = Exclude<keyof ViewStateValue, 'type' | 'files'>;
type Kind = 'option' | 'options' | 'one' | 'many' | 'number' | 'rich';

/** Element type → field of its state, kind of value, and field with the initial value. */
const FILLABLE: Readonly<Record<string, readonly [slot: Slot, kind: Kind, initial: string]>> = {
  static_select: ['selected_option', 'option', 'initial_option'],
  external_select: ['selected_option', 'option', 'initial_option'],
  radio_buttons: ['selected_option', 'option', 'initial_option'],
  multi_static_select: ['selected_options', 'options', 'initial_options'],
  multi_external_select: ['selected_options', 'options', 'initial_options'],
  checkboxes: ['selected_options', 'options', 'initial_options'],
  users_select: ['selected_user', 'one', 'initial_user'],
  multi_users_select: ['selected_users', 'many', 'initial_users'],
  conversations_select: ['selected_conversation', 'one', 'initial_conversation'],
  multi_conversations_select: ['selected_conversations', 'many', 'initial_conversations'],
  channels_select: ['selected_channel', 'one', 'initial_channel'],
  multi_channels_select: ['selected_channels', 'many', 'initial_channels'],
  datepicker: ['selected_date', 'one', 'initial_date'],
  timepicker: ['selected_time', 'one', 'initial_time'],
  datetimepicker: ['selected_date_time', 'number', 'initial_date_time'],
  plain_text_input: ['value', 'one', 'initial_value'],
  url_text_input: ['value', 'one', 'initial_value'],
  email_text_input: ['value', 'one', 'initial_value'],
  number_input: ['value', 'one', 'initial_value'],
  rich_text_input: ['rich_text_value', 'rich', 'initial_value'],
};

const option = z.custom<ViewStateSelectedOption>(
  (value) => isObject(value) && isObject(value.text) && typeof value.value === 'string',
);
const lists: readonly Kind[] = ['options', 'many'];

export const isFillable = (type: string): boolean => Object.hasOwn(FILLABLE, type);

function findFillable(type: string): readonly [Slot, Kind, string] {
  const found = FILLABLE[type];
  if (found === undefined) throw new Error(`a ${type} cannot be filled in`);
  return found;
}

const toState = (type: string, slot: Slot, kind: Kind, value: unknown): ViewStateValue => {
  switch (kind) {
    case 'option':
      return { type, [slot]: value === null ? null : option.parse(value) };
    case 'options':
      return { type, [slot]: z.array(option).parse(value) };
    case 'one':
      return { type, [slot]: value === null ? null : z.string().parse(value) };
    case 'many':
      return { type, [slot]: z.array(z.string()).parse(value) };
    case 'number':
      return { type, [slot]: value === null ? null : z.number().parse(value) };
    case 'rich':
      return value === null
        ? { type }
        : { type, [slot]: isObject(value) ? value : toRichText(String(value)) };
  }
};

/** Returns unformatted text as Slack's rich text editor sends it. */
const toRichText = (text: string): Json => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

/** Returns the initial values of a view. `channel` is the channel from which the view was opened. */
export function initialState(blocks: readonly Block[], channel: string | undefined): ViewState {
  const state: ViewState = {};
  for (const { block, element } of interactiveElements(blocks)) {
    if (!isFillable(element.type)) continue;
    const [slot, kind, initial] = findFillable(element.type);
    let value = element[initial] ?? null;
    if (value === null && element.default_to_current_conversation === true && channel !== undefined) {
      value = kind === 'many' ? [channel] : channel;
    }
    if (value === null && lists.includes(kind)) value = [];
    setElementValue(state, block.block_id, element.action_id, toState(element.type, slot, kind, value));
  }
  return state;
}

/** Returns the state after an update. A value stays if its block_id, action_id and type are unchanged. */
export function mergeState(old: ViewState, blocks: readonly Block[], channel: string | undefined): ViewState {
  const state = initialState(blocks, channel);
  for (const { block, element } of interactiveElements(blocks)) {
    const before = old[block.block_id]?.[element.action_id];
    if (before?.type === element.type) setElementValue(state, block.block_id, element.action_id, before);
  }
  return state;
}

/**
 * Returns an element's state after a person's input. Throws if Slack's client doesn't allow the input. `offered` are
 * options beside the element's own.
 */
export function enterValue(
  { block, element }: ElementInBlock,
  entry: InputValue,
  offered: readonly Json[] = [],
): ViewStateValue {
  const [slot, kind] = findFillable(element.type);
  const at = `${block.block_id}/${element.action_id}`;
  const one = (value: string): Json => {
    const found = [...optionsOf(element), ...initialOptions(element), ...offered].find(
      (candidate) => candidate.value === value,
    );
    if (found === undefined) throw new Error(`${at} offers no option ${JSON.stringify(value)}`);
    return found;
  };
  if (kind === 'option') return toState(element.type, slot, kind, entry === null ? null : one(String(entry)));
  if (!lists.includes(kind)) return toState(element.type, slot, kind, entry);
  const several = entry === null ? [] : z.array(z.string(), `${at} takes a list`).parse(entry);
  const most = element.max_selected_items;
  if (typeof most === 'number' && several.length > most) throw new Error(`${at} takes at most ${most}`);
  return toState(element.type, slot, kind, kind === 'options' ? several.map(one) : several);
}

/** Returns the value in an element's state, for any element type. */
export function readValue(state: ViewStateValue | undefined): unknown {
  return state === undefined ? undefined : state[findFillable(state.type)[0]];
}

export function optionsOf(element: Json): Json[] {
  const groups = arrayItems(element.option_groups).filter(isObject);
  return [...arrayItems(element.options), ...groups.flatMap((group) => arrayItems(group.options))].filter(
    isObject,
  );
}

/** An external select shows these before Slack asks the app for options. */
const initialOptions = (element: Json): Json[] =>
  [element.initial_option, ...arrayItems(element.initial_options)].filter(isObject);

export function setElementValue(
  state: ViewState,
  blockId: string,
  actionId: string,
  value: ViewStateValue,
): void {
  state[blockId] = { ...state[blockId], [actionId]: value };
}
