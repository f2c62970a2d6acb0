import { type Json, list, object, type Snapshot, text } from './api.ts';
import { plain } from './words.ts';

/** Something that can be chosen. */
export interface Option {
  readonly value: string;
  readonly label: string;
  /** The option as the app gave it, where it did. */
  readonly given?: Json;
  readonly group?: string;
}

const option = (given: Json, group?: string): Option => ({
  value: text(given.value),
  label: plain(given.text),
  given,
  ...(group === undefined ? {} : { group }),
});

/** What an element lets one choose, as far as it is known without asking the app. */
export function optionsOf(element: Json, snapshot: Snapshot): Option[] {
  switch (text(element.type).replace('multi_', '')) {
    case 'users_select':
      return snapshot.people.map(({ id, name }) => ({ value: id, label: `@${name}` }));
    case 'channels_select':
      return channels(snapshot, { include: ['public'] });
    case 'conversations_select':
      return channels(snapshot, object(element.filter));
    default:
      return [
        ...list(element.options).map((one) => option(one)),
        ...list(element.option_groups).flatMap((group) =>
          list(group.options).map((one) => option(one, plain(group.label))),
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
export function chosenIn(state: Json): string[] {
  return SLOTS.flatMap((slot) => {
    const one = state[`selected_${slot}`];
    const several = state[`selected_${slot}s`];
    return [one, ...(Array.isArray(several) ? several : [])].flatMap((value: unknown) =>
      typeof value === 'string' ? [value] : text(object(value).value) || [],
    );
  });
}

/** The options that are chosen, as the app gave them; an external select has no list of its own. */
export const chosenOptions = (state: Json): Option[] =>
  [state.selected_option, ...list(state.selected_options)]
    .map(object)
    .filter(({ value }) => typeof value === 'string')
    .map((one) => option(one));
