import { deliverInThread, fetchPermalink, postReply } from '../../delivery/card-thread.ts';
import type { Deliver } from '../../delivery/deliver.ts';
import { failureOf } from '../../slack/failures.ts';
import { refreshHomes } from '../overview/home-deliver.ts';
import { reasoningMessage } from './reasoning-message.ts';

/** Slack's error code for blocks that a workspace doesn't support. */
const BLOCKS_REFUSED = 'invalid_blocks';

/**
 * Falls back to plain blocks in workspaces that refuse Slack's newer ones, and remembers them in memory. After a restart
 * each costs one more call, and gets the newer blocks if it supports them by then.
 */
class RichBlocksFallback {
  readonly #plain = new Set<string>();

  /** Posts the rich form, or the plain form if this workspace refuses or has refused the rich one. */
  async post<T>(tenant: string, post: (form: 'rich' | 'plain') => Promise<T>): Promise<T> {
    if (this.#plain.has(tenant)) return post('plain');
    try {
      return await post('rich');
    } catch (error) {
      if (failureOf(error).code !== BLOCKS_REFUSED) throw error;
    }
    const posted = await post('plain');
    // Slack accepted the plain form. If it refuses both, the bot's blocks are at fault, not the workspace.
    this.#plain.add(tenant);
    return posted;
  }
}

/** Creates the delivery that posts the first reply in the card's thread, then fetches the card's permalink. */
export function createReasoningDelivery(): Deliver {
  const forms = new RichBlocksFallback();
  return (deps, client, key) =>
    deliverInThread(
      deps,
      key,
      ({ decision }, thread) =>
        forms.post(key.tenant, (form) =>
          postReply(client, thread, reasoningMessage(deps.rubric, decision, form)),
        ),
      async ({ decision }) => {
        // If this fails, lists only lack the link to the card.
        await fetchPermalink(deps, client, { tenant: decision.tenant, decision: decision.id });
        await refreshHomes(deps, client, decision);
      },
    );
}
