// Markdown and YAML from typed text. Only this file makes Markdown, so nothing typed gets there unescaped.
import { signed } from '../../blocks/text.ts';

/** Text that is already escaped. */
export interface Markdown {
  readonly markdown: string;
}

/** Line breaks of every kind. */
const BREAKS = /\r\n|[\n\v\f\r\x85\u2028\u2029]/u;
const CONTROLS = /\p{Cc}+/gu;

/**
 * Characters that show nothing: tags, fillers, and direction marks that could disguise a name. Joiners and variation
 * selectors stay, because some scripts and emoji need them. Adding isolates is no option: reviewers take a file with
 * direction marks for an attack.
 */
const INVISIBLE =
  /[[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Noncharacter_Code_Point}\ufff9-\ufffb]--[\u200c\u200d\u180b-\u180f\ufe00-\ufe0f]]/gv;

/** Puts text on one line of visible characters. Empty if nothing would show. */
export function visibleLine(text: string): string {
  const line = text.toWellFormed().replace(CONTROLS, ' ').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(line) ? line : '';
}

/** Splits typed text into its lines, without the empty ones. */
function visibleLines(text: string): string[] {
  return text
    .split(BREAKS)
    .map(visibleLine)
    .filter((line) => line !== '');
}

/** Marks that mean something anywhere in a line, including `{` for site generators and `$` for formulas. */
const MARKS = /[\\`*_[\]<>#|~&${}^]/g;
/** Starts a list, a rule, a heading's underline or a table at the beginning of a line. */
const LEADING = /^(?:[-+=:]|\d{1,9}(?=[.)]))/;
/**
 * Renderers turn addresses into links. Typed addresses stay text, because only ours have been checked. A renderer that
 * links them anyway shows where they lead.
 */
const ADDRESS = /(?:https?|ftp|mailto|xmpp)(?=:)|www(?=\.)/gi;

/** Turns typed text into one line of Markdown that shows exactly its visible characters. */
function escaped(text: string): string {
  return visibleLine(text)
    .replace(LEADING, (mark) => (/\d/.test(mark) ? `${mark}${KEEP}` : `${KEEP}${mark}`))
    .replace(ADDRESS, (name) => `${name}${KEEP}`)
    .replace(MARKS, (mark) => `\\${mark}`)
    .replace(/!$/, '\\!')
    .replaceAll(KEEP, '\\');
}

/** Stands for a backslash of ours until typed backslashes are escaped. No visible line contains it. */
const KEEP = '\u0000';

/**
 * Template tag for one line: escapes every value that isn't Markdown yet. Put spaces into the template, because values
 * lose those at their ends.
 */
export function md(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | Markdown)[]
): Markdown {
  const parts = texts.map((text, i) => text + (i < values.length ? rendered(values[i] ?? '') : ''));
  return { markdown: parts.join('') };
}

function rendered(value: string | number | Markdown): string {
  if (typeof value === 'object') return value.markdown;
  return typeof value === 'number' ? String(value) : escaped(value);
}

/** "+2", unescaped: never put it at the start of a line, where "+" starts a list. */
export function signedPoints(points: number): Markdown {
  return { markdown: signed(points) };
}

export function joinMarkdown(parts: readonly Markdown[], separator: string): Markdown {
  return { markdown: parts.map((part) => part.markdown).join(separator) };
}

/** Links these words. Gives only the words if the address isn't a web address. */
export function markdownLink(words: string, address: string): Markdown {
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return md`${words}`;
  // The URL parser leaves these, but Markdown or a site generator could take them for markup.
  const safe = url.href.replace(/[<>()[\]{}\\`"|]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return { markdown: `[${escaped(words)}](${safe})` };
}

/** Links a file in the same folder. Gives only the words if the bot can't have made that file name. */
export function fileLink(words: string, fileName: string): Markdown {
  return /^[a-z0-9][a-z0-9-]*\.md$/.test(fileName)
    ? { markdown: `[${escaped(words)}](${fileName})` }
    : md`${words}`;
}

export function markdownHeading(level: 1 | 2 | 3, words: string): Markdown {
  return { markdown: `${'#'.repeat(level)} ${escaped(words)}` };
}

/** One block with a bullet for each item; no block without items. */
export function bulletList(items: readonly Markdown[]): Markdown[] {
  if (items.length === 0) return [];
  const lines = items.map((item) => md`* ${item}`);
  return [joinMarkdown(lines, '\n')];
}

/** Quotes typed text, each line a paragraph. Empty if no line shows anything. */
export function blockQuote(text: string): Markdown[] {
  const lines = visibleLines(text).map((line) => md`> ${line}`);
  return lines.length === 0 ? [] : [joinMarkdown(lines, '\n>\n')];
}

/** "a, b and c" */
export function enumeration(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** A YAML scalar in double quotes, on one line. JSON's escapes are valid in YAML. */
export function yamlText(text: string): string {
  return JSON.stringify(visibleLine(text));
}

/** A YAML list of such scalars under a key, line by line. */
export function yamlList(key: string, items: readonly string[]): string[] {
  return items.length === 0 ? [`${key}: []`] : [`${key}:`, ...items.map((item) => `  - ${yamlText(item)}`)];
}
