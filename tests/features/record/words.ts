// Counts the words of a record that the bot wrote.

/** Typed text and names in the records that are counted. The count leaves it out. */
export const TYPED = 'Typedtext';

/** Counts words outside of URLs: front matter, headings and link texts included, typed text and names left out. */
export function countWords(markdown: string): number {
  return markdown
    .replace(/\]\([^)]*\)/g, ' ')
    .split(/[\s[\]"]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && !word.toLowerCase().includes(TYPED.toLowerCase())).length;
}
