import type { ComponentChildren, VNode } from 'preact';
import { el } from './element.ts';
import { onEscape } from './keys.ts';

export interface PanelFrameProps {
  readonly title: string;
  /** What the scrolling part is, for those who hear the page. */
  readonly body: string;
  close(): void;
}

/** A column at the right: a title, a way out, and a part that scrolls. */
export function PanelFrame({ title, body, close }: PanelFrameProps, ...children: ComponentChildren[]): VNode {
  return el(
    'aside.panel',
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
    el('div.scroll', { tabIndex: 0, role: 'region', 'aria-label': body }, ...children),
  );
}
