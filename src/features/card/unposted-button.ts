import { ACTIONS } from '../../blocks/ids.ts';
import { notice } from '../../blocks/notice.ts';
import { quoted } from '../../blocks/text.ts';
import type { Act } from '../../decision/access.ts';
import type { Decision } from '../../decision/decision.ts';
import type { Post, PostKey } from '../../decision/post.ts';
import type { Press } from '../../interactions/card-button.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { findDecision, keyIn } from '../../interactions/find-decision.ts';
import { whyNotWith } from '../../interactions/may.ts';
import { refuse } from '../../interactions/refusals.ts';
import type { Routes } from '../../interactions/routes.ts';
import { answerPrivately } from '../../interactions/tell.ts';

/** The asker's word on a card that was refused, or that may or may not be there. */
export function unpostedCard(on: Routes, deps: ListenerDeps): void {
  const { store, clock, outbox } = deps;

  /** Null where this is not for the person, who is told so. */
  const theirs = async (args: Press['args'], act: Act): Promise<Decision | null> => {
    const { ack, body, context } = args;
    const found = await findDecision(deps, keyIn(body, context));
    const refusal = await whyNotWith(clock, act, args, found);
    if (refusal === null && typeof found !== 'string') return found;
    await ack();
    await refuse(args, refusal ?? 'gone', found);
    return null;
  };

  on.action(ACTIONS.postAgain, async (args) => {
    const { ack, context } = args;
    const decision = await theirs(args, 'post_again');
    if (!decision) return;
    const key: PostKey = { tenant: decision.tenant, decision: decision.id, kind: 'card' };
    const wanted = await store.posts.retry(key, clock.now());
    await ack();
    context.outcome = wanted ? 'retry' : 'unchanged';
    const sentence = wanted
      ? `I am posting the card for ${quoted(decision.project)} in <#${decision.channel}>. If Slack refuses it, I will tell you.`
      : 'This card is already posted or on its way.';
    outbox.kick();
    await answerPrivately(args, notice(sentence), 'in its place');
  });

  on.action(ACTIONS.keepCard, async (args) => {
    const { ack, context } = args;
    const decision = await theirs(args, 'keep_card');
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

/** What "It is there" comes to, by how the card was doing until then: buttons stay while cards move on. */
function keptSentence(card: Post | null, slashCommand: string): string {
  switch (card?.state) {
    case 'wanted':
    case 'sent':
      return 'This card is already on its way, because you let me post it. If there are two in the end, ask an admin of the workspace to delete one.';
    case 'refused':
      return `This card was not posted after all. Type ${slashCommand} history in its channel to post it from there.`;
    case 'posted':
      if (card.ts !== null) return 'Good. I know where it is; there is nothing more to do.';
      break;
    default:
  }
  return 'Good. Open the menu (•••) on the card once and pick “Show all reasons”: then I know where it is and add the reasoning in its thread.';
}
