import type { MrkdwnElement, PlainTextElement, SectionBlock } from '@slack/types';
import { ERASED } from '../decision/decision.ts';

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

/** Line breaks of every kind and control characters. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;

/**
 * Characters that show nothing, wherever they stand: direction marks and overrides that could disguise a
 * name, fillers that make an empty one look filled in, and our own marks from `quoted`, which come back
 * where somebody copies a sentence of ours. Left for `STRAY` are those that some writing needs.
 */
const INVISIBLE =
  /[[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]--[\u200c\u200d\u180b-\u180f\ufe00-\ufe0f\u{e0020}-\u{e007f}\u{e0100}-\u{e01ef}]]/gv;

/** Letters of scripts in which a joiner or non-joiner between two of them changes how they look. */
const JOINING =
  '[[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Nkoo}\\p{scx=Mong}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}' +
  '\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}]' +
  '&&[\\p{L}\\p{M}]]';
const EMOJI = '\\p{Extended_Pictographic}\\ufe0e?\\ufe0f?\\p{Emoji_Modifier}?';

/** What is left of the invisible; the group catches it only outside of what it belongs to. */
const STRAY = new RegExp(
  [
    // Before the other emoji, for it begins with one.
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

/** Text of several lines as somebody entered it, without what databases refuse: zeros, and halves of characters. */
export function entered(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').replace(/\r\n?/g, '\n').trim();
}

/** One line of visible characters; empty where nothing would be seen. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(BREAKS, ' ')
    .replace(INVISIBLE, '')
    .replace(STRAY, (match: string, stray?: string) => (stray === undefined ? match : ''))
    .replace(/\s+/g, ' ')
    .trim();
}

/** What turns writing around, also past its own end, and control characters; line breaks and tabs stay. */
const UNRULY = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]|(?![\n\r\t])\p{Cc}/gu;

/** Typed text of several lines as it may be shown: nothing in it changes what stands around it. */
export function ruly(text: string): string {
  return text.toWellFormed().replace(UNRULY, '');
}

/**
 * Typed text inside mrkdwn: escaped, its formatting characters disarmed, and isolated, so that a
 * right-to-left name does not turn the rest of the line around.
 */
export function quoted(text: string): string {
  const disarmed = ruly(text).replace(/[*_~`]/g, (c) => `${WORD_JOINER}${c}${WORD_JOINER}`);
  return `${FIRST_STRONG_ISOLATE}${escapeMrkdwn(disarmed)}${POP_ISOLATE}`;
}

/**
 * The same for text of any length: at most `most` characters are shown, and fewer where escaping would make it more
 * than twice as long. Slack's limits count what is sent.
 */
export function quotedAtMost(text: string, most: number): string {
  for (let length = most; length > 0; length = Math.floor(length * 0.8)) {
    const shown = quoted(clamp(text, length));
    if (shown.length <= 2 * most) return shown;
  }
  return '';
}

/** mrkdwn has no escape character; between word joiners `*` and its kin no longer start or end anything. */
const WORD_JOINER = '\u2060';
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** The same for plain_text, which needs no escaping. */
export function isolated(text: string): string {
  return `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}`;
}

/** Length as Slack counts it: in Unicode code points, so an emoji counts as one. */
export function textLength(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
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
  if (user === ERASED) return 'someone';
  return /^[UW][A-Z0-9]+$/.test(user) ? `<@${user}>` : escapeMrkdwn(user);
}

export function mentions(users: readonly string[]): string {
  return users.map(mention).join(', ');
}

export function bullets(lines: readonly string[]): string {
  return lines.map((line) => `•  ${line}`).join('\n');
}

/** "1 vote", "2 votes". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function signed(points: number): string {
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0';
}
