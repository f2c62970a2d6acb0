/** Shortest word to correct. Too many shorter words differ by one letter. */
const SHORTEST_WORD = 6;
/** Length from which two errors are allowed instead of one. */
const LONG_WORD = 9;

/**
 * Returns the most likely correct spelling of a word: one edit away (two in long words), with the same first letter.
 * Null if there is none. Of several equally near spellings, the first.
 */
export function nearestWord(word: string, spellings: readonly string[]): string | null {
  if (word.length < SHORTEST_WORD || word.length > 30) return null;
  let best: string | null = null;
  let most = word.length >= LONG_WORD ? 2 : 1;
  for (const candidate of spellings) {
    if (candidate[0] !== word[0] || candidate.length < SHORTEST_WORD) continue;
    if (Math.abs(candidate.length - word.length) > most) continue;
    const apart = distance(word, candidate);
    if (apart > most) continue;
    best = candidate;
    most = apart - 1;
    if (most < 1) break;
  }
  return best;
}

/** Returns the edit distance: insertions, deletions, substitutions, and swaps of neighbouring letters. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const steps = [
        (above[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (above[j - 1] ?? 0) + (same ? 0 : 1),
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      ];
      row.push(Math.min(...steps));
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
