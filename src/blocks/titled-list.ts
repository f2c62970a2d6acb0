// A titled list, as rich_text and as text for screen readers.
import type { RichTextBlock, RichTextElement } from '@slack/types';
import { LONGEST_MESSAGE } from './message.ts';
import { escapeMrkdwn, textLength, truncate } from './text.ts';

export interface TitledList {
  readonly title: string;
  readonly lines: readonly ListLine[];
}

export interface ListLine {
  /** Shown in bold before the text. */
  readonly lead?: string;
  readonly text: string;
  /** Later corrections, shown in italics after the text. Long texts for screen readers leave them out. */
  readonly since?: string;
  readonly links?: readonly { readonly title: string; readonly url: string }[];
  /** Set if a long text for screen readers can do without this line's text. */
  readonly spare?: true;
}

/** Renders a list as rich_text, in which Slack parses no markup. */
export function renderTitledList({ title, lines }: TitledList): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [{ type: 'text', text: title, style: { bold: true } }] },
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: lines.map((line) => ({ type: 'rich_text_section', elements: lineElements(line) })),
      },
    ],
  };
}

function lineElements({ lead, text, since, links = [] }: ListLine): RichTextElement[] {
  return [
    ...(lead ? [{ type: 'text' as const, text: `${lead} `, style: { bold: true } }] : []),
    { type: 'text', text },
    ...(since ? [{ type: 'text' as const, text: ` ${since}`, style: { italic: true } }] : []),
    ...links.flatMap((link, i): RichTextElement[] => [
      { type: 'text', text: i === 0 ? ' Source: ' : '; ' },
      { type: 'link', url: link.url, text: link.title },
    ]),
  ];
}

/**
 * Returns the text for screen readers. If it is too long, shortens lines, the last one first. Truncating the end would
 * lose whole lists.
 */
export function screenReaderText(heading: readonly string[], lists: readonly TitledList[]): string {
  const shortenable = lists
    .flatMap((list) => list.lines)
    .filter(({ spare, since }) => spare || since !== undefined);
  for (let left = shortenable.length; ; left--) {
    const short = new Set(shortenable.slice(left));
    const texts = lists.map(({ title, lines }) => {
      const read = lines.map((line) => screenReaderLine(line, short.has(line)));
      return `${title}: ${read.join(' ')}`;
    });
    const text = [...heading, ...texts].join('\n');
    if (left === 0 || textLength(text) <= LONGEST_MESSAGE) return truncate(text, LONGEST_MESSAGE);
  }
}

function screenReaderLine({ lead, text, since, spare }: ListLine, isShort: boolean): string {
  const parts = isShort ? [lead, spare ? undefined : text] : [lead, text, since];
  return escapeMrkdwn(parts.filter((part) => part !== undefined).join(' '));
}
