// Private messages to the asker about a card that isn't posted or can't be updated.
import { cardCheckButtons, describeStuckCode, type Message, postAgainButton } from '../../blocks/message.ts';
import { escapeMrkdwn, quoteText, section } from '../../blocks/text.ts';
import type { Decision } from '../../decision/decision.ts';

/** The question to the asker whether Slack posted the card, because the bot can't find out. */
export function askIfPostedMessage(decision: Decision): Message {
  const text =
    `Slack didn’t confirm that it posted the card for ${quoteText(decision.project)} in <#${decision.channel}>. ` +
    'Look for it there, and post it again only if it’s missing.';
  return { text, blocks: [section(text), cardCheckButtons(decision.id)] };
}

/** The notice that Slack refused the card, with advice on what to do. Sent after the dialog has closed. */
export function cardRefusedMessage(decision: Decision, sentence: string): Message {
  const text = `*Not posted:* the card for ${quoteText(decision.project)} in <#${decision.channel}>\n${escapeMrkdwn(sentence)}`;
  return { text, blocks: [section(text), postAgainButton(decision.id)] };
}

/** The notice that the card no longer shows the latest votes and answers. Sent once. */
export function cardStuckMessage(decision: Decision, code: string, permalink: string | null): Message {
  const card = permalink === null ? 'the card' : `<${permalink}|the card>`;
  const text =
    `I can’t update ${card} for ${quoteText(decision.project)} in <#${decision.channel}>: ${describeStuckCode(code)}. ` +
    'Votes and answers are still saved, and each new one makes me try again.';
  return { text, blocks: [section(text)] };
}
