import type { ComponentChildren, VNode } from 'preact';
import { el } from './element.ts';

const SAFE = /^(?:https?:\/\/|mailto:)/i;
/** Characters at the end of a URL that belong to the sentence. */
const TRAILING = '.,;:!?\'")*_~';

/** True for web and mail URLs. Excludes scripts and local files. */
export const isSafeUrl = (url: string): boolean => SAFE.test(url);

/** Returns a link, or only its label if the URL isn't a web or mail URL. */
export function link(url: string, label: ComponentChildren): VNode {
  if (!isSafeUrl(url)) return el('span', {}, label);
  const inside = pageAddress(url);
  if (inside !== null) return el('a', { href: inside }, label);
  return el('a', { href: url, target: '_blank', rel: 'noreferrer' }, label);
}

/** Returns the address on this page for a message's permalink, or null for any other URL. */
function pageAddress(url: string): string | null {
  const found = /^https:\/\/[\w-]+\.slack\.com\/archives\/(\w+)\/p(\d{10})(\d{6})(?:\?(.*))?$/.exec(url);
  if (found === null) return null;
  const [, channel = '', seconds, rest, query] = found;
  const parent = new URLSearchParams(query).get('thread_ts');
  return `#${new URLSearchParams({ in: channel, thread: parent ?? `${seconds}.${rest}` })}`;
}

/** Returns the URL that starts at this index of a text, or null. */
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
