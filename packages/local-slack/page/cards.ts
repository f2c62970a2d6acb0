import type { VNode } from 'preact';
import { asObject, asObjects, asText, type Json } from './api.ts';
import type { BlockContext } from './block-context.ts';
import { renderControl } from './controls.ts';
import { el } from './element.ts';
import { link } from './link.ts';
import type { Heading } from './markdown.ts';
import { renderPicture } from './picture.ts';
import { renderRichText } from './rich-text.ts';
import { plainTitle, renderText } from './text-object.ts';

/** Heading level below every header that an app can write. */
const LOWEST_LEVEL = 6;

/** Renders a card: a picture, titles, some text, up to three buttons. */
export function renderCard(block: Json, context: BlockContext, heading: Heading): VNode {
  const { names } = context;
  const line = (tag: string, value: unknown): VNode | null =>
    value === undefined ? null : el(tag, {}, ...renderText(value, names));
  const icon = asObject(block.slack_icon);
  return el(
    'section.card',
    {},
    block.hero_image === undefined ? null : renderPicture(asObject(block.hero_image)),
    block.title === undefined
      ? null
      : el(
          heading(LOWEST_LEVEL),
          {},
          block.icon === undefined ? null : renderPicture(asObject(block.icon), 'small'),
          icon.name === undefined
            ? null
            : el('span.slack-icon', { 'aria-hidden': 'true' }, asText(icon.name)),
          ...renderText(block.title, names),
        ),
    line('p.subtitle', block.subtitle),
    line('p', block.body),
    line('p.hint', block.subtext),
    block.actions === undefined
      ? null
      : el('div.actions', {}, ...asObjects(block.actions).map((one) => renderControl(block, one, context))),
  );
}

/** Renders a scrollable row of cards. */
export function renderCarousel(block: Json, context: BlockContext, heading: Heading): VNode {
  const cards = asObjects(block.elements);
  return el(
    'ul.carousel',
    { tabIndex: 0, 'aria-label': `${cards.length} cards` },
    ...cards.map((one) => el('li', { key: asText(one.block_id) }, renderCard(one, context, heading))),
  );
}

const STATUS: Readonly<Record<string, readonly [sign: string, words: string]>> = {
  pending: ['○', 'Pending'],
  in_progress: ['◐', 'In progress'],
  complete: ['✓', 'Complete'],
  error: ['✕', 'Failed'],
};

/** Renders an assistant's task: title, status, details, output and sources. */
export function renderTask(block: Json, { names }: BlockContext): VNode {
  const [sign, status] = STATUS[asText(block.status)] ?? ['', ''];
  const part = (label: string, value: unknown): VNode | null =>
    value === undefined
      ? null
      : el('div', {}, el('small.hint', {}, label), renderRichText(asObject(value), names));
  const sources = asObjects(block.sources);
  return el(
    `div.task.is-${asText(block.status) || 'unknown'}`,
    {},
    el(
      'p',
      {},
      sign ? el('span.sign', { 'aria-hidden': 'true' }, sign) : null,
      el('b', {}, plainTitle(block.title)),
      status ? el('span.hint', {}, ` ${status}`) : null,
    ),
    part('Details', block.details),
    part('Output', block.output),
    sources.length === 0
      ? null
      : el(
          'ul.sources',
          { 'aria-label': 'Sources' },
          ...sources.map((one) => el('li', {}, link(asText(one.url), asText(one.text)))),
        ),
  );
}

/** Renders several tasks under one title. */
export function renderPlan(block: Json, context: BlockContext, heading: Heading): VNode {
  return el(
    'section.plan',
    {},
    el(heading(LOWEST_LEVEL), {}, plainTitle(block.title)),
    el(
      'ol',
      {},
      ...asObjects(block.tasks).map((one) =>
        el('li', { key: asText(one.task_id) }, renderTask(one, context)),
      ),
    ),
  );
}
