// The buttons of a vote: on the card, and in the private reply to a voter.
import { ACTIONS } from '../../blocks/ids.ts';
import { verdictName } from '../../blocks/wording.ts';
import { CHOICES, type Choice } from '../../decision/ballot.ts';
import { isHidden, type VoteContext } from '../../decision/discussion.ts';
import {
  type CardPress,
  type MenuEntry,
  onCardButton,
  onPress,
  openDialog,
  type Press,
  recordCardTs,
  refuseMissing,
} from '../../interactions/card-button.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { canReplyPrivately, replyPrivately, tell } from '../../interactions/tell.ts';
import type { DiscussionResult } from '../../store/store.ts';
import { publishHome } from '../overview/home-deliver.ts';
import { VOTE_ACTIONS, voteReplyMessage } from './message.ts';
import { reasonModal } from './reason-dialog.ts';
import { isInPrivateReply, VoterReplies } from './voter-replies.ts';
import { whoVotedModal } from './who-voted-dialog.ts';

const VOTING_CLOSED = 'Voting is closed. The card shows the decision.';

/** Registers the vote buttons on the card, and the buttons in the private reply to a vote. */
export function registerVoteButtons(on: Routes, deps: ListenerDeps): void {
  const replies = new VoterReplies(deps);
  registerReasonButton(on, deps, replies);
  for (const choice of CHOICES) {
    onPress(on, deps, VOTE_ACTIONS[choice], 'vote', async (press) => {
      const { args, key, person } = press;
      const result = await deps.store.discussions.vote(key, person, choice, deps.clock.now());
      if (result.cardIsLost) await recordCardTs(deps, key, args.body);
      deps.cardUpdates.kick();
      await press.ack();
      await replyToVoter(deps, replies, press, result, (glance) => describeResult(choice, result, glance));
      if (result.kind === 'recorded' && result.atHome)
        await publishHome(deps, args.client, key.tenant, person);
    });
  }

  onPress(on, deps, ACTIONS.withdrawVote, 'withdraw_vote', async (press) => {
    const result = await deps.store.discussions.withdraw(press.key, press.person, deps.clock.now());
    deps.cardUpdates.kick();
    await press.ack();
    await replyToVoter(deps, replies, press, result, () =>
      result.kind === 'none'
        ? 'You have no vote here to withdraw.'
        : 'You withdrew your vote. You can vote again on the card.',
    );
    if (result.kind !== 'recorded') return;
    const { key, person } = press;
    const [atHome] = await deps.store.homes.listOpened(key.tenant, [person]);
    if (atHome !== undefined) await publishHome(deps, press.args.client, key.tenant, person);
  });
}

/** Replies privately to the voter, if Slack sent a response URL. Replaces an earlier reply if Slack allows it. */
async function replyToVoter(
  deps: ListenerDeps,
  replies: VoterReplies,
  press: Press,
  result: DiscussionResult,
  describe: (vote: VoteContext) => string,
): Promise<void> {
  const { args, key, person } = press;
  args.context.outcome = result.kind;
  if (result.kind === 'gone') return refuseMissing(deps, press);
  if (result.kind === 'closed') return void (await tell(args, VOTING_CLOSED));
  if (!canReplyPrivately(args)) return;
  const glance = await deps.store.discussions.glance(key, person);
  if (!glance) return refuseMissing(deps, press);
  const message = voteReplyMessage(key.decision, glance, describe(glance));
  if (isInPrivateReply(args.body)) {
    replies.remember(key, person, args.body);
    await replyPrivately(args, message, 'in its place');
  } else if (!(await replies.replace(key, person, message))) {
    await replyPrivately(args, message);
  }
}

function describeResult(choice: Choice, result: DiscussionResult, glance: VoteContext): string {
  const name = verdictName(choice);
  if (result.kind === 'same') return `You already voted for ${name}.`;
  if (result.kind === 'confirmed') return `Your vote for ${name} now applies to the edited answers.`;
  const next = isHidden(glance)
    ? 'Only the deciders see it before the decision.'
    : 'You can change it on the card.';
  return `You voted for ${name}. ${next}`;
}

/** Registers "Add a reason" in the private reply to a vote. */
function registerReasonButton(on: Routes, deps: ListenerDeps, replies: VoterReplies): void {
  onCardButton(on, deps, ACTIONS.addReason, 'give_reason', async (press) => {
    replies.remember(press.key, press.person, press.args.body);
    const discussion = await deps.store.discussions.get(press.key);
    if (!discussion) return refuseMissing(deps, press);
    if (discussion.decision.status !== 'open') return void (await tell(press.args, VOTING_CLOSED));
    await openDialog(press, reasonModal(discussion, press.person));
  });
}

export const whoVotedEntry: MenuEntry = { act: 'who_voted', choose: openWhoVoted };

/** Registers the button “Who voted”, which earlier cards have in place of the menu entry. */
export function registerWhoVotedButton(on: Routes, deps: ListenerDeps): void {
  onCardButton(on, deps, ACTIONS.whoVoted, 'who_voted', (press) => openWhoVoted(deps, press));
}

async function openWhoVoted(deps: ListenerDeps, press: CardPress): Promise<void> {
  const discussion = await deps.store.discussions.get(press.key);
  if (!discussion) return refuseMissing(deps, press);
  await openDialog(press, whoVotedModal(discussion));
}
