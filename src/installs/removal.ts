// Handles Slack's events about a removal of the app, so that the workspace's data is deleted when it is due.
import { z } from 'zod';
import type { Deps } from '../delivery/deps.ts';
import type { HandleEvent } from '../delivery/inbox.ts';

const revoked = z.object({ tokens: z.object({ bot: z.array(z.string()).nullish() }).nullish() });

export interface RemovalParts {
  /** Time from the removal until data other than tokens is deleted, in milliseconds. */
  readonly eraseAfterMs: number;
  /**
   * Returns when the token from the environment last worked for the tenant, in milliseconds; null with stored tokens.
   */
  readonly tokenConfirmedAt: (tenant: string) => number | null;
  /** Called when the tenant's tokens must no longer be used. */
  readonly forget: (tenant: string) => void;
  /** Called when a deletion may be due. */
  readonly kickErasure: () => void;
}

/** Creates the handler of `app_uninstalled` and `tokens_revoked`. Slack sends both, in any order and possibly late. */
export function createRemovalHandler(
  { store, clock, logger }: Pick<Deps, 'store' | 'clock' | 'logger'>,
  { eraseAfterMs, tokenConfirmedAt, forget, kickErasure }: RemovalParts,
): HandleEvent {
  return async ({ tenant }, { event, event_time }) => {
    // If only people's own tokens were revoked, the app itself is still installed.
    const ofBot = revoked.safeParse(event).data?.tokens?.bot ?? [];
    if (event.type === 'tokens_revoked' && ofBot.length === 0) return;
    const now = clock.now();
    // Slack sends whole seconds. An installation in the same second came before the removal, so round up. A time in the
    // future would hide that the app was installed again, so don't go past now.
    const leftAt = event_time ? Math.min(event_time * 1_000 + 999, now) : now;
    // The token from the environment has worked since the removal. A time in the future comes from a clock that was
    // ahead.
    const seen = tokenConfirmedAt(tenant);
    const isBack = seen !== null && seen > leftAt && seen <= now;
    const left = !isBack && (await store.tenants.leave(tenant, leftAt, now, now + eraseAfterMs));
    logger.info({ tenant, event: event.type, left }, 'the app was removed');
    // Even if the event came too late: another instance may have stored a new token, so it must be read again.
    if (!isBack) forget(tenant);
    if (left) kickErasure();
  };
}
