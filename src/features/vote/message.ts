import type { ActionsBlockElement, Button, ModalView } from '@slack/types';
import { ACTIONS, FIELDS, VIEWS } from '../../blocks/ids.ts';
import type { Message } from '../../blocks/message.ts';
import { encodeDecisionBlock, encodeVoteView } from '../../blocks/metadata.ts';
import { bullets, isolated, mention, oneLine, plain, quotedAtMost, section } from '../../blocks/text.ts';
import { verdictName } from '../../blocks/wording.ts';
import {
  type Ballot,
  ballotOf,
  CHOICES,
  type Choice,
  MOST_NAMED,
  type Side,
  type Voter,
} from '../../decision/ballot.ts';
import { type Discussion, type Glance, isHidden } from '../../decision/discussion.ts';

/** Longest reason somebody may give; two or three sentences. */
export const LONGEST_REASON = 300;
/** Longer ones are cut on the card; "Who voted" has them whole. */
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

export function ballotFor({ decision, votes }: Discussion, mostNamed = MOST_NAMED): Ballot {
  return ballotOf(votes, { round: decision.round.number, hidden: isHidden(decision), mostNamed });
}

/** The same with everything, for those who decide. */
export function fullBallot({ decision, votes }: Discussion, mostNamed: number): Ballot {
  return ballotOf(votes, { round: decision.round.number, hidden: false, mostNamed });
}

/** The votes as the card tells them: a line for each side that has some. */
export function votesInWords(ballot: Ballot): string[] {
  if (ballot.total === 0) {
    return [ballot.hidden ? 'No votes yet. Who votes what is shown once it is decided.' : 'No votes yet.'];
  }
  if (ballot.hidden) {
    const are = ballot.total === 1 ? '1 vote is' : `${ballot.total} votes are`;
    return [`${are} in. Who voted what is shown once it is decided.`];
  }
  return ballot.sides.filter(({ count }) => count > 0).map((side) => sideInWords(side, REASON_ON_CARD));
}

/** "Django: 3 (<@U1>, <@U2>: “we know it”, and 1 more)" */
function sideInWords({ choice, count, named, more }: Side, mostReason: number): string {
  const people = [
    ...named.map((voter) => voterInWords(voter, mostReason)),
    ...(more > 0 ? [`${named.length > 0 ? 'and ' : ''}${more} more`] : []),
  ];
  return `${verdictName(choice)}: ${count} (${people.join(', ')})`;
}

function voterInWords({ person, reason, beforeEdit }: Voter, mostReason: number): string {
  const why = reason === null ? '' : `: “${quotedAtMost(oneLine(reason), mostReason)}”`;
  return `${mention(person)}${beforeEdit ? ' before the edit' : ''}${why}`;
}

/** Buttons to vote with, while one can; and one for all the names where the card has not room for them. */
export function voteButtons(discussion: Discussion): ActionsBlockElement[] {
  if (discussion.decision.status !== 'open') return [];
  const ballot = ballotFor(discussion);
  const unnamed = !ballot.hidden && ballot.sides.some(({ more }) => more > 0);
  return [
    ...CHOICES.map((choice) => button(VOTE_ACTIONS[choice], BUTTON_WORDS[choice])),
    ...(unnamed ? [button(ACTIONS.whoVoted, 'Who voted')] : []),
  ];
}

function button(action: string, words: string): Button {
  return { type: 'button', action_id: action, text: plain(words) };
}

/** The private answer to a vote: what was recorded, and what one can still do about it. */
export function votedMessage(decision: string, { own, status }: Glance, sentence: string): Message {
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

/** The dialog in which somebody says why. */
export function reasonModal(discussion: Discussion, person: string): ModalView {
  const { decision, votes } = discussion;
  const own = votes.find((vote) => vote.person === person);
  const hidden = isHidden(decision);
  return {
    type: 'modal',
    callback_id: VIEWS.voteReason,
    title: plain('Why?'),
    submit: plain('Save'),
    close: plain('Cancel'),
    private_metadata: encodeVoteView({ decision: decision.id, choice: own?.choice ?? null }),
    blocks: [
      {
        type: 'input',
        block_id: FIELDS.reason.block,
        optional: true,
        label: plain(own ? `Your reason for ${verdictName(own.choice)}` : 'Your reason'),
        hint: plain(
          hidden
            ? 'Shown on the card with your name once it is decided. Leave it empty to take it back.'
            : 'Everybody in the channel can read it on the card. Leave it empty to take it back.',
        ),
        element: {
          type: 'plain_text_input',
          action_id: FIELDS.reason.action,
          multiline: true,
          max_length: LONGEST_REASON,
          ...(own?.reason ? { initial_value: own.reason } : {}),
        },
      },
    ],
  };
}

/** Everybody who voted, with every reason whole, as far as a dialog has room. */
export function whoVotedModal(discussion: Discussion): ModalView {
  const ballot = ballotFor(discussion, MOST_LISTED);
  const lines = everyVote(ballot);
  return {
    type: 'modal',
    callback_id: VIEWS.whoVoted,
    title: plain('Who voted'),
    close: plain('Close'),
    blocks: [
      { type: 'header', text: plain(isolated(discussion.decision.project)) },
      ...(lines.length === 0 ? [section('Nobody any more.')] : lines.map((line) => section(line))),
    ],
  };
}

/** Every vote with its reason whole, as texts of sections. */
export function everyVote(ballot: Ballot): string[] {
  if (ballot.hidden || ballot.total === 0) return votesInWords(ballot);
  return ballot.sides
    .filter(({ count }) => count > 0)
    .flatMap(({ choice, count, named, more }) => [
      `*${verdictName(choice)}: ${count}*`,
      ...inChunks(named.map((voter) => voterInWords(voter, LONGEST_REASON))),
      ...(more > 0 ? [`and ${more} more`] : []),
    ]);
}

const MOST_LISTED = 300;
/** A section holds 3,000 characters; the longest line with its escapes is below a quarter of that. */
const LINES_IN_SECTION = 4;

function inChunks(lines: readonly string[]): string[] {
  const sections: string[] = [];
  for (let i = 0; i < lines.length; i += LINES_IN_SECTION) {
    sections.push(bullets(lines.slice(i, i + LINES_IN_SECTION)));
  }
  return sections;
}
