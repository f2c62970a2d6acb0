// Lists as rich_text.
import type { RichTextBlock, RichTextElement } from '@slack/types';

export interface TitledList {
  readonly title: string;
  readonly lines: readonly ListLine[];
}

export interface ListLine {
  /** Shown in bold before the text. */
  readonly lead?: string;
  readonly text: string;
  /** Later corrections, shown in italics after the text. */
  readonly since?: string;
  readonly links?: readonly { readonly title: string; readonly url: string }[];
}

/** Renders lines as a bulleted list, in which Slack parses no markup. */
export function renderBullets(lines: readonly RichTextElement[][]): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: lines.map((elements) => ({ type: 'rich_text_section', elements })),
      },
    ],
  };
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
