// Notes that a workspace removed the app, so that its data is deleted when the time comes.
import { z } from 'zod';
import type { Deps } from '../delivery/deps.ts';
import type { HandleEvent } from '../delivery/inbox.ts';

const revoked = z.object({ tokens: z.object({ bot: z.array(z.string()).nullish() }).nullish() });

export interface RemovalParts {
  /** How long data other than tokens is kept after the app was removed, in milliseconds. */
  readonly eraseAfterMs: number;
  /** When the token from the environment last worked for the tenant, in milliseconds; null with stored tokens. */
  readonly since: (tenant: string) => number | null;
  /** Called when the tenant's tokens must not be used any more. */
  readonly forget: (tenant: string) => void;
  /** Called when a deletion may be due. */
  readonly kickErasure: () => void;
}

/** Handles `app_uninstalled` and `tokens_revoked`. Slack sends both, in any order and possibly late. */
export function createRemovalHandler(
  { store, clock, logger }: Pick<Deps, 'store' | 'clock' | 'logger'>,
  { eraseAfterMs, since, forget, kickErasure }: RemovalParts,
): HandleEvent {
  return async ({ tenant }, { event, event_time }) => {
    // If only people's own tokens were revoked, the app itself is still installed.
    const ofBot = revoked.safeParse(event).data?.tokens?.bot ?? [];
    if (event.type === 'tokens_revoked' && ofBot.length === 0) return;
    const now = clock.now();
    // Slack gives whole seconds. An installation in the same second came before the removal, so round up. Don't go past
    // now, or the bot couldn't notice that the app is back.
    const leftAt = event_time ? Math.min(event_time * 1_000 + 999, now) : now;
    // True if the token from the environment has worked since then. A time in the future came from a clock that was ahead.
    const seen = since(tenant);
    const isBack = seen !== null && seen > leftAt && seen <= now;
    const left = !isBack && (await store.tenants.leave(tenant, leftAt, now, now + eraseAfterMs));
    logger.info({ tenant, event: event.type, left }, 'the app was removed');
    // Also for an event that is too late: another instance may have stored the new token.
    if (!isBack) forget(tenant);
    if (left) kickErasure();
  };
}
