// Reads cards as people see them.
import type { Block, KnownBlock } from '@slack/types';
import type { Message } from '../../src/blocks/message.ts';

interface Shown {
  readonly type: string;
  readonly text?: string | Shown;
  readonly elements?: readonly Shown[];
  readonly style?: unknown;
  readonly user_id?: string;
  readonly timestamp?: number;
  readonly format?: string;
  readonly fallback?: string;
}

export interface ShownList {
  /** "For Django", or the title of the votes with what follows it. */
  readonly title: string;
  readonly bullets: readonly string[];
}

/** Returns the lists of a card in order, including the votes, which may have no bullets. */
export function listsOf({ blocks }: Pick<Message, 'blocks'>): ShownList[] {
  return shownBlocks(blocks).flatMap((block) => {
    if (block.type !== 'rich_text') return [];
    const [title, list] = block.elements ?? [];
    return title ? [{ title: lineOf(title), bullets: (list?.elements ?? []).map(lineOf) }] : [];
  });
}

/** Returns the bullets under a title, or none. */
export function bulletsOf(message: Pick<Message, 'blocks'>, title: string): readonly string[] {
  return listsOf(message).find((list) => list.title === title)?.bullets ?? [];
}

/** Returns the parts of a card from top to bottom: titles of lists and facts, and types of other blocks. */
export function outlineOf({ blocks }: Pick<Message, 'blocks'>): string[] {
  return shownBlocks(blocks).map((block) => {
    if (block.type === 'rich_text') return lineOf(block.elements?.[0]).split(' · ')[0] ?? '';
    if (block.type === 'section') return /^\*([^*]*):\*/.exec(lineOf(block))?.[1] ?? 'section';
    return block.type;
  });
}

/** Returns the lines that a message shows, except for its buttons. */
export function linesOf({ blocks }: Pick<Message, 'blocks'>): string[] {
  return shownBlocks(blocks)
    .filter(({ type }) => type !== 'actions')
    .flatMap((block) => {
      if (block.type !== 'rich_text') return [block, ...(block.elements ?? [])].map(lineOf);
      return (block.elements ?? []).flatMap((part) =>
        part.type === 'rich_text_list' ? (part.elements ?? []).map(lineOf) : [lineOf(part)],
      );
    })
    .flatMap((line) => line.split('\n'))
    .map((line) => line.replace(/^\*([^*]*)\*/, '$1'))
    .filter((line) => line !== '');
}

/** Returns text without the invisible characters and escapes that the bot adds to typed text. */
export function spoken(text: string): string {
  return text
    .replace(/[\u2060\u2068\u2069]/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function lineOf(part: Shown | undefined): string {
  if (part === undefined) return '';
  if (part.type === 'user') return `<@${part.user_id}>`;
  if (part.type === 'date') return `<!date^${part.timestamp}^${part.format}|${part.fallback}>`;
  if (typeof part.text === 'object') return lineOf(part.text);
  return part.text ?? (part.type.startsWith('rich_text') ? (part.elements ?? []).map(lineOf).join('') : '');
}

function shownBlocks(blocks: readonly (KnownBlock | Block)[]): Shown[] {
  return JSON.parse(JSON.stringify(blocks));
}
