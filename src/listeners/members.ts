import type { Context } from '@slack/bolt';
import { z } from 'zod';

const person = z.object({ user: z.object({ team_id: z.string() }) });

/** Said to somebody of another organisation who presses a button in a shared channel. */
export const MEMBERS_ONLY =
  'Only people of the workspace that this app belongs to can do this. You can read the card and its thread.';

/**
 * Does this person belong to another organisation? In a shared channel they see the same buttons as we do.
 * On an org-wide installation everybody of the enterprise is one of us, whatever their workspace; who is not
 * cannot be told from the payload there.
 */
export function isExternal(body: unknown, context: Context): boolean {
  if (context.isEnterpriseInstall) return false;
  const team = person.safeParse(body).data?.user.team_id;
  return team !== undefined && context.teamId !== undefined && team !== context.teamId;
}
