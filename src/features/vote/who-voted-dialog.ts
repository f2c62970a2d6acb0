import type { KnownBlock, ModalView } from '@slack/types';
import { VIEWS } from '../../blocks/ids.ts';
import { paragraph, richText, titledList } from '../../blocks/rich-text.ts';
import { isolateText, plain, section } from '../../blocks/text.ts';
import { capitalise, verdictName } from '../../blocks/wording.ts';
import type { Ballot } from '../../decision/ballot.ts';
import type { Discussion } from '../../decision/discussion.ts';
import { describeVotes, visibleBallot, voterLine } from './message.ts';

const MOST_LISTED = 300;

/** The dialog that lists voters with their full reasons, at most `MOST_LISTED` of them. */
export function whoVotedModal(discussion: Discussion): ModalView {
  const ballot = visibleBallot(discussion, MOST_LISTED);
  return {
    type: 'modal',
    callback_id: VIEWS.whoVoted,
    title: plain('Who voted'),
    close: plain('Close'),
    blocks: [
      { type: 'header', text: plain(isolateText(discussion.decision.project)) },
      ...describeVotesInFull(ballot),
    ],
  };
}

/** Lists the votes with their full reasons, one block for each choice that has any. */
export function describeVotesInFull(ballot: Ballot): KnownBlock[] {
  if (ballot.hidden || ballot.total === 0) return describeVotes(ballot).map((line) => section(line));
  return ballot.sides
    .filter(({ count }) => count > 0)
    .map(({ choice, count, named, more }) => {
      const title = `${capitalise(verdictName(choice))}: ${count}`;
      const lines = named.map(voterLine);
      if (lines.length === 0) return richText(paragraph([{ bold: title }]));
      return titledList({ title, lines: more > 0 ? [...lines, [`and ${more} more`]] : lines });
    });
}
