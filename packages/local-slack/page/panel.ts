import type { ComponentChildren, VNode } from 'preact';
import { el } from './element.ts';
import { onEscape } from './keys.ts';

export interface PanelFrameProps {
  readonly title: string;
  /** A panel covers a thread where there is no room for both. */
  readonly kind: 'thread' | 'panel';
  close(): void;
}

/** A column at the right: a title and a way out above what it shows. */
export function PanelFrame({ title, kind, close }: PanelFrameProps, ...children: ComponentChildren[]): VNode {
  return el(
    `aside.${kind}`,
    { 'aria-label': title, onKeyDown: onEscape(close) },
    el(
      'header',
      {},
      el('h2', {}, title),
      el(
        'button.quiet',
        { type: 'button', 'aria-label': `Close ${title.toLowerCase()}`, onClick: close },
        '×',
      ),
    ),
    ...children,
  );
}

/** The part of a panel that scrolls; `label` is what it is, for those who hear the page. */
export const renderScrollArea = (label: string, ...children: ComponentChildren[]): VNode =>
  el('div.scroll', { tabIndex: 0, role: 'region', 'aria-label': label }, ...children);
