import { type ComponentChildren, h, type VNode } from 'preact';
import { asObject, asObjects, asText, type Json } from './api.ts';
import type { BlockContext } from './block-context.ts';
import { renderCard, renderCarousel, renderPlan, renderTask } from './cards.ts';
import { renderChart } from './chart.ts';
import { renderControl, renderRaw } from './controls.ts';
import { el } from './element.ts';
import { Fold } from './fold.ts';
import { Input } from './input.ts';
import { type Heading, markdown } from './markdown.ts';
import { renderFile, renderPicture, renderVideo } from './picture.ts';
import { renderRichText } from './rich-text.ts';
import { DataTable, renderTable } from './table.ts';
import { plainText, renderText } from './text-object.ts';

export type { BlockContext } from './block-context.ts';

/** Renders blocks as a reader sees them, and unsupported types as JSON. */
export function renderBlocks(all: readonly Json[], context: BlockContext): VNode[] {
  return renderBlockList(all, context, newOutline());
}

function renderBlockList(all: readonly Json[], context: BlockContext, heading: Heading): VNode[] {
  return all.map((block, i) =>
    el('div.block', { key: asText(block.block_id) || i }, renderBlock(block, context, heading)),
  );
}

/** Maps headings of any level to an outline without gaps, below the heading of the page section. */
function newOutline(): Heading {
  const above: number[] = [];
  return (level) => {
    while ((above.at(-1) ?? 0) >= level) above.pop();
    above.push(level);
    return `h${Math.min(above.length + 1, 6)}.level-${level}`;
  };
}

function renderBlock(block: Json, context: BlockContext, heading: Heading): ComponentChildren {
  const { names } = context;
  switch (block.type) {
    case 'header':
      return el(heading(typeof block.level === 'number' ? block.level : 1), {}, plainText(block.text));
    case 'divider':
      return el('hr');
    case 'context':
      return renderContext(block, context);
    case 'section':
      return renderSection(block, context);
    case 'rich_text':
      return renderRichText(block, names);
    case 'actions':
    case 'context_actions':
      return el('div.actions', {}, ...asObjects(block.elements).map((e) => renderControl(block, e, context)));
    case 'input':
      return h(Input, { block, context });
    case 'image':
      return renderPicture(block);
    case 'video':
      return renderVideo(block);
    case 'file':
      return renderFile(block);
    case 'markdown':
      return el('div.rich.markdown', {}, ...markdown(asText(block.text), heading));
    case 'table':
      return renderTable(block, names);
    case 'data_table':
      return h(DataTable, { block, names });
    case 'data_visualization':
      return renderChart(block);
    case 'alert':
      return renderAlert(block, context);
    case 'card':
      return renderCard(block, context, heading);
    case 'carousel':
      return renderCarousel(block, context, heading);
    case 'container':
      return renderContainer(block, context, heading);
    case 'task_card':
      return renderTask(block, context);
    case 'plan':
      return renderPlan(block, context, heading);
    default:
      return renderRaw(block);
  }
}

function renderContext(block: Json, { names }: BlockContext): VNode {
  const parts = asObjects(block.elements).map((one) =>
    one.type === 'image' ? renderPicture(one, 'small') : el('span', {}, ...renderText(one, names)),
  );
  return el('div.context', {}, ...parts);
}

function renderSection(block: Json, context: BlockContext): VNode {
  const { names } = context;
  const fields = asObjects(block.fields);
  const accessory = asObject(block.accessory);
  const beside = ['button', 'image', 'overflow', 'workflow_button', 'static_select'].includes(
    asText(accessory.type),
  );
  return el(
    beside ? 'div.section.beside' : 'div.section',
    {},
    el(
      'div',
      {},
      block.text === undefined ? null : renderSectionText(block, context),
      fields.length === 0
        ? null
        : el('div.fields', {}, ...fields.map((f) => el('p', {}, ...renderText(f, names)))),
    ),
    block.accessory === undefined ? null : el('div.accessory', {}, renderControl(block, accessory, context)),
  );
}

function renderSectionText({ text, expand }: Json, { names }: BlockContext): VNode {
  const parts = renderText(text, names);
  return expand === true ? el('p', {}, ...parts) : h(Fold, {}, ...parts);
}

const LEVELS: Readonly<Record<string, readonly [sign: string, word: string]>> = {
  info: ['ℹ', 'Note: '],
  warning: ['⚠', 'Warning: '],
  error: ['✕', 'Error: '],
  success: ['✓', 'Done: '],
};

function renderAlert(block: Json, { names }: BlockContext): VNode {
  const level = asText(block.level);
  const [sign, word] = LEVELS[level] ?? ['•', ''];
  return el(
    `div.alert.is-${Object.hasOwn(LEVELS, level) ? level : 'default'}`,
    { role: 'note' },
    el('span', { 'aria-hidden': 'true' }, sign),
    el('p', {}, word ? el('b', {}, word) : null, ...renderText(block.text, names)),
  );
}

/** Renders blocks under a common title. */
function renderContainer(block: Json, context: BlockContext, heading: Heading): VNode {
  const { names } = context;
  const { rich_text_title: rich } = block;
  const title = rich === undefined ? renderText(block.title, names) : [renderRichText(asObject(rich), names)];
  const head = [
    el(
      heading(5),
      {},
      block.icon === undefined ? null : renderPicture(asObject(block.icon), 'small'),
      ...title,
    ),
    block.subtitle === undefined ? null : el('p.hint', {}, ...renderText(block.subtitle, names)),
  ];
  const inside = el('div.inside', {}, ...renderBlockList(asObjects(block.child_blocks), context, heading));
  const look = `container.${asText(block.width) || 'standard'}${block.has_header_divider === true ? '.divided' : ''}`;
  if (block.is_collapsible !== true) return el(`section.${look}`, {}, el('header', {}, ...head), inside);
  return el(
    `details.${look}`,
    { open: block.default_collapsed !== true },
    el('summary', {}, ...head),
    inside,
  );
}
