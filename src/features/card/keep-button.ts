import { ACTIONS } from '../../blocks/ids.ts';
import { notice } from '../../blocks/notice.ts';
import type { Post, PostKey } from '../../decision/post.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import type { Routes } from '../../interactions/routes.ts';
import { answerPrivately } from '../../interactions/tell.ts';
import { findUnpostedDecision } from './unposted-card.ts';

/** Registers "It is there": the asker's answer if the bot can't know whether Slack posted the card. */
export function registerKeepCardButton(on: Routes, deps: ListenerDeps): void {
  const { store, clock } = deps;
  on.action(ACTIONS.keepCard, async (args) => {
    const { ack, context } = args;
    const decision = await findUnpostedDecision(deps, args, 'keep_card');
    if (!decision) return;
    const key: PostKey = { tenant: decision.tenant, decision: decision.id, kind: 'card' };
    const card = await store.posts.get(key);
    if (card?.state === 'unknown') await store.posts.markPosted(key, null, clock.now());
    await ack();
    context.outcome = card?.state === 'unknown' ? 'kept' : 'unchanged';
    const sentence = keptSentence(card, deps.slashCommand);
    await answerPrivately(args, notice(sentence), 'in its place');
  });
}

/** Returns the reply to "It is there". The card's state may have changed since the button was posted. */
function keptSentence(card: Post | null, slashCommand: string): string {
  switch (card?.state) {
    case 'wanted':
    case 'sent':
      return 'This card is already on its way, because you let me post it. If there are two in the end, ask an admin of the workspace to delete one.';
    case 'refused':
      return `This card was not markPosted after all. Type ${slashCommand} history in its channel to post it from there.`;
    case 'posted':
      if (card.ts !== null) return 'Good. I know where it is; there is nothing more to do.';
      break;
    default:
  }
  return 'Good. Open the menu (•••) on the card once and pick “Show all reasons”: then I know where it is and add the reasoning in its thread.';
}
