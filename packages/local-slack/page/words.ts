import type { ComponentChildren } from 'preact';
import { type Json, object, text } from './api.ts';
import { emojiAt } from './emoji.ts';
import { mrkdwn, type Names } from './mrkdwn.ts';

/** A text object. */
export function words(value: unknown, names: Names): ComponentChildren[] {
  const { type, text: said } = object(value);
  return type === 'mrkdwn' ? mrkdwn(text(said), names) : [plain(value)];
}

/** The text of a text object without any markup, with its emoji. */
export function plain(value: unknown): string {
  const source = text(object(value).text);
  if (object(value).emoji === false) return source;
  return source.replaceAll(/:[a-z0-9_+-]+:/g, (name) => emojiAt(name, 0)?.sign ?? name);
}

/** The text of something that has one or is one. */
export const titleOf = (value: unknown): string => (typeof value === 'string' ? value : plain(value));

/** What nobody draws here is shown as what it holds. */
export const asJson = (value: Json): string => JSON.stringify(value, null, 2);
