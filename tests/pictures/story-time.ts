/** Moment at which every story starts, so that each run shows the same dates and times. */
export const STORY_START = Date.UTC(2026, 10, 23, 9, 0, 0);

/** Returns a clock that starts at STORY_START and runs as fast as the machine's. */
export function startStoryClock(): () => number {
  const shift = STORY_START - Date.now();
  const machineNow = Date.now;
  return () => machineNow() + shift;
}
