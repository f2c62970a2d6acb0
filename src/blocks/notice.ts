import type { ActionsBlock } from '@slack/types';
import type { Decision } from '../decision/decision.ts';
import { ACTIONS } from './ids.ts';
import type { Message } from './message.ts';
import { encodeDecisionBlock } from './metadata.ts';
import { escapeMrkdwn, plain, quoted, section } from './text.ts';

/** Returns a one-sentence message for one person. */
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

/** Buttons for a card that may or may not be in Slack. The label warns that a press posts the card again. */
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

/** Asks the asker to look for the card after Slack didn't respond. */
export function askWhetherPosted(decision: Decision): Message {
  const text =
    `Slack did not answer when I posted the card for ${quoted(decision.project)} in <#${decision.channel}>, ` +
    'so I can’t know whether it is there. Please look. If it is missing, let me post it.';
  return { text, blocks: [section(text), whetherPostedButtons(decision.id)] };
}

/** Tells the asker that Slack refused the card and what to do. The dialog has closed by then. */
export function cardRefused(decision: Decision, sentence: string): Message {
  const text = `The card for ${quoted(decision.project)} is not posted in <#${decision.channel}>. ${escapeMrkdwn(sentence)} Your answers are kept.`;
  return { text, blocks: [section(text), postAgainButton(decision.id)] };
}

/** Slack's error codes that end a card's updates, in words. */
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

/** Tells the asker that their card can no longer be updated. */
export function cardStuck(decision: Decision, code: string, permalink: string | null): Message {
  const card = permalink === null ? 'the card' : `<${permalink}|the card>`;
  const text =
    `I can’t update ${card} for ${quoted(decision.project)} in <#${decision.channel}>: ${whyStuck(code)}. ` +
    'What was said is kept. If the card can be used again, the next vote brings it up to date.';
  return { text, blocks: [section(text)] };
}
