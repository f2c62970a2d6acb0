import type { KnownBlock, ModalView } from '@slack/types';
import { VIEWS } from '../../blocks/ids.ts';
import { encodeDecisionView } from '../../blocks/metadata.ts';
import { escapeMrkdwn, mrkdwn, plain, quoteText, section } from '../../blocks/text.ts';
import type { Discussion } from '../../decision/discussion.ts';

/** The dialog that confirms the deletion of a card and everything people entered. */
export function deleteModal({ decision, votes, ownAnswers, record }: Discussion): ModalView {
  const blocks: KnownBlock[] = [
    section(
      `This removes the card for ${quoteText(decision.project)} and my replies in its thread, and deletes the answers` +
        `${votes.length > 0 ? `, ${votes.length === 1 ? 'the vote' : `all ${votes.length} votes`}` : ''}` +
        `${ownAnswers.length > 0 ? `, what others answered` : ''}${record ? ' and the record with its file' : ''}. It cannot be undone.`,
    ),
    { type: 'context', elements: [mrkdwn(escapeMrkdwn('What other people wrote in the thread stays.'))] },
  ];
  return {
    type: 'modal',
    callback_id: VIEWS.deleteDecision,
    title: plain('Delete?'),
    submit: plain('Delete'),
    close: plain('Keep it'),
    private_metadata: encodeDecisionView(decision.id),
    blocks,
  };
}
