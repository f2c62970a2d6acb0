import { type ComponentChild, Fragment, h, type RefObject, type VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { asObject, asText, type Json } from './api.ts';
import type { BlockContext, ChosenValue } from './block-context.ts';
import { Choices, ExternalSelect } from './choices.ts';
import { useConfirm } from './confirm.ts';
import { el } from './element.ts';
import { fieldAttributes, readEntry } from './entries.ts';
import type { AriaProps, FieldProps } from './field-props.ts';
import { choosableOptions, chosenValues } from './options.ts';
import { hasPendingRequests, sendChoice } from './requests.ts';
import { renderSelect } from './select.ts';
import { isTextField, TextField } from './text-fields.ts';
import { plainText } from './text-object.ts';

/** True if the element consists of several controls, which no single label element can name. */
export const isGroup = ({ type }: Json): boolean =>
  type === 'radio_buttons' || type === 'checkboxes' || type === 'external_select' || isMulti(type);

const isMulti = (type: unknown): boolean => asText(type).startsWith('multi_');

export const findState = (block: Json, element: Json, context: BlockContext): Json =>
  asObject(asObject(asObject(context.state)[asText(block.block_id)])[asText(element.action_id)]);

/** A field outside an input block. Sends each change at once, after the element's confirmation. */
export function Field({ block, element, context }: Omit<FieldProps, 'state'>): VNode {
  const [ask, question] = useConfirm(element, context.names);
  const [root, focus] = useFocusOnLoad<HTMLSpanElement>(element, context);
  const at = [asText(block.block_id), asText(element.action_id)] as const;
  const state = findState(block, element, context);
  useStateSync(root, state);
  const label = plainText(element.placeholder) || NAMES[asText(element.type)] || 'Choose';
  const onChange = (event: Event): void => {
    // Otherwise the surrounding modal would treat the control as its own input.
    event.stopPropagation();
    const value: ChosenValue | undefined = root.current ? readEntry(root.current, ...at) : undefined;
    if (value === undefined) return;
    ask(
      () => void sendChoice(context, ...at, value),
      () => root.current && showState(root.current, state),
    );
  };
  const drawn = renderField({ block, element, context, state }, { 'aria-label': label });
  const folded = isMulti(element.type) || element.type === 'external_select';
  return h(
    Fragment,
    {},
    el(
      'span.field',
      { ref: root, onChange, ...focus },
      folded
        ? el('details.choose', {}, el('summary', {}, summarize(label, state, element, context)), drawn)
        : // Empty date and time inputs need a label, because they show only a format.
          /^(date|time|datetime)picker$/.test(asText(element.type))
          ? el('span.dated', {}, el('small', { 'aria-hidden': 'true' }, label), drawn)
          : drawn,
    ),
    question,
  );
}

const NAMES: Readonly<Record<string, string>> = {
  datepicker: 'Date',
  timepicker: 'Time',
  datetimepicker: 'Date and time',
  checkboxes: 'Options',
  radio_buttons: 'Options',
  rich_text_input: 'Text',
};

/** Returns the label of a collapsed menu, with the selected options. */
function summarize(label: string, state: Json, element: Json, { snapshot }: BlockContext): string {
  const known = new Map(choosableOptions(element, snapshot).map((one) => [one.value, one.label]));
  const given = [
    state.selected_option,
    ...(Array.isArray(state.selected_options) ? state.selected_options : []),
  ];
  for (const one of given.map(asObject)) known.set(asText(one.value), plainText(one.text));
  const chosen = chosenValues(state).map((value) => known.get(value) ?? value);
  return chosen.length === 0 ? label : `${label}: ${chosen.join(', ')}`;
}

/**
 * Updates the controls when the state changes elsewhere, such as in another copy of the message. Skips this while
 * requests are pending, because the page is then newer than the state.
 */
export function useStateSync(root: RefObject<HTMLElement | null>, state: Json): void {
  const all = JSON.stringify(state);
  useEffect(() => {
    if (root.current && !hasPendingRequests()) showState(root.current, state);
  }, [all]);
}

/** Sets the controls to the values in the state. */
function showState(root: Element, state: Json): void {
  const chosen = chosenValues(state);
  for (const control of root.querySelectorAll('[data-action]')) {
    if (control instanceof HTMLSelectElement) control.value = chosen[0] ?? '';
    if (!(control instanceof HTMLInputElement)) continue;
    const { type } = control;
    if (type === 'checkbox' || type === 'radio') control.checked = chosen.includes(control.value);
    else if (control !== document.activeElement) control.value = control.defaultValue;
  }
}

/** Renders the controls of an input element. */
export function renderField(props: FieldProps, naming: AriaProps): ComponentChild {
  const { block, element, state } = props;
  const at = fieldAttributes(asText(block.block_id), asText(element.action_id));
  const type = asText(element.type);
  if (type === 'external_select' || type === 'multi_external_select')
    return h(ExternalSelect, { ...props, naming });
  if (isGroup(element)) return h(Choices, { ...props, naming });
  if (isTextField(type)) return h(TextField, { ...props, naming });
  switch (type) {
    case 'datepicker':
      return el('input', { ...at, ...naming, type: 'date', defaultValue: asText(state.selected_date) });
    case 'timepicker':
      return el('input', {
        ...at,
        ...naming,
        type: 'time',
        defaultValue: asText(state.selected_time),
        title: asText(element.timezone),
      });
    case 'datetimepicker':
      return el('input', {
        ...at,
        ...naming,
        type: 'datetime-local',
        defaultValue: localTime(state.selected_date_time),
      });
    case 'file_input':
      return el(
        'p.hint',
        { id: naming.id },
        'The playground takes no files here. In Slack you can choose some.',
      );
    default:
      return type.endsWith('_select')
        ? renderSelect(props, { ...at, ...naming })
        : el('p.hint', { id: naming.id }, `The playground can’t fill in ${type}.`);
  }
}

/** Formats seconds since 1970 for a datetime-local input, in the browser's time zone. */
function localTime(seconds: unknown): string {
  if (typeof seconds !== 'number') return '';
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Focuses an element with focus_on_load in a view. Also marks it, because an opening modal sets the focus itself. */
export function useFocusOnLoad<Root extends HTMLElement>(
  element: Json,
  { at }: BlockContext,
): readonly [RefObject<Root | null>, Json] {
  const root = useRef<Root>(null);
  const wanted = element.focus_on_load === true && at !== undefined && 'view' in at;
  useEffect(() => {
    if (wanted) focusInside(root.current);
  }, []);
  return [root, wanted ? { 'data-focus': '' } : {}];
}

export function focusInside(root: Element | null | undefined): void {
  const first = root?.querySelector('input, select, textarea');
  if (first instanceof HTMLElement) first.focus();
}
