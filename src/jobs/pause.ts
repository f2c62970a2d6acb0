const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60 * 1000;

/** Doubles with each attempt, but never shorter than Slack asked for. */
export function pause(atLeastMs: number, attempts: number): number {
  return Math.max(atLeastMs, Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** (attempts - 1)));
}
