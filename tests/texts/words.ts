/** Counts the words that the bot wrote, as the limits on cards, threads and records mean them. */
import { renderMessage } from './render.ts';

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

const renderBlocks = (blocks: readonly unknown[]): string => renderMessage({ text: '', blocks });

/** Returns the number of words. Punctuation, bullets and symbols alone are no words, nor are addresses. */
export function countWords(text: string): number {
  return text
    .replace(/https?:\S+/g, ' ')
    .split(/[\s/]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Removes mentions and what people typed. */
export function botText(text: string, typed: readonly string[]): string {
  const withoutTyped = typed
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, words) => (words === '' ? rest : rest.replaceAll(words, ' ')), text);
  return withoutTyped.replace(/[@#][\w-]+/g, ' ').replace(/“[^”]*…”/g, ' ');
}

/**
 * Returns the words of a message that the bot wrote: no names, no typed text, no buttons, no votes.
 *
 * @param typed what people typed: the project's name, reasons, the rationale
 */
export function wordsInMessage({ blocks }: { readonly blocks?: unknown }, typed: readonly string[]): number {
  return countWords(botText(renderBlocks(withoutVotes(listOf(blocks))), typed));
}

/** Removes buttons, and the votes: from their heading to the next block of another kind. */
function withoutVotes(blocks: readonly Json[]): Json[] {
  let inVotes = false;
  return blocks.filter((block) => {
    if (/^\*?Votes?\b/.test(renderBlocks([block]))) inVotes = true;
    else if (block.type === 'actions' || block.type === 'context' || block.type === 'divider')
      inVotes = false;
    return block.type !== 'actions' && !inVotes;
  });
}

/** Returns the words of a record: no front matter, no names, no typed text, no addresses. */
export function wordsInRecord(markdown: string, typed: readonly string[]): number {
  const body = markdown.replace(/^---\n[\s\S]*?\n---\n/, '').replace(/\]\([^)]*\)/g, ']');
  return countWords(botText(body, typed));
}

/** Returns the header's text after the project's name. */
export function headlineAfter(project: string, { blocks }: { readonly blocks?: unknown }): string {
  const header = listOf(blocks).find(({ type }) => type === 'header');
  return renderBlocks(header ? [header] : [])
    .replace(/^# /, '')
    .replace(project, '')
    .replace(/^…?:\s*/, '');
}

/** A heading of the card, and the bullets below it. */
interface BulletList {
  readonly heading: string;
  readonly bullets: readonly string[];
}

/** Returns the lists of a card: a heading in bold or on its own line, followed by bullets. */
export function bulletListsIn({ blocks }: { readonly blocks?: unknown }): BulletList[] {
  const lines = renderBlocks(withoutVotes(listOf(blocks))).split('\n');
  const lists: { heading: string; bullets: string[] }[] = [];
  for (const [i, line] of lines.entries()) {
    const [, bullet] = /^•\s+(.*)$/.exec(line) ?? [];
    if (bullet === undefined) continue;
    const before = lines[i - 1] ?? '';
    if (/^•/.test(before)) lists.at(-1)?.bullets.push(bullet);
    else lists.push({ heading: before.replaceAll('*', ''), bullets: [bullet] });
  }
  return lists;
}

/** True for the heading of pros or cons. */
export const isSide = (heading: string): boolean => /^(?:For|Against|Django for|Flask for)\b/.test(heading);

/** Returns the number of sentences in a text without its buttons. */
export function countSentences(text: string): number {
  const prose = text
    .split('\n')
    .filter((line) => !/^\[.*\]$/.test(line.trim()))
    .join(' ')
    .replace(/“[^”]*”/g, '“”');
  return (prose.match(/[.?!…](?=[”)]*(?:\s|$))/g) ?? []).length;
}
