import type { Context } from '@slack/bolt';
import { type Clock, within } from '../clock.ts';
import {
  type Act,
  type Home,
  isFromOutside,
  type Left,
  type Part,
  partOf,
  type Refusal,
  RULES,
  whyNot,
} from '../core/access.ts';
import type { Decision } from '../core/decision.ts';
import type { WebClient } from '../deps.ts';
import { failureOf } from '../slack/failures.ts';
import type { Missing } from './find-decision.ts';
import { homeOf, isExternal } from './members.ts';

/** A dialog can be opened, or answered, within three seconds; nobody who was named is kept waiting at all. */
const ASK_AT_MOST_MS = 1_500;

/** Who does it, as Bolt hands it over. */
interface Doing {
  readonly body: { readonly user: { readonly id: string } };
  readonly client: WebClient;
  readonly context: Context;
}

/** Why this person may not, whatever decision it is about; null where that depends on it, or they may. */
export function whyNotAtAll(
  act: Act,
  { body, context }: { readonly body: unknown; readonly context: Context },
): Refusal | null {
  return whyNot(act, { isExternal: isExternal(body, context), part: null });
}

/**
 * Why this person may not do that to this decision; null if they may.
 *
 * @param found as `findDecision` returns it
 */
export async function whyNotWith(
  clock: Clock,
  act: Act,
  doing: Doing,
  found: Decision | Missing,
): Promise<Refusal | null> {
  const { body, client } = doing;
  const atAll = whyNotAtAll(act, doing);
  if (atAll !== null) return atAll;
  if (typeof found === 'string') return found;
  const part =
    RULES[act].who === 'deciders'
      ? await partIn(clock, client, { decision: found, home: homeOf(doing.context) }, body.user.id)
      : partOf(found, body.user.id);
  return whyNot(act, { isExternal: false, part });
}

/** A decision, and where the app is installed that is asked about it. */
interface Here {
  readonly decision: Decision;
  readonly home: Home;
}

/** Slack is asked who has left only for somebody who was not named. */
async function partIn(clock: Clock, client: WebClient, here: Here, person: string): Promise<Part> {
  const part = partOf(here.decision, person);
  if (part.decides) return part;
  const left = await within(clock, ASK_AT_MOST_MS, whoLeft(client, here, person));
  return left === 'late' ? part : partOf(here.decision, person, left);
}

async function whoLeft(client: WebClient, { decision, home }: Here, person: string): Promise<Left> {
  const { asker, deciders } = decision;
  const gone = await Promise.all(deciders.map((decider) => cannot(client, home, decider)));
  if (!gone.every(Boolean) || person === asker) {
    return { deciders: gone.every(Boolean), asker: false, isAdmin: false };
  }
  const askerLeft = await cannot(client, home, asker);
  return { deciders: true, asker: askerLeft, isAdmin: askerLeft && (await isAdmin(client, person)) };
}

/** Somebody who has left, is unknown, is an app, or belongs to another organisation will never decide. */
async function cannot(client: WebClient, home: Home, user: string): Promise<boolean> {
  const found = await info(client, user);
  if (found === null) return false;
  if (found === 'unknown') return true;
  return found.deleted === true || found.is_bot === true || isFromOutside(found.team_id, home);
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
