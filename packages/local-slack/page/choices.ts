import { type ComponentChild, h, type VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { asObjects, asText } from './api.ts';
import { el } from './element.ts';
import { fieldAttributes } from './entries.ts';
import type { AriaProps, FieldProps } from './field-props.ts';
import { choosableOptions, chosenOptions, chosenValues, type Option } from './options.ts';
import { requestOptions } from './requests.ts';
import { renderText } from './text-object.ts';

interface ListProps extends FieldProps {
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly several: boolean;
  readonly naming: AriaProps;
}

/** Options as checkboxes or radio buttons, with their descriptions. */
function OptionList({ options, chosen, several, naming, block, element, context }: ListProps): VNode {
  const id = useId();
  const most = typeof element.max_selected_items === 'number' ? element.max_selected_items : Infinity;
  const full = several && chosen.length >= most;
  const groups = [...new Set(options.map(({ group }) => group))];
  const row = ({ value, label, given }: Option): VNode => {
    const ticked = chosen.includes(value);
    return el(
      'label.option',
      { key: value },
      el('input', {
        ...fieldAttributes(asText(block.block_id), asText(element.action_id)),
        type: several ? 'checkbox' : 'radio',
        name: id,
        value,
        defaultChecked: ticked,
        disabled: full && !ticked,
      }),
      el(
        'span',
        {},
        ...(given === undefined ? [label] : renderText(given.text, context.names)),
        given?.description === undefined
          ? null
          : el('small', {}, ...renderText(given.description, context.names)),
      ),
    );
  };
  return el(
    'div.options',
    { role: several ? 'group' : 'radiogroup', ...naming },
    ...groups.flatMap((group) => [
      group === undefined ? null : el('p.group', { key: `group ${group}` }, group),
      ...options.filter((one) => one.group === group).map(row),
    ]),
    full ? el('p.hint', {}, `You can choose up to ${chosen.length}.`) : null,
  );
}

/** Radio buttons, checkboxes, and menus with several choices. */
export function Choices(props: FieldProps & { readonly naming: AriaProps }): ComponentChild {
  const { element, context, state } = props;
  const type = asText(element.type);
  const shown = { options: choosableOptions(element, context.snapshot), chosen: chosenValues(state) };
  return h(OptionList, { ...props, ...shown, several: type !== 'radio_buttons' });
}

/** A select that asks the app for options while the person types. */
export function ExternalSelect(props: FieldProps & { readonly naming: AriaProps }): VNode {
  const { block, element, context, state, naming } = props;
  const [typed, setTyped] = useState('');
  const [waiting, setWaiting] = useState(false);
  const newest = useRef('');
  const asking = useRef(false);
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : 3;
  const at = [asText(block.block_id), asText(element.action_id)] as const;
  const offer = context.offers.find((one) => one.block === at[0] && one.action === at[1]);

  /** Send one query at a time, so that a late response can't hide a newer one. */
  const look = async (query: string): Promise<void> => {
    newest.current = query;
    if (asking.current || [...query].length < least) return;
    asking.current = true;
    setWaiting(true);
    let asked: string;
    do {
      asked = newest.current;
      await requestOptions(context, ...at, asked);
    } while (asked !== newest.current && [...newest.current].length >= least);
    asking.current = false;
    setWaiting(false);
  };
  useEffect(() => {
    if (least === 0) void look('');
  }, []);

  const chosen = chosenOptions(state);
  const current = offer !== undefined && offer.typed === typed && [...typed].length >= least;
  const offered = current ? choosableOptions({ options: asObjects(offer.options) }, context.snapshot) : [];
  const options = [...chosen, ...offered.filter(({ value }) => chosen.every((one) => one.value !== value))];
  return el(
    'div.external',
    {},
    el('input', {
      type: 'search',
      'aria-label': `Search: ${naming['aria-label']}`,
      placeholder: 'Type to search',
      autocomplete: 'off',
      value: typed,
      // The query isn't the element's value.
      onChange: (event: Event) => event.stopPropagation(),
      onKeyDown: (event: Event) =>
        event instanceof KeyboardEvent && event.key === 'Enter' && event.preventDefault(),
      onInput: (event: Event) => {
        if (!(event.target instanceof HTMLInputElement)) return;
        setTyped(event.target.value);
        void look(event.target.value);
      },
    }),
    el('p.hint', { role: 'status' }, said()),
    options.length === 0
      ? null
      : h(OptionList, {
          ...props,
          options,
          chosen: chosenValues(state),
          several: asText(element.type).startsWith('multi_'),
        }),
  );

  function said(): string {
    if ([...typed].length < least)
      return `Type at least ${least} ${least === 1 ? 'character' : 'characters'}.`;
    if (waiting && !current) return 'Asking the app…';
    if (!current) return 'The app sent no valid options.';
    return offered.length === 0 ? `No results for “${typed}”.` : '';
  }
}
