import type { Rubric } from '../../advice/rubric/schema.ts';
import type { Message } from '../../blocks/message.ts';
import { bulletList, type Line, lineText, richText } from '../../blocks/rich-text.ts';
import { section } from '../../blocks/text.ts';

/** The private reply to `/django-or-flask help`. */
export function helpMessage(rubric: Rubric, command: string): Message {
  const { article } = rubric;
  const intro =
    'I help your team choose between Django and Flask. Describe a project, and the channel gets a card with advice, ' +
    'pros and cons, and a vote.';
  const usage: Line[] = [
    [{ code: `${command} Billing portal` }, ' asks about that project'],
    ['“Django or Flask?” in a message’s menu (⋮) puts the card in its thread'],
    ['On a card, vote or press “Add my answers”: everyone’s answers count'],
    ['Mention me in a card’s thread with a question, such as “what about security?”'],
    [{ code: `${command} history` }, ' lists this channel’s cards; add words to search'],
    [{ code: `${command} privacy` }, ' shows or deletes your data'],
    [{ code: `${command} new history` }, ' is for a project called “history”'],
  ];
  const source =
    `The advice follows one article (<${article.url}|${article.title}>, ${article.publisher}, ` +
    `${article.published.slice(0, 4)}), with dated corrections. It uses no language model.`;
  return {
    text: [intro, ...usage.map(lineText), source].join('\n'),
    blocks: [section(intro), richText(bulletList(usage)), section(source)],
  };
}
