import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Distance from the end, in pixels, within which the person counts as reading the newest message. */
const NEAR_PX = 80;

interface Scroll {
  readonly scroll: RefObject<HTMLDivElement | null>;
  /** True if a new message arrived while the person was reading older ones. */
  readonly hasNewBelow: boolean;
  showNewest(): void;
}

/**
 * Scrolls to new messages if the person is at the end, and always to their own (`mine`). Aligns a message that is
 * taller than the window at its first line.
 */
export function useScroll(newest: string | undefined, mine: boolean, from: 'start' | 'end'): Scroll {
  const scroll = useRef<HTMLDivElement>(null);
  const atEnd = useRef(from === 'end');
  const first = useRef(true);
  const [hasNewBelow, setHasNewBelow] = useState(false);
  useEffect(() => {
    const box = scroll.current;
    const look = (): void => {
      if (box === null) return;
      atEnd.current = isAtEnd(box);
      if (atEnd.current) setHasNewBelow(false);
    };
    box?.addEventListener('scroll', look);
    return () => box?.removeEventListener('scroll', look);
  }, []);
  const showNewest = (): void => {
    setHasNewBelow(false);
    const message = [...(scroll.current?.querySelectorAll('article') ?? [])].at(-1);
    const box = scroll.current;
    if (message === undefined || box === null) return;
    message.scrollIntoView({ block: message.offsetHeight > box.clientHeight ? 'start' : 'end' });
  };
  useLayoutEffect(() => {
    const opened = first.current;
    first.current = false;
    if (opened && from === 'start') {
      atEnd.current = scroll.current === null || isAtEnd(scroll.current);
      return;
    }
    if (newest === undefined) return;
    if (atEnd.current || mine) showNewest();
    else setHasNewBelow(true);
  }, [newest]);
  return { scroll, hasNewBelow, showNewest };
}

const isAtEnd = (box: Element): boolean => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
