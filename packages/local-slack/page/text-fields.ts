import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { type Json, list, text } from './api.ts';
import { el } from './element.ts';
import { mark } from './entries.ts';
import type { FieldProps, Naming } from './field-props.ts';
import { plain } from './words.ts';

const TYPES: Readonly<Record<string, string>> = {
  plain_text_input: 'text',
  rich_text_input: 'text',
  url_text_input: 'url',
  email_text_input: 'email',
  number_input: 'number',
};
/** Slack's own limit, for what says none. */
const MOST = 3000;
/** So close to the limit it is good to know. */
const CLOSE = 20;

export const isText = (type: string): boolean => Object.hasOwn(TYPES, type);

/** A field to write in, with what is left near the limit. */
export function TextField(props: FieldProps & { readonly naming: Naming }): VNode {
  const { block, element, state, naming } = props;
  const type = text(element.type);
  const rich = type === 'rich_text_input';
  const first = rich ? textIn(state.rich_text_value) : text(state.value);
  const [length, setLength] = useState([...first].length);
  const attributes = {
    ...mark(text(block.block_id), text(element.action_id)),
    ...naming,
    placeholder: plain(element.placeholder),
    defaultValue: first,
    onInput: (event: Event) => {
      const { target } = event;
      if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) {
        setLength([...target.value].length);
      }
    },
  };
  if (rich) return el('textarea', { ...attributes, rows: 4, 'data-formatted': '' });
  if (type === 'number_input') {
    const step = element.is_decimal_allowed === true ? 'any' : 1;
    return el('input', {
      ...attributes,
      type: 'number',
      step,
      min: element.min_value,
      max: element.max_value,
    });
  }
  if (type !== 'plain_text_input') return el('input', { ...attributes, type: TYPES[type] });
  const maxLength = typeof element.max_length === 'number' ? element.max_length : MOST;
  const left = maxLength - length;
  const box =
    element.multiline === true
      ? el('textarea', { ...attributes, rows: 4, maxLength })
      : el('input', { ...attributes, type: 'text', maxLength });
  return el(
    'span.counted',
    {},
    box,
    el(
      'small.left',
      { role: 'status' },
      length > 0 && left <= CLOSE ? `${left} ${left === 1 ? 'character' : 'characters'} left` : '',
    ),
  );
}

/** The text of a rich_text value, without its formatting. */
function textIn(value: unknown): string {
  return list(Object(value).elements)
    .map((one: Json) => text(one.text) || textIn(one))
    .join('');
}
