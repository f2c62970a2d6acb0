import type { ActionsBlock } from '@slack/types';
import { ACTIONS } from './ids.ts';
import type { Message } from './message.ts';
import { encodeDecisionBlock } from './metadata.ts';
import { plain, section } from './text.ts';

/** A sentence for one person. */
export function notice(sentence: string): Message {
  return { text: sentence, blocks: [section(sentence)] };
}

export function postAgainButton(decision: string): ActionsBlock {
  return {
    type: 'actions',
    block_id: encodeDecisionBlock(decision),
    elements: [
      { type: 'button', action_id: ACTIONS.postAgain, text: plain('Post the card'), style: 'primary' },
    ],
  };
}

/** For a card of which nobody knows whether it is there: one press must not make a second one unawares. */
export function whetherPostedButtons(decision: string): ActionsBlock {
  return {
    type: 'actions',
    block_id: encodeDecisionBlock(decision),
    elements: [
      { type: 'button', action_id: ACTIONS.postAgain, text: plain('It is missing: post it') },
      { type: 'button', action_id: ACTIONS.keepCard, text: plain('It is there') },
    ],
  };
}

/** What keeps a card from being updated for good, where it is more than Slack's bare word. */
const STUCK: ReadonlyMap<string, string> = new Map([
  ['message_not_found', 'its message was deleted'],
  ['is_archived', 'the channel is archived'],
  ['is_inactive', 'the channel is frozen'],
  ['channel_not_found', 'I can’t see its channel any more'],
  ['not_in_channel', 'I am not in its channel any more'],
]);

export function whyStuck(code: string): string {
  return STUCK.get(code) ?? `Slack refuses it (${code})`;
}
