/**
 * The text as it is searched for: without differences of case, of width and of what cannot be seen. Done
 * here and not in SQL, so that every database finds the same. Rows keep the result: a change here needs a
 * migration that folds them anew.
 */
export function fold(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
      // Down, up and down again: ẞ, ß and SS become the same, and so do ſ and S.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKC')
      // Which sigma it is depends on what follows, and a word that is searched for may end earlier.
      .replaceAll('ς', 'σ')
      // The Turkish İ keeps its dot as a separate character.
      .replaceAll('i\u0307', 'i')
  );
}
