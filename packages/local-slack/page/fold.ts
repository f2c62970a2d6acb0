import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { el } from './element.ts';

/**
 * Text of a section without `expand: true`. Hides everything after the fifth line behind "See more". Slack doesn't
 * document its own limit, and folds earlier in narrow columns.
 */
export function Fold({ children }: { readonly children?: ComponentChildren }): VNode {
  const text = useRef<HTMLParagraphElement>(null);
  const [tall, setTall] = useState(false);
  const [open, setOpen] = useState(false);
  const id = useId();
  const measure = (): void => {
    const { current } = text;
    // An open text has its full height, so only a folded one can be measured. The class is newer than `open`, which
    // an observer may still have from the last render.
    if (current?.classList.contains('folded')) setTall(current.scrollHeight > current.clientHeight + 1);
  };
  useLayoutEffect(measure);
  useEffect(() => {
    if (text.current === null) return;
    const observer = new ResizeObserver(measure);
    observer.observe(text.current);
    return () => observer.disconnect();
  }, [open]);
  return el(
    'div',
    {},
    el(open ? 'p' : 'p.folded', { id, ref: text }, children),
    tall
      ? el(
          'button.see',
          { type: 'button', 'aria-expanded': open, 'aria-controls': id, onClick: () => setOpen(!open) },
          open ? 'See less' : 'See more',
        )
      : null,
  );
}
