// Checks permissions, and asks Slack about people if the decision alone doesn't settle it.
import type { Context } from '@slack/bolt';
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
import { type Decision, ERASED } from '../decision/decision.ts';
import type { WebClient } from '../delivery/deps.ts';
import { type Clock, withTimeout } from '../runtime/clock.ts';
import { failureOf } from '../slack/failures.ts';
import { asText, readField } from './fields.ts';
import type { MissingReason } from './find-decision.ts';
import { payloadOf } from './payload.ts';

/** Longest wait for Slack to say who has left. Slack gives three seconds to open or answer a dialog. */
const ASK_AT_MOST_MS = 1_500;

/** The part of Bolt's listener arguments that says who acts. */
interface ActorArgs {
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
  const atAll = refusalForAnyDecision(act, actor);
  if (atAll !== null) return atAll;
  if (typeof found === 'string') return found;
  const part = roleOf(found, body.user.id);
  const refusal = refusalFor(act, { isExternal: false, role: part });
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
export const homeOf = ({ teamId, enterpriseId, isEnterpriseInstall }: Context): InstallationScope => ({
  team: teamId,
  enterprise: enterpriseId,
  isOrgWide: isEnterpriseInstall,
});

/** Returns true for a person of another organisation. In a shared channel they see the same buttons. */
export function isExternal(body: unknown, context: Context): boolean {
  return isExternalTeam(workspaceOfPerson(body), homeOf(context));
}

/** Returns the person's workspace; undefined if the payload doesn't say. */
function workspaceOfPerson(body: unknown): string | undefined {
  const workplace = asText(readField(readField(body, 'user'), 'team_id'));
  return workplace ?? (payloadOf(body).kind === 'command' ? asText(readField(body, 'team_id')) : undefined);
}
