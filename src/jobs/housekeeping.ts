import type { Deps } from '../deps.ts';
import { Loop } from './loop.ts';

const EVERY_MS = 60 * 60 * 1_000;
/** Slack repeats a delivery for an hour at most. */
const REPEATED_FOR_MS = 24 * 60 * 60 * 1_000;

/** Throws away what nobody needs any more. Several processes may do it at once. */
export function housekeeping({ store, clock, logger }: Deps): Loop {
  return new Loop({
    clock,
    logger,
    trouble: 'the database does not let old rows be deleted',
    pass: async () => {
      await store.deliveries.forget(clock.now() - REPEATED_FOR_MS);
      return EVERY_MS;
    },
  });
}
