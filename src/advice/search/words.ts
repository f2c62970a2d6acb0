/** Words of a text as the search compares them: lower case, without accents, apostrophes and endings. */

/** Longer questions are cut; nobody asks in more words, and the search must stay quick. */
const MOST_CHARACTERS = 600;
const MOST_WORDS = 60;

/** All words of a text, in order. Empty for a text without letters and digits. */
export function wordsOf(text: string): string[] {
  return (
    text
      .slice(0, MOST_CHARACTERS)
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\p{M}]/gu, '')
      // "We'd" is "we" with something that asks nothing.
      .replace(/['’ʼ]/gu, ' ')
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, MOST_WORDS) ?? []
  );
}

/** Endings that English adds, the longest first, and what to put in their place. */
const ENDINGS: readonly (readonly [ending: RegExp, instead: string])[] = [
  [/(?:iveness|fulness)$/, ''],
  [/(?:isation|ization)$/, 'is'],
  [/(?:ising|izing|ised|ized|ises|izes|iser|izer|ize)$/, 'is'],
  [/(?:abilities|ability|able|ibility|ible)$/, ''],
  [/(?:ances|ance|ancy|ences|ence|ency|ants|ant|ents|ent)$/, ''],
  [/(?:ations|ation|ators|ator|ating|ated|ates|ate)$/, ''],
  [/(?:ments|ment|ness)$/, ''],
  [/(?:ities|ity)$/, ''],
  [/(?:ings|ing|edly|ed|ers|er|ly)$/, ''],
  [/(?<=.{4})est$/, ''],
  [/(?:ions|ion)$/, ''],
  [/ies$/, 'y'],
  [/(?:sses|shes|ches|xes)$/, ''],
  [/es$/, ''],
  [/s$/, ''],
];

/** So much must be left of a word that loses its ending; else "use" and "user" would be "us". */
const SHORTEST = 3;

/**
 * The word without its English endings: at most three of them, one after the other. Not a dictionary form, and not
 * meant to be read; what matters is that "scale", "scaling" and "scalability" become the same.
 */
export function stem(word: string): string {
  let rest = word;
  for (let round = 0; round < 3; round++) {
    const shorter = withoutEnding(rest);
    if (shorter === rest) break;
    rest = shorter;
  }
  return rest;
}

function withoutEnding(word: string): string {
  for (const [ending, instead] of ENDINGS) {
    if (!ending.test(word)) continue;
    const rest = word.replace(ending, instead);
    if (rest.length >= SHORTEST && /[aeiouy]/.test(rest)) return undoubled(rest);
  }
  return word.length > SHORTEST ? word.replace(/e$/, '').replace(/y$/, 'i') : word;
}
const undoubled = (word: string): string => word.replace(/([bdgmnprt])\1$/, '$1').replace(/e$/, '');
