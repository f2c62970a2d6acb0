// The decided card, and the reply that announces a decision to the channel.
import type { KnownBlock, PlainTextOption } from '@slack/types';
import { ACTIONS, CARD_MENU } from '../../blocks/ids.ts';
import { LONGEST_MESSAGE, type Message } from '../../blocks/message.ts';
import { encodeDecisionBlock } from '../../blocks/metadata.ts';
import { formatAsker } from '../../blocks/people.ts';
import { type Line, lineText, paragraph, quotation, richText } from '../../blocks/rich-text.ts';
import {
  formatDate,
  isolateText,
  mention,
  mrkdwn,
  plain,
  quoteText,
  quoteTruncated,
  section,
  toOneLine,
  truncate,
} from '../../blocks/text.ts';
import { capitalise, verdictName, verdictWithStrength, withFullStop } from '../../blocks/wording.ts';
import { CHOICES, tally } from '../../decision/ballot.ts';
import type { Discussion, RelatedDecision } from '../../decision/discussion.ts';
import type { DecisionRecord } from '../../decision/record.ts';
import { formatRecordNumber } from '../record/input.ts';

const NO_RATIONALE = 'No reason given.';

/** Characters of the rationale in the text for screen readers. The limit leaves room for the rest. */
const RATIONALE_READ_ALOUD = 900;

/** Characters of the rationale in the announcement. The card shows all of it. */
const RATIONALE_ANNOUNCED = 300;

/** The card after the decision: the outcome, who decided, whether it goes against advice or vote, and why. */
export function decidedCardMessage(discussion: Discussion, record: DecisionRecord): Message {
  const { decision, predecessor, successor } = discussion;
  const title = successor
    ? `was ${verdictName(record.outcome)}, replaced`
    : `${verdictName(record.outcome)}, decided`;
  const asker = formatAsker(decision);
  const by = `${mention(record.by)} decided on ${formatDate(record.at, '{date_short}')}`;
  const head = [
    ...(successor ? [`Replaced by ${describeRelatedDecision(successor)}`] : []),
    capitalise(asker === mention(record.by) ? by : `${by} · ${asker} asked`),
    ...(predecessor ? [`Replaces ${describeRelatedDecision(predecessor)}`] : []),
  ];
  const against = describeOpposition(discussion, record);
  const foot = [
    ...describeBasis(discussion, record),
    ...(record.revisit === null || successor
      ? []
      : [`Review on ${formatDate(noonOf(record.revisit), '{date_short}')}`]),
    `Record ${formatRecordNumber(record.number)} in the thread`,
  ];
  // A rationale of invisible characters only would be an empty element, which Slack refuses.
  const rationale = toOneLine(record.rationale);
  const text = [
    `${quoteText(decision.project)}: ${title}.`,
    ...head.map(withFullStop),
    ...(against ? [withFullStop(lineText(against))] : []),
    rationale === '' ? NO_RATIONALE : `Why: ${quoteTruncated(rationale, RATIONALE_READ_ALOUD)}`,
    ...foot.map(withFullStop),
  ];
  return {
    text: truncate(text.join('\n'), LONGEST_MESSAGE),
    blocks: [
      { type: 'header', text: plain(`${isolateText(decision.project)}: ${title}`) },
      headBlock(decision.id, head, successor === null ? RECORD_MENU : SUPERSEDED_MENU),
      ...(against ? [richText(paragraph(against))] : []),
      richText(rationale === '' ? paragraph([NO_RATIONALE]) : quotation([{ typed: record.rationale }])),
      { type: 'context', elements: [mrkdwn(foot.join(' · '))] },
    ],
  };
}

const option = (text: string, value: string): PlainTextOption => ({ text: plain(text), value });

const RECORD_MENU = [
  option('Show all reasons', CARD_MENU.reasons),
  option('Export record', CARD_MENU.export),
  option('Reopen', CARD_MENU.reopen),
  option('Ask again', CARD_MENU.supersede),
  option('Delete', CARD_MENU.delete),
];

const SUPERSEDED_MENU = [option('Show all reasons', CARD_MENU.reasons), option('Delete', CARD_MENU.delete)];

