// The decided card, and the reply that announces a decision to the channel.
import type { RichTextBlock } from '@slack/types';
import { ACTIONS, CARD_MENU } from '../../blocks/ids.ts';
import { LONGEST_MESSAGE, type Message } from '../../blocks/message.ts';
import { encodeDecisionBlock } from '../../blocks/metadata.ts';
import { formatAsker } from '../../blocks/people.ts';
import {
  bullets,
  formatDate,
  isolateText,
  mention,
  mrkdwn,
  plain,
  quoteText,
  quoteTruncated,
  section,
  stripUnsafe,
  truncate,
} from '../../blocks/text.ts';
import { capitalise, verdictName, verdictWithStrength, withFullStop } from '../../blocks/wording.ts';
import type { Discussion, RelatedDecision } from '../../decision/discussion.ts';
import type { DecisionRecord } from '../../decision/record.ts';
import { formatRecordNumber } from '../record/input.ts';
import { describeVotes, visibleBallot } from '../vote/message.ts';

/** Most lines of a quotation, so that it fits into the 3,000 characters of a section. */
const MOST_LINES = 8;

const NO_REASON = 'No reason was written down.';

/** Characters of the rationale in the text for screen readers. The limit leaves room for votes and the rest. */
const RATIONALE_READ_ALOUD = 900;

/** Characters of the rationale in the announcement. The card shows all of it. */
const RATIONALE_ANNOUNCED = 300;

/** The card after the decision: the outcome, its reason, the advice and the votes. */
export function decidedCardMessage(discussion: Discussion, record: DecisionRecord): Message {
  const { decision, predecessor, successor } = discussion;
  const title = `${successor ? 'was ' : ''}decided for ${verdictName(record.outcome)}`;
  const meta: string[] = [
    ...(successor ? [`replaced by ${describeRelatedDecision(successor)}`] : []),
    ...(predecessor ? [`replaces ${describeRelatedDecision(predecessor)}`] : []),
    `decided by ${mention(record.by)}, ${formatDate(record.at, '{date_long}')}`,
    `record ${formatRecordNumber(record.number)}`,
    ...(record.revisit === null || successor
      ? []
      : [`to be looked at again ${formatDate(noonOf(record.revisit), '{date_long}')}`]),
  ];
  const advice = `${verdictWithStrength(discussion.group?.advice ?? decision.round.advice)}`;
  const ballot = visibleBallot(discussion);
  const votes = ballot.total === 0 ? ['Nobody voted.'] : describeVotes(ballot);
  const where =
    discussion.group === null
      ? 'The reasoning and the record as a file are in the thread.'
      : 'The record is in the thread as a file, and so is the reasoning for the asker’s answers; “Show all reasons” has it for everybody’s.';
  const text = [
    `${quoteText(decision.project)}: ${title}.`,
    `${capitalise(meta.join(', '))}.`,
    `Why: ${record.rationale === '' ? NO_REASON : quoteTruncated(record.rationale.replace(/\s+/g, ' '), RATIONALE_READ_ALOUD)}`,
    `The advice was: ${advice}.`,
    `Votes: ${votes.map(withFullStop).join(' ')}`,
    `Asked by ${formatAsker(decision)}. ${where}`,
  ];
  return {
    text: truncate(text.join('\n'), LONGEST_MESSAGE),
    blocks: [
      { type: 'header', text: plain(`${isolateText(decision.project)}: ${title}`) },
      { type: 'context', elements: [mrkdwn(capitalise(meta.join('  ·  ')))] },
      whyBlock(record),
      section(`*The advice was*\n${advice}`),
      section(`*Votes*\n${bullets(votes)}`),
      {
        type: 'context',
        elements: [mrkdwn(`Asked by ${formatAsker(decision)}  ·  ${where}`)],
      },
      {
        type: 'actions',
        block_id: encodeDecisionBlock(decision.id),
        elements: [
          {
            type: 'overflow',
            action_id: ACTIONS.cardMenu,
            options: successor === null ? RECORD_MENU : SUPERSEDED_MENU,
          },
        ],
      },
    ],
  };
}

const option = (text: string, value: string) => ({ text: plain(text), value });

const RECORD_MENU = [
  option('Show all reasons', CARD_MENU.reasons),
  option('Export the record', CARD_MENU.export),
  option('Reopen', CARD_MENU.reopen),
  option('Ask again, to replace it', CARD_MENU.supersede),
  option('Delete', CARD_MENU.delete),
];

const SUPERSEDED_MENU = [option('Show all reasons', CARD_MENU.reasons), option('Delete', CARD_MENU.delete)];

/** Returns "the decision for Flask of 23 November 2026", linked to its card if the bot knows the permalink. */
export function describeRelatedDecision({ record, permalink }: RelatedDecision): string {
  const what = `the decision for ${verdictName(record.outcome)}`;
  return `${permalink === null ? what : `<${permalink}|${what}>`} of ${formatDate(record.at, '{date_long}')}`;
}

/** rich_text needs no escaping, so long typed text still fits. */
function whyBlock({ rationale }: DecisionRecord): RichTextBlock {
  const title = { type: 'text' as const, text: 'Why', style: { bold: true } };
  const words = { type: 'text' as const, text: rationale === '' ? NO_REASON : stripUnsafe(rationale) };
  return {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [title] },
      rationale === ''
        ? { type: 'rich_text_section', elements: [words] }
        : { type: 'rich_text_quote', elements: [words] },
    ],
  };
}

/** Returns the first lines of typed text as a quotation, escaped. */
function quotation(text: string): string {
  return text
    .split('\n')
    .slice(0, MOST_LINES)
    .map((line) => `> ${quoteTruncated(line, RATIONALE_ANNOUNCED)}`)
    .join('\n');
}

/** Returns noon in UTC, which is the same day nearly everywhere. */
const noonOf = (date: string): number => Date.parse(`${date}T12:00:00Z`);

/** The reply that is also shown in the channel, because Slack notifies no one of an updated card. */
export function announcementMessage({ decision, predecessor, record }: Discussion): Message | null {
  if (record === null) return null;
  if (record.reopened !== null) {
    const text = `${capitalise(mention(record.reopened.by))} has reopened the decision on ${quoteText(decision.project)}. Votes count again.`;
    return { text, blocks: [section(text)] };
  }
  const what = `${capitalise(mention(record.by))} has decided: ${verdictName(record.outcome)} for ${quoteText(decision.project)}.`;
  const why = record.rationale === '' ? [] : [quotation(truncate(record.rationale, RATIONALE_ANNOUNCED))];
  const replaced = predecessor === null ? [] : [`It replaces ${describeRelatedDecision(predecessor)}.`];
  const where = 'The card is the record now; it is also here as a file.';
  const text = [what, ...why, ...replaced, where].join('\n');
  return { text, blocks: [section(text)] };
}
