import { z } from 'zod';

/** A JSON object whose fields nobody has looked at yet. */
export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a list, or none if it is no list. */
export function members(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Decodes JSON, or gives undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A block as Slack keeps it: it has filled in the id. */
export interface Block extends Json {
  readonly type: string;
  readonly block_id: string;
}

export const plainText = z.object({
  type: z.literal('plain_text'),
  text: z.string(),
  emoji: z.boolean().optional(),
});
