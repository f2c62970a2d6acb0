import { reasoningMessage } from '../blocks/reasoning.ts';
import type { PostKey } from '../core/post.ts';
import type { Deps, WebClient } from '../deps.ts';
import { failureOf } from '../slack/failures.ts';
import { pause } from './pause.ts';
import { refreshHomes } from './refresh-homes.ts';

const GIVE_UP_AFTER_ATTEMPTS = 20;

/**
 * Posts the first reply in the card's thread and fetches the card's permalink. A reply may be repeated
 * where nobody can know whether Slack took it: twice is better than never, once is the rule.
 */
export async function postReasoning(deps: Deps, client: WebClient, key: PostKey): Promise<void> {
  const { store, clock, rubric, logger } = deps;
  const claimed = await store.posts.claim(key, clock.now());
  if (!claimed) return;
  const cardKey: PostKey = { ...key, kind: 'card' };
  const [decision, card] = await Promise.all([
    store.decisions.get(key.tenant, key.decision),
    store.posts.get(cardKey),
  ]);
  if (!decision || !card?.ts) {
    await store.posts.dropped(key);
    return;
  }
  try {
    const posted = await client.chat.postMessage({
      channel: card.channel,
      thread_ts: decision.thread ?? card.ts,
      ...reasoningMessage(rubric, decision),
      unfurl_links: false,
      unfurl_media: false,
    });
    await store.posts.posted(key, posted.ts ?? null, clock.now());
    if (card.permalink === null) await fetchPermalink(deps, client, cardKey, card.channel, card.ts);
    await refreshHomes(deps, client, decision);
  } catch (error) {
    const failure = failureOf(error);
    logger.warn({ decision: key.decision, code: failure.code }, 'reasoning not posted');
    if (failure.kind === 'refused' || claimed.attempts >= GIVE_UP_AFTER_ATTEMPTS) {
      await store.posts.refused(key, failure.code, clock.now());
    } else {
      const now = clock.now();
      const atLeast = failure.kind === 'later' ? failure.afterMs : 0;
      await store.posts.want(key, now, now + pause(atLeast, claimed.attempts));
    }
  }
}

/** Only lists need it: failing costs a link, nothing else. */
async function fetchPermalink(
  deps: Deps,
  client: WebClient,
  key: PostKey,
  channel: string,
  ts: string,
): Promise<void> {
  try {
    const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
    if (permalink !== undefined) await deps.store.posts.permalink(key, permalink);
  } catch (error) {
    deps.logger.info({ decision: key.decision, code: failureOf(error).code }, 'no permalink');
  }
}
