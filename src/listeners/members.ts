import type { Context } from '@slack/bolt';
import { z } from 'zod';
import { type Home, isFromOutside } from '../core/access.ts';

const person = z.union([
  z.object({ user: z.object({ team_id: z.string() }) }).transform(({ user }) => user.team_id),
  // A command.
  z.object({ command: z.string(), team_id: z.string() }).transform(({ team_id }) => team_id),
]);

/** Where the app is installed that somebody uses. */
export const homeOf = ({ teamId, enterpriseId, isEnterpriseInstall }: Context): Home => ({
  team: teamId,
  enterprise: enterpriseId,
  isOrgWide: isEnterpriseInstall,
});

/** Does this person belong to another organisation? In a shared channel they see the same buttons as we do. */
export function isExternal(body: unknown, context: Context): boolean {
  return isFromOutside(person.safeParse(body).data, homeOf(context));
}
