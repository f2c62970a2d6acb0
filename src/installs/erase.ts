// The loop that deletes the data of workspaces that removed the app.
import type { Deps } from '../delivery/deps.ts';
import { Loop, type LoopState } from '../delivery/loop.ts';

const POLL_EVERY_MS = 10 * 60_000;
const AFTER_TROUBLE_MS = 60_000;
const AT_ONCE = 10;
/** Few enough that PostgreSQL deletes them within its statement timeout of two seconds. */
const DECISIONS_AT_ONCE = 500;
/** Time until the second pass. Every process has noticed the removal by then: it caches installations for a minute. */
const ONCE_MORE_AFTER_MS = 10 * 60_000;

type ErasureDeps = Pick<Deps, 'store' | 'clock' | 'logger'>;

/** Creates the loop. Several processes may run it at once. */
export function createErasure(deps: ErasureDeps): Loop {
  const { store, clock, logger } = deps;
  return new Loop({
    clock,
    logger,
    trouble: 'the database failed while deleting a tenant',
    pass: async (loop) => {
      const failed = new Set<string>();
      for (;;) {
        const due = await store.tenants.listToErase(clock.now(), AT_ONCE + failed.size);
        const tenants = due.filter((tenant) => !failed.has(tenant));
        for (const tenant of tenants) {
          if (loop.stopped) return POLL_EVERY_MS;
          // A tenant that can't be deleted must not delay the others.
          if (!(await tryToErase(deps, loop, tenant))) failed.add(tenant);
        }
        if (tenants.length < AT_ONCE) break;
      }
      if (failed.size > 0) return AFTER_TROUBLE_MS;
      const next = await store.tenants.nextErasure();
      return next === null ? POLL_EVERY_MS : Math.max(50, Math.min(next - clock.now(), POLL_EVERY_MS));
    },
  });
}

/** Deletes a tenant's data. @returns false if that failed */
async function tryToErase(
  { store, clock, logger }: ErasureDeps,
  loop: LoopState,
  tenant: string,
): Promise<boolean> {
  try {
    while (!loop.stopped) {
      const now = clock.now();
      const erased = await store.tenants.erase(tenant, now, now + ONCE_MORE_AFTER_MS, DECISIONS_AT_ONCE);
      if (erased === 'more') continue;
      if (erased !== 'back') logger.info({ tenant }, 'data deleted');
      break;
    }
    return true;
  } catch (error) {
    logger.error({ err: error, tenant }, 'a tenant could not be deleted');
    return false;
  }
}
