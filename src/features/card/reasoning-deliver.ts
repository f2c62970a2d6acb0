import type { PostKey } from '../../decision/post.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import type { Heard } from '../../delivery/heard.ts';
import { permalinkOf } from '../../delivery/permalink.ts';
import { inThread, reply } from '../../delivery/post-reply.ts';
import { refreshHomes } from '../overview/home-deliver.ts';
import { reasoningMessage } from './reasoning-message.ts';
import type { RichOrPlain } from './rich-or-plain.ts';

/** Posts the first reply in the card's thread, then fetches the card's permalink. */
export function postReasoning(
  deps: Deps,
  client: WebClient,
  key: PostKey,
  forms: RichOrPlain,
): Promise<Heard> {
  return inThread(
    deps,
    key,
    ({ decision }, thread) =>
      forms.post(key.tenant, (form) => reply(client, thread, reasoningMessage(deps.rubric, decision, form))),
    async ({ decision }) => {
      // Only lists need it: failing costs a link, nothing else.
      await permalinkOf(deps, client, { tenant: decision.tenant, decision: decision.id });
      await refreshHomes(deps, client, decision);
    },
  );
}
