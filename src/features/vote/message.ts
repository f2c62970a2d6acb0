// The texts of votes, the vote buttons, and the private reply to a vote.
import type { ActionsBlockElement, Button } from '@slack/types';
import { ACTIONS } from '../../blocks/ids.ts';
import type { Message } from '../../blocks/message.ts';
import { encodeDecisionBlock } from '../../blocks/metadata.ts';
import { formatDate, mention, plain, quoteTruncated, section, toOneLine } from '../../blocks/text.ts';
import { verdictName } from '../../blocks/wording.ts';
import {
  type Ballot,
  type BallotSide,
  ballotOf,
  CHOICES,
  type Choice,
  MOST_NAMED_VOTERS,
  type Voter,
} from '../../decision/ballot.ts';
import { type Discussion, isHidden, type VoteContext } from '../../decision/discussion.ts';

/** Longest reason on the card, in characters. "Who voted" shows reasons in full. */
const REASON_ON_CARD = 80;

export const VOTE_ACTIONS: Readonly<Record<Choice, string>> = {
  django: ACTIONS.voteDjango,
  flask: ACTIONS.voteFlask,
  both: ACTIONS.voteBoth,
};
const BUTTON_WORDS: Readonly<Record<Choice, string>> = {
  django: 'Vote Django',
  flask: 'Vote Flask',
  both: 'Vote both',
};

export function visibleBallot({ decision, votes }: Discussion, mostNamed = MOST_NAMED_VOTERS): Ballot {
  return ballotOf(votes, { round: decision.round.number, hidden: isHidden(decision), mostNamed });
}

/** Returns the ballot for deciders, which is never hidden. */
export function fullBallot({ decision, votes }: Discussion, mostNamed: number): Ballot {
  return ballotOf(votes, { round: decision.round.number, hidden: false, mostNamed });
}

/** Describes the votes as on the card: one line for each choice with votes. */
export function describeVotes(ballot: Ballot): string[] {
  if (ballot.total === 0) {
    return [ballot.hidden ? 'No votes yet. Who votes what is shown once it is decided.' : 'No votes yet.'];
  }
  if (ballot.hidden) {
    const are = ballot.total === 1 ? '1 vote is' : `${ballot.total} votes are`;
    return [`${are} in. Who voted what is shown once it is decided.`];
  }
  return ballot.sides.filter(({ count }) => count > 0).map((side) => describeSide(side, REASON_ON_CARD));
}

/** Returns "Django: 3 (<@U1>, <@U2>: “we know it”, and 1 more)". */
function describeSide({ choice, count, named, more }: BallotSide, mostReason: number): string {
  const people = [
    ...named.map((voter) => describeVoter(voter, mostReason)),
    ...(more > 0 ? [`${named.length > 0 ? 'and ' : ''}${more} more`] : []),
  ];
  return `${verdictName(choice)}: ${count} (${people.join(', ')})`;
}

export function describeVoter({ person, reason, beforeEdit }: Voter, mostReason: number): string {
  const why = reason === null ? '' : `: “${quoteTruncated(toOneLine(reason), mostReason)}”`;
  return `${mention(person)}${beforeEdit ? ' before the edit' : ''}${why}`;
}

/** Returns the vote buttons while the decision is open, and "Who voted" if the card has no room for all names. */
export function voteButtons(discussion: Discussion): ActionsBlockElement[] {
  if (discussion.decision.status !== 'open') return [];
  const ballot = visibleBallot(discussion);
  const unnamed = !ballot.hidden && ballot.sides.some(({ more }) => more > 0);
  return [
    ...CHOICES.map((choice) => button(VOTE_ACTIONS[choice], BUTTON_WORDS[choice])),
    ...(unnamed ? [button(ACTIONS.whoVoted, 'Who voted')] : []),
  ];
}

function button(action: string, words: string): Button {
  return { type: 'button', action_id: action, text: plain(words) };
}

/** The private reply to a vote, with buttons to add a reason and to withdraw. */
export function voteReplyMessage(decision: string, { own, status }: VoteContext, sentence: string): Message {
  if (!own || status !== 'open') return { text: sentence, blocks: [section(sentence)] };
  return {
    text: sentence,
    blocks: [
      section(sentence),
      {
        type: 'actions',
        block_id: encodeDecisionBlock(decision),
        elements: [
          button(ACTIONS.addReason, own.reason === null ? 'Add a reason' : 'Change the reason'),
          button(ACTIONS.withdrawVote, 'Withdraw'),
        ],
      },
    ],
  };
}

/** Returns a deadline's day and time. */
export function formatDeadline(at: number): string {
  return formatDate(at, '{date_short_pretty} {time}');
}
