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
