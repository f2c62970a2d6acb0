import type { ComponentChildren, VNode } from 'preact';
import { asObject, asObjects, asText, type Json } from './api.ts';
import { formatDate } from './date.ts';
import { el } from './element.ts';
import { emojiCharacter } from './emoji.ts';
import { link } from './link.ts';
import type { DisplayNames } from './mrkdwn.ts';

/** Renders a rich_text block: sections, lists, quotes and code. */
export function renderRichText(block: Json, names: DisplayNames): VNode {
  const shown: VNode[] = [];
  const elements = asObjects(block.elements);
  for (let at = 0; at < elements.length; ) {
    let end = at;
    while (elements[end]?.type === 'rich_text_list') end += 1;
    shown.push(
      end > at ? renderLists(elements.slice(at, end), names) : renderPart(elements[at] ?? {}, names),
    );
    at = Math.max(end, at + 1);
  }
  return el('div.rich', {}, ...shown);
}

function renderPart(element: Json, names: DisplayNames): VNode {
  const inner = asObjects(element.elements).map((one) => renderInline(one, names));
  const border = element.border === 1 ? '.bordered' : '';
  switch (element.type) {
    case 'rich_text_preformatted': {
      const language = asText(element.language);
      return el(
        `pre${border}`,
        language ? { role: 'group', 'aria-label': `Code, ${language}` } : {},
        ...inner,
      );
    }
    case 'rich_text_quote':
      return el(`blockquote${border}`, {}, ...inner);
    default:
      return el('p', {}, ...inner);
  }
}

const indentOf = (element: Json): number => (typeof element.indent === 'number' ? element.indent : 0);

/** Renders consecutive lists, and puts indented ones into the preceding item. */
function renderLists(elements: readonly Json[], names: DisplayNames): VNode {
  const groups: Json[][] = [];
  const [outer = 0] = elements.map(indentOf);
  for (const element of elements) {
    const deeper = groups.length > 0 && indentOf(element) > outer;
    if (deeper) groups.at(-1)?.push(element);
    else groups.push([element]);
  }
  return el('div', {}, ...groups.map(([first = {}, ...inside]) => renderList(first, inside, names)));
}

function renderList(element: Json, inside: readonly Json[], names: DisplayNames): VNode {
  const items = asObjects(element.elements);
  const offset = typeof element.offset === 'number' ? element.offset : 0;
  const border = element.border === 1 ? '.bordered' : '';
  return el(
    `${element.style === 'ordered' ? 'ol' : 'ul'}.indent-${indentOf(element) % 3}${border}`,
    element.style === 'ordered' && offset > 0 ? { start: offset + 1 } : {},
    ...items.map((item, i) =>
      el(
        'li',
        {},
        ...asObjects(item.elements).map((one) => renderInline(one, names)),
        inside.length > 0 && i === items.length - 1 ? renderLists(inside, names) : null,
      ),
    ),
  );
}

const STYLES: readonly (readonly [string, string])[] = [
  ['code', 'code'],
  ['strike', 's'],
  ['underline', 'u'],
  ['italic', 'i'],
  ['bold', 'b'],
  ['highlight', 'mark'],
  ['client_highlight', 'mark'],
];

function renderInline(element: Json, names: DisplayNames): ComponentChildren {
  const style = asObject(element.style);
  return STYLES.filter(([name]) => style[name] === true).reduce<ComponentChildren>(
    (inner, [, tag]) => el(tag, {}, inner),
    renderUnstyled(element, names),
  );
}

function renderUnstyled(element: Json, names: DisplayNames): ComponentChildren {
  const said = asText(element.text);
  const mention = (sign: string, id: unknown): VNode =>
    el('span.mention', {}, sign + (names.get(asText(id)) ?? asText(id)));
  switch (element.type) {
    case 'text':
      return said;
    case 'link':
      return link(asText(element.url), said || asText(element.url));
    case 'user':
      return mention('@', element.user_id);
    case 'usergroup':
      return mention('@', element.usergroup_id);
    case 'team':
      return mention('', element.team_id);
    case 'channel':
      return mention('#', element.channel_id);
    case 'broadcast':
      return mention('@', element.range);
    case 'emoji':
      return emojiCharacter(asText(element.name), asText(element.unicode));
    case 'color':
      return el('span.colour', {}, renderSwatch(asText(element.value)), asText(element.value));
    case 'date': {
      const words = formatDate(Number(element.timestamp), asText(element.format)) ?? asText(element.fallback);
      const url = asText(element.url);
      return url === '' ? el('time', { title: asText(element.fallback) }, words) : link(url, words);
    }
    default:
      // An element type that the playground doesn't know.
      return el('span.mention', { title: JSON.stringify(element) }, said || `[${asText(element.type)}]`);
  }
}

/** Renders a sample of a colour, or nothing if the value isn't a colour. */
function renderSwatch(value: string): VNode | null {
  if (!/^#[0-9a-f]{3,8}$/i.test(value)) return null;
  return el(
    'svg',
    { width: 12, height: 12, 'aria-hidden': 'true' },
    el('rect', { width: 12, height: 12, rx: 3, fill: value }),
  );
}
