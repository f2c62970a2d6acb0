import type { ModalView } from '@slack/types';
import { FIELDS, VIEWS } from '../../blocks/ids.ts';
import { encodeVoteView } from '../../blocks/metadata.ts';
import { plain } from '../../blocks/text.ts';
import { verdictName } from '../../blocks/wording.ts';
import { LONGEST_REASON } from '../../decision/ballot.ts';
import { type Discussion, isHidden } from '../../decision/discussion.ts';

/** The dialog for the reason of a vote. */
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
            ? 'Shown on the card with your name after the decision. Clear it to remove your reason.'
            : 'Shown on the card with your name. Clear it to remove your reason.',
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
