import type { Message } from '../../blocks/message.ts';
import { bullets, escapeMrkdwn, section } from '../../blocks/text.ts';
import { QUESTION_TOPICS } from './message.ts';

/** The reply to a mention that has no question or asks for help. */
export function mentionHelpMessage(bot: string, command: string): Message {
  const intro = 'Ask me about Django and Flask, and I answer here, with both sides and where it comes from.';
  const lines = [
    `\`${escapeMrkdwn(bot)} what about security?\` asks; every question needs my name`,
    QUESTION_TOPICS,
    `For advice on a project, type \`${command}\` in a channel; \`${command} help\` tells more`,
  ];
  return { text: [intro, ...lines].join('\n'), blocks: [section(intro), section(bullets(lines))] };
}
