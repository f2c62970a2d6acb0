import { useLayoutEffect, useState } from 'preact/hooks';

const redraws = new Set<() => void>();

/** Returns the unsent text of one person in one channel or thread. Drafts survive a reload. */
export const readDraft = (key: string): string => sessionStorage.getItem(`draft ${key}`) ?? '';

export function saveDraft(key: string, text: string): void {
  if (text === '') sessionStorage.removeItem(`draft ${key}`);
  else sessionStorage.setItem(`draft ${key}`, text);
  for (const redraw of [...redraws]) redraw();
}

/** Removes the sent text. Text that was typed in the meantime stays. */
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
  // A layout effect runs before the person can type; an ordinary effect runs after the next paint.
  useLayoutEffect(() => {
    const look = (): void => redraw({});
    redraws.add(look);
    return () => void redraws.delete(look);
  }, []);
  return readDraft(key);
}
