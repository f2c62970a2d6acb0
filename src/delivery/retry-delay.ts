import type { Failure } from '../slack/failures.ts';

const SHORTEST_MS = 5_000;
const LONGEST_MS = 5 * 60 * 1000;

/** Longest retry delay while Slack as a whole may be down, so that posts go out soon after the outage ends. */
const LONGEST_IN_OUTAGE_MS = 30_000;
/** About an hour of attempts. A post that still fails then has its own problem. */
const NO_OUTAGE_AFTER_ATTEMPTS = 120;

/** About a week of attempts, so that no outage loses a post. */
export const MAX_ATTEMPTS = 2_000;

/** Returns the delay before the next retry, in milliseconds. It doubles with each attempt. */
export function retryDelay(attempts: number): number {
  return Math.min(LONGEST_MS, SHORTEST_MS * 2 ** (attempts - 1));
}

/** Returns the delay before the next retry after a failed call, in milliseconds. After `ratelimited`, Slack sets it. */
export function retryDelayAfter(failure: Failure, attempts: number): number {
  const atLeast = failure.kind === 'later' ? failure.afterMs : 0;
  if (failure.code === 'ratelimited') return atLeast;
  const longest = attempts > NO_OUTAGE_AFTER_ATTEMPTS ? LONGEST_MS : LONGEST_IN_OUTAGE_MS;
  return Math.max(atLeast, Math.min(retryDelay(attempts), longest));
}
