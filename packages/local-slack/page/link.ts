import type { ComponentChildren, VNode } from 'preact';
import { el } from './element.ts';

const SAFE = /^(?:https?:\/\/|mailto:)/i;
/** What ends a sentence rather than an address. */
const TRAILING = '.,;:!?\'")*_~';

/** Whether the browser may be led there: nothing that runs, nothing on this machine's disk. */
export const isSafe = (url: string): boolean => SAFE.test(url);

/** A link, or only its label where it leads to what is no ordinary address. */
export function link(url: string, label: ComponentChildren): VNode {
  if (!isSafe(url)) return el('span', {}, label);
  const inside = placeOf(url);
  if (inside !== null) return el('a', { href: inside }, label);
  return el('a', { href: url, target: '_blank', rel: 'noreferrer' }, label);
}

/** Where on this page a message is whose permalink this is; null for any other address. */
function placeOf(url: string): string | null {
  const found = /^https:\/\/[\w-]+\.slack\.com\/archives\/(\w+)\/p(\d{10})(\d{6})(?:\?(.*))?$/.exec(url);
  if (found === null) return null;
  const [, channel = '', seconds, rest, query] = found;
  const parent = new URLSearchParams(query).get('thread_ts');
  return `#${new URLSearchParams({ in: channel, thread: parent ?? `${seconds}.${rest}` })}`;
}

/** The address that begins at this place of a text, if one does. */
export function addressAt(text: string, at: number): string | null {
  if (text[at] !== 'h') return null;
  const found = /https?:\/\/[^\s<>|`]+/y;
  found.lastIndex = at;
  const whole = found.exec(text)?.[0];
  if (whole === undefined) return null;
  let length = whole.length;
  while (TRAILING.includes(whole[length - 1] ?? ' ')) length -= 1;
  const address = whole.slice(0, length);
  return /^https?:\/\/[^/]/.test(address) ? address : null;
}
