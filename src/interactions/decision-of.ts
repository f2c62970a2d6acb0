import type { BlockAction, Context } from '@slack/bolt';
import { decodeDecisionBlock } from '../blocks/metadata.ts';
import type { DecisionKey } from '../decision/decision.ts';
import { tenantOf } from './tenant.ts';

/** Which decision a pressed button belongs to, by its own account; null where it says nothing of the kind. */
export function keyIn(body: BlockAction, context: Context): DecisionKey | null {
  const decision = decodeDecisionBlock(body.actions[0]?.block_id);
  return decision === null ? null : { tenant: tenantOf(context).tenant, decision };
}
