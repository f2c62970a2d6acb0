/** Text that is Markdown already. Only this file makes it, so that nothing typed gets there unescaped. */
export interface Markdown {
  readonly markdown: string;
}

/** Line breaks of every kind, and other control characters. */
const BREAKS = /\r\n|[\n\v\f\r\x85\u2028\u2029]/u;
const CONTROLS = /\p{Cc}+/gu;

/**
 * What shows nothing: direction marks that could disguise a name, tags, fillers. Left are joiners and variation
 * selectors, which some writing and emoji need. No isolates are added either: a file with direction marks in it
 * is taken for an attack by those who review it.
 */
const INVISIBLE =
  /[[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Noncharacter_Code_Point}\ufff9-\ufffb]--[\u200c\u200d\u180b-\u180f\ufe00-\ufe0f]]/gv;

/** One line of visible characters; empty where nothing would be seen. */
export function visibleLine(text: string): string {
  const line = text.toWellFormed().replace(CONTROLS, ' ').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(line) ? line : '';
}

/** The lines of what somebody typed, empty ones left out. */
function visibleLines(text: string): string[] {
  return text
    .split(BREAKS)
    .map(visibleLine)
    .filter((line) => line !== '');
}

/** Starts or ends something wherever it stands: also `{` for site generators, `$` for formulas. */
const MARKS = /[\\`*_[\]<>#|~&${}^]/g;
/** Starts a list, a rule, a heading's underline or a table at the beginning of a line. */
const LEADING = /^(?:[-+=:]|\d{1,9}(?=[.)]))/;
/**
 * An address becomes a link by itself. Typed ones stay text, since only ours have been looked at; a renderer that
 * links them all the same shows where they lead.
 */
const ADDRESS = /(?:https?|ftp|mailto|xmpp)(?=:)|www(?=\.)/gi;

/** Typed text as Markdown that shows exactly its visible characters, on one line. */
function escaped(text: string): string {
  return visibleLine(text)
    .replace(LEADING, (mark) => (/\d/.test(mark) ? `${mark}${KEEP}` : `${KEEP}${mark}`))
    .replace(ADDRESS, (name) => `${name}${KEEP}`)
    .replace(MARKS, (mark) => `\\${mark}`)
    .replace(/!$/, '\\!')
    .replaceAll(KEEP, '\\');
}

/** Stands for a backslash of ours until those that were typed are escaped; no visible line contains it. */
const KEEP = '\u0000';

/**
 * A template for one line, in which every value is escaped unless it is Markdown already. Blanks belong into the
 * template: values lose those at their ends.
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

export function join(parts: readonly Markdown[], separator: string): Markdown {
  return { markdown: parts.map((part) => part.markdown).join(separator) };
}

/** A link under these words; only the words where the address is not one of the web. */
export function link(words: string, address: string): Markdown {
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return md`${words}`;
  // What the parser leaves in an address and Markdown, or a site generator, could take for something else.
  const safe = url.href.replace(/[<>()[\]{}\\`"|]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return { markdown: `[${escaped(words)}](${safe})` };
}

/** A link to a file that lies beside this one; only the words where that is no name of ours. */
export function fileLink(words: string, fileName: string): Markdown {
  return /^[a-z0-9][a-z0-9-]*\.md$/.test(fileName)
    ? { markdown: `[${escaped(words)}](${fileName})` }
    : md`${words}`;
}

export function heading(level: 1 | 2 | 3, words: string): Markdown {
  return { markdown: `${'#'.repeat(level)} ${escaped(words)}` };
}

export function list(items: readonly Markdown[]): Markdown[] {
  return items.length === 0
    ? []
    : [
        join(
          items.map((item) => md`* ${item}`),
          '\n',
        ),
      ];
}

/** Somebody's own words, marked as such; each line a paragraph. Nothing where nothing was said. */
export function quote(text: string): Markdown[] {
  const lines = visibleLines(text).map((line) => md`> ${line}`);
  return lines.length === 0 ? [] : [join(lines, '\n>\n')];
}

/** A YAML scalar in double quotes, on one line. JSON's escapes are a part of YAML's. */
export function yamlText(text: string): string {
  return JSON.stringify(visibleLine(text));
}
