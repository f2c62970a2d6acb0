import type { Message } from '../../src/blocks/message.ts';

/** A message as Markdown for the README: enough for what our cards are made of. */
export function asMarkdown(message: Message): string {
  const lines = message.blocks.flatMap((block): string[] => {
    const b = JSON.parse(JSON.stringify(block));
    switch (b.type) {
      case 'header':
        return [`**${clean(b.text.text)}**`];
      case 'context':
        return b.elements.map((e: { text: string }) => `<sub>${converted(e.text)}</sub>`);
      case 'section':
        return (b.fields ?? [b.text]).map((t: { text: string }) => converted(t.text));
      case 'rich_text':
        return b.elements.map(richTextPart);
      case 'divider':
        return ['---'];
      case 'actions':
        return [
          b.elements
            .map((e: { type: string; text?: { text: string } }) =>
              e.type === 'overflow' ? '`•••`' : `\`${e.text?.text}\``,
            )
            .join(' '),
        ];
      default:
        throw new Error(`no rendering for ${b.type}`);
    }
  });
  return lines
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => `> ${line}`.trimEnd())
        .join('\n'),
    )
    .join('\n>\n');
}

interface Part {
  type: string;
  text?: string;
  fallback?: string;
  style?: { bold?: boolean };
  elements?: Part[];
}

/** Paragraphs and lists of rich text. */
function richTextPart(part: Part): string {
  const elements = part.elements ?? [];
  if (part.type === 'rich_text_list') return elements.map((line) => `- ${richTextPart(line)}`).join('\n');
  return elements
    .map(({ type, text = '', fallback = '', style }) => {
      if (type === 'user') return '@ana';
      if (type === 'date') return fallback;
      return style?.bold ? `**${clean(text)}**` : clean(text);
    })
    .join('');
}

/** mrkdwn → Markdown: bold titles, bullets, mentions. */
function converted(mrkdwn: string): string {
  return clean(mrkdwn)
    .replace(/^\*([^*\n]+)\*(\n?)/gm, '**$1**$2$2')
    .replace(/^•\s+/gm, '- ')
    .replace(/<@(\w+)>/g, '@ana')
    .replaceAll('&amp;', '&');
}

function clean(text: string): string {
  return text.replace(/[\u2060\u2068\u2069]/g, '');
}
