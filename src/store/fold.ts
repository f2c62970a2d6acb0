/**
 * Returns a text in the form that searches compare: without differences of letter case, width or invisible characters.
 * Computed here and not in SQL, so that both databases find the same rows. The `search` column stores the result, so a
 * change here needs a migration that folds every row again.
 */
export function fold(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
      // Lower, upper, lower: ẞ, ß and SS become equal, and so do ſ and S.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKC')
      // A sigma is ς only at the end of a word, and a search term may end in the middle of one.
      .replaceAll('ς', 'σ')
      // The Turkish İ keeps its dot as a separate character.
      .replaceAll('i\u0307', 'i')
  );
}
