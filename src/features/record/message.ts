import type { Message } from '../../blocks/message.ts';
import { quoteText, section } from '../../blocks/text.ts';
import type { Decision } from '../../decision/decision.ts';

/** The private message to the decider that the record's file isn't in the thread. */
export function fileRefusedMessage({ project }: Decision, code: string): Message {
  const help =
    code === 'missing_scope'
      ? 'The app lacks the permission to upload files: ask an admin to install it again.'
      : `Slack did not take it (${code}).`;
  const text = `The record for ${quoteText(project)} is not in the thread as a file. ${help} Then pick “Export the record” in the menu of the card.`;
  return { text, blocks: [section(text)] };
}
