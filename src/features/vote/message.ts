// The texts of votes, the vote buttons, and the private reply to a vote.
import type { Button } from '@slack/types';
import { ACTIONS } from '../../blocks/ids.ts';
import type { Message } from '../../blocks/message.ts';
import { encodeDecisionBlock } from '../../blocks/metadata.ts';
import { type Line, lineText } from '../../blocks/rich-text.ts';
import {
  type DateFormat,
  formatCount,
  formatDate,
  plain,
  section,
  toOneLine,
  truncate,
} from '../../blocks/text.ts';
import { capitalise, verdictName } from '../../blocks/wording.ts';
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

/** Voters named for each choice on the card, and the longest reason there. "Who voted" shows all of both. */
const MOST_NAMED_PER_CHOICE = 3;
const REASON_ON_CARD = 40;

const DEADLINE_FORMAT: DateFormat = '{date_short_pretty} {time}';

export const VOTE_ACTIONS: Readonly<Record<Choice, string>> = {
  django: ACTIONS.voteDjango,
  flask: ACTIONS.voteFlask,
  both: ACTIONS.voteBoth,
};

export function visibleBallot({ decision, votes }: Discussion, mostNamed = MOST_NAMED_VOTERS): Ballot {
  return ballotOf(votes, { round: decision.round.number, hidden: isHidden(decision), mostNamed });
}

/** Returns the ballot for deciders, which is never hidden. */
export function fullBallot({ decision, votes }: Discussion, mostNamed: number): Ballot {
  return ballotOf(votes, { round: decision.round.number, hidden: false, mostNamed });
}

/** Returns "Vote by Dec 3 · none yet". While hidden, it has the number of votes: "Hidden vote · 2 so far". */
export function voteTitle({ decision: { voteUntil } }: Discussion, ballot: Ballot): Line {
  return [
    { bold: ballot.hidden ? 'Hidden vote' : 'Vote' },
    ...(voteUntil === null ? [] : [' by ', { date: voteUntil, format: DEADLINE_FORMAT }]),
    ...(ballot.total === 0 ? [' · none yet'] : ballot.hidden ? [` · ${ballot.total} so far`] : []),
  ];
}

/** Describes the votes as on the card: a line for each choice that has any. None while hidden. */
export function voteLines(ballot: Ballot): Line[] {
  if (ballot.hidden) return [];
  return ballot.sides.filter(({ count }) => count > 0).map(voteLine);
}

/** Returns "Django 3: @ben, @cleo “we know it” and 1 more". */
function voteLine({ choice, count, named, beforeEdit: allBeforeEdit }: BallotSide): Line {
  // A reason of invisible characters only would be an empty element, which Slack refuses.
  const shown = named
    .slice(0, MOST_NAMED_PER_CHOICE)
    .map((voter) => ({ ...voter, reason: toOneLine(voter.reason ?? '') }));
  const withReason = shown.findIndex(({ reason }) => reason !== '');
  const more = count - shown.length;
  const allBefore = count > 1 && allBeforeEdit === count;
  return [
    { bold: `${capitalise(verdictName(choice))} ${count}:` },
    ' ',
    ...shown.flatMap(
      ({ person, beforeEdit, reason }, i): Line => [
        ...(i === 0 ? [] : [', ']),
        { person },
        ...(beforeEdit && !allBefore ? [' (before the edit)'] : []),
        ...(i === withReason ? [' “', { typed: shorten(reason) }, '”'] : []),
      ],
    ),
    ...(more > 0 ? [shown.length > 0 ? ` and ${more} more` : `${more} people`] : []),
    ...(allBefore ? [`, ${count === 2 ? 'both' : 'all'} before the edit`] : []),
  ];
}

/** Shortens a reason for the card. A full stop before the closing quote would collide with the next comma. */
function shorten(reason: string): string {
  return truncate(reason.replace(/(?<!\.)\.$/, ''), REASON_ON_CARD);
}

/** Describes the votes as sentences, for messages and dialogs. */
export function describeVotes(ballot: Ballot): string[] {
  if (ballot.total === 0) return ['No votes yet.'];
  if (ballot.hidden) return [`${formatCount(ballot.total, 'vote')} so far, hidden until the decision.`];
  return voteLines(ballot).map(lineText);
}

/** Returns "@ben (before the edit): “we know it”". */
export function voterLine({ person, reason, beforeEdit }: Voter): Line {
  const why = toOneLine(reason ?? '');
  return [
    { person },
    ...(beforeEdit ? [' (before the edit)'] : []),
    ...(why === '' ? [] : [': “', { typed: why }, '”']),
  ];
}

/** The vote buttons of an open card. Their names alone wouldn't tell a screen reader what they do. */
export function voteButtons(): Button[] {
  return CHOICES.map((choice) => ({
    ...button(VOTE_ACTIONS[choice], capitalise(verdictName(choice))),
    accessibility_label: `Vote for ${verdictName(choice)}`,
  }));
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
  return formatDate(at, DEADLINE_FORMAT);
}
