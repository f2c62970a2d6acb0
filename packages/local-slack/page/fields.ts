import { type ComponentChild, Fragment, h, type RefObject, type VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type Json, object, text } from './api.ts';
import type { BlockContext, Choice } from './block-context.ts';
import { Choices, External } from './choices.ts';
import { useConfirm } from './confirm.ts';
import { choose, isUnderWay } from './doing.ts';
import { el } from './element.ts';
import { entryOf, mark } from './entries.ts';
import type { FieldProps, Naming } from './field-props.ts';
import { chosenIn, optionsOf } from './options.ts';
import { select } from './select.ts';
import { isText, TextField } from './text-fields.ts';
import { plain } from './words.ts';

/** Whether it is made of several controls, which no label element can name. */
export const isGroup = ({ type }: Json): boolean =>
  type === 'radio_buttons' || type === 'checkboxes' || type === 'external_select' || isMulti(type);

const isMulti = (type: unknown): boolean => text(type).startsWith('multi_');

export const stateOf = (block: Json, element: Json, context: BlockContext): Json =>
  object(object(object(context.state)[text(block.block_id)])[text(element.action_id)]);

/** A field outside of an input block: what is chosen is sent at once, after a question where there is one. */
export function Field({ block, element, context }: Omit<FieldProps, 'state'>): VNode {
  const [ask, question] = useConfirm(element, context.names);
  const [root, focus] = useFocusOnLoad<HTMLSpanElement>(element, context);
  const at = [text(block.block_id), text(element.action_id)] as const;
  const state = stateOf(block, element, context);
  useShown(root, state);
  const label = plain(element.placeholder) || NAMES[text(element.type)] || 'Choose';
  const onChange = (event: Event): void => {
    // The dialog around it would take it for one of its own fields.
    event.stopPropagation();
    const value: Choice | undefined = root.current ? entryOf(root.current, ...at) : undefined;
    if (value === undefined) return;
    ask(
      () => void choose(context, ...at, value),
      () => root.current && show(root.current, state),
    );
  };
  const drawn = field({ block, element, context, state }, { 'aria-label': label });
  const folded = isMulti(element.type) || element.type === 'external_select';
  return h(
    Fragment,
    {},
    el(
      'span.field',
      { ref: root, onChange, ...focus },
      folded
        ? el('details.choose', {}, el('summary', {}, summary(label, state, element, context)), drawn)
        : // What these show while they are empty does not say what they are for.
          /^(date|time|datetime)picker$/.test(text(element.type))
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

/** What is chosen in a folded menu. */
function summary(label: string, state: Json, element: Json, { snapshot }: BlockContext): string {
  const known = new Map(optionsOf(element, snapshot).map((one) => [one.value, one.label]));
  const given = [
    state.selected_option,
    ...(Array.isArray(state.selected_options) ? state.selected_options : []),
  ];
  for (const one of given.map(object)) known.set(text(one.value), plain(one.text));
  const chosen = chosenIn(state).map((value) => known.get(value) ?? value);
  return chosen.length === 0 ? label : `${label}: ${chosen.join(', ')}`;
}

/**
 * Shows what is chosen where it was chosen elsewhere, as in another copy of the message. Not while something is
 * under way: then the page is ahead of the state.
 */
export function useShown(root: RefObject<HTMLElement | null>, state: Json): void {
  const all = JSON.stringify(state);
  useEffect(() => {
    if (root.current && !isUnderWay()) show(root.current, state);
  }, [all]);
}

/** Shows again what the state says is chosen. */
function show(root: Element, state: Json): void {
  const chosen = chosenIn(state);
  for (const control of root.querySelectorAll('[data-action]')) {
    if (control instanceof HTMLSelectElement) control.value = chosen[0] ?? '';
    if (!(control instanceof HTMLInputElement)) continue;
    const { type } = control;
    if (type === 'checkbox' || type === 'radio') control.checked = chosen.includes(control.value);
    else if (control !== document.activeElement) control.value = control.defaultValue;
  }
}

/** The controls of an element that keeps a value. */
export function field(props: FieldProps, naming: Naming): ComponentChild {
  const { block, element, state } = props;
  const at = mark(text(block.block_id), text(element.action_id));
  const type = text(element.type);
  if (type === 'external_select' || type === 'multi_external_select')
    return h(External, { ...props, naming });
  if (isGroup(element)) return h(Choices, { ...props, naming });
  if (isText(type)) return h(TextField, { ...props, naming });
  switch (type) {
    case 'datepicker':
      return el('input', { ...at, ...naming, type: 'date', defaultValue: text(state.selected_date) });
    case 'timepicker':
      return el('input', {
        ...at,
        ...naming,
        type: 'time',
        defaultValue: text(state.selected_time),
        title: text(element.timezone),
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
        'The playground takes no files here; Slack would let you choose some.',
      );
    default:
      return type.endsWith('_select')
        ? select(props, { ...at, ...naming })
        : el('p.hint', { id: naming.id }, `The playground cannot fill in ${type}.`);
  }
}

/** Seconds since 1970 as the browser's own clock shows them. */
function localTime(seconds: unknown): string {
  if (typeof seconds !== 'number') return '';
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/**
 * Puts the focus into what asks for it when it appears. Marks it as well: a dialog that is about to open moves
 * the focus there itself.
 */
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
