// Finds the decision that a payload names, and checks who may act on it. Asks Slack about people if the decision alone
// doesn't settle that.
import type { BlockAction, Context } from '@slack/bolt';
import { decodeDecisionBlock } from '../blocks/metadata.ts';
import {
  ACCESS_RULES,
  type Audience,
  type Departures,
  type GuardedAction,
  type InstallationScope,
  isExternalTeam,
  type Refusal,
  refusalFor,
  roleOf,
} from '../decision/access.ts';
import { type Decision, type DecisionKey, ERASED } from '../decision/decision.ts';
import type { WebClient } from '../delivery/deps.ts';
import { type Clock, withTimeout } from '../runtime/clock.ts';
import { failureOf } from '../slack/failures.ts';
import type { Store } from '../store/store.ts';
import { payloadOf } from './payload.ts';

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

/** Longest wait for Slack to say who has left. Slack gives three seconds to open or answer a dialog. */
const ASK_AT_MOST_MS = 1_500;

/** The part of Bolt's listener arguments that says who acts. */
export interface ActorArgs {
  readonly body: { readonly user: { readonly id: string } };
  readonly client: WebClient;
  readonly context: Context;
}

/** Returns why this person may not do this to any decision. Null if they may, or if it depends on the decision. */
export function refusalForAnyDecision(
  act: GuardedAction,
  { body, context }: { readonly body: unknown; readonly context: Context },
): Refusal | null {
  return refusalFor(act, { isExternal: isExternal(body, context), role: null });
}

/**
 * Returns why this person may not do this to the decision; null if they may.
 *
 * @param found as `findDecision` returns it
 */
export async function findRefusal(
  clock: Clock,
  act: GuardedAction,
  actor: ActorArgs,
  found: Decision | MissingReason,
): Promise<Refusal | null> {
  const { body, client } = actor;
  const outright = refusalForAnyDecision(act, actor);
  if (outright !== null) return outright;
  if (typeof found === 'string') return found;
  const role = roleOf(found, body.user.id);
  const refusal = refusalFor(act, { isExternal: false, role });
  if (refusal === null || !DEPENDS_ON_WHO_LEFT.has(ACCESS_RULES[act].who)) return refusal;
  // Only a person who would be refused has to wait for Slack to say who has left.
  const here = { decision: found, home: homeOf(actor.context) };
  const left = await withTimeout(
    clock,
    ASK_AT_MOST_MS,
    findWhoLeft(client, here, body.user.id, ACCESS_RULES[act].who),
  );
  return left === 'late'
    ? refusal
    : refusalFor(act, { isExternal: false, role: roleOf(found, body.user.id, left) });
}

/** Permissions that depend on who is gone: another person may act instead, or the refusal says so. */
const DEPENDS_ON_WHO_LEFT: ReadonlySet<Audience> = new Set<Audience>(['deciders', 'deleter', 'owner']);

/** A decision, and where the app is installed. */
interface DecisionAtHome {
  readonly decision: Decision;
  readonly home: InstallationScope;
}

async function findWhoLeft(
  client: WebClient,
  { decision, home }: DecisionAtHome,
  person: string,
  who: Audience,
): Promise<Departures> {
  const { asker, deciders } = decision;
  // Only "who may decide" depends on the deciders, and it depends on the asker only once all deciders are gone.
  const gone = await Promise.all(who === 'deciders' ? deciders.map((one) => isGone(client, home, one)) : []);
  const left = { deciders: gone.every(Boolean), asker: false, isAdmin: false };
  if (person === asker || !left.deciders) return left;
  const askerGone = await isGone(client, home, asker);
  const adminsMay = askerGone && who !== 'owner';
  return { ...left, asker: askerGone, isAdmin: adminsMay && (await isAdmin(client, home, person)) };
}

/** Returns true if the person is erased, deactivated, unknown to Slack, an app, or in another organisation. */
async function isGone(client: WebClient, home: InstallationScope, user: string): Promise<boolean> {
  if (user === ERASED) return true;
  const found = await fetchUser(client, user);
  if (found === null) return false;
  if (found === 'unknown') return true;
  return found.deleted === true || found.is_bot === true || isExternalTeam(found.team_id, home);
}

/** Returns true for admins and owners of this workspace. */
async function isAdmin(client: WebClient, home: InstallationScope, user: string): Promise<boolean> {
  const found = await fetchUser(client, user);
  if (found === null || found === 'unknown' || found.deleted || isExternalTeam(found.team_id, home))
    return false;
  return found.is_admin === true || found.is_owner === true || found.is_primary_owner === true;
}

/** Returns 'unknown' if there is no such user, and null if Slack doesn't answer: the person then gets no extra rights. */
async function fetchUser(client: WebClient, user: string) {
  try {
    return (await client.users.info({ user })).user ?? null;
  } catch (error) {
    const { code } = failureOf(error); // Rethrows errors that aren't from Slack or the network.
    return code === 'user_not_found' ? 'unknown' : null;
  }
}

/** Returns the workspace or organisation that installed the app. */
const homeOf = ({ teamId, enterpriseId, isEnterpriseInstall }: Context): InstallationScope => ({
  team: teamId,
  enterprise: enterpriseId,
  isOrgWide: isEnterpriseInstall,
});

/** Returns true for a person of another organisation. In a shared channel they see the same buttons. */
function isExternal(body: unknown, context: Context): boolean {
  return isExternalTeam(payloadOf(body).personTeam, homeOf(context));
}
