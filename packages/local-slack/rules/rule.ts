/** Building blocks of the limits table: rules for the fields of Slack's payloads. Plain data, no behaviour. */

export type Surface = 'message' | 'modal' | 'home';
export type JsonObject = Readonly<Record<string, unknown>>;
type TextKind = 'plain_text' | 'mrkdwn';

/** Reports a problem of the checked object. `below` is the rest of the JSON pointer. */
export type ReportProblem = (message: string, below?: string) => void;
/** A rule about several fields of one object. */
export type CrossFieldRule = (value: JsonObject, report: ReportProblem) => void;

export type Catalogue = 'blocks' | 'elements' | 'richText' | 'inline' | 'cells' | 'charts' | 'sources';

type Kind =
  | { readonly is: 'string'; readonly min: number; readonly max: number; readonly like?: RegExp }
  | { readonly is: 'text'; readonly kinds: readonly TextKind[]; readonly min: number; readonly max: number }
  | { readonly is: 'number'; readonly min: number; readonly max: number; readonly whole: boolean }
  | { readonly is: 'boolean' }
  | { readonly is: 'choice'; readonly of: readonly (string | number | boolean)[] }
  | { readonly is: 'list'; readonly of: Rule; readonly min: number; readonly max: number }
  | ({ readonly is: 'object' } & Shape)
  /** An object whose field `type` names one of these types of a catalogue. */
  | { readonly is: 'typed'; readonly in: Catalogue; readonly types: readonly string[] };

export type Rule = Kind & { readonly optional?: true; readonly nullable?: true };

/** The only fields that an object may have, and its cross-field rule. */
export interface Shape {
  readonly fields: Readonly<Record<string, Rule>>;
  readonly crossCheck?: CrossFieldRule;
}

/** A block's or element's shape without its `type`, and the surfaces that accept it. */
export interface Definition extends Shape {
  readonly surfaces: readonly Surface[];
}

export const ALL_SURFACES: readonly Surface[] = ['message', 'modal', 'home'];
/** Maximum for fields without a published limit. */
const UNPUBLISHED = Number.POSITIVE_INFINITY;
const ID_LENGTH = 255;
const URL_LENGTH = 3000;

export const optional = (rule: Rule): Rule => ({ ...rule, optional: true });
export const nullable = (rule: Rule): Rule => ({ ...rule, nullable: true });
export const string = (max: number = UNPUBLISHED, min = 1): Rule => ({ is: 'string', min, max });
export const matching = (pattern: RegExp): Rule => ({
  is: 'string',
  min: 1,
  max: UNPUBLISHED,
  like: pattern,
});
export const id = string(ID_LENGTH);
export const url: Rule = { is: 'string', min: 1, max: URL_LENGTH, like: /^[a-z][a-z0-9+.-]*:\S+$/i };
export const plainTextObject = (max: number): Rule => ({ is: 'text', kinds: ['plain_text'], min: 1, max });
export const textObject = (max: number): Rule => ({
  is: 'text',
  kinds: ['plain_text', 'mrkdwn'],
  min: 1,
  max,
});
export const integer = (min: number, max: number): Rule => ({ is: 'number', min, max, whole: true });
export const number = (min: number = -UNPUBLISHED): Rule => ({
  is: 'number',
  min,
  max: UNPUBLISHED,
  whole: false,
});
export const boolean: Rule = { is: 'boolean' };
export const choice = (...of: readonly (string | number | boolean)[]): Rule => ({ is: 'choice', of });
export const arrayOf = (of: Rule, max: number = UNPUBLISHED, min = 1): Rule => ({ is: 'list', of, min, max });
export const object = (fields: Shape['fields'], together?: CrossFieldRule): Rule =>
  together === undefined ? { is: 'object', fields } : { is: 'object', fields, crossCheck: together };
export const oneOfTypes = (catalogue: Catalogue, ...types: readonly string[]): Rule => ({
  is: 'typed',
  in: catalogue,
  types,
});

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns an array's items, or none if the value isn't an array. The value's own rule reports that. */
export function arrayItems(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the length as Slack counts it: in Unicode code points, so most emoji count as one. */
export function textLength(value: string): number {
  let length = 0;
  for (const _ of value) length += 1;
  return length;
}
