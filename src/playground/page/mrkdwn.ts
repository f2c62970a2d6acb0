import type { ComponentChildren, VNode } from 'preact';
import { el } from './element.ts';

export type Names = ReadonlyMap<string, string>;

const TOKEN = /<([^<>]+)>|`([^`\n]+)`|(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\3(?![\p{L}\p{N}])|\n/gu;
const STYLES: Readonly<Record<string, string>> = { '*': 'b', _: 'i', '~': 's' };

/** Slack's mrkdwn as elements; whatever is no markup stays text. */
export function mrkdwn(source: string, names: Names): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const match of source.matchAll(TOKEN)) {
    parts.push(unescaped(source.slice(from, match.index)));
    from = match.index + match[0].length;
    const [whole, angle, code, style, styled] = match;
    if (whole === '\n') parts.push(el('br'));
    else if (angle !== undefined) parts.push(reference(angle, names));
    else if (code !== undefined) parts.push(el('code', {}, unescaped(code)));
    else parts.push(el(STYLES[style ?? ''] ?? 'span', {}, ...mrkdwn(styled ?? '', names)));
  }
  parts.push(unescaped(source.slice(from)));
  return parts;
}

/** `@U1`, `#C1|name`, `!date^…|fallback`, `https://…|label`. */
function reference(inside: string, names: Names): VNode {
  const [target = '', label] = inside.split('|', 2);
  if (target.startsWith('@'))
    return el('span.mention', {}, `@${names.get(target.slice(1)) ?? target.slice(1)}`);
  if (target.startsWith('#'))
    return el('span.mention', {}, `#${names.get(target.slice(1)) ?? label ?? target.slice(1)}`);
  if (target.startsWith('!')) return el('span', {}, unescaped(label ?? target));
  return link(target, unescaped(label ?? target));
}

export function link(url: string, label: string): VNode {
  if (!/^https?:\/\//.test(url)) return el('span', {}, label);
  return el('a', { href: unescaped(url), target: '_blank', rel: 'noreferrer' }, label);
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
