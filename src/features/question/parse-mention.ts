import type { Context } from '@slack/bolt';
import { z } from 'zod';
import { oneLine, unescapeIncoming } from '../../blocks/text.ts';
import { isFromOutside } from '../../decision/access.ts';

/** Somebody mentions the bot. */
export interface Mention {
  readonly channel: string;
  readonly ts: string;
  /** Parent of the thread it stands in; null for a message in the channel itself. */
  readonly thread: string | null;
  /** What was written around the mention; empty where that is all. */
  readonly question: string;
  /** By somebody of another organisation, in a channel that both share. */
  readonly isExternal: boolean;
}

const envelope = z.object({
  // Missing counts as shared: then the teams alone tell who is from outside.
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
 * Null for what is not to be answered: what a bot wrote, since two of them could go on for ever, and a message
 * that was only edited, since its first version was answered or did not mention the bot.
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
    isExternal: isShared && isFromOutside(team, { team: teamId, enterprise: enterpriseId, isOrgWide: false }),
  };
}

/** Slack's own markup: people, channels, links and the like. What is typed with these signs arrives escaped. */
const TOKEN = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;

/** Nobody asks in more characters; what follows is not read, so that no message can keep the bot busy. */
const MOST_READ = 2_000;

/** The question as somebody would say it: without mentions, links by their words, in one line. */
export function extractQuestion(text: string): string {
  const said = text.slice(0, MOST_READ).replace(TOKEN, (_, sign: string, target: string, label?: string) => {
    if (sign === '@' || sign === '!') return ' ';
    return sign === '#' ? `#${label ?? ''}` : (label ?? target);
  });
  return oneLine(unescapeIncoming(said))
    .replace(/^[\s,:;?!–—-]+/, '')
    .replace(/[\s,]+([?!.]*)$/, '$1');
}
