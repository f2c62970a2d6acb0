import type { ActionsBlock } from '@slack/types';
import type { Decision } from '../decision/decision.ts';
import { ACTIONS } from './ids.ts';
import type { Message } from './message.ts';
import { encodeDecisionBlock } from './metadata.ts';
import { escapeMrkdwn, plain, quoted, section } from './text.ts';

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

/** Asks the person who asked what nobody else can know. */
export function askWhetherPosted(decision: Decision): Message {
  const text =
    `Slack did not answer when I posted the card for ${quoted(decision.project)} in <#${decision.channel}>, ` +
    'so I can’t know whether it is there. Please look. If it is missing, let me post it.';
  return { text, blocks: [section(text), whetherPostedButtons(decision.id)] };
}

/** Tells the asker, after the dialog is gone, that a card was refused and what to do. */
export function cardRefused(decision: Decision, sentence: string): Message {
  const text = `The card for ${quoted(decision.project)} is not posted in <#${decision.channel}>. ${escapeMrkdwn(sentence)} Your answers are kept.`;
  return { text, blocks: [section(text), postAgainButton(decision.id)] };
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

/** Tells the asker, once, that their card does not show the latest any more. */
export function cardStuck(decision: Decision, code: string, permalink: string | null): Message {
  const card = permalink === null ? 'the card' : `<${permalink}|the card>`;
  const text =
    `I can’t update ${card} for ${quoted(decision.project)} in <#${decision.channel}>: ${whyStuck(code)}. ` +
    'What was said is kept. If the card can be used again, the next vote brings it up to date.';
  return { text, blocks: [section(text)] };
}
