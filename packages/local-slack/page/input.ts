import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { asObject, asText, type Json } from './api.ts';
import type { BlockContext } from './block-context.ts';
import { useConfirm } from './confirm.ts';
import { el } from './element.ts';
import { readEntry } from './entries.ts';
import { findState, isGroup, renderField, useFocusOnLoad, useStateSync } from './fields.ts';
import { saveEntry, sendChoice, trackEntry } from './requests.ts';
import { isTextField } from './text-fields.ts';
import { plainText } from './text-object.ts';

export interface InputProps {
  readonly block: Json;
  readonly context: BlockContext;
  /** Error message for the input. */
  readonly error?: string | undefined;
  /** True inside a modal, which saves the input itself. */
  readonly inForm?: boolean;
}

/** An input block: label, field, hint and error. */
export function Input({ block, context, error, inForm = false }: InputProps): VNode {
  const element = asObject(block.element);
  const [root, focus] = useFocusOnLoad<HTMLDivElement>(element, context);
  const [ask, question] = useConfirm(element, context.names);
  const id = useId();
  const state = findState(block, element, context);
  useStateSync(root, state);
  const at = [asText(block.block_id), asText(element.action_id)] as const;
  const sends = block.dispatch_action === true;
  const writes = isTextField(asText(element.type));
  const when = sendTriggers(element);
  const value = () => (root.current ? readEntry(root.current, ...at) : undefined);
  const send = (): void => {
    const now = value() ?? null;
    // Keeps the order of typing, even if responses arrive in another order.
    ask(() => trackEntry(sendChoice(context, ...at, now)));
  };
  const onChange = (): void => {
    const now = value();
    if (sends && !writes) send();
    else if (!inForm && now !== undefined) saveEntry(context, ...at, now);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !sends || !writes || !when.enter)
      return;
    event.preventDefault();
    send();
  };
  const onInput = (): void => {
    if (sends && writes && when.character) send();
  };
  const hint = plainText(block.hint);
  const pressEnter = sends && writes && when.enter ? 'Press Enter to send.' : '';
  const described = [
    error ? `${id}-error` : '',
    hint ? `${id}-hint` : '',
    pressEnter ? `${id}-enter` : '',
  ].filter(Boolean);
  const label = plainText(block.label);
  const optional = block.optional === true ? ' (optional)' : '';
  const group = isGroup(element) || element.type === 'file_input';
  const naming = {
    ...(group
      ? { 'aria-label': label }
      : { id, 'aria-invalid': error ? ('true' as const) : ('false' as const) }),
    ...(described.length > 0 ? { 'aria-describedby': described.join(' ') } : {}),
  };
  return el(
    'div.input',
    { ref: root, onChange, onKeyDown, onInput, ...focus },
    group ? el('p.label', {}, label + optional) : el('label', { for: id }, label + optional),
    renderField({ block, element, context, state }, naming),
    hint ? el('p.hint', { id: `${id}-hint` }, hint) : null,
    pressEnter ? el('p.hint', { id: `${id}-enter` }, pressEnter) : null,
    error ? el('p.error', { id: `${id}-error`, role: 'alert' }, error) : null,
    question,
  );
}

/** Returns the keys that send the value: Enter, unless the element sets others. */
function sendTriggers(element: Json): { readonly enter: boolean; readonly character: boolean } {
  const { trigger_actions_on: on } = asObject(element.dispatch_action_config);
  if (!Array.isArray(on)) return { enter: true, character: false };
  return { enter: on.includes('on_enter_pressed'), character: on.includes('on_character_entered') };
}
