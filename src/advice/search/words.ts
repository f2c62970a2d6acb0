/** Splitting text into words, and stemming them for the search. */

/** Longest text to search, in characters. Longer text is truncated to keep the search fast. */
const MAX_CHARACTERS = 600;
const MAX_WORDS = 60;

/** Returns the words of a text in order, in lower case and without accents. Truncates long text. */
export function wordsOf(text: string): string[] {
  return (
    text
      .slice(0, MAX_CHARACTERS)
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\p{M}]/gu, '')
      // "We'd" becomes "we" and "d". Single letters are ignored later.
      .replace(/['’ʼ]/gu, ' ')
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, MAX_WORDS) ?? []
  );
}

/** English endings, longest first, each with its replacement. */
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

/** Shortest stem. With a shorter one, "use" and "user" would become "us". */
const SHORTEST_STEM = 3;
/** Shortest stem after a long or second ending. With a shorter one, "moderate" would match "mode". */
const SHORTEST_DERIVED_STEM = 4;
const INFLECTION = /^(?:ings?|edly|ed|ers?|ly|e?s)$/;

/**
 * Returns a word without up to three English endings. The stem isn't a dictionary form. It only has to be equal for
 * "scale", "scaling" and "scalability".
 */
export function stem(word: string): string {
  let rest = word;
  for (let round = 0; round < 3; round++) {
    const shorter = withoutEnding(rest, round);
    if (shorter === rest) break;
    rest = shorter;
  }
  return rest;
}

function withoutEnding(word: string, round: number): string {
  for (const [ending, instead] of ENDINGS) {
    const [ended] = ending.exec(word) ?? [];
    if (ended === undefined) continue;
    const rest = word.replace(ending, instead);
    const shortest = round === 0 && INFLECTION.test(ended) ? SHORTEST_STEM : SHORTEST_DERIVED_STEM;
    if (rest.length >= shortest && /[aeiouy]/.test(rest)) return undoubled(rest);
  }
  return word.length > SHORTEST_STEM ? word.replace(/e$/, '').replace(/y$/, 'i') : word;
}
const undoubled = (word: string): string =>
  word.length > SHORTEST_STEM ? word.replace(/([bdgmnprt])\1$/, '$1').replace(/e$/, '') : word;
