import { ACTIONS } from '../../blocks/ids.ts';
import { notice } from '../../blocks/notice.ts';
import { quoteText } from '../../blocks/text.ts';
import type { PostKey } from '../../decision/post.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import type { Routes } from '../../interactions/routes.ts';
import { answerPrivately } from '../../interactions/tell.ts';
import { findUnpostedDecision } from './unposted-card.ts';

/** Registers "Post the card" in `history` and in the private message about a card that isn't posted. */
export function registerPostAgainButton(on: Routes, deps: ListenerDeps): void {
  const { store, clock, outbox } = deps;
  on.action(ACTIONS.postAgain, async (args) => {
    const { ack, context } = args;
    const decision = await findUnpostedDecision(deps, args, 'post_again');
    if (!decision) return;
    const key: PostKey = { tenant: decision.tenant, decision: decision.id, kind: 'card' };
    const wanted = await store.posts.retry(key, clock.now());
    await ack();
    context.outcome = wanted ? 'retry' : 'unchanged';
    const sentence = wanted
      ? `I am posting the card for ${quoteText(decision.project)} in <#${decision.channel}>. If Slack refuses it, I will tell you.`
      : 'This card is already posted or on its way.';
    outbox.kick();
    await answerPrivately(args, notice(sentence), 'in its place');
  });
}
