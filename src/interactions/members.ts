import type { Context } from '@slack/bolt';
import { type Home, isFromOutside } from '../decision/access.ts';
import { field, textOf } from './fields.ts';
import { payloadOf } from './payload.ts';

/** Where the app is installed that somebody uses. */
export const homeOf = ({ teamId, enterpriseId, isEnterpriseInstall }: Context): Home => ({
  team: teamId,
  enterprise: enterpriseId,
  isOrgWide: isEnterpriseInstall,
});

/** Does this person belong to another organisation? In a shared channel they see the same buttons as we do. */
export function isExternal(body: unknown, context: Context): boolean {
  return isFromOutside(workplaceOf(body), homeOf(context));
}

/** Undefined where the payload does not say. */
function workplaceOf(body: unknown): string | undefined {
  const workplace = textOf(field(field(body, 'user'), 'team_id'));
  return workplace ?? (payloadOf(body).kind === 'command' ? textOf(field(body, 'team_id')) : undefined);
}
