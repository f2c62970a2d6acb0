// “Show all reasons” in the menu, and the buttons about a card that isn’t posted or may not be.
import { ACTIONS } from '../../blocks/ids.ts';
import { sentenceMessage } from '../../blocks/message.ts';
import { quoteText } from '../../blocks/text.ts';
import type { GuardedAction } from '../../decision/access.ts';
import type { Decision } from '../../decision/decision.ts';
import { visibleGroup } from '../../decision/discussion.ts';
import type { Post, PostKey } from '../../decision/post.ts';
import { type CardPress, type MenuEntry, openDialog, type Press } from '../../interactions/card-button.ts';
import { decisionKeyIn, findDecision, findRefusal } from '../../interactions/permissions.ts';
import { refuse } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { answerPrivately } from '../../interactions/tell.ts';
import { reasonsModal } from './reasons-dialog.ts';

export const reasonsEntry: MenuEntry = { act: 'reasons', choose: openReasons };

async function openReasons({ rubric, store }: ListenerDeps, press: CardPress): Promise<void> {
  const discussion = await store.discussions.get(press.key);
  await openDialog(press, reasonsModal(rubric, press.decision, discussion && visibleGroup(discussion)));
}

/** Returns the decision whose card isn't posted, for buttons of its asker. Refuses other people and returns null. */
async function findUnpostedDecision(
  deps: ListenerDeps,
  args: Press['args'],
  act: GuardedAction,
): Promise<Decision | null> {
  const { ack, body, context } = args;
  const found = await findDecision(deps, decisionKeyIn(body, context));
  const refusal = await findRefusal(deps.clock, act, args, found);
  if (refusal === null && typeof found !== 'string') return found;
  await ack();
  await refuse(args, refusal ?? 'gone', found);
  return null;
}

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
      ? `I’m posting the card for ${quoteText(decision.project)} in <#${decision.channel}>. I’ll tell you if Slack refuses it.`
      : 'This card is already posted or on its way.';
    outbox.kick();
    await answerPrivately(args, sentenceMessage(sentence), 'in its place');
  });
}

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
    await answerPrivately(args, sentenceMessage(sentence), 'in its place');
  });
}

/** Returns the reply to "It is there". The card's state may have changed since the button was posted. */
function keptSentence(card: Post | null, slashCommand: string): string {
  switch (card?.state) {
    case 'wanted':
    case 'sent':
      return 'I’m already posting this card again, as you asked. If two appear, ask a workspace admin to delete one.';
    case 'refused':
      return `Slack refused this card after all. Type ${slashCommand} history in its channel to post it.`;
    case 'posted':
      if (card.ts !== null) return 'Thanks. There’s nothing more to do.';
      break;
    default:
  }
  return 'Thanks. Pick “Show all reasons” in the card’s menu (•••) once, so that I can find the card.';
}
