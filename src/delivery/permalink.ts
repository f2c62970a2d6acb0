import type { PostKey } from '../decision/post.ts';
import { failureOf } from '../slack/failures.ts';
import type { Deps, WebClient } from './deps.ts';

/** Returns a posted card's permalink, and stores it the first time; null if Slack doesn't send one. */
export async function fetchPermalink(
  { store, logger }: Deps,
  client: WebClient,
  { tenant, decision }: Pick<PostKey, 'tenant' | 'decision'>,
): Promise<string | null> {
  const key: PostKey = { tenant, decision, kind: 'card' };
  const card = await store.posts.get(key);
  if (!card?.ts || card.permalink !== null) return card?.permalink ?? null;
  try {
    const { permalink } = await client.chat.getPermalink({ channel: card.channel, message_ts: card.ts });
    if (permalink === undefined) return null;
    await store.posts.savePermalink(key, permalink);
    return permalink;
  } catch (error) {
    logger.info({ decision, code: failureOf(error).code }, 'no permalink');
    return null;
  }
}
