/**
 * Remembers what was made of the last so many texts: the same long text is often read several times in a row, and
 * checking it takes longer than fetching it. What is made must never be changed.
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
