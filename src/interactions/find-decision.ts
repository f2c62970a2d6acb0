// Finds the decision that a payload names, or says why there is none.
import type { BlockAction, Context } from '@slack/bolt';
import { decodeDecisionBlock } from '../blocks/metadata.ts';
import type { Decision, DecisionKey } from '../decision/decision.ts';
import type { Store } from '../store/store.ts';

/** Returns the tenant that owns the data: the enterprise for an org-wide installation, otherwise the workspace. */
export function tenantOf(context: Context): { readonly tenant: string; readonly workspace: string } {
  const workspace = context.teamId ?? context.enterpriseId;
  const tenant = context.isEnterpriseInstall ? context.enterpriseId : workspace;
  if (tenant === undefined || workspace === undefined) throw new Error('a payload without a workspace');
  return { tenant, workspace };
}

/** Returns the decision that a pressed button names; null if it names none. */
export function decisionKeyIn(body: BlockAction, context: Context): DecisionKey | null {
  const decision = decodeDecisionBlock(body.actions[0]?.block_id);
  return decision === null ? null : { tenant: tenantOf(context).tenant, decision };
}

/** `deleted`: only a tombstone is left. `gone`: the person's workspace has no such decision. */
export type MissingReason = 'deleted' | 'gone';

interface StoreDeps {
  readonly store: Pick<Store, 'decisions'>;
}

/**
 * Returns the decision, or why it can't be found.
 *
 * @param key null if the payload names no decision
 */
export async function findDecision(
  deps: StoreDeps,
  key: DecisionKey | null,
): Promise<Decision | MissingReason> {
  const found = key && (await deps.store.decisions.get(key.tenant, key.decision));
  return found ?? findMissingReason(deps, key);
}

/** Returns why a decision can't be found. */
export async function findMissingReason(
  { store }: StoreDeps,
  key: DecisionKey | null,
): Promise<MissingReason> {
  if (key === null) return 'gone';
  return (await store.decisions.isDeleted(key.tenant, key.decision)) ? 'deleted' : 'gone';
}
