import type { VNode } from 'preact';
import type { Json } from './api.ts';
import { el } from './element.ts';
import type { FieldProps } from './field-props.ts';
import { choosableOptions, chosenValues, type Option } from './options.ts';
import { plainText } from './text-object.ts';

/** Renders a menu with a single choice. */
export function renderSelect({ block, element, state, context }: FieldProps, attributes: Json): VNode {
  const options = choosableOptions(element, context.snapshot);
  const [chosen = ''] = chosenValues(state);
  const known = options.some(({ value }) => value === chosen);
  const one = ({ value, label, given }: Option): VNode => {
    const description = plainText(given?.description);
    return el(
      'option',
      { value, selected: value === chosen },
      description ? `${label} – ${description}` : label,
    );
  };
  const groups = [...new Set(options.map(({ group }) => group))];
  return el(
    'select',
    { ...attributes },
    known && block.optional !== true
      ? null
      : el('option', { value: '', selected: !known }, plainText(element.placeholder) || 'Choose'),
    ...groups.flatMap((group) => {
      const inside = options.filter((option) => option.group === group).map(one);
      return group === undefined ? inside : [el('optgroup', { label: group }, ...inside)];
    }),
  );
}
