// Messages, and the pieces that several of them share.
import type { ActionsBlock, Block, KnownBlock } from '@slack/types';
import { ACTIONS } from './ids.ts';
import { encodeDecisionBlock } from './metadata.ts';
import { plain, section } from './text.ts';

/** A Slack message. `text` holds everything essential, because screen readers read only `text`. */
export interface Message {
  readonly text: string;
  readonly blocks: (KnownBlock | Block)[];
}

/** Longest `text` of a message, in characters. `chat.update` refuses more than 4,000. */
export const LONGEST_MESSAGE = 3_900;

/** Returns a one-sentence message for one person. */
export function sentenceMessage(sentence: string): Message {
  return { text: sentence, blocks: [section(sentence)] };
}

/** Button that opens the dialog. */
export function adviceButton(style: { readonly style?: 'primary' } = {}): ActionsBlock {
  return {
    type: 'actions',
    elements: [{ type: 'button', action_id: ACTIONS.homeStart, text: plain('Ask for advice…'), ...style }],
  };
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

/** Buttons for a card that may or may not be in Slack. */
export function cardCheckButtons(decision: string): ActionsBlock {
  return {
    type: 'actions',
    block_id: encodeDecisionBlock(decision),
    elements: [
      { type: 'button', action_id: ACTIONS.postAgain, text: plain('Post it again') },
      { type: 'button', action_id: ACTIONS.keepCard, text: plain('It’s there') },
    ],
  };
}

/** Slack's error codes that end a card's updates, in words. */
const STUCK: ReadonlyMap<string, string> = new Map([
  ['message_not_found', 'its message was deleted'],
  ['is_archived', 'the channel is archived'],
  ['is_inactive', 'the channel is frozen'],
  ['channel_not_found', 'I can no longer see the channel'],
  ['not_in_channel', 'I’m no longer in the channel'],
]);

export function describeStuckCode(code: string): string {
  return STUCK.get(code) ?? `Slack rejects the update (${code})`;
}
