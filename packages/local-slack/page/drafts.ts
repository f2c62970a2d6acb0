import { useLayoutEffect, useState } from 'preact/hooks';

const fields = new Set<() => void>();

/** What was typed and not sent: each person's own in each place, and still there after a reload. */
export const draftOf = (key: string): string => sessionStorage.getItem(`draft ${key}`) ?? '';

export function keepDraft(key: string, text: string): void {
  if (text === '') sessionStorage.removeItem(`draft ${key}`);
  else sessionStorage.setItem(`draft ${key}`, text);
  for (const redraw of [...fields]) redraw();
}

/** Takes away what was sent; what was typed since then stays. */
export function sent(key: string, text: string): void {
  const now = draftOf(key);
  if (now.startsWith(text)) keepDraft(key, now.slice(text.length).trimStart());
}

export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith('draft ')) sessionStorage.removeItem(key);
  }
  for (const redraw of [...fields]) redraw();
}

export function useDraft(key: string): string {
  const [, redraw] = useState({});
  // Before anybody can type: an ordinary effect waits for the next picture.
  useLayoutEffect(() => {
    const look = (): void => redraw({});
    fields.add(look);
    return () => void fields.delete(look);
  }, []);
  return draftOf(key);
}
