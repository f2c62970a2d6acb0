import type { Context } from '@slack/bolt';
import { z } from 'zod';
import { isFromOutside } from '../core/access.ts';

const person = z.union([
  z.object({ user: z.object({ team_id: z.string() }) }).transform(({ user }) => user.team_id),
  // A command.
  z.object({ command: z.string(), team_id: z.string() }).transform(({ team_id }) => team_id),
]);

/** Does this person belong to another organisation? In a shared channel they see the same buttons as we do. */
export function isExternal(body: unknown, { teamId, enterpriseId, isEnterpriseInstall }: Context): boolean {
  return isFromOutside(person.safeParse(body).data, {
    team: teamId,
    enterprise: enterpriseId,
    isOrgWide: isEnterpriseInstall,
  });
}
