import type { ComponentChildren, VNode } from 'preact';
import { el } from './element.ts';
import { onEscape } from './keys.ts';

export interface PanelFrameProps {
  readonly title: string;
  /** On a narrow window, a panel covers the thread. */
  readonly kind: 'thread' | 'panel';
  close(): void;
}

/** A column at the right: title, close button, and contents. */
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

/** Renders a panel's scrollable part. Screen readers announce `label`. */
export const renderScrollArea = (label: string, ...children: ComponentChildren[]): VNode =>
  el('div.scroll', { tabIndex: 0, role: 'region', 'aria-label': label }, ...children);
