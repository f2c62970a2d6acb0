import { ACTIONS } from '../../blocks/ids.ts';
import { formatDeciders } from '../../blocks/people.ts';
import { verdictName } from '../../blocks/wording.ts';
import { CHOICES, type Choice } from '../../decision/ballot.ts';
import { isHidden, type VoteContext } from '../../decision/discussion.ts';
import { adoptCard, onPress, type Press, refuseMissing } from '../../interactions/card-button.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import type { Routes } from '../../interactions/routes.ts';
import { canReplyPrivately, replyPrivately, tell } from '../../interactions/tell.ts';
import type { DiscussionResult } from '../../store/store.ts';
import { publishHome } from '../overview/home-deliver.ts';
import { VOTE_ACTIONS, voteReplyMessage } from './message.ts';

export const VOTING_CLOSED =
  'It is decided already, so votes can’t change any more. The card says what was decided.';

/** Registers the vote buttons on the card, and "Withdraw" in the private reply to a vote. */
export function registerVoteButtons(on: Routes, deps: ListenerDeps): void {
  for (const choice of CHOICES) {
    onPress(on, deps, VOTE_ACTIONS[choice], 'vote', async (press) => {
      const { args, key, person } = press;
      const said = await deps.store.discussions.vote(key, person, choice, deps.clock.now());
      if (said.cardIsLost) await adoptCard(deps, key, args.body);
      deps.cardUpdates.kick();
      await press.ack();
      await replyToVoter(deps, press, said, (glance) => describeResult(choice, said, glance));
      if (said.kind === 'recorded' && said.atHome) await publishHome(deps, args.client, key.tenant, person);
    });
  }

  onPress(on, deps, ACTIONS.withdrawVote, 'withdraw_vote', async (press) => {
    const said = await deps.store.discussions.withdraw(press.key, press.person, deps.clock.now());
    deps.cardUpdates.kick();
    await press.ack();
    await replyToVoter(deps, press, said, () =>
      said.kind === 'none'
        ? 'You have no vote here that could be withdrawn.'
        : 'Your vote is withdrawn. You can vote again on the card.',
    );
    if (said.kind !== 'recorded') return;
    const { key, person } = press;
    const [atHome] = await deps.store.homes.listOpened(key.tenant, [person]);
    if (atHome !== undefined) await publishHome(deps, press.args.client, key.tenant, person);
  });
}

/** Replies privately to the voter, if Slack sent a response URL. */
async function replyToVoter(
  deps: ListenerDeps,
  press: Press,
  said: DiscussionResult,
  inWords: (glance: VoteContext) => string,
): Promise<void> {
  const { args, key, person } = press;
  args.context.outcome = said.kind;
  if (said.kind === 'gone') return refuseMissing(deps, press);
  if (said.kind === 'closed') return void (await tell(args, VOTING_CLOSED));
  if (!canReplyPrivately(args)) return;
  const glance = await deps.store.discussions.glance(key, person);
  if (!glance) return refuseMissing(deps, press);
  await replyPrivately(args, voteReplyMessage(key.decision, glance, inWords(glance)));
}

function describeResult(choice: Choice, said: DiscussionResult, glance: VoteContext): string {
  const name = verdictName(choice);
  if (said.kind === 'same') return `You have voted for ${name} already; nothing has changed.`;
  if (said.kind === 'confirmed') {
    return `Your vote for ${name} stands, now for the answers as they were edited.`;
  }
  const others = glance.votes - 1;
  const count = others === 0 ? 'It is the first vote.' : `There are ${others + 1} votes now.`;
  const hidden = isHidden(glance)
    ? ` Until it is decided only those who decide (${formatDeciders(glance)}) see what you voted for.`
    : '';
  return `Your vote for ${name} is recorded. ${count}${hidden}`;
}
