import type { ElementInBlock } from '../state/ids.ts';
import { interactiveElements } from '../state/ids.ts';
import type { Block, Json } from '../state/json.ts';
import { isObject } from '../state/json.ts';
import type { InputValue, ViewState } from '../state/view-state.ts';
import { enterValue, isFillable, optionsOf, setElementValue } from '../state/view-state.ts';
import type { Action } from './payloads.ts';

/** Returns the element with this action_id. Throws if there is none, or if several match. */
export function findElement(
  blocks: readonly Block[],
  actionId: string,
  blockId: string | undefined,
): ElementInBlock {
  const all = interactiveElements(blocks);
  const found = all.filter(
    ({ block, element }) =>
      element.action_id === actionId && (blockId === undefined || block.block_id === blockId),
  );
  const [only, ...others] = found;
  if (only === undefined) {
    const there = all.map(({ element }) => element.action_id).join(', ');
    throw new Error(`nothing to press with action_id ${actionId}; there is: ${there || 'nothing'}`);
  }
  if (others.length > 0) throw new Error(`several elements have action_id ${actionId}: name the block`);
  return only;
}

/** Throws if Slack sends nothing when a person changes the element. */
export function requireDispatch({ block, element }: ElementInBlock): void {
  if (block.type === 'input' && block.dispatch_action !== true) {
    throw new Error(`${element.action_id} sends nothing: its input block has no dispatch_action`);
  }
}

/** Returns the action that Slack sends for a click or a change. Stores the value of input elements in `state`. */
export function buildAction(
  placed: ElementInBlock,
  value: InputValue | undefined,
  state: ViewState,
  actionTs: string,
  offered: readonly Json[] = [],
): Action {
  const { block, element } = placed;
  const at = { block_id: block.block_id, action_id: element.action_id, action_ts: actionTs };
  if (isFillable(element.type)) {
    const chosen = enterValue(placed, value ?? null, offered);
    setElementValue(state, block.block_id, element.action_id, chosen);
    return { ...chosen, ...at };
  }
  return { type: element.type, ...at, ...clickFields(element, value) };
}

function clickFields(element: Json, value: InputValue | undefined): Json {
  if (element.type === 'workflow_button') {
    throw new Error('a workflow_button starts a workflow; the app is sent nothing');
  }
  if (element.type === 'overflow') {
    const option = optionsOf(element).find((one) => one.value === value);
    if (option === undefined) throw new Error(`the menu offers no option ${JSON.stringify(value)}`);
    return { selected_option: option };
  }
  const button =
    element.type === 'feedback_buttons'
      ? [element.positive_button, element.negative_button].find((one) => isObject(one) && one.value === value)
      : element;
  if (!isObject(button)) throw new Error(`there is no button with the value ${JSON.stringify(value)}`);
  const repeated = ['text', 'value', 'url', 'style', 'icon'].filter((name) => button[name] !== undefined);
  return Object.fromEntries(repeated.map((name) => [name, button[name]]));
}
