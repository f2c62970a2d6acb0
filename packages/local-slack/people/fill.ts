import type { World } from '../server/web-api/method.ts';
import { type ElementInBlock, interactiveElements } from '../state/ids.ts';
import type { Json } from '../state/json.ts';
import { isObject } from '../state/json.ts';
import { messageStateKey } from '../state/message-state.ts';
import type { Message } from '../state/messages.ts';
import type { InputValue, ViewState } from '../state/view-state.ts';
import { enterValue, isFillable, readValue, setElementValue } from '../state/view-state.ts';
import type { OpenView } from '../state/views.ts';

/** A person's input: block_id → value, or block_id → action_id → value. */
export type Entries = Readonly<Record<string, InputValue | Readonly<Record<string, InputValue>>>>;

/**
 * Returns the state of a view or message after a person's input. Throws if an element doesn't exist. `offered`
 * returns an element's options that the app supplied.
 */
export function fillIn(
  view: Pick<OpenView, 'blocks' | 'state'>,
  entries: Entries,
  offered: (placed: ElementInBlock) => readonly Json[],
): ViewState {
  const state = structuredClone(view.state);
  const elements = interactiveElements(view.blocks).filter(({ element }) => isFillable(element.type));
  for (const [blockId, entry] of Object.entries(entries)) {
    const inBlock = elements.filter(({ block }) => block.block_id === blockId);
    const first = inBlock[0]?.element.action_id ?? '?';
    for (const [actionId, value] of Object.entries(isByAction(entry) ? entry : { [first]: entry })) {
      const found = inBlock.find(({ element }) => element.action_id === actionId);
      if (found === undefined) throw new Error(`nothing to fill in at ${blockId}/${actionId}`);
      setElementValue(state, blockId, actionId, enterValue(found, value, offered(found)));
    }
  }
  return state;
}

export function enterInMessage(
  { messageStates, suggestions }: World,
  person: string,
  message: Pick<Message, 'channel' | 'ts' | 'blocks'>,
  entries: Entries,
): void {
  const at = messageStateKey(person, message);
  const before = { blocks: message.blocks, state: messageStates.of(person, message) };
  const after = fillIn(before, entries, (placed) => suggestions.allOffered(at, placed));
  messageStates.keep(person, message, after);
}

const isByAction = (entry: Entries[string]): entry is Readonly<Record<string, InputValue>> => isObject(entry);

/** Returns the reasons why Slack's client wouldn't submit the view, one per input. */
export function findInputProblems(view: OpenView): string[] {
  return interactiveElements(view.blocks).flatMap((placed) => inputProblem(placed, view.state) ?? []);
}

function inputProblem({ block, element }: ElementInBlock, state: ViewState): string | null {
  if (block.type !== 'input' || !isFillable(element.type)) return null;
  const at = `${block.block_id}/${element.action_id}`;
  const value = readValue(state[block.block_id]?.[element.action_id]);
  const empty = value === null || value === undefined || value === '';
  if (empty || (Array.isArray(value) && value.length === 0)) {
    return block.optional === true ? null : `${at} is required`;
  }
  if (typeof value !== 'string' || element.type !== 'plain_text_input') return null;
  const length = [...value].length;
  if (typeof element.min_length === 'number' && length < element.min_length) return `${at} is too short`;
  const most = typeof element.max_length === 'number' ? element.max_length : 3000;
  return length > most ? `${at} is too long` : null;
}
