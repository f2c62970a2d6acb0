import type { BlockAction } from '@slack/bolt';
import type { DecisionKey } from '../decision/decision.ts';
import type { PostKey } from '../decision/post.ts';
import type { ListenerDeps } from './deps.ts';

/**
 * Records where a card is when a person uses it. The bot doesn't know if Slack posted it without a response, or if a
 * backup was made before it was posted. From then on the bot updates the card and posts the reasoning in its thread.
 */
export async function adoptCard(
  deps: ListenerDeps,
  { tenant, decision }: DecisionKey,
  body: BlockAction,
): Promise<void> {
  const ts = body.container?.message_ts;
  if (typeof ts !== 'string') return;
  // A private message about the card is not the card.
  if (body.container?.is_ephemeral === true) return;
  const key: PostKey = { tenant, decision, kind: 'card' };
  const card = await deps.store.posts.get(key);
  if (
    card?.ts === null &&
    card.channel === body.channel?.id &&
    ['unknown', 'posted', 'refused'].includes(card.state)
  ) {
    await deps.store.posts.posted(key, ts, deps.clock.now());
    deps.outbox.kick();
  }
}
