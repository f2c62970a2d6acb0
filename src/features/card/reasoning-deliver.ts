import { deliverInThread, fetchPermalink, postReply } from '../../delivery/card-thread.ts';
import type { Deliver } from '../../delivery/deliver.ts';
import { refreshHomes } from '../overview/home-deliver.ts';
import { reasoningMessage } from './reasoning-message.ts';
import { RichBlocksFallback } from './rich-blocks-fallback.ts';

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
