// Markdown and YAML from typed text. Only this file creates `Markdown` values, so all typed text is escaped.

/** Text that is already escaped. */
export interface Markdown {
  readonly markdown: string;
}

const LINE_BREAKS = /\r\n|[\n\v\f\r\x85\u2028\u2029]/u;
const CONTROLS = /\p{Cc}+/gu;

/**
 * Invisible characters: tags, fillers, and direction marks that could disguise a name. Joiners and variation selectors
 * stay, because some scripts and emoji need them. Names aren't wrapped in isolates either, because reviewers take a file
 * with direction marks for an attack.
 */
const INVISIBLE =
  /[[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Noncharacter_Code_Point}\ufff9-\ufffb]--[\u200c\u200d\u180b-\u180f\ufe00-\ufe0f]]/gv;

/** Returns the text on one line, without invisible characters. Empty if nothing would show. */
export function toVisibleLine(text: string): string {
  const line = text.toWellFormed().replace(CONTROLS, ' ').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(line) ? line : '';
}

/** Returns the lines of typed text, without empty ones. */
function toVisibleLines(text: string): string[] {
  return text
    .split(LINE_BREAKS)
    .map(toVisibleLine)
    .filter((line) => line !== '');
}

/** Characters that are markup anywhere in a line, including `{` for site generators and `$` for formulas. */
const MARKS = /[\\`*_[\]<>#|~&${}^]/g;
/** Markup at the start of a line: a list, a rule, a heading's underline or a table. */
const LEADING = /^(?:[-+=:]|\d{1,9}(?=[.)]))/;
/**
 * The start of a URL, and the end of an email address's first part. Many renderers turn both into links. A typed address
 * stays text, because the bot hasn't checked it. A renderer that links it anyway shows its target.
 */
const ADDRESS = /(?:https?|ftp|mailto|xmpp)(?=:)|www(?=\.)|(?<=[\w.+-])(?=@)/gi;

/** Turns typed text into one line of Markdown that shows exactly its visible characters. */
function escaped(text: string): string {
  return toVisibleLine(text)
    .replace(LEADING, (mark) => (/\d/.test(mark) ? `${mark}${KEEP}` : `${KEEP}${mark}`))
    .replace(ADDRESS, (name) => `${name}${KEEP}`)
    .replace(MARKS, (mark) => `\\${mark}`)
    .replace(/!$/, '\\!')
    .replaceAll(KEEP, '\\');
}

/** Placeholder for the backslashes that `escaped` adds, while it escapes typed ones. No visible line contains it. */
const KEEP = '\u0000';

/**
 * Renders one line from a template, and escapes the values that aren't Markdown yet. Spaces belong in the template,
 * because values lose those at their ends.
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

export function joinMarkdown(parts: readonly Markdown[], separator: string): Markdown {
  return { markdown: parts.map((part) => part.markdown).join(separator) };
}

/** Returns a link. Without an http(s) URL, returns only the words. */
export function markdownLink(words: string, address: string): Markdown {
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return md`${words}`;
  // The URL parser doesn't encode these, but Markdown or a site generator could take them for markup.
  const safe = url.href.replace(/[<>()[\]{}\\`"|]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return { markdown: `[${escaped(words)}](${safe})` };
}

/** Returns a link to a file in the same folder. Returns only the words if the bot can't have made that file name. */
export function fileLink(words: string, fileName: string): Markdown {
  return /^[a-z0-9][a-z0-9-]*\.md$/.test(fileName)
    ? { markdown: `[${escaped(words)}](${fileName})` }
    : md`${words}`;
}

export function markdownHeading(level: 1 | 2 | 3, words: string): Markdown {
  return { markdown: `${'#'.repeat(level)} ${escaped(words)}` };
}

/** Returns one block with a bullet for each item. Without items, returns no block. */
export function bulletList(items: readonly Markdown[]): Markdown[] {
  if (items.length === 0) return [];
  const lines = items.map((item) => md`* ${item}`);
  return [joinMarkdown(lines, '\n')];
}

/** Returns typed text as one quotation, each line a paragraph. Empty if no line shows anything. */
export function blockQuote(text: string): Markdown[] {
  const lines = toVisibleLines(text).map((line) => md`> ${line}`);
  return lines.length === 0 ? [] : [joinMarkdown(lines, '\n>\n')];
}

/** Returns "a, b and c". */
export function formatList(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/**
 * Returns a YAML scalar in double quotes, on one line. JSON's escapes are valid in YAML. Angle brackets are escaped too,
 * because a reader without front matter would take them for HTML.
 */
export function yamlText(text: string): string {
  return JSON.stringify(toVisibleLine(text)).replace(/[<>]/g, (c) => (c === '<' ? '\\u003c' : '\\u003e'));
}

/** Returns a YAML list under a key, on one line. */
export function yamlList(key: string, items: readonly string[]): string {
  return `${key}: [${items.map(yamlText).join(', ')}]`;
}
