import type { Deliver } from '../../delivery/deliver.ts';
import { fetchPermalink } from '../../delivery/permalink.ts';
import { deliverInThread, postReply } from '../../delivery/post-reply.ts';
import { refreshHomes } from '../overview/home-deliver.ts';
import { reasoningMessage } from './reasoning-message.ts';
import { RichOrPlain } from './rich-or-plain.ts';

/** Posts the first reply in the card's thread, then fetches the card's permalink. */
export function reasoningDelivery(): Deliver {
  const forms = new RichOrPlain();
  return (deps, client, key) =>
    deliverInThread(
      deps,
      key,
      ({ decision }, thread) =>
        forms.post(key.tenant, (form) =>
          postReply(client, thread, reasoningMessage(deps.rubric, decision, form)),
        ),
      async ({ decision }) => {
        // Only lists need it: failing costs a link, nothing else.
        await fetchPermalink(deps, client, { tenant: decision.tenant, decision: decision.id });
        await refreshHomes(deps, client, decision);
      },
    );
}
