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

async function standsIn(client: WebClient, { asker, deciders }: Decision, person: string): Promise<boolean> {
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
