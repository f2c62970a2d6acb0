import { knownZone } from '../decision/days.ts';
import type { WebClient } from '../delivery/deps.ts';
import { type Clock, within } from '../runtime/clock.ts';
import { failureOf } from '../slack/failures.ts';

/** Where Slack does not say in time: a reminder some hours off is better than none. */
const FALLBACK = 'UTC';
/** Slack waits three seconds for the answer to a dialog. */
const ASK_AT_MOST_MS = 1_000;

/** Somebody's time zone, such as "Europe/Berlin". */
export async function timeZoneOf(clock: Clock, client: WebClient, user: string): Promise<string> {
  const asked = ask(client, user);
  const zone = await within(clock, ASK_AT_MOST_MS, asked);
  return zone === 'late' ? FALLBACK : (knownZone(zone) ?? FALLBACK);
}

async function ask(client: WebClient, user: string): Promise<string | undefined> {
  try {
    return (await client.users.info({ user })).user?.tz;
  } catch (error) {
    failureOf(error); // rethrows what is not Slack's or the network's doing
    return undefined;
  }
}
