import { type ComponentChildren, h, type VNode } from 'preact';
import { type Json, list, object, text } from './api.ts';
import type { BlockContext } from './block-context.ts';
import { card, carousel, plan, task } from './cards.ts';
import { chart } from './chart.ts';
import { control, raw } from './controls.ts';
import { el } from './element.ts';
import { Input } from './input.ts';
import { type Heading, markdown } from './markdown.ts';
import { file, picture, video } from './picture.ts';
import { richText } from './rich-text.ts';
import { DataTable, table } from './table.ts';
import { plain, words } from './words.ts';

export type { BlockContext } from './block-context.ts';

/** Blocks as a reader sees them. Types that nobody draws here are shown as what they hold. */
export function blocks(all: readonly Json[], context: BlockContext): VNode[] {
  return some(all, context, outline());
}

function some(all: readonly Json[], context: BlockContext, heading: Heading): VNode[] {
  return all.map((block, i) =>
    el('div.block', { key: text(block.block_id) || i }, drawn(block, context, heading)),
  );
}

/** Headings of any level as an outline without gaps, below the name of the place they stand in. */
function outline(): Heading {
  const above: number[] = [];
  return (level) => {
    while ((above.at(-1) ?? 0) >= level) above.pop();
    above.push(level);
    return `h${Math.min(above.length + 1, 6)}.level-${level}`;
  };
}

function drawn(block: Json, context: BlockContext, heading: Heading): ComponentChildren {
  const { names } = context;
  switch (block.type) {
    case 'header':
      return el(heading(typeof block.level === 'number' ? block.level : 1), {}, plain(block.text));
    case 'divider':
      return el('hr');
    case 'context':
      return contextual(block, context);
    case 'section':
      return section(block, context);
    case 'rich_text':
      return richText(block, names);
    case 'actions':
    case 'context_actions':
      return el('div.actions', {}, ...list(block.elements).map((e) => control(block, e, context)));
    case 'input':
      return h(Input, { block, context });
    case 'image':
      return picture(block);
    case 'video':
      return video(block);
    case 'file':
      return file(block);
    case 'markdown':
      return el('div.rich.markdown', {}, ...markdown(text(block.text), heading));
    case 'table':
      return table(block, names);
    case 'data_table':
      return h(DataTable, { block, names });
    case 'data_visualization':
      return chart(block);
    case 'alert':
      return alert(block, context);
    case 'card':
      return card(block, context, heading);
    case 'carousel':
      return carousel(block, context, heading);
    case 'container':
      return container(block, context, heading);
    case 'task_card':
      return task(block, context);
    case 'plan':
      return plan(block, context, heading);
    default:
      return raw(block);
  }
}

function contextual(block: Json, { names }: BlockContext): VNode {
  const parts = list(block.elements).map((one) =>
    one.type === 'image' ? picture(one, 'small') : el('span', {}, ...words(one, names)),
  );
  return el('div.context', {}, ...parts);
}

function section(block: Json, context: BlockContext): VNode {
  const { names } = context;
  const fields = list(block.fields);
  const accessory = object(block.accessory);
  const beside = ['button', 'image', 'overflow', 'workflow_button', 'static_select'].includes(
    text(accessory.type),
  );
  return el(
    beside ? 'div.section.beside' : 'div.section',
    {},
    el(
      'div',
      {},
      block.text === undefined ? null : el('p', {}, ...words(block.text, names)),
      fields.length === 0
        ? null
        : el('div.fields', {}, ...fields.map((f) => el('p', {}, ...words(f, names)))),
    ),
    block.accessory === undefined ? null : el('div.accessory', {}, control(block, accessory, context)),
  );
}

const LEVELS: Readonly<Record<string, readonly [sign: string, word: string]>> = {
  info: ['ℹ', 'Note: '],
  warning: ['⚠', 'Warning: '],
  error: ['✕', 'Error: '],
  success: ['✓', 'Done: '],
};

function alert(block: Json, { names }: BlockContext): VNode {
  const level = text(block.level);
  const [sign, word] = LEVELS[level] ?? ['•', ''];
  return el(
    `div.alert.is-${Object.hasOwn(LEVELS, level) ? level : 'default'}`,
    { role: 'note' },
    el('span', { 'aria-hidden': 'true' }, sign),
    el('p', {}, word ? el('b', {}, word) : null, ...words(block.text, names)),
  );
}

/** Blocks under a title of their own. */
function container(block: Json, context: BlockContext, heading: Heading): VNode {
  const { names } = context;
  const { rich_text_title: rich } = block;
  const title = rich === undefined ? words(block.title, names) : [richText(object(rich), names)];
  const head = [
    el(heading(5), {}, block.icon === undefined ? null : picture(object(block.icon), 'small'), ...title),
    block.subtitle === undefined ? null : el('p.hint', {}, ...words(block.subtitle, names)),
  ];
  const inside = el('div.inside', {}, ...some(list(block.child_blocks), context, heading));
  const look = `container.${text(block.width) || 'standard'}${block.has_header_divider === true ? '.divided' : ''}`;
  if (block.is_collapsible !== true) return el(`section.${look}`, {}, el('header', {}, ...head), inside);
  return el(
    `details.${look}`,
    { open: block.default_collapsed !== true },
    el('summary', {}, ...head),
    inside,
  );
}
