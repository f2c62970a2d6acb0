import { BLOCKS } from './blocks.ts';
import { CHARTS } from './charts.ts';
import { ELEMENTS } from './elements.ts';
import { CELLS, SOURCES } from './objects.ts';
import { INLINE, RICH_TEXT } from './rich-text.ts';
import type { Catalogue, Definition, Rule, Shape, Surface } from './rule.ts';
import { isJsonObject, textLength } from './rule.ts';

/** A reason for Slack to refuse the content. */
export interface Problem {
  /** Slack's error code, such as `invalid_blocks`. */
  readonly code: string;
  /** JSON pointer into the arguments: `/blocks/3/elements/0/text`, `/view/title`. */
  readonly pointer: string;
  /** Text in the style of Slack's `response_metadata.messages`, with the type of the block or element. */
  readonly message: string;
}

/** The checker's current position, and the list for its findings. */
export interface CheckPosition {
  readonly problems: Problem[];
  readonly code: string;
  readonly surface: Surface;
  readonly pointer: string;
  /** Type of the innermost block or element, for the message. */
  readonly inside: string;
}

const CATALOGUES: Readonly<Record<Catalogue, Readonly<Record<string, Shape & Partial<Definition>>>>> = {
  blocks: BLOCKS,
  elements: ELEMENTS,
  richText: RICH_TEXT,
  inline: INLINE,
  cells: { ...CELLS, rich_text: BLOCKS.rich_text ?? { fields: {} } },
  charts: CHARTS,
  sources: SOURCES,
};

/** Adds a problem at a position. `below` is the rest of the pointer. */
export function addProblem(at: CheckPosition, message: string, below = ''): void {
  const pointer = at.pointer + below;
  at.problems.push({
    code: at.code,
    pointer,
    message: `[ERROR] ${message} (${at.inside}) [json-pointer:${pointer}]`,
  });
}

const step = (at: CheckPosition, key: string | number, inside: string = at.inside): CheckPosition => ({
  ...at,
  pointer: `${at.pointer}/${key}`,
  inside,
});

export function checkValue(value: unknown, rule: Rule, at: CheckPosition): void {
  if (value === null && rule.nullable === true) return;
  if (rule.is === 'string') checkString(value, rule, at);
  else if (rule.is === 'text') checkText(value, rule, at);
  else if (rule.is === 'number') checkNumber(value, rule, at);
  else if (rule.is === 'list') checkList(value, rule, at);
  else if (rule.is === 'object') checkShape(value, rule, at);
  else if (rule.is === 'typed') checkTyped(value, rule, at);
  else if (rule.is === 'boolean' && typeof value !== 'boolean') addProblem(at, 'must provide a boolean');
  else if (rule.is === 'choice' && !rule.of.some((one) => one === value)) {
    addProblem(at, `must be one of: ${rule.of.join(', ')}`);
  }
}

/** Checks an object's fields and its cross-field rule. */
export function checkShape(value: unknown, shape: Shape, at: CheckPosition, hasType = false): void {
  if (!isJsonObject(value)) {
    addProblem(at, 'must provide an object');
    return;
  }
  for (const [name, rule] of Object.entries(shape.fields)) {
    if (value[name] !== undefined) checkValue(value[name], rule, step(at, name));
    else if (rule.optional !== true) addProblem(at, `missing required field: ${name}`);
  }
  for (const [name, field] of Object.entries(value)) {
    const known = Object.hasOwn(shape.fields, name) || (hasType && name === 'type');
    if (!known && field !== undefined) addProblem(at, `invalid additional property: ${name}`);
  }
  shape.crossCheck?.(value, (message, below) => addProblem(at, message, below));
}

type RuleOf<Kind extends Rule['is']> = Extract<Rule, { is: Kind }>;

function checkTyped(value: unknown, rule: RuleOf<'typed'>, at: CheckPosition): void {
  if (!isJsonObject(value)) {
    addProblem(at, 'must provide an object');
    return;
  }
  const type = value.type;
  if (typeof type !== 'string') {
    addProblem(at, 'missing required field: type');
    return;
  }
  const shape = rule.types.includes(type) ? CATALOGUES[rule.in][type] : undefined;
  if (shape === undefined) {
    addProblem(at, `unsupported type: ${type}`, '/type');
    return;
  }
  const here = { ...at, inside: type };
  if (shape.surfaces?.includes(at.surface) === false)
    addProblem(here, `is not supported in a ${at.surface}`, '/type');
  checkShape(value, shape, here, true);
}

function checkText(value: unknown, rule: RuleOf<'text'>, at: CheckPosition): void {
  if (!isJsonObject(value)) {
    // Slack answers a bare string with exactly this message.
    addProblem(at, 'must provide an object');
    return;
  }
  const kind = rule.kinds.find((one) => one === value.type);
  if (kind === undefined) {
    addProblem(at, `must be a text object of type ${rule.kinds.join(' or ')}`, '/type');
    return;
  }
  const flag = kind === 'plain_text' ? 'emoji' : 'verbatim';
  const content: Rule = { is: 'string', min: rule.min, max: rule.max };
  checkShape(value, { fields: { text: content, [flag]: { is: 'boolean', optional: true } } }, at, true);
}

function checkString(value: unknown, rule: RuleOf<'string'>, at: CheckPosition): void {
  if (typeof value !== 'string') {
    addProblem(at, 'must provide a string');
    return;
  }
  const length = textLength(value);
  if (length < rule.min) addProblem(at, `must be more than ${rule.min - 1} characters`);
  else if (length > rule.max) addProblem(at, `must be less than ${rule.max + 1} characters`);
  else if (length > 0 && rule.like?.test(value) === false) addProblem(at, 'has an invalid format');
}

function checkNumber(value: unknown, rule: RuleOf<'number'>, at: CheckPosition): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) addProblem(at, 'must provide a number');
  else if (rule.whole && !Number.isInteger(value)) addProblem(at, 'must be a whole number');
  else if (value < rule.min) addProblem(at, `must be at least ${rule.min}`);
  else if (value > rule.max) addProblem(at, `must be at most ${rule.max}`);
}

function checkList(value: unknown, rule: RuleOf<'list'>, at: CheckPosition): void {
  if (!Array.isArray(value)) {
    addProblem(at, 'must provide an array');
    return;
  }
  if (value.length < rule.min) addProblem(at, `no fewer than ${rule.min} items allowed`);
  if (value.length > rule.max) addProblem(at, `no more than ${rule.max} items allowed`);
  value.forEach((one: unknown, index) => {
    checkValue(one, rule.of, step(at, index));
  });
}
