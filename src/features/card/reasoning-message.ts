// The first reply in a card’s thread: the advice explained in at most 250 words.
import type { ContextBlock } from '@slack/types';
import type { Advice, AdviceWithBasis } from '../../advice/advice.ts';
import { addBasis } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { datedLine } from '../../blocks/dated-notes.ts';
import type { Message } from '../../blocks/message.ts';
import { bulletList, type Line, lineText, richText, withLead } from '../../blocks/rich-text.ts';
import { escapeMrkdwn, formatCount, isolateText, mrkdwn, plain, quoteText } from '../../blocks/text.ts';
import {
  describeChoices,
  FRAMEWORK_NAMES,
  majorityChoice,
  verdictWithStrength,
  withFullStop,
} from '../../blocks/wording.ts';
import type { Decision } from '../../decision/decision.ts';
import { describeSum, pointsLines, renderPointsTable } from './points-table.ts';

/** Similar projects named. */
const MOST_PROJECTS = 3;
/** Dated notes shown. */
const MOST_NOTES = 2;

/**
 * The first reply in the card's thread. It explains the advice for the asker's answers. "Show all reasons" has the rest.
 *
 * @param form `plain` for workspaces that refuse the table: a list instead
 */
export function reasoningMessage(
  rubric: Rubric,
  decision: Decision,
  form: 'rich' | 'plain' = 'rich',
): Message {
  const advice = addBasis(rubric, decision.round.advice);
  const title = `why “${verdictWithStrength(advice, { leaning: true })}”`;
  const points = pointsLines(advice);
  const lines = linesOf(advice);
  const source = sourceOf(rubric, advice);
  return {
    text: [
      `${quoteText(decision.project)}: ${title}`,
      ...points.map((line) => escapeMrkdwn(`${line}.`)),
      ...lines.map(lineText),
      source,
    ].join('\n'),
    blocks: [
      { type: 'header', text: plain(`${isolateText(decision.project)}: ${title}`) },
      form === 'rich' ? renderPointsTable(advice) : richText(bulletList(points.map((text) => [text]))),
      richText(bulletList(lines)),
      source,
    ].map((block) => (typeof block === 'string' ? contextOf(block) : block)),
  };
}

function contextOf(text: string): ContextBlock {
  return { type: 'context', elements: [mrkdwn(text)] };
}

function linesOf(advice: AdviceWithBasis): Line[] {
  const { rule } = advice.basis;
  const sum = rule
    ? [
        withLead('A rule decides:', withFullStop(rule.bullet ?? rule.reason)),
        withLead('The points alone:', describeSum(advice)),
      ]
    : [withLead('The sum:', describeSum(advice))];
  return [
    ...sum,
    ...existingLines(advice),
    ...counterLines(advice),
    ...practiceLines(advice),
    ...noteLines(advice),
  ];
}

/** Returns what the project's starting point did to the verdict. */
function existingLines({ existing }: Advice): Line[] {
  if (existing === null || existing.effect === 'none') return [];
  return [withLead('Not from the article:', existing.text)];
}

/** Returns the best argument against the verdict. */
function counterLines({ verdict, counterArgument }: Advice): Line[] {
  if (!counterArgument) return [];
  const text = withFullStop(counterArgument.text);
  if (verdict === 'both') return [withLead('Best case for just one:', text)];
  const other = FRAMEWORK_NAMES[verdict === 'flask' ? 'django' : 'flask'];
  const named = `${other}: `;
  return [withLead(`Best case for ${other}:`, text.startsWith(named) ? text.slice(named.length) : text)];
}

function practiceLines({ practice }: Advice): Line[] {
  if (!practice) return [];
  const majority = majorityChoice(practice);
  const named = practice.nearest.filter(({ chose }) => majority === undefined || chose === majority);
  const lowered = practice.disagrees && practice.lowered;
  return [
    withLead(
      'Similar projects:',
      describeChoices(practice),
      ...named
        .slice(0, MOST_PROJECTS)
        .flatMap(({ name, url }, i): Line => [i === 0 ? ' (' : ', ', { url, text: name }]),
      lowered ? '). That makes the verdict less certain.' : ').',
    ),
  ];
}

/** Returns the first notes in short, and where the rest is. */
function noteLines({ notes: all, thirdWay }: Advice): Line[] {
  // The card has the third way.
  const notes = all.filter(({ text }) => text !== thirdWay?.text);
  const shown = notes
    .slice(0, MOST_NOTES)
    .map(({ asOf, text }) => datedLine(asOf, text))
    .map(({ lead, text }) => withLead(lead, text));
  const left = notes.length - shown.length;
  const more = left === 0 ? '' : `${formatCount(left, 'more note')} and `;
  return [
    ...shown,
    withLead('Show all reasons', `(in the card’s menu) has ${more}the reason for every point.`),
  ];
}

/** Returns the last line, as mrkdwn. */
function sourceOf({ article }: Rubric, { rubricVersion }: Advice): string {
  const { url, publisher, published } = article;
  return [
    `<${escapeMrkdwn(url)}|Read the article>`,
    escapeMrkdwn(`${publisher}, ${published.slice(0, 4)}`),
    `Rubric ${escapeMrkdwn(rubricVersion)}`,
    'No language model',
  ].join(' · ');
}
