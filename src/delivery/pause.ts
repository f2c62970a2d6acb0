import type { Failure } from '../slack/failures.ts';

const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60 * 1000;

/** Doubles with each attempt, but never shorter than Slack asked for. */
export function pause(atLeastMs: number, attempts: number): number {
  return Math.max(atLeastMs, Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** (attempts - 1)));
}

/** So long at most, while it may be that Slack as a whole is failing: then nothing waits much longer than that does. */
const LONGEST_IN_OUTAGE_MS = 30_000;
/** By then it has lasted an hour. */
const NO_OUTAGE_AFTER_ATTEMPTS = 120;

/** With these pauses a week of them: what people wait for is not to be lost because of an outage. */
export const MAX_ATTEMPTS = 2_000;

/** After a failure of Slack's, which may be over at any moment. How many calls it takes Slack says itself. */
export function retryDelayAfter(failure: Failure, attempts: number): number {
  const atLeast = failure.kind === 'later' ? failure.afterMs : 0;
  if (failure.code === 'ratelimited') return atLeast;
  const usual = pause(atLeast, attempts);
  if (attempts > NO_OUTAGE_AFTER_ATTEMPTS) return usual;
  return Math.max(atLeast, Math.min(usual, LONGEST_IN_OUTAGE_MS));
}
