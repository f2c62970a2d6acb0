import type { MrkdwnElement, PlainTextElement, SectionBlock } from '@slack/types';
import { ERASED } from '../decision/decision.ts';

/**
 * Escapes typed text for mrkdwn and top-level `text`, so it can't mention people or pose as a link.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Undoes Slack's escaping of a slash command's text. */
export function unescapeCommandText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Control characters and all kinds of line breaks. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;

/**
 * Characters that are invisible everywhere. Direction marks could disguise a name, and fillers make an empty name look
 * filled in. Copied text contains the isolates and joiners that `quoteText` added. `STRAY` handles the characters that
 * some scripts and emoji need.
 */
const INVISIBLE =
  /[[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]--[\u200c\u200d\u180b-\u180f\ufe00-\ufe0f\u{e0020}-\u{e007f}\u{e0100}-\u{e01ef}]]/gv;

/** Letters of scripts in which a joiner or non-joiner between two letters changes their shape. */
const JOINING =
  '[[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Nkoo}\\p{scx=Mong}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}' +
  '\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}]' +
  '&&[\\p{L}\\p{M}]]';
const EMOJI = '\\p{Extended_Pictographic}\\ufe0e?\\ufe0f?\\p{Emoji_Modifier}?';

/** The remaining invisible characters. The group captures them only if no script or emoji needs them. */
const STRAY = new RegExp(
  [
    // Flags of regions, such as Scotland. They start with an emoji, so the pattern for emoji must come later.
    '\\u{1f3f4}[\\u{e0020}-\\u{e007e}]{1,8}\\u{e007f}',
    `${EMOJI}(?:\\u200d${EMOJI})*`,
    '[#*0-9]\\ufe0f\\u20e3',
    `(?<=${JOINING})[\\u200c\\u200d](?=${JOINING})`,
    '(?<=\\p{scx=Mong})[\\u180b-\\u180f]',
    '(?<=\\p{scx=Hani})[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]',
    '([\\u200c\\u200d\\u180b-\\u180f\\ufe00-\\ufe0f\\u{e0020}-\\u{e007f}\\u{e0100}-\\u{e01ef}])',
  ].join('|'),
  'gv',
);

/** Cleans up typed text of several lines. Removes what databases refuse: NUL and unpaired surrogates. */
export function cleanInput(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').replace(/\r\n?/g, '\n').trim();
}

/** Reduces text to one line of visible characters. Returns an empty string if nothing visible is left. */
export function toOneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(BREAKS, ' ')
    .replace(INVISIBLE, '')
    .replace(STRAY, (match: string, stray?: string) => (stray === undefined ? match : ''))
    .replace(/\s+/g, ' ')
    .trim();
}

/** Direction marks and overrides, and control characters other than line breaks and tabs. */
const UNSAFE = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]|(?![\n\r\t])\p{Cc}/gu;

/** Removes characters from typed text of several lines that would change the display of the text around it. */
export function stripUnsafe(text: string): string {
  return text.toWellFormed().replace(UNSAFE, '');
}

/**
 * Makes typed text safe inside mrkdwn: escapes it, disarms formatting characters, and isolates its direction, so a
 * right-to-left name doesn't reverse the rest of the line.
 */
export function quoteText(text: string): string {
  const disarmed = stripUnsafe(text).replace(/[*_~`]/g, (c) => `${WORD_JOINER}${c}${WORD_JOINER}`);
  return `${FIRST_STRONG_ISOLATE}${escapeMrkdwn(disarmed)}${POP_ISOLATE}`;
}

/**
 * Quotes typed text and truncates it to `most` visible characters. Shows fewer if escaping would make the result longer
 * than twice that, because Slack's limits count escaped characters.
 */
export function quoteTruncated(text: string, most: number): string {
  for (let length = most; length > 0; length = Math.floor(length * 0.8)) {
    const shown = quoteText(truncate(text, length));
    if (shown.length <= 2 * most) return shown;
  }
  return '';
}

/** mrkdwn has no escape character. Between word joiners, `*`, `_`, `~` and backticks don't start or end formatting. */
const WORD_JOINER = '\u2060';
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** Isolates the direction of typed text inside plain_text, which needs no escaping. */
export function isolateText(text: string): string {
  return `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}`;
}

/** Returns the length of text as Slack counts it: in Unicode code points, so a simple emoji counts as one. */
export function textLength(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** Truncates text to `most` code points, including the ellipsis. */
export function truncate(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

export function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text };
}

/** Returns a section that Slack shows whole, without "See more". */
export function section(text: string): SectionBlock {
  return { type: 'section', text: mrkdwn(text), expand: true };
}

/** Mentions a user. A value that isn't a Slack user id is shown as text. */
export function mention(user: string): string {
  if (user === ERASED) return 'someone';
  return /^[UW][A-Z0-9]+$/.test(user) ? `<@${user}>` : escapeMrkdwn(user);
}

/** Mentions users: "<@U1>, <@U2> and <@U3>". */
export function mentions(users: readonly string[]): string {
  return [users.slice(0, -1).map(mention).join(', '), ...users.slice(-1).map(mention)]
    .filter((part) => part !== '')
    .join(' and ');
}

/** "1 vote", "2 votes". */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Slack's date formats that the bot uses. */
export type DateFormat = '{date_short}' | '{date_short_pretty}' | '{date_short_pretty} {time}';

/**
 * Formats a time (milliseconds since 1970) in the reader's time zone.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function formatDate(at: number, format: DateFormat): string {
  return `<!date^${Math.floor(at / 1000)}^${format}|${dateFallback(at, format)}>`;
}

/** Returns the date that Slack shows if it can't format it for the reader, in UTC. */
export function dateFallback(at: number, format: DateFormat): string {
  const iso = new Date(at).toISOString();
  return format.endsWith('{time}') ? `${iso.slice(0, 16)}Z` : iso.slice(0, 10);
}
