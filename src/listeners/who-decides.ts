import { type Clock, within } from '../clock.ts';
import { type Decision, isForAll } from '../core/decision.ts';
import type { WebClient } from '../deps.ts';
import { failureOf } from '../slack/failures.ts';

/** A dialog can be opened, or answered, within three seconds; nobody who was named is kept waiting at all. */
const ASK_AT_MOST_MS = 1_500;

/**
 * May this person decide, reopen and the like? Those who were named may. When all of them have left, the asker
 * may; when the asker has, too, the workspace's admins may, so that no decision is stuck for ever.
 */
export async function mayDecide(
  clock: Clock,
  client: WebClient,
  decision: Decision,
  person: string,
): Promise<boolean> {
  if (decision.deciders.includes(person) || isForAll(decision)) return true;
  return (await within(clock, ASK_AT_MOST_MS, standsIn(client, decision, person))) === true;
}

async function standsIn(client: WebClient, decision: Decision, person: string): Promise<boolean> {
  const { asker, deciders } = decision;
  const left = await Promise.all(deciders.map((decider) => cannot(client, decision, decider)));
  if (!left.every(Boolean)) return false;
  if (person === asker) return true;
  return (await cannot(client, decision, asker)) && isAdmin(client, person);
}

/** Somebody who has left, is unknown, is an app, or belongs to another organisation will never decide. */
async function cannot(client: WebClient, { tenant, workspace }: Decision, user: string): Promise<boolean> {
  const found = await info(client, user);
  if (found === null) return false;
  if (found === 'unknown') return true;
  // In an organisation everybody is one of us, whichever workspace they are in.
  const external = tenant === workspace && found.team_id !== undefined && found.team_id !== workspace;
  return found.deleted === true || found.is_bot === true || external;
}

async function isAdmin(client: WebClient, user: string): Promise<boolean> {
  const found = await info(client, user);
  return found !== null && found !== 'unknown' && found.is_admin === true;
}

/** Null where Slack does not say: then nobody gets more rights. */
async function info(client: WebClient, user: string) {
  try {
    return (await client.users.info({ user })).user ?? null;
  } catch (error) {
    const { code } = failureOf(error); // rethrows what is not Slack's or the network's doing
    return code === 'user_not_found' ? 'unknown' : null;
  }
}
