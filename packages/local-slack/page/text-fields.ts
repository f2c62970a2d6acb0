import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { asObjects, asText, type Json } from './api.ts';
import { el } from './element.ts';
import { fieldAttributes } from './entries.ts';
import type { AriaProps, FieldProps } from './field-props.ts';
import { plainText } from './text-object.ts';

const TYPES: Readonly<Record<string, string>> = {
  plain_text_input: 'text',
  rich_text_input: 'text',
  url_text_input: 'url',
  email_text_input: 'email',
  number_input: 'number',
};
/** Slack's limit for inputs without a max_length, in characters. */
const DEFAULT_MAX_LENGTH = 3000;
/** Show the number of remaining characters from this number on. */
const COUNTDOWN_FROM = 20;

export const isTextField = (type: string): boolean => Object.hasOwn(TYPES, type);

/** A text input that counts the remaining characters near its limit. */
export function TextField(props: FieldProps & { readonly naming: AriaProps }): VNode {
  const { block, element, state, naming } = props;
  const type = asText(element.type);
  const rich = type === 'rich_text_input';
  const first = rich ? withoutFormatting(state.rich_text_value) : asText(state.value);
  const [length, setLength] = useState([...first].length);
  const attributes = {
    ...fieldAttributes(asText(block.block_id), asText(element.action_id)),
    ...naming,
    placeholder: plainText(element.placeholder),
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
  const maxLength = typeof element.max_length === 'number' ? element.max_length : DEFAULT_MAX_LENGTH;
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
      length > 0 && left <= COUNTDOWN_FROM ? `${left} ${left === 1 ? 'character' : 'characters'} left` : '',
    ),
  );
}

/** Returns a rich_text value's text without its formatting. */
function withoutFormatting(value: unknown): string {
  return asObjects(Object(value).elements)
    .map((one: Json) => asText(one.text) || withoutFormatting(one))
    .join('');
}
