import { useEffect, useRef } from 'preact/hooks';
import { fetchSnapshot, NO_ANSWER, type Snapshot } from './api.ts';
import { onChange } from './changes.ts';

/** Keeps a person's snapshot up to date. Drops a response if a newer one came first. */
export function useSnapshots(
  as: string,
  show: (snapshot: Snapshot) => void,
  setAbsent: (why: string | null) => void,
): void {
  const newest = useRef(0);
  useEffect(() => {
    const look = async (): Promise<void> => {
      newest.current += 1;
      const mine = newest.current;
      const state = await fetchSnapshot(as);
      if (mine !== newest.current) return;
      setAbsent(typeof state === 'string' ? state : null);
      if (typeof state !== 'string') show(state);
    };
    return onChange(
      () => void look(),
      () => setAbsent(NO_ANSWER),
    );
  }, [as]);
}
