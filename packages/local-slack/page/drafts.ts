import { useLayoutEffect, useState } from 'preact/hooks';

const redraws = new Set<() => void>();

/** What was typed and not sent: each person's own in each place, and still there after a reload. */
export const readDraft = (key: string): string => sessionStorage.getItem(`draft ${key}`) ?? '';

export function saveDraft(key: string, text: string): void {
  if (text === '') sessionStorage.removeItem(`draft ${key}`);
  else sessionStorage.setItem(`draft ${key}`, text);
  for (const redraw of [...redraws]) redraw();
}

/** Takes away what was sent; what was typed since then stays. */
export function removeSentText(key: string, text: string): void {
  const now = readDraft(key);
  if (now.startsWith(text)) saveDraft(key, now.slice(text.length).trimStart());
}

export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith('draft ')) sessionStorage.removeItem(key);
  }
  for (const redraw of [...redraws]) redraw();
}

export function useDraft(key: string): string {
  const [, redraw] = useState({});
  // Before anybody can type: an ordinary effect waits for the next picture.
  useLayoutEffect(() => {
    const look = (): void => redraw({});
    redraws.add(look);
    return () => void redraws.delete(look);
  }, []);
  return readDraft(key);
}
