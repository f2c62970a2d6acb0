// The card as Slack blocks and as text for screen readers.
import type { KnownBlock } from '@slack/types';
import { addBasis } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { ACTIONS, CARD_MENU } from '../../blocks/ids.ts';
import { LONGEST_MESSAGE, type Message } from '../../blocks/message.ts';
import { encodeDecisionBlock } from '../../blocks/metadata.ts';
import { formatAsker, formatDeciders } from '../../blocks/people.ts';
import {
  bullets,
  isolateText,
  mrkdwn,
  plain,
  quoteText,
  section,
  textLength,
  truncate,
} from '../../blocks/text.ts';
import { withFullStop } from '../../blocks/wording.ts';
import { type Discussion, visibleAdvice, visibleGroup } from '../../decision/discussion.ts';
import { answerButtons } from '../answers/add-dialog.ts';
import { decidedCardMessage } from '../decide/message.ts';
import { voteButtons } from '../vote/message.ts';
import { type CardParts, cardPartsOf } from './parts.ts';

const DISAGREEMENTS = 'Disagreements that could change the answer';

/**
 * Renders the card of a decision, always in full.
 *
 * @param rubric used for the article's URL, and for old advice that was stored without its texts
 */
export function cardMessage(rubric: Rubric, discussion: Discussion): Message {
  const { decision, record } = discussion;
  if (record !== null && decision.status !== 'open') return decidedCardMessage(discussion, record);
  const group = visibleGroup(discussion);
  const advice = addBasis(rubric, visibleAdvice(discussion));
  const parts = cardPartsOf(advice, group, discussion);
  return { text: cardText(discussion, parts), blocks: cardBlocks(rubric, discussion, parts) };
}

function cardBlocks(rubric: Rubric, discussion: Discussion, parts: CardParts): KnownBlock[] {
  const { decision } = discussion;
  const head = [`Asked by ${formatAsker(decision)}`, parts.answered, ...(parts.others ? [parts.others] : [])];
  const blocks: KnownBlock[] = [
    { type: 'header', text: plain(`${isolateText(decision.project)}: ${parts.headline}`) },
    { type: 'context', elements: [mrkdwn(head.join('  ·  '))] },
    section(`*Why*\n${bullets(parts.why)}`),
  ];
  if (parts.since) blocks.push(section(`*${parts.since.title}*\n${bullets(parts.since.lines)}`));
  if (parts.disagreements.length > 0)
    blocks.push(section(`*${DISAGREEMENTS}*\n${bullets(parts.disagreements)}`));
  const fields = [
    ...(parts.pros.length > 0 ? [mrkdwn(`*${parts.prosTitle}*\n${bullets(parts.pros)}`)] : []),
    ...(parts.cons.length > 0 ? [mrkdwn(`*${parts.consTitle}*\n${bullets(parts.cons)}`)] : []),
  ];
  if (fields.length > 0) blocks.push({ type: 'section', fields });
  for (const side of parts.boundary) blocks.push(section(`*${side.title}*\n${bullets(side.lines)}`));
  if (parts.caseStudy) blocks.push(section(`*A case to compare*\n${parts.caseStudy}`));
  if (parts.practice) blocks.push(section(`*Similar projects*\n${parts.practice}`));
  if (parts.change.lines.length > 0)
    blocks.push(section(`*${parts.change.title}*\n${bullets(parts.change.lines)}`));
  if (parts.note) blocks.push({ type: 'context', elements: [mrkdwn(parts.note)] });
  blocks.push(section(`*Votes*\n${bullets(parts.votes)}`));
  blocks.push(
    {
      type: 'context',
      elements: [mrkdwn(`Decides: ${formatDeciders(decision)}  ·  ${parts.reasoning}`)],
    },
    {
      type: 'actions',
      block_id: encodeDecisionBlock(decision.id),
      elements: [
        ...voteButtons(discussion),
        ...answerButtons(discussion),
        ...(decision.status === 'open'
          ? [{ type: 'button' as const, action_id: ACTIONS.decide, text: plain('Decide') }]
          : []),
        {
          type: 'overflow',
          action_id: ACTIONS.cardMenu,
          options: [
            { text: plain('Show all reasons'), value: CARD_MENU.reasons },
            { text: plain('Edit the answers'), value: CARD_MENU.edit },
            { text: plain('Delete'), value: CARD_MENU.delete },
            { text: plain('Read the article'), value: CARD_MENU.article, url: rubric.article.url },
          ],
        },
      ],
    },
  );
  return blocks;
}

/**
 * Returns the text for screen readers. If it is too long, drops parts that the thread or “Show all reasons” also has,
 * the least important first. Truncating the end would lose the votes.
 */
function cardText(discussion: Discussion, parts: CardParts): string {
  const noPractice = { ...parts, practice: null };
  const noCase = { ...noPractice, caseStudy: null };
  const noNote = { ...noCase, note: null };
  const noPros = { ...noNote, pros: [], cons: [] };
  const texts = [parts, noPractice, noCase, noNote, noPros].map((some) => screenReaderText(discussion, some));
  return (
    texts.find((text) => textLength(text) <= LONGEST_MESSAGE) ?? truncate(texts.at(-1) ?? '', LONGEST_MESSAGE)
  );
}

function screenReaderText({ decision }: Discussion, parts: CardParts): string {
  const titled: readonly (readonly [title: string, text: string])[] = [
    ['Why', parts.why.join(' ')],
    [parts.since?.title ?? '', (parts.since?.lines ?? []).map(withFullStop).join(' ')],
    [DISAGREEMENTS, parts.disagreements.map(withFullStop).join(' ')],
    [parts.prosTitle, parts.pros.join(' ')],
    [parts.consTitle, parts.cons.join(' ')],
    ...parts.boundary.map((side) => [side.title, side.lines.join(' ')] as const),
    ['A case to compare', parts.caseStudy ?? ''],
    ['Similar projects', parts.practice ?? ''],
    [parts.change.title, parts.change.lines.map(withFullStop).join(' ')],
  ];
  const sentences = [
    `${quoteText(decision.project)}: ${parts.headline}.`,
    `Asked by ${formatAsker(decision)}, ${parts.answered}.`,
    ...(parts.others === null ? [] : [`${parts.others}.`]),
    ...titled.filter(([, text]) => text !== '').map(([title, text]) => `${title}: ${text}`),
    ...(parts.note === null ? [] : [parts.note]),
    `Votes: ${parts.votes.map(withFullStop).join(' ')}`,
    `Decides: ${formatDeciders(decision)}. ${parts.reasoning}`,
  ];
  return sentences.join('\n');
}
