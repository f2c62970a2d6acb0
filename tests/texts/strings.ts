/** String literals of source files: what a person may read, without imports, types, logs and thrown errors. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseAst } from 'vitest/node';

export const ROOT = resolve(import.meta.dirname, '../..');

/** A string literal, or one part of a template or of strings joined with `+`. */
export interface SourceString {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Names of variables and properties whose strings go to the log only. */
const LOGGED = new Set(['trouble']);

/** Values that read like words: where a private reply goes. */
const VALUES = new Set(['in its place']);

/** Functions whose strings are lists of single words, by which the bot knows what a person typed. */
const WORD_LISTS = new Set(['listed']);

const LOGGING = /^(?:trace|debug|info|warn|error|fatal)$/;

/** Nodes below which no person reads a string. */
function isForDevelopers(node: Node): boolean {
  if (/^(?:Import|Export(?:All|Named))/.test(node.type)) return node.declaration == null;
  if (node.type.startsWith('TS') && !/^TS(?:As|Satisfies|NonNull)Expression$/.test(node.type)) return true;
  const name = isNode(node.key) ? node.key : isNode(node.id) ? node.id : null;
  if (name !== null && LOGGED.has(String(name.name))) return true;
  const callee = isNode(node.callee) ? node.callee : null;
  if (node.type === 'NewExpression') return /Error$|^Set$|^RegExp$/.test(String(callee?.name));
  // Only errors have a constructor that calls another here.
  if (callee?.type === 'Super') return true;
  if (node.type === 'CallExpression' && WORD_LISTS.has(String(callee?.name))) return true;
  if (node.type !== 'CallExpression' || callee?.type !== 'MemberExpression') return false;
  const [object, property] = [callee.object, callee.property];
  const owner = isNode(object)
    ? String(object.name ?? (isNode(object.property) ? object.property.name : ''))
    : '';
  return /logger$/i.test(owner) && isNode(property) && LOGGING.test(String(property.name));
}

/** Returns the strings in a TypeScript or JavaScript file that a person may read. */
export function stringsIn(file: string): SourceString[] {
  const code = readFileSync(resolve(ROOT, file), 'utf8');
  const found: SourceString[] = [];
  const add = (node: Node, text: unknown): void => {
    if (typeof text !== 'string') return;
    found.push({ file, line: code.slice(0, node.start).split('\n').length, text: oneLine(text) });
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isNode(value) || isForDevelopers(value)) return;
    if (value.type === 'Literal') add(value, value.value);
    if (value.type === 'TemplateElement' && typeof value.value === 'object')
      add(value, (value.value as { cooked?: unknown }).cooked);
    for (const [key, child] of Object.entries(value))
      if (key !== 'key' || value.computed === true) visit(child);
  };
  visit(parseAst(code, { lang: file.endsWith('.js') ? 'js' : 'ts' }));
  return found;
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Addresses, SQL, patterns, content policies and types. */
const CODE =
  /^(?:https?:|data:|\/)|^[\w.-]+$|=>|\bSELECT\b|\\[pu]\{|\^?\{date|; ?charset=|max-age=|^[a-z-]+-(?:src|uri|action|ancestors)\b/;

/** True for text that reads as a sentence or part of one: three words or more, no code, no address. */
export function looksLikeSentence(text: string): boolean {
  if (CODE.test(text) || VALUES.has(text)) return false;
  return (text.match(/[\p{L}’']{2,}|\b[aAI]\b/gu) ?? []).length >= 3;
}
