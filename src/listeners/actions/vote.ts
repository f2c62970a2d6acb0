import { ACTIONS } from '../../blocks/ids.ts';
import { decidersInWords } from '../../blocks/people.ts';
import { reasonModal, VOTE_ACTIONS, votedMessage, whoVotedModal } from '../../blocks/votes.ts';
import { verdictName } from '../../blocks/wording.ts';
import { CHOICES, type Choice } from '../../core/ballot.ts';
import { type Discussion, isHidden } from '../../core/discussion.ts';
import { refreshHomes } from '../../jobs/refresh-homes.ts';
import type { Said } from '../../store/store.ts';
import type { ListenerDeps } from '../deps.ts';
import type { Routes } from '../routes.ts';
import { replyPrivately, tell } from '../tell.ts';
import { onCardButton, openDialog, type Press } from './card-button.ts';
import { DECISION_GONE } from './decision-of.ts';

const CLOSED = 'It is decided already, so votes can’t change any more. The card says what was decided.';

/** Voting, and what the private answer to a vote offers. */
export function votes(on: Routes, deps: ListenerDeps): void {
  for (const choice of CHOICES) {
    onCardButton(on, deps, VOTE_ACTIONS[choice], async (press) => {
      const said = await deps.store.discussions.vote(press.key, press.person, choice, deps.clock.now());
      deps.cardUpdates.kick();
      await press.ack();
      await answer(deps, press, said, (discussion) => votedInWords(choice, said, discussion));
    });
  }

  onCardButton(on, deps, ACTIONS.withdrawVote, async (press) => {
    const said = await deps.store.discussions.withdraw(press.key, press.person, deps.clock.now());
    deps.cardUpdates.kick();
    await press.ack();
    await answer(deps, press, said, () =>
      said.kind === 'none'
        ? 'You have no vote here that could be withdrawn.'
        : 'Your vote is withdrawn. You can vote again on the card.',
    );
  });

  onCardButton(on, deps, ACTIONS.addReason, async (press) => {
    const discussion = await deps.store.discussions.get(press.key);
    if (!discussion) return void (await tell(press.args, DECISION_GONE));
    if (discussion.decision.status !== 'open') return void (await tell(press.args, CLOSED));
    await openDialog(press, reasonModal(discussion, press.person));
  });

  const showVoters = async (press: Press): Promise<void> => {
    const discussion = await deps.store.discussions.get(press.key);
    if (!discussion) return void (await tell(press.args, DECISION_GONE));
    await openDialog(press, whoVotedModal(discussion));
  };
  onCardButton(on, deps, ACTIONS.whoVoted, showVoters, 'everybody');
}

/** Lets the card be refreshed and says privately what has happened. */
async function answer(
  deps: ListenerDeps,
  { args, key, person }: Press,
  said: Said,
  inWords: (discussion: Discussion) => string,
): Promise<void> {
  args.context.outcome = said.kind;
  const discussion = await deps.store.discussions.get(key);
  if (!discussion || said.kind === 'gone') return void (await tell(args, DECISION_GONE));
  if (said.kind === 'closed') return void (await tell(args, CLOSED));
  await replyPrivately(args, votedMessage(discussion, person, inWords(discussion)));
  if (said.kind === 'recorded') await refreshHomes(deps, args.client, discussion.decision, [person]);
}

function votedInWords(choice: Choice, said: Said, { decision, votes }: Discussion): string {
  const name = verdictName(choice);
  if (said.kind === 'same') return `You have voted for ${name} already; nothing has changed.`;
  if (said.kind === 'confirmed') {
    return `Your vote for ${name} stands, now for the answers as they were edited.`;
  }
  const others = votes.length - 1;
  const count = others === 0 ? 'It is the first vote.' : `There are ${others + 1} votes now.`;
  const hidden = isHidden(decision)
    ? ` Until it is decided only those who decide (${decidersInWords(decision)}) see what you voted for.`
    : '';
  return `Your vote for ${name} is recorded. ${count}${hidden}`;
}
