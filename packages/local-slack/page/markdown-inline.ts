import type { ComponentChildren } from 'preact';
import { el } from './element.ts';
import { emojiAt } from './emoji.ts';
import { addressAt, link } from './link.ts';
import { isSpace, isWord, Scanner } from './scan.ts';

/** Longer marks first: `**` is no pair of `*`. */
const MARKS: readonly (readonly [mark: string, tag: string])[] = [
  ['**', 'b'],
  ['__', 'b'],
  ['~~', 's'],
  ['*', 'i'],
  ['_', 'i'],
];
const DEEPEST = 8;

interface Found {
  readonly part: ComponentChildren;
  readonly end: number;
}

/** The text of a paragraph; HTML in it stays text. */
export function markdownInline(source: string, depth = 0): ComponentChildren[] {
  if (depth > DEEPEST) return [source];
  const parts: ComponentChildren[] = [];
  const scanner = new Scanner(source);
  let said = '';
  for (let at = 0; at < source.length; ) {
    const found = markupAt(source, at, scanner, depth);
    if (found === null) {
      said += source[at] ?? '';
      at += 1;
      continue;
    }
    if (said !== '') parts.push(said);
    said = '';
    parts.push(found.part);
    at = found.end;
  }
  return said === '' ? parts : [...parts, said];
}

function markupAt(source: string, at: number, scanner: Scanner, depth: number): Found | null {
  switch (source[at]) {
    case '\\':
      return /[!-/:-@[-`{-~]/.test(source[at + 1] ?? '') ? { part: source[at + 1], end: at + 2 } : null;
    case '\n':
      return { part: el('br'), end: at + 1 };
    case '`':
      return code(source, at, scanner);
    case '!':
      return source[at + 1] === '[' ? bracket(source, at + 1, depth) : null;
    case '[':
      return bracket(source, at, depth);
    case '<': {
      const [whole = '', address = ''] = here(/<((?:https?:\/\/|mailto:)[^\s<>]+)>/iy, source, at);
      return whole === '' ? null : { part: link(address, address), end: at + whole.length };
    }
    case ':': {
      const found = emojiAt(source, at);
      return found && { part: found.sign, end: at + found.length };
    }
    case 'h': {
      const address = isWord(source[at - 1]) ? null : addressAt(source, at);
      return address === null ? null : { part: link(address, address), end: at + address.length };
    }
    default:
      return emphasis(source, at, scanner, depth);
  }
}

function code(source: string, at: number, scanner: Scanner): Found {
  const [ticks = '`'] = here(/`+/y, source, at);
  const from = at + ticks.length;
  const alone = (place: number): boolean => source[place - 1] !== '`' && source[place + ticks.length] !== '`';
  const end = scanner.nextThat(`end of ${ticks.length} ticks`, ticks, from, alone);
  if (end === -1) return { part: ticks, end: from };
  const inside = source.slice(from, end).replaceAll('\n', ' ');
  return { part: el('code', {}, inside.trim() || inside), end: end + ticks.length };
}

/** `[label](address "title")`; a picture is shown as a link, as Slack does. */
function bracket(source: string, at: number, depth: number): Found | null {
  const [labelled = '', label = ''] = here(/\[([^[\]]*)\]/y, source, at);
  if (labelled === '') return null;
  const address = /\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)/y;
  const [target = '', url = ''] = here(address, source, at + labelled.length);
  if (target === '') return null;
  const end = at + labelled.length + target.length;
  const shown = link(url, '');
  return { part: { ...shown, props: { ...shown.props, children: said(label || url, depth) } }, end };
}

const said = (label: string, depth: number): ComponentChildren[] => markdownInline(label, depth + 1);

function emphasis(source: string, at: number, scanner: Scanner, depth: number): Found | null {
  const [mark, tag] = MARKS.find(([one]) => source.startsWith(one, at)) ?? [];
  if (mark === undefined || tag === undefined) return null;
  const size = mark.length;
  const inWord = mark.startsWith('_');
  if (isSpace(source[at + size]) || (inWord && isWord(source[at - 1]))) return null;
  const closes = (place: number): boolean => {
    const before = source[place - 1];
    const after = source[place + size];
    if (isSpace(before) || (inWord && isWord(after))) return false;
    // The last of three closes the outer pair; one alone is no half of a pair.
    return size === 2 ? after !== mark[0] : before !== mark && after !== mark;
  };
  const end = scanner.nextThat(`end of ${mark}`, mark, at + size + 1, closes);
  if (end === -1) return null;
  return { part: el(tag, {}, ...said(source.slice(at + size, end), depth)), end: end + size };
}

function here(pattern: RegExp, source: string, at: number): readonly string[] {
  pattern.lastIndex = at;
  return pattern.exec(source) ?? [];
}
