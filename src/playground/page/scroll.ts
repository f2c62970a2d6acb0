import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** So near to its end, somebody reads the newest messages. */
const NEAR_PX = 80;

interface Scroll {
  readonly scroll: RefObject<HTMLDivElement | null>;
  /** Something new came while somebody was reading further up. */
  readonly below: boolean;
  showNewest(): void;
}

/**
 * Follows what is new only while somebody is at the end. A new message begins at the top of the window where
 * it is longer than the window: its first line says what it is.
 */
export function useScroll(newest: string | undefined, from: 'start' | 'end'): Scroll {
  const scroll = useRef<HTMLDivElement>(null);
  const atEnd = useRef(from === 'end');
  const first = useRef(true);
  const [below, setBelow] = useState(false);
  useEffect(() => {
    const box = scroll.current;
    const look = (): void => {
      if (box === null) return;
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
      if (atEnd.current) setBelow(false);
    };
    box?.addEventListener('scroll', look);
    return () => box?.removeEventListener('scroll', look);
  }, []);
  const showNewest = (): void => {
    setBelow(false);
    const message = [...(scroll.current?.querySelectorAll('article') ?? [])].at(-1);
    const box = scroll.current;
    if (message === undefined || box === null) return;
    message.scrollIntoView({ block: message.offsetHeight > box.clientHeight ? 'start' : 'end' });
    // A message longer than the window is read from its start; what comes after it is followed all the same.
    atEnd.current = true;
  };
  useLayoutEffect(() => {
    const opened = first.current;
    first.current = false;
    if (newest === undefined || (opened && from === 'start')) return;
    if (atEnd.current) showNewest();
    else setBelow(true);
  }, [newest]);
  return { scroll, below, showNewest };
}