/** The lines under the header, with the menu beside them. */
function headBlock(decision: string, lines: readonly string[], options: PlainTextOption[]): KnownBlock {
  return {
    ...section(lines.join('\n')),
    block_id: encodeDecisionBlock(decision),
    accessory: { type: 'overflow', action_id: ACTIONS.cardMenu, options },
  };
}

/**
 * Returns "Against the advice (Django, likely) and the vote (2 to 1 for Django)", or null if the outcome agrees with
 * both. It can't go against advice that is too close to call, or against a tie.
 */
function describeOpposition(discussion: Discussion, { outcome }: DecisionRecord): Line | null {
  const advice = adviceOf(discussion);
  const { counts, leading } = tally(discussion.votes);
  const [winner, ...tied] = leading;
  const isAgainstAdvice =
    advice.verdict !== 'undecided' && advice.strength !== 'toss-up' && advice.verdict !== outcome;
  const isAgainstVote = winner !== undefined && tied.length === 0 && winner !== outcome;
  const parts: Line[] = [
    ...(isAgainstAdvice ? [[{ bold: 'the advice' }, ` (${verdictWithStrength(advice)})`]] : []),
    ...(isAgainstVote
      ? [[{ bold: 'the vote' }, ` (${counts[winner]} to ${counts[outcome]} for ${verdictName(winner)})`]]
      : []),
  ];
  const [first, second] = parts;
  if (!first) return null;
  return [{ bold: 'Against ' }, ...first, ...(second ? [' and ', ...second] : [])];
}

/** Returns the advice and the vote, unless the line about the opposition has them already. */
function describeBasis(discussion: Discussion, record: DecisionRecord): string[] {
  const against = describeOpposition(discussion, record);
  const shown = against === null ? '' : lineText(against);
  const { counts, total } = tally(discussion.votes);
  const votes = CHOICES.filter((choice) => counts[choice] > 0).map(
    (choice) => `${verdictName(choice)} ${counts[choice]}`,
  );
  return [
    ...(shown.includes('the advice')
      ? []
      : [`Advice: ${verdictWithStrength(adviceOf(discussion), { leaning: true })}`]),
    ...(shown.includes('the vote') ? [] : [total === 0 ? 'No votes' : `Votes: ${votes.join(', ')}`]),
  ];
}

function adviceOf({ decision, group }: Discussion): Discussion['decision']['round']['advice'] {
  return group?.advice ?? decision.round.advice;
}

/** Returns "Flask, decided on November 23, 2026", linked to its card if the bot knows the permalink. */
export function describeRelatedDecision({ record, permalink }: RelatedDecision): string {
  const what = capitalise(verdictName(record.outcome));
  const linked = permalink === null ? what : `<${permalink}|${what}>`;
  return `${linked}, decided on ${formatDate(record.at, '{date_short}')}`;
}

/** Noon in UTC is the same day nearly everywhere. */
function noonOf(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}

/** The reply that is also shown in the channel, because Slack notifies no one of an updated card. */
export function announcementMessage(discussion: Discussion): Message | null {
  const { decision, predecessor, record } = discussion;
  if (record === null) return null;
  const project = quoteText(decision.project);
  if (record.reopened !== null) {
    const text = `${capitalise(mention(record.reopened.by))} reopened the decision on ${project}. Voting is open again.`;
    return { text, blocks: [section(text)] };
  }
  const against = describeOpposition(discussion, record);
  const opposed = against === null ? '' : `, ${lineText(against).replace('Against', 'against')}`;
  const rationale = toOneLine(record.rationale);
  const outcome = record.outcome === 'both' ? 'Django and Flask' : verdictName(record.outcome);
  const text = [
    `${capitalise(mention(record.by))} decided on ${outcome} for ${project}${opposed}.`,
    ...(rationale === '' ? [] : [`> ${quoteTruncated(rationale, RATIONALE_ANNOUNCED)}`]),
    ...(predecessor === null ? [] : [`Replaces ${describeRelatedDecision(predecessor)}.`]),
  ].join('\n');
  return { text, blocks: [section(text)] };
}
