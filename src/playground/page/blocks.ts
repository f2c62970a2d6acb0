import type { ComponentChildren, VNode } from 'preact';
import { type Json, list, object, text } from './api.ts';
import { el } from './element.ts';
import { link, mrkdwn, type Names } from './mrkdwn.ts';

export interface BlockContext {
  readonly names: Names;
  /** Somebody presses something. */
  press(block: string, action: string, value?: string): void;
}

/** Blocks as a reader sees them. Types that nobody draws here are shown as what they hold. */
export function blocks(all: readonly Json[], context: BlockContext): VNode[] {
  return all.map((block, i) => el('div.block', { key: text(block.block_id) || i }, drawn(block, context)));
}

function drawn(block: Json, context: BlockContext): ComponentChildren {
  const { names } = context;
  switch (block.type) {
    case 'header':
      return el('h2', {}, text(object(block.text).text));
    case 'divider':
      return el('hr');
    case 'context':
      return el('p.context', {}, ...list(block.elements).flatMap((e) => words(e, names)));
    case 'section':
      return section(block, context);
    case 'rich_text':
      return list(block.elements).map((e) => rich(e, names));
    case 'actions':
      return el('div.actions', {}, ...list(block.elements).map((e) => control(block, e, context)));
    case 'image':
      return el('p.context', {}, `Picture: ${text(block.alt_text)}`);
    default:
      return el(
        'details',
        {},
        el('summary', {}, text(block.type)),
        el('pre', {}, JSON.stringify(block, null, 2)),
      );
  }
}

/** A text object. */
function words(value: Json, names: Names): ComponentChildren[] {
  return value.type === 'mrkdwn' ? mrkdwn(text(value.text), names) : [text(value.text)];
}

function section(block: Json, context: BlockContext): VNode {
  const fields = list(block.fields);
  const accessory = block.accessory === undefined ? null : control(block, object(block.accessory), context);
  return el(
    'div.section',
    {},
    block.text === undefined ? null : el('p', {}, ...words(object(block.text), context.names)),
    fields.length === 0
      ? null
      : el('div.fields', {}, ...fields.map((f) => el('p', {}, ...words(f, context.names)))),
    accessory,
  );
}

function rich(element: Json, names: Names): VNode {
  const inner = list(element.elements);
  switch (element.type) {
    case 'rich_text_list':
      return el(
        element.style === 'ordered' ? 'ol' : 'ul',
        {},
        ...inner.map((e) => el('li', {}, rich(e, names))),
      );
    case 'rich_text_preformatted':
      return el('pre', {}, ...inner.map((e) => richWords(e, names)));
    case 'rich_text_quote':
      return el('blockquote', {}, ...inner.map((e) => richWords(e, names)));
    default:
      return el('p', {}, ...inner.map((e) => richWords(e, names)));
  }
}

function richWords(element: Json, names: Names): ComponentChildren {
  const style = object(element.style);
  const said = text(element.text);
  if (element.type === 'link') return link(text(element.url), said || text(element.url));
  if (element.type === 'user')
    return el('span.mention', {}, `@${names.get(text(element.user_id)) ?? text(element.user_id)}`);
  if (element.type === 'channel') {
    return el('span.mention', {}, `#${names.get(text(element.channel_id)) ?? text(element.channel_id)}`);
  }
  if (style.bold) return el('b', {}, said);
  if (style.italic) return el('i', {}, said);
  if (style.code) return el('code', {}, said);
  return said;
}

/** Buttons and menus outside of inputs. */
function control(block: Json, element: Json, { press }: BlockContext): VNode {
  const at = (value?: string): void => press(text(block.block_id), text(element.action_id), value);
  if (element.type === 'overflow') {
    const options = list(element.options);
    return el(
      'details.menu',
      {},
      el('summary', { 'aria-label': 'More actions', title: 'More actions' }, '•••'),
      el(
        'div',
        {},
        ...options.map((option) => {
          const label = text(object(option.text).text);
          const choose = (event: Event): void => {
            if (event.currentTarget instanceof Element)
              event.currentTarget.closest('details')?.removeAttribute('open');
            at(text(option.value));
          };
          return option.url === undefined
            ? el('button', { type: 'button', onClick: choose }, label)
            : el(
                'a',
                { href: text(option.url), target: '_blank', rel: 'noreferrer', onClick: choose },
                label,
              );
        }),
      ),
    );
  }
  const look =
    element.style === 'primary' ? 'button.primary' : element.style === 'danger' ? 'button.danger' : 'button';
  return el(
    look,
    { type: 'button', onClick: () => at() },
    text(object(element.text).text) || text(element.type),
  );
}
