import { asObject, asObjects, asText, type Json, type Snapshot } from './api.ts';
import { plainText } from './text-object.ts';

/** An option of a select, a checkbox group or a radio group. */
export interface Option {
  readonly value: string;
  readonly label: string;
  /** The app's option object, if the app supplied the option. */
  readonly given?: Json;
  readonly group?: string;
}

const toOption = (given: Json, group?: string): Option => ({
  value: asText(given.value),
  label: plainText(given.text),
  given,
  ...(group === undefined ? {} : { group }),
});

/** Returns an element's options, except those of external selects, which only the app knows. */
export function choosableOptions(element: Json, snapshot: Snapshot): Option[] {
  switch (asText(element.type).replace('multi_', '')) {
    case 'users_select':
      return snapshot.people.map(({ id, name }) => ({ value: id, label: `@${name}` }));
    case 'channels_select':
      return channelOptions(snapshot, { include: ['public'] });
    case 'conversations_select':
      return channelOptions(snapshot, asObject(element.filter));
    default:
      return [
        ...asObjects(element.options).map((one) => toOption(one)),
        ...asObjects(element.option_groups).flatMap((group) =>
          asObjects(group.options).map((one) => toOption(one, plainText(group.label))),
        ),
      ];
  }
}

function channelOptions(snapshot: Snapshot, filter: Json): Option[] {
  const { include, exclude_external_shared_channels: ownOnly } = filter;
  return snapshot.channels
    .filter(({ kind }) => !Array.isArray(include) || include.includes(kind))
    .filter(({ shared }) => ownOnly !== true || !shared)
    .map(({ id, name, kind }) => ({ value: id, label: kind === 'im' ? `@${name}` : `#${name}` }));
}

const SLOTS = ['option', 'user', 'conversation', 'channel'];

/** Returns the selected values in an element's state. */
export function chosenValues(state: Json): string[] {
  return SLOTS.flatMap((slot) => {
    const one = state[`selected_${slot}`];
    const several = state[`selected_${slot}s`];
    return [one, ...(Array.isArray(several) ? several : [])].flatMap((value: unknown) =>
      typeof value === 'string' ? [value] : asText(asObject(value).value) || [],
    );
  });
}

/** Returns the selected options as the app supplied them. An external select has no other list. */
export const chosenOptions = (state: Json): Option[] =>
  [state.selected_option, ...asObjects(state.selected_options)]
    .map(asObject)
    .filter(({ value }) => typeof value === 'string')
    .map((one) => toOption(one));
