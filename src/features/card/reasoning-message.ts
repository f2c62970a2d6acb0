// The first reply in a card’s thread: the advice explained in at most 250 words.
import type { ContextBlock, RichTextElement } from '@slack/types';
import type { Advice, AdviceWithBasis, Practice } from '../../advice/advice.ts';
import { addBasis } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { formatMonth, shortenNote } from '../../blocks/dated-notes.ts';
import type { Message } from '../../blocks/message.ts';
import { escapeMrkdwn, formatCount, isolateText, mrkdwn, plain, quoteText } from '../../blocks/text.ts';
import { renderBullets } from '../../blocks/titled-list.ts';
import { FRAMEWORK_NAMES, verdictName, verdictWithStrength, withFullStop } from '../../blocks/wording.ts';
import { CHOICES, type Choice } from '../../decision/ballot.ts';
import type { Decision } from '../../decision/decision.ts';
import { describeSum, pointsLines, renderPointsTable } from './points-table.ts';

/** Similar projects named. */
const MOST_PROJECTS = 3;
/** Dated notes shown. */
const MOST_NOTES = 2;

interface ReasonLine {
  /** Shown in bold before the text. */
  readonly lead: string;
  readonly text: string;
  /** Follow the text in parentheses. */
  readonly links?: readonly { readonly title: string; readonly url: string }[];
  /** Follows the links. */
  readonly end?: string;
}

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
      ...lines.map((line) => escapeMrkdwn(lineText(line))),
      source,
    ].join('\n'),
    blocks: [
      { type: 'header', text: plain(`${isolateText(decision.project)}: ${title}`) },
      form === 'rich'
        ? renderPointsTable(advice)
        : renderBullets(points.map((text) => [{ type: 'text', text }])),
      renderBullets(lines.map(lineElements)),
      source,
    ].map((block) => (typeof block === 'string' ? contextOf(block) : block)),
  };
}

function contextOf(text: string): ContextBlock {
  return { type: 'context', elements: [mrkdwn(text)] };
}

function lineElements({ lead, text, links = [], end = '' }: ReasonLine): RichTextElement[] {
  const linked = links.flatMap(({ title, url }, i): RichTextElement[] => [
    { type: 'text', text: i === 0 ? ' (' : ', ' },
    { type: 'link', url, text: title },
  ]);
  return [
    { type: 'text', text: lead, style: { bold: true } },
    { type: 'text', text: ` ${text}` },
    ...linked,
    ...(links.length === 0 ? [] : [{ type: 'text' as const, text: `)${end}` }]),
  ];
}

function lineText({ lead, text, links = [], end = '' }: ReasonLine): string {
  const names = links.map(({ title }) => title).join(', ');
  return names === '' ? `${lead} ${text}` : `${lead} ${text} (${names})${end}`;
}

function linesOf(advice: AdviceWithBasis): ReasonLine[] {
  const { rule } = advice.basis;
  const sum = rule
    ? [
        { lead: 'A rule decides:', text: withFullStop(rule.bullet ?? rule.reason) },
        { lead: 'The points alone:', text: describeSum(advice) },
      ]
    : [{ lead: 'The sum:', text: describeSum(advice) }];
  return [...sum, ...counterLines(advice), ...practiceLines(advice), ...noteLines(advice)];
}

/** Returns the best argument against the verdict. */
function counterLines({ verdict, counterArgument }: Advice): ReasonLine[] {
  if (!counterArgument) return [];
  const text = withFullStop(counterArgument.text);
  if (verdict === 'both') return [{ lead: 'Best case for just one:', text }];
  const other = FRAMEWORK_NAMES[verdict === 'flask' ? 'django' : 'flask'];
  const named = `${other}: `;
  return [
    { lead: `Best case for ${other}:`, text: text.startsWith(named) ? text.slice(named.length) : text },
  ];
}

function practiceLines({ practice }: Advice): ReasonLine[] {
  if (!practice) return [];
  const majority = CHOICES.find((choice) => practice.chose[choice] * 2 > practice.nearest.length);
  const named = practice.nearest.filter(({ chose }) => majority === undefined || chose === majority);
  const lowered = practice.disagrees && practice.lowered;
  return [
    {
      lead: 'Similar projects:',
      text: describeChoices(practice, majority),
      links: named.slice(0, MOST_PROJECTS).map(({ name, url }) => ({ title: name, url })),
      end: lowered ? '. That makes the verdict less certain.' : '.',
    },
  ];
}

/** Returns "all 7 chose Django", "6 of 7 chose Django" or, without a majority, "3 chose Django, 3 Flask". */
export function describeChoices({ nearest, chose }: Practice, majority: Choice | undefined): string {
  const count = nearest.length;
  if (majority !== undefined) {
    const share = chose[majority] === count ? `all ${count}` : `${chose[majority]} of ${count}`;
    return `${share} chose ${verdictName(majority)}`;
  }
  const counts = CHOICES.filter((choice) => chose[choice] > 0);
  return counts
    .map((choice, i) => `${chose[choice]} ${i === 0 ? 'chose ' : ''}${verdictName(choice)}`)
    .join(', ');
}

/** Returns the first notes in short, and where the rest is. */
function noteLines({ notes }: Advice): ReasonLine[] {
  const shown = notes.slice(0, MOST_NOTES).map(({ asOf, text }) => ({
    lead: `As of ${formatMonth(asOf)}:`,
    text: shortenNote(text),
  }));
  const left = notes.length - shown.length;
  const more = left === 0 ? '' : `${formatCount(left, 'more note')} and `;
  return [
    ...shown,
    { lead: 'Show all reasons', text: `(in the card’s menu) has ${more}the reason for every point.` },
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
