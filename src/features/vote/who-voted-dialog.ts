import type { ModalView } from '@slack/types';
import { VIEWS } from '../../blocks/ids.ts';
import { bullets, isolateText, plain, section } from '../../blocks/text.ts';
import { verdictName } from '../../blocks/wording.ts';
import { type Ballot, LONGEST_REASON } from '../../decision/ballot.ts';
import type { Discussion } from '../../decision/discussion.ts';
import { describeVoter, describeVotes, visibleBallot } from './message.ts';

const MOST_LISTED = 300;
/** Lines per section. Slack allows 3,000 characters; the longest escaped line has less than a quarter of that. */
const LINES_IN_SECTION = 4;

/** The dialog that lists voters with their full reasons, at most `MOST_LISTED` of them. */
export function whoVotedModal(discussion: Discussion): ModalView {
  const ballot = visibleBallot(discussion, MOST_LISTED);
  const lines = describeVotesInFull(ballot);
  return {
    type: 'modal',
    callback_id: VIEWS.whoVoted,
    title: plain('Who voted'),
    close: plain('Close'),
    blocks: [
      { type: 'header', text: plain(isolateText(discussion.decision.project)) },
      ...(lines.length === 0 ? [section('No votes.')] : lines.map((line) => section(line))),
    ],
  };
}

/** Returns the texts of sections that list the votes with their full reasons. */
export function describeVotesInFull(ballot: Ballot): string[] {
  if (ballot.hidden || ballot.total === 0) return describeVotes(ballot);
  return ballot.sides
    .filter(({ count }) => count > 0)
    .flatMap(({ choice, count, named, more }) => [
      `*${verdictName(choice)}: ${count}*`,
      ...inChunks(named.map((voter) => describeVoter(voter, LONGEST_REASON))),
      ...(more > 0 ? [`and ${more} more`] : []),
    ]);
}

function inChunks(lines: readonly string[]): string[] {
  const sections: string[] = [];
  for (let i = 0; i < lines.length; i += LINES_IN_SECTION) {
    sections.push(bullets(lines.slice(i, i + LINES_IN_SECTION)));
  }
  return sections;
}
