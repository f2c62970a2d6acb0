import type { Deps } from './deps.ts';
import { Loop } from './loop.ts';

const EVERY_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * EVERY_MS;
/** Slack retries a delivery for an hour at most. */
const REPEATED_FOR_MS = DAY_MS;
const AT_ONCE = 200;

/**
 * Creates the loop that deletes old delivery ids and expired decisions. Several processes may run it at once.
 *
 * @param retentionDays days that a decision is kept after its last change; null keeps it
 */
export function createHousekeeping({ store, clock, logger }: Deps, retentionDays: number | null): Loop {
  return new Loop({
    clock,
    logger,
    trouble: 'the database failed while deleting old rows',
    pass: async (loop) => {
      await store.deliveries.forget(clock.now() - REPEATED_FOR_MS);
      if (retentionDays === null) return EVERY_MS;
      let expired = 0;
      for (let found = AT_ONCE; found === AT_ONCE && !loop.stopped; expired += found) {
        found = await store.decisions.expire(clock.now() - retentionDays * DAY_MS, AT_ONCE);
      }
      if (expired > 0) logger.info({ expired }, 'old decisions deleted');
      return EVERY_MS;
    },
  });
}
