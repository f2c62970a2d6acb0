import { asObject, asObjects, asText, type Json, type Snapshot } from './api.ts';
import { plainText } from './words.ts';

/** Something that can be chosen. */
export interface Option {
  readonly value: string;
  readonly label: string;
  /** The option as the app gave it, where it did. */
  readonly given?: Json;
  readonly group?: string;
}

const option = (given: Json, group?: string): Option => ({
  value: asText(given.value),
  label: plainText(given.text),
  given,
  ...(group === undefined ? {} : { group }),
});

/** What an element lets one choose, as far as it is known without asking the app. */
export function choosableOptions(element: Json, snapshot: Snapshot): Option[] {
  switch (asText(element.type).replace('multi_', '')) {
    case 'users_select':
      return snapshot.people.map(({ id, name }) => ({ value: id, label: `@${name}` }));
    case 'channels_select':
      return channels(snapshot, { include: ['public'] });
    case 'conversations_select':
      return channels(snapshot, asObject(element.filter));
    default:
      return [
        ...asObjects(element.options).map((one) => option(one)),
        ...asObjects(element.option_groups).flatMap((group) =>
          asObjects(group.options).map((one) => option(one, plainText(group.label))),
        ),
      ];
  }
}

function channels(snapshot: Snapshot, filter: Json): Option[] {
  const { include, exclude_external_shared_channels: ownOnly } = filter;
  return snapshot.channels
    .filter(({ kind }) => !Array.isArray(include) || include.includes(kind))
    .filter(({ shared }) => ownOnly !== true || !shared)
    .map(({ id, name, kind }) => ({ value: id, label: kind === 'im' ? `@${name}` : `#${name}` }));
}

const SLOTS = ['option', 'user', 'conversation', 'channel'];

/** The values that are chosen in a state of Slack's. */
export function chosenValues(state: Json): string[] {
  return SLOTS.flatMap((slot) => {
    const one = state[`selected_${slot}`];
    const several = state[`selected_${slot}s`];
    return [one, ...(Array.isArray(several) ? several : [])].flatMap((value: unknown) =>
      typeof value === 'string' ? [value] : asText(asObject(value).value) || [],
    );
  });
}

/** The options that are chosen, as the app gave them; an external select has no list of its own. */
export const chosenOptions = (state: Json): Option[] =>
  [state.selected_option, ...asObjects(state.selected_options)]
    .map(asObject)
    .filter(({ value }) => typeof value === 'string')
    .map((one) => option(one));
