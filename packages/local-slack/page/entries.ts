import type { ChosenValue } from './block-context.ts';

export type FieldValue = string | number | string[] | null;
export type Entries = Record<string, Record<string, FieldValue>>;

/** Returns the attributes of a control that holds an element's value or a part of it. */
export const fieldAttributes = (block: string, action: string): Record<string, string> => ({
  'data-block': block,
  'data-action': action,
});

/** Reads the values of all fields inside an element. */
export function readEntries(root: Element): Entries {
  const entries: Entries = {};
  for (const control of root.querySelectorAll('[data-action]')) {
    if (!(control instanceof HTMLElement)) continue;
    const { block = '', action = '' } = control.dataset;
    const entry = addControl(entries[block]?.[action], control);
    if (entry !== undefined) entries[block] = { ...entries[block], [action]: entry };
  }
  return entries;
}

function addControl(before: FieldValue | undefined, control: HTMLElement): FieldValue | undefined {
  if (control instanceof HTMLInputElement) {
    const { type, value, checked } = control;
    if (type === 'checkbox') return [...(Array.isArray(before) ? before : []), ...(checked ? [value] : [])];
    if (type === 'radio') return checked ? value : (before ?? null);
    if (type === 'datetime-local') return value === '' ? null : Math.floor(new Date(value).getTime() / 1000);
    return value === '' ? null : value;
  }
  if (control instanceof HTMLSelectElement) return control.value === '' ? null : control.value;
  if (!(control instanceof HTMLTextAreaElement)) return undefined;
  // A plain field can't show the original formatting, so keep the original text until the person changes it.
  if (control.dataset.formatted !== undefined && control.value === control.defaultValue) return undefined;
  return control.value === '' ? null : control.value;
}

/** Reads one field's value. Undefined if the field is unchanged rich text. */
export const readEntry = (root: Element, block: string, action: string): ChosenValue | undefined =>
  readEntries(root)[block]?.[action];
