import type { MrkdwnElement, PlainTextElement, SectionBlock } from '@slack/types';

/**
 * Makes text that people typed safe inside mrkdwn and top-level `text`: it can then neither mention
 * anybody nor pose as a link. https://docs.slack.dev/messaging/formatting-message-text
 */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Undoes Slack's own escaping of what it sends us in commands. */
export function unescapeIncoming(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Control characters and direction overrides, which could disguise a name; isolates are kept. */
const INVISIBLE = /[\p{Cc}\u202a-\u202e\u2028\u2029\ufeff]+/gu;

/** One line of visible characters. */
export function oneLine(text: string): string {
  return text.replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim();
}

/**
 * Typed text inside mrkdwn: escaped, its formatting characters disarmed, and isolated, so that a
 * right-to-left name does not turn the rest of the line around.
 */
export function quoted(text: string): string {
  const disarmed = text.replace(/[*_~`]/g, (c) => `${WORD_JOINER}${c}${WORD_JOINER}`);
  return `${FIRST_STRONG_ISOLATE}${escapeMrkdwn(disarmed)}${POP_ISOLATE}`;
}

/** mrkdwn has no escape character; between word joiners `*` and its kin no longer start or end anything. */
const WORD_JOINER = '\u2060';
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** The same for plain_text, which needs no escaping. */
export function isolated(text: string): string {
  return `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}`;
}

/** At most `most` characters as Slack counts them (code points), with an ellipsis where cut. */
export function clamp(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

export function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text };
}

export function section(text: string): SectionBlock {
  return { type: 'section', text: mrkdwn(text) };
}

/** A mention. Ids come from Slack; anything else is shown as text. */
export function mention(user: string): string {
  return /^[UW][A-Z0-9]+$/.test(user) ? `<@${user}>` : escapeMrkdwn(user);
}

export function mentions(users: readonly string[]): string {
  return users.map(mention).join(', ');
}

export function bullets(lines: readonly string[]): string {
  return lines.map((line) => `•  ${line}`).join('\n');
}

export function signed(points: number): string {
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0';
}
