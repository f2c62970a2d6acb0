import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** Returns a function that focuses an element after the next render, which may create the element. */
export function useFocusNext(): (id: string) => void {
  const wanted = useRef('');
  useLayoutEffect(() => {
    if (wanted.current === '') return;
    document.getElementById(wanted.current)?.focus();
    wanted.current = '';
  });
  return (id) => {
    wanted.current = id;
  };
}

/** Focuses the composer when the page opens. Not on a phone, where the keyboard would hide half of the page. */
export function useFocusAtFirst(shown: boolean): void {
  useEffect(() => {
    const untouched = document.activeElement === document.body;
    if (shown && untouched && matchMedia('(min-width: 701px)').matches) {
      document.getElementById('write')?.focus();
    }
  }, [shown]);
}

/** Restores the focus when a dialog closes. */
export function useFocusBack(dialog: boolean): void {
  const before = useRef<Element | null>(null);
  const was = useRef(false);
  if (!dialog && !was.current) before.current = document.activeElement;
  useLayoutEffect(() => {
    if (was.current && !dialog && before.current instanceof HTMLElement) before.current.focus();
    was.current = dialog;
  }, [dialog]);
}
