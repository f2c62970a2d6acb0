// The card as Slack blocks and as text for screen readers.
import type { ActionsBlock, KnownBlock } from '@slack/types';
import { addBasis } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { ACTIONS, CARD_MENU } from '../../blocks/ids.ts';
import { LONGEST_MESSAGE, type Message } from '../../blocks/message.ts';
import { encodeDecisionBlock } from '../../blocks/metadata.ts';
import { bulletList, type Line, lineText, paragraph, richText, titledList } from '../../blocks/rich-text.ts';
import { isolateText, mrkdwn, plain, quoteText, section, textLength, truncate } from '../../blocks/text.ts';
import { withFullStop } from '../../blocks/wording.ts';
import { type Discussion, visibleAdvice, visibleGroup } from '../../decision/discussion.ts';
import { ADD_ANSWERS } from '../answers/add-dialog.ts';
import { decidedCardMessage } from '../decide/message.ts';
import { voteButtons } from '../vote/message.ts';
import { type CardParts, cardPartsOf } from './parts.ts';

/**
 * Renders the card of a decision, always in full.
 *
 * @param rubric used for the article's date, and for old advice that was stored without its texts
 */
export function cardMessage(rubric: Rubric, discussion: Discussion): Message {
  const { decision, record } = discussion;
  if (record !== null && decision.status !== 'open') return decidedCardMessage(discussion, record);
  const group = visibleGroup(discussion);
  const advice = addBasis(rubric, visibleAdvice(discussion));
  const parts = cardPartsOf(rubric, advice, group, discussion);
  return { text: cardText(discussion, parts), blocks: cardBlocks(discussion, parts) };
}

function cardBlocks({ decision }: Discussion, parts: CardParts): KnownBlock[] {
  return [
    { type: 'header', text: plain(`${isolateText(decision.project)}: ${parts.headline}`) },
    { type: 'context', elements: [mrkdwn(parts.context.join('\n'))] },
    ...(parts.thirdWay === null ? [] : [section(parts.thirdWay)]),
    ...parts.lists.map(titledList),
    ...parts.facts.map(({ title, text }) => section(`*${title}:* ${text}`)),
    { type: 'divider' },
    richText(
      paragraph(parts.votes.title),
      ...(parts.votes.lines.length > 0 ? [bulletList(parts.votes.lines)] : []),
    ),
    ...(decision.status === 'open' ? buttonRows(decision.id) : []),
    { type: 'context', elements: [mrkdwn(parts.thread)] },
  ];
}

/** Two rows, because five buttons and a menu would wrap on a phone. Both block ids carry the decision. */
function buttonRows(decision: string): ActionsBlock[] {
  return [
    { type: 'actions', block_id: encodeDecisionBlock(decision, 'votes'), elements: voteButtons() },
    {
      type: 'actions',
      block_id: encodeDecisionBlock(decision),
      elements: [
        { type: 'button', action_id: ACTIONS.addAnswers, text: plain(ADD_ANSWERS) },
        { type: 'button', action_id: ACTIONS.decide, text: plain('Decide…') },
        {
          type: 'overflow',
          action_id: ACTIONS.cardMenu,
          options: [
            { text: plain('Show all reasons'), value: CARD_MENU.reasons },
            { text: plain('Who voted'), value: CARD_MENU.whoVoted },
            { text: plain('Edit answers'), value: CARD_MENU.edit },
            { text: plain('Delete'), value: CARD_MENU.delete },
          ],
        },
      ],
    },
  ];
}

/** Returns the text for screen readers and notifications, with everything that the blocks say. */
function cardText({ decision }: Discussion, parts: CardParts): string {
  const heading = `${quoteText(decision.project)}: ${parts.headline}.`;
  const text = [
    heading,
    ...parts.context.map(withFullStop),
    ...(parts.thirdWay === null ? [] : [parts.thirdWay]),
    ...parts.lists.map(({ title, lines }) => `${title}: ${sentences(lines)}`),
    ...parts.facts.map(({ title, text: fact }) => `${title}: ${fact}`),
    sentences([parts.votes.title, ...parts.votes.lines]),
    `${parts.thread}.`,
  ].join('\n');
  return textLength(text) <= LONGEST_MESSAGE ? text : truncate(text, LONGEST_MESSAGE);
}

function sentences(lines: readonly Line[]): string {
  return lines.map((line) => withFullStop(lineText(line))).join(' ');
}
