// Lines of text with names, links and dates: as rich_text blocks, and as text for screen readers.
import type {
  RichTextBlock,
  RichTextElement,
  RichTextList,
  RichTextQuote,
  RichTextSection,
} from '@slack/types';
import {
  type DateFormat,
  dateFallback,
  escapeMrkdwn,
  formatDate,
  mention,
  quoteText,
  stripUnsafe,
} from './text.ts';

/** Part of a line. A string is the bot's own text. */
export type Span =
  | string
  | { readonly bold: string }
  | { readonly italic: string }
  | { readonly code: string }
  /** Text that a person typed. */
  | { readonly typed: string }
  /** Slack user id. */
  | { readonly person: string }
  /** Slack channel id. */
  | { readonly channel: string }
  | { readonly url: string; readonly text: string }
  /** Milliseconds since 1970, with one of Slack's date formats. */
  | { readonly date: number; readonly format: DateFormat };

export type Line = readonly Span[];

export interface TitledList {
  readonly title: string;
  readonly lines: readonly Line[];
}

type Part = RichTextSection | RichTextList | RichTextQuote;

export function richText(...elements: Part[]): RichTextBlock {
  return { type: 'rich_text', elements };
}

export function paragraph(line: Line): RichTextSection {
  return { type: 'rich_text_section', elements: line.map(element) };
}

export function bulletList(lines: readonly Line[]): RichTextList {
  return { type: 'rich_text_list', style: 'bullet', elements: lines.map(paragraph) };
}

export function quotation(line: Line): RichTextQuote {
  return { type: 'rich_text_quote', elements: line.map(element) };
}

/** Renders a title in bold above its list. */
export function titledList({ title, lines }: TitledList): RichTextBlock {
  return richText(paragraph([{ bold: title }]), bulletList(lines));
}

/** Starts a line with a few words in bold: "The sum: Django leads by 11 points." */
export function withLead(lead: string, ...rest: Line): Line {
  return [{ bold: lead }, ' ', ...rest];
}

/** Returns a line as mrkdwn without formatting, for the text that screen readers and notifications use. */
export function lineText(line: Line): string {
  return line.map(spanText).join('');
}

function element(span: Span): RichTextElement {
  if (typeof span === 'string') return { type: 'text', text: span };
  if ('bold' in span) return { type: 'text', text: span.bold, style: { bold: true } };
  if ('italic' in span) return { type: 'text', text: span.italic, style: { italic: true } };
  if ('code' in span) return { type: 'text', text: span.code, style: { code: true } };
  if ('typed' in span) return { type: 'text', text: stripUnsafe(span.typed) };
  if ('url' in span) return { type: 'link', url: span.url, text: span.text };
  if ('channel' in span) return { type: 'channel', channel_id: span.channel };
  if ('date' in span) {
    const { date, format } = span;
    return { type: 'date', timestamp: Math.floor(date / 1000), format, fallback: dateFallback(date, format) };
  }
  // Slack refuses a user element whose id isn't a user's.
  const name = mention(span.person);
  return name.startsWith('<@')
    ? { type: 'user', user_id: span.person }
    : { type: 'text', text: stripUnsafe(name) };
}

function spanText(span: Span): string {
  if (typeof span === 'string') return escapeMrkdwn(span);
  if ('bold' in span) return escapeMrkdwn(span.bold);
  if ('italic' in span) return escapeMrkdwn(span.italic);
  if ('code' in span) return `\`${escapeMrkdwn(span.code)}\``;
  if ('typed' in span) return quoteText(span.typed);
  if ('url' in span) return `<${escapeMrkdwn(span.url)}|${escapeMrkdwn(span.text)}>`;
  if ('channel' in span) return `<#${escapeMrkdwn(span.channel)}>`;
  if ('date' in span) return formatDate(span.date, span.format);
  return mention(span.person);
}
