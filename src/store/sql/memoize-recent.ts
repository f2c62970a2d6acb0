/**
 * Caches the results for the most recently used texts. Stored advice is often read several times in a row, and parsing
 * it takes longer than fetching it. Callers share the results, so they must not change them.
 */
export function memoizeRecent<T>(most: number, make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) {
      known.delete(text);
      known.set(text, before);
      return before;
    }
    const made = make(text);
    known.set(text, made);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return made;
  };
}
