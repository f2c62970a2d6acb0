import type { ModalView } from '@slack/types';
import { VIEWS } from '../../blocks/ids.ts';
import { encodeDecisionView } from '../../blocks/metadata.ts';
import { titledList } from '../../blocks/rich-text.ts';
import { formatCount, isolateText, mrkdwn, plain } from '../../blocks/text.ts';
import type { Discussion } from '../../decision/discussion.ts';

/** The dialog that confirms the deletion of a card and everything people entered. */
export function deleteModal({ decision, votes, ownAnswers, record }: Discussion): ModalView {
  const deleted = [
    'The card and my replies in its thread',
    ownAnswers.length > 0 ? 'Everyone’s answers' : 'The answers',
    ...(votes.length > 0 ? [formatCount(votes.length, 'vote')] : []),
    ...(record ? ['The record and its file'] : []),
  ];
  return {
    type: 'modal',
    callback_id: VIEWS.deleteDecision,
    title: plain('Delete?'),
    submit: plain('Delete'),
    close: plain('Cancel'),
    private_metadata: encodeDecisionView(decision.id),
    blocks: [
      { type: 'header', text: plain(isolateText(decision.project)) },
      titledList({ title: 'What I’ll delete', lines: deleted.map((line) => [line]) }),
      {
        type: 'context',
        elements: [mrkdwn('Other people’s messages in the thread stay. This can’t be undone.')],
      },
    ],
  };
}
