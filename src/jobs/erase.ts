import type { Deps } from '../deps.ts';
import { Loop } from './loop.ts';

const LOOK_AGAIN_MS = 10 * 60_000;
const AT_ONCE = 10;

/** Deletes everything of those who have uninstalled the app, when their time has come. Several processes may try. */
export function erasure({ store, clock, logger }: Deps): Loop {
  return new Loop({
    clock,
    logger,
    trouble: 'the database does not let a tenant be deleted',
    pass: async (loop) => {
      for (;;) {
        const tenants = await store.tenants.toErase(clock.now(), AT_ONCE);
        for (const tenant of tenants) {
          if (loop.stopped) return LOOK_AGAIN_MS;
          if (await store.tenants.erase(tenant, clock.now())) logger.info({ tenant }, 'data deleted');
        }
        if (tenants.length < AT_ONCE) break;
      }
      const next = await store.tenants.nextErasure();
      return next === null ? LOOK_AGAIN_MS : Math.max(50, Math.min(next - clock.now(), LOOK_AGAIN_MS));
    },
  });
}
