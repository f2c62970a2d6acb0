import type { VNode } from 'preact';
import type { Json } from './api.ts';
import { el } from './element.ts';
import type { FieldProps } from './field-props.ts';
import { chosenIn, type Option, optionsOf } from './options.ts';
import { plain } from './words.ts';

/** A menu in which one thing is chosen. */
export function select({ block, element, state, context }: FieldProps, attributes: Json): VNode {
  const options = optionsOf(element, context.snapshot);
  const [chosen = ''] = chosenIn(state);
  const known = options.some(({ value }) => value === chosen);
  const one = ({ value, label, given }: Option): VNode => {
    const description = plain(given?.description);
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
      : el('option', { value: '', selected: !known }, plain(element.placeholder) || 'Choose'),
    ...groups.flatMap((group) => {
      const inside = options.filter((option) => option.group === group).map(one);
      return group === undefined ? inside : [el('optgroup', { label: group }, ...inside)];
    }),
  );
}
