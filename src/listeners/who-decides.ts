import type { Decision } from '../core/decision.ts';
import type { WebClient } from '../deps.ts';
import { failureOf } from '../slack/failures.ts';

/**
 * May this person decide, reopen and the like? Those who were named may. When all of them have left, the asker
 * may; when the asker has, too, the workspace's admins may, so that no decision is stuck for ever.
 */
export async function mayDecide(client: WebClient, decision: Decision, person: string): Promise<boolean> {
  const { asker, deciders } = decision;
  if (deciders.includes(person)) return true;
  const left = await Promise.all(deciders.map((decider) => hasLeft(client, decider)));
  if (!left.every(Boolean)) return false;
  if (person === asker) return true;
  return (await hasLeft(client, asker)) && isAdmin(client, person);
}

async function hasLeft(client: WebClient, user: string): Promise<boolean> {
  return (await info(client, user))?.deleted === true;
}

async function isAdmin(client: WebClient, user: string): Promise<boolean> {
  return (await info(client, user))?.is_admin === true;
}

/** Null where Slack does not say: then nobody gets more rights. */
async function info(client: WebClient, user: string) {
  try {
    return (await client.users.info({ user })).user ?? null;
  } catch (error) {
    failureOf(error); // rethrows what is not Slack's or the network's doing
    return null;
  }
}
