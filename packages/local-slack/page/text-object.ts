import type { ComponentChildren } from 'preact';
import { asObject, asText, type Json } from './api.ts';
import { emojiAt } from './emoji.ts';
import { type DisplayNames, renderMrkdwn } from './mrkdwn.ts';

/** Renders a Slack text object. */
export function renderText(value: unknown, names: DisplayNames): ComponentChildren[] {
  const { type, text: said } = asObject(value);
  return type === 'mrkdwn' ? renderMrkdwn(asText(said), names) : [plainText(value)];
}

/** Returns a text object's text without markup, with its emoji. */
export function plainText(value: unknown): string {
  const source = asText(asObject(value).text);
  if (asObject(value).emoji === false) return source;
  return source.replaceAll(/:[a-z0-9_+-]+:/g, (name) => emojiAt(name, 0)?.sign ?? name);
}

/** Returns the text of a text object, or the string itself. */
export const plainTitle = (value: unknown): string => (typeof value === 'string' ? value : plainText(value));

export const formatJson = (value: Json): string => JSON.stringify(value, null, 2);
