import type { Rubric } from '../../advice/rubric/schema.ts';
import type { Message } from '../../blocks/message.ts';
import { bullets, section } from '../../blocks/text.ts';

/** The private reply to `/django-or-flask help`. */
export function helpMessage(rubric: Rubric, command: string): Message {
  const { article } = rubric;
  const intro =
    `I help a team choose between Django and Flask. Tell me what the project is like, and the channel gets a card: ` +
    `a recommendation with its reasons, what speaks against it, a case to compare, and what would change the answer.`;
  const together = [
    '“Vote Django”, “Vote Flask” and “Vote both” on a card take one vote from each person; pressing another one changes it',
    '“Add my answers” asks you the same questions; the card then gives the advice for everybody’s answers together',
  ];
  const usage = [
    `\`${command} Billing portal\` asks about a project of that name`,
    `\`${command}\` asks for the name too`,
    '“Django or Flask?” in a message’s menu (⋮) asks the same, and the card goes into that message’s thread',
    'Mention me in a card’s thread with a question (“what about security?”), and I answer with both sides',
    `\`${command} history\` lists this channel’s cards; words after it search their names`,
    `\`${command} privacy\` says what is stored, and how to have it deleted`,
    `\`${command} new history\` is for a project that is called like one of these words`,
    `\`${command} help\` shows this`,
  ];
  const source =
    `The advice follows one article (<${article.url}|${article.title}>, ${article.publisher}, ` +
    `${article.published.slice(0, 4)}), point by point, with dated notes where it has aged. No language model takes part.`;
  return {
    text: [intro, ...usage, ...together, source].join('\n'),
    blocks: [section(intro), section(bullets(usage)), section(bullets(together)), section(source)],
  };
}
