import type { Context } from '@slack/bolt';
import { z } from 'zod';
import { toOneLine, unescapeCommandText } from '../../blocks/text.ts';
import { isExternalTeam } from '../../decision/access.ts';

/** A message that mentions the bot. */
export interface Mention {
  readonly channel: string;
  readonly ts: string;
  /** Slack's ts of the thread's parent; null for a message in the channel itself. */
  readonly thread: string | null;
  /** The text around the mention. Empty if there is none. */
  readonly question: string;
  /** True if the author is from another organization, in a shared channel. */
  readonly isExternal: boolean;
}

const envelope = z.object({
  // Without this flag the channel counts as shared, so only the teams decide who is external.
  is_ext_shared_channel: z.boolean().default(true),
  event: z.object({
    user: z.string(),
    channel: z.string(),
    ts: z.string(),
    text: z.string().default(''),
    thread_ts: z.string().optional(),
    user_team: z.string().optional(),
    team: z.string().optional(),
    bot_id: z.string().optional(),
    edited: z.unknown().optional(),
  }),
});

/**
 * Parses a mention. Null if the bot must not answer it:
 * - A bot wrote it: two bots could answer each other endlessly.
 * - The message was edited: its first version was answered, or didn't mention the bot.
 */
export function parseMention(body: unknown, { teamId, enterpriseId, botUserId }: Context): Mention | null {
  const parsed = envelope.safeParse(body).data;
  if (!parsed) return null;
  const { event, is_ext_shared_channel: isShared } = parsed;
  if (event.bot_id !== undefined || event.user === botUserId || event.edited !== undefined) return null;
  const team = event.user_team ?? event.team;
  return {
    channel: event.channel,
    ts: event.ts,
    thread: event.thread_ts ?? null,
    question: extractQuestion(event.text),
    isExternal:
      isShared && isExternalTeam(team, { team: teamId, enterprise: enterpriseId, isOrgWide: false }),
  };
}

/** Slack's markup for people, channels and links. In typed text Slack escapes `<` and `>`. */
const SLACK_MARKUP = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;

/** Characters of a message that are read, so that a huge message can't keep the bot busy. Questions are shorter. */
const MOST_READ = 2_000;

/** Returns the question on one line, without mentions, and with links replaced by their labels. */
export function extractQuestion(text: string): string {
  const said = text
    .slice(0, MOST_READ)
    .replace(SLACK_MARKUP, (_, sign: string, target: string, label?: string) => {
      if (sign === '@' || sign === '!') return ' ';
      return sign === '#' ? `#${label ?? ''}` : (label ?? target);
    });
  return toOneLine(unescapeCommandText(said))
    .replace(/^[\s,:;?!–—-]+/, '')
    .replace(/[\s,]+([?!.]*)$/, '$1');
}
