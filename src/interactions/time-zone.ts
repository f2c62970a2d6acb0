import { parseTimeZone } from '../decision/days.ts';
import type { WebClient } from '../delivery/deps.ts';
import { type Clock, withTimeout } from '../runtime/clock.ts';
import { failureOf } from '../slack/failures.ts';

/** Time zone if Slack doesn't answer in time: a reminder that is hours off is better than none. */
const FALLBACK = 'UTC';
/** Longest wait for Slack's answer. A submitted dialog must be acknowledged within three seconds. */
const ASK_AT_MOST_MS = 1_000;

/** Returns a person's time zone, such as "Europe/Berlin". */
export async function fetchTimeZone(clock: Clock, client: WebClient, user: string): Promise<string> {
  const asked = askSlack(client, user);
  const zone = await withTimeout(clock, ASK_AT_MOST_MS, asked);
  return zone === 'late' ? FALLBACK : (parseTimeZone(zone) ?? FALLBACK);
}

async function askSlack(client: WebClient, user: string): Promise<string | undefined> {
  try {
    return (await client.users.info({ user })).user?.tz;
  } catch (error) {
    failureOf(error); // Rethrows errors that aren't from Slack or the network.
    return undefined;
  }
}
