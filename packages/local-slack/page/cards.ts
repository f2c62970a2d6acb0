import type { VNode } from 'preact';
import { type Json, list, object, text } from './api.ts';
import type { BlockContext } from './block-context.ts';
import { control } from './controls.ts';
import { el } from './element.ts';
import { link } from './link.ts';
import type { Heading } from './markdown.ts';
import { picture } from './picture.ts';
import { richText } from './rich-text.ts';
import { titleOf, words } from './words.ts';

/** Below every header that an app can write. */
const BELOW = 6;

/** A card: a picture, titles, some text, up to three buttons. */
export function card(block: Json, context: BlockContext, heading: Heading): VNode {
  const { names } = context;
  const line = (tag: string, value: unknown): VNode | null =>
    value === undefined ? null : el(tag, {}, ...words(value, names));
  const icon = object(block.slack_icon);
  return el(
    'section.card',
    {},
    block.hero_image === undefined ? null : picture(object(block.hero_image)),
    block.title === undefined
      ? null
      : el(
          heading(BELOW),
          {},
          block.icon === undefined ? null : picture(object(block.icon), 'small'),
          icon.name === undefined ? null : el('span.slack-icon', { 'aria-hidden': 'true' }, text(icon.name)),
          ...words(block.title, names),
        ),
    line('p.subtitle', block.subtitle),
    line('p', block.body),
    line('p.hint', block.subtext),
    block.actions === undefined
      ? null
      : el('div.actions', {}, ...list(block.actions).map((one) => control(block, one, context))),
  );
}

/** Cards side by side, to be scrolled through. */
export function carousel(block: Json, context: BlockContext, heading: Heading): VNode {
  const cards = list(block.elements);
  return el(
    'ul.carousel',
    { tabIndex: 0, 'aria-label': `${cards.length} cards` },
    ...cards.map((one) => el('li', { key: text(one.block_id) }, card(one, context, heading))),
  );
}

const STATUS: Readonly<Record<string, readonly [sign: string, words: string]>> = {
  pending: ['○', 'Pending'],
  in_progress: ['◐', 'In progress'],
  complete: ['✓', 'Complete'],
  error: ['✕', 'Failed'],
};

/** A task of an assistant: what, how far, what came of it, and from where. */
export function task(block: Json, { names }: BlockContext): VNode {
  const [sign, status] = STATUS[text(block.status)] ?? ['', ''];
  const part = (label: string, value: unknown): VNode | null =>
    value === undefined ? null : el('div', {}, el('small.hint', {}, label), richText(object(value), names));
  const sources = list(block.sources);
  return el(
    `div.task.is-${text(block.status) || 'unknown'}`,
    {},
    el(
      'p',
      {},
      sign ? el('span.sign', { 'aria-hidden': 'true' }, sign) : null,
      el('b', {}, titleOf(block.title)),
      status ? el('span.hint', {}, ` ${status}`) : null,
    ),
    part('Details', block.details),
    part('Output', block.output),
    sources.length === 0
      ? null
      : el(
          'ul.sources',
          { 'aria-label': 'Sources' },
          ...sources.map((one) => el('li', {}, link(text(one.url), text(one.text)))),
        ),
  );
}

/** Several tasks under one title. */
export function plan(block: Json, context: BlockContext, heading: Heading): VNode {
  return el(
    'section.plan',
    {},
    el(heading(BELOW), {}, titleOf(block.title)),
    el('ol', {}, ...list(block.tasks).map((one) => el('li', { key: text(one.task_id) }, task(one, context)))),
  );
}
