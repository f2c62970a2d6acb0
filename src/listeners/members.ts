import type { Context } from '@slack/bolt';
import { z } from 'zod';
import { isFromOutside } from '../core/access.ts';

const person = z.object({ user: z.object({ team_id: z.string() }) });

/** Does this person belong to another organisation? In a shared channel they see the same buttons as we do. */
export function isExternal(body: unknown, { teamId, enterpriseId, isEnterpriseInstall }: Context): boolean {
  return isFromOutside(person.safeParse(body).data?.user.team_id, {
    team: teamId,
    enterprise: enterpriseId,
    isOrgWide: isEnterpriseInstall,
  });
}
