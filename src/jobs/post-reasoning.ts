import { reasoningMessage } from '../blocks/reasoning.ts';
import type { Decision } from '../core/decision.ts';
import type { PostKey } from '../core/post.ts';
import type { Deps, WebClient } from '../deps.ts';
import { failureOf } from '../slack/failures.ts';
import { inThread, reply } from './post-reply.ts';
import { refreshHomes } from './refresh-homes.ts';
import type { RichOrPlain } from './rich-or-plain.ts';

/** Posts the first reply in the card's thread, then fetches the card's permalink. */
export function postReasoning(
  deps: Deps,
  client: WebClient,
  key: PostKey,
  forms: RichOrPlain,
): Promise<void> {
  return inThread(
    deps,
    key,
    ({ decision }, thread) =>
      forms.post(key.tenant, (form) => reply(client, thread, reasoningMessage(deps.rubric, decision, form))),
    async ({ decision }) => {
      await fetchPermalink(deps, client, decision);
      await refreshHomes(deps, client, decision);
    },
  );
}

/** Only lists need it: failing costs a link, nothing else. */
async function fetchPermalink(
  { store, logger }: Deps,
  client: WebClient,
  { id, tenant }: Decision,
): Promise<void> {
  const key: PostKey = { tenant, decision: id, kind: 'card' };
  const card = await store.posts.get(key);
  if (!card?.ts || card.permalink !== null) return;
  try {
    const { permalink } = await client.chat.getPermalink({ channel: card.channel, message_ts: card.ts });
    if (permalink !== undefined) await store.posts.permalink(key, permalink);
  } catch (error) {
    logger.info({ decision: id, code: failureOf(error).code }, 'no permalink');
  }
}
