/** Keys of Block Kit objects whose strings a reader sees. */
const SEEN = ['text', 'title', 'caption', 'alt_text', 'label', 'name', 'fallback'];

/** Returns the visible strings of blocks, in order. */
export function visibleStrings(blocks: unknown): string[] {
  if (Array.isArray(blocks)) return blocks.flatMap(visibleStrings);
  if (typeof blocks !== 'object' || blocks === null) return [];
  return Object.entries(blocks).flatMap(([key, value]) =>
    typeof value === 'string' ? (SEEN.includes(key) ? [value] : []) : visibleStrings(value),
  );
}

/** Returns the number of words in blocks, without the URLs of links. A number is a word; a bare mark isn't. */
export function countWords(blocks: unknown): number {
  return visibleStrings(blocks)
    .join(' ')
    .replace(/<[^|<>]*\|/g, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
