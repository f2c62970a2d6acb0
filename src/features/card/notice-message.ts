// Private messages to the asker about a card that isn't posted or can't be updated.
import { cardCheckButtons, describeStuckCode, type Message, postAgainButton } from '../../blocks/message.ts';
import { escapeMrkdwn, quoteText, section } from '../../blocks/text.ts';
import type { Decision } from '../../decision/decision.ts';

/** The question to the asker whether Slack posted the card, because the bot can't find out. */
export function askIfPostedMessage(decision: Decision): Message {
  const text =
    `Slack did not answer when I posted the card for ${quoteText(decision.project)} in <#${decision.channel}>, ` +
    'so I can’t know whether it is there. Please look. If it is missing, let me post it.';
  return { text, blocks: [section(text), cardCheckButtons(decision.id)] };
}

/** The notice that Slack refused the card, with advice on what to do. Sent after the dialog has closed. */
export function cardRefusedMessage(decision: Decision, sentence: string): Message {
  const text = `The card for ${quoteText(decision.project)} is not posted in <#${decision.channel}>. ${escapeMrkdwn(sentence)} Your answers are kept.`;
  return { text, blocks: [section(text), postAgainButton(decision.id)] };
}

/** The notice that the card no longer shows the latest votes and answers. Sent once. */
export function cardStuckMessage(decision: Decision, code: string, permalink: string | null): Message {
  const card = permalink === null ? 'the card' : `<${permalink}|the card>`;
  const text =
    `I can’t update ${card} for ${quoteText(decision.project)} in <#${decision.channel}>: ${describeStuckCode(code)}. ` +
    'What was said is kept. If the card can be used again, the next vote brings it up to date.';
  return { text, blocks: [section(text)] };
}
