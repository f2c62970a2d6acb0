import type { ComponentChildren, VNode } from 'preact';
import { formatDate } from './date.ts';
import { el } from './element.ts';
import { emojiAt } from './emoji.ts';
import { addressAt, isSafeUrl, link } from './link.ts';
import { isSpace, isWord, Scanner } from './scan.ts';

export type DisplayNames = ReadonlyMap<string, string>;

const FENCE = '```';
const STYLES: Readonly<Record<string, string>> = { '*': 'b', _: 'i', '~': 's' };

/** Renders Slack's mrkdwn. Anything that isn't markup stays text. */
export function renderMrkdwn(source: string, names: DisplayNames): ComponentChildren[] {
  const pieces = source.split(FENCE);
  // A fence without a closing fence is text.
  const last = pieces.length % 2 === 0 ? pieces.pop() : undefined;
  if (last !== undefined) pieces.push(`${pieces.pop() ?? ''}${FENCE}${last}`);
  return pieces.flatMap((piece, i) => {
    if (i % 2 === 1) return [el('pre', {}, unescapeMarkup(piece.replace(/^\n/, '').replace(/\n$/, '')))];
    // Line breaks next to a code block are part of its markup.
    const before = i > 0 && piece.startsWith('\n') ? piece.slice(1) : piece;
    const text = i < pieces.length - 1 && before.endsWith('\n') ? before.slice(0, -1) : before;
    return text === '' ? [] : renderLines(text, names);
  });
}

/** Renders text outside code blocks, with its quotes. */
function renderLines(text: string, names: DisplayNames): ComponentChildren[] {
  const groups: { readonly quoted: boolean; readonly lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = /^(?:>|&gt;)/.test(line);
    const said = quoted ? line.replace(/^(?:>|&gt;) ?/, '') : line;
    const group = groups.at(-1);
    if (group?.quoted === quoted) group.lines.push(said);
    else groups.push({ quoted, lines: [said] });
  }
  return groups.flatMap(({ quoted, lines: said }) => {
    const parts = renderInline(said.join('\n'), names);
    return quoted ? [el('blockquote', {}, ...parts)] : parts;
  });
}

function renderInline(source: string, names: DisplayNames): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  const scanner = new Scanner(source);
  let from = 0;
  let at = 0;
  const take = (part: ComponentChildren, end: number): void => {
    if (at > from) parts.push(unescapeMarkup(source.slice(from, at)));
    parts.push(part);
    from = end;
    at = end;
  };
  while (at < source.length) {
    const found = markupAt(source, at, scanner, names);
    if (found === null) at += 1;
    else take(found.part, found.end);
  }
  if (at > from) parts.push(unescapeMarkup(source.slice(from, at)));
  return parts;
}

interface Found {
  readonly part: ComponentChildren;
  readonly end: number;
}

/** Returns the markup that starts at this index, or null. */
function markupAt(source: string, at: number, scanner: Scanner, names: DisplayNames): Found | null {
  const letter = source[at] ?? '';
  const line = (end: number): boolean => {
    const newline = scanner.next('\n', at);
    return end !== -1 && (newline === -1 || end < newline);
  };
  if (letter === '\n') return { part: el('br'), end: at + 1 };
  if (letter === '<') {
    const end = scanner.next('>', at + 1);
    const other = scanner.next('<', at + 1);
    if (end <= at + 1 || (other !== -1 && other < end)) return null;
    const inside = source.slice(at + 1, end);
    // Text between angle brackets may be plain text.
    if (!/^[@#!]|\|/.test(inside) && !isSafeUrl(inside)) return null;
    return { part: renderReference(inside, names), end: end + 1 };
  }
  if (letter === '`') {
    const end = scanner.next('`', at + 1);
    if (!line(end) || end === at + 1) return null;
    return { part: el('code', {}, unescapeMarkup(source.slice(at + 1, end))), end: end + 1 };
  }
  if (letter === ':') {
    const found = emojiAt(source, at);
    return found && { part: found.sign, end: at + found.length };
  }
  if (letter === 'h' && !isWord(source[at - 1])) {
    const address = addressAt(source, at);
    return address === null
      ? null
      : { part: link(unescapeMarkup(address), unescapeMarkup(address)), end: at + address.length };
  }
  const style = STYLES[letter];
  if (style === undefined || isWord(source[at - 1]) || isSpace(source[at + 1]) || source[at + 1] === letter) {
    return null;
  }
  const closes = (place: number): boolean => !isSpace(source[place - 1]) && !isWord(source[place + 1]);
  const end = scanner.nextThat(`end of ${letter}`, letter, at + 2, closes);
  if (!line(end)) return null;
  return { part: el(style, {}, ...renderInline(source.slice(at + 1, end), names)), end: end + 1 };
}

/** Renders a reference: `@U1`, `#C1|name`, `!date^…|fallback` or `https://…|label`. */
function renderReference(inside: string, names: DisplayNames): VNode {
  const bar = inside.indexOf('|');
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? '' : unescapeMarkup(inside.slice(bar + 1));
  const name = (id: string): string => names.get(id) ?? (label.replace(/^[@#]/, '') || id);
  if (target.startsWith('@')) return el('span.mention', {}, `@${name(target.slice(1))}`);
  if (target.startsWith('#')) return el('span.mention', {}, `#${name(target.slice(1))}`);
  if (target.startsWith('!date^')) return renderDate(target, label);
  if (target.startsWith('!subteam^')) return el('span.mention', {}, `@${name(target.slice(9))}`);
  if (/^!(here|channel|everyone)$/.test(target)) return el('span.mention', {}, `@${target.slice(1)}`);
  if (target.startsWith('!')) return el('span', {}, label || unescapeMarkup(target));
  return link(unescapeMarkup(target), label || unescapeMarkup(target).replace(/^mailto:/i, ''));
}

function renderDate(target: string, label: string): VNode {
  const [, timestamp = '', format = '', address = ''] = target.split('^');
  const words = formatDate(Number(timestamp), unescapeMarkup(format)) ?? label;
  return address === '' ? el('time', { title: label }, words) : link(unescapeMarkup(address), words);
}

function unescapeMarkup(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
