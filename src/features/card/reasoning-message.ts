import type { Block, KnownBlock, ModalView, RichTextBlock, RichTextElement } from '@slack/types';
import type { Advice, Contribution, FoundedAdvice } from '../../advice/advice.ts';
import { founded, INTERCEPT, tossUpRange } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { VIEWS } from '../../blocks/ids.ts';
import { type Message, MOST_TEXT } from '../../blocks/message.ts';
import {
  clamp,
  escapeMrkdwn,
  isolated,
  plain,
  quoted,
  section,
  signed,
  textLength,
} from '../../blocks/text.ts';
import {
  answeredCount,
  answerName,
  capitalised,
  caseOf,
  flipInWords,
  namesOf,
  pointsFor,
  sentence,
  tellingFlips,
  tellingQuestions,
  verdictWithStrength,
} from '../../blocks/wording.ts';
import type { Decision } from '../../decision/decision.ts';
import type { GroupView } from '../../decision/discussion.ts';
import { pointsInBlocks } from './points-table.ts';
import { nearestInWords, practiceInWords } from './practice.ts';

/** A piece of the reasoning: a title and lines, each perhaps with a link. Made once, drawn twice. */
interface Part {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Shown before it in Slack's newer blocks, which not every place or workspace takes. */
  readonly rich?: { readonly blocks: readonly (KnownBlock | Block)[]; readonly list: Part };
}

interface Line {
  /** Set in bold before the text. */
  readonly lead?: string;
  readonly text: string;
  readonly links?: readonly { readonly title: string; readonly url: string }[];
  /** Read aloud without its text where there is no room for it. */
  readonly spare?: true;
}

/**
 * The first reply in the card's thread: how the advice came about, to the last point.
 *
 * @param form `plain` for workspaces that refuse the table and the chart: the same as a list
 */
export function reasoningMessage(
  rubric: Rubric,
  decision: Decision,
  form: 'rich' | 'plain' = 'rich',
): Message {
  const parts = partsOf(rubric, decision.round.advice, { claims: false });
  const title = `How the advice for ${quoted(decision.project)} came about`;
  return {
    text: spoken(`${title}.`, parts),
    blocks: [
      { type: 'header', text: plain(`How the advice for ${isolated(decision.project)} came about`) },
      ...parts.flatMap((part) =>
        form === 'rich' && part.rich ? [...part.rich.blocks, drawn(part.rich.list)] : [drawn(part)],
      ),
    ],
  };
}

/** What the card says in a dialog, with the wording of every claim behind it: for the group, where it shows that. */
export function reasonsModal(rubric: Rubric, decision: Decision, group: GroupView | null = null): ModalView {
  const advice = group?.advice ?? decision.round.advice;
  const parts = partsOf(rubric, advice, { claims: true });
  return {
    type: 'modal',
    callback_id: VIEWS.reasons,
    title: plain('All reasons'),
    close: plain('Close'),
    blocks: [
      { type: 'header', text: plain(`${isolated(decision.project)}: ${verdictWithStrength(advice)}`) },
      ...(group === null ? [] : [section(togetherInWords(group))]),
      ...parts.map(drawn),
    ],
  };
}

function togetherInWords({ people }: GroupView): string {
  return (
    `This is about the answers of ${people} people together: for each question the middle one of theirs, “Not sure” ` +
    'left out. Where two different ones are in the middle, the question counts as open until people settle it.'
  );
}

/** All but the link to the article comes from the advice itself, so an old one reads as it always did. */
function partsOf(rubric: Rubric, stored: Advice, show: { readonly claims: boolean }): Part[] {
  const advice = founded(rubric, stored);
  const parts: (Part | null)[] = [
    rulePart(advice),
    discussPart(advice),
    pointsPart(advice),
    sumPart(advice),
    counterPart(advice),
    practicePart(advice),
    notesPart(advice),
    show.claims ? claimsPart(advice) : null,
    sourcePart(rubric, advice),
  ];
  return parts.flatMap((part) => (part && part.lines.length > 0 ? [part] : []));
}

function rulePart({ basis: { rule } }: FoundedAdvice): Part | null {
  if (!rule) return null;
  return {
    title: 'A rule of the article decided',
    lines: [{ text: rule.reason }, { text: 'The points below are what the answers say without that rule.' }],
  };
}

function pointsPart(advice: FoundedAdvice): Part {
  const { basis, contributions } = advice;
  const isStart = ({ trait }: Contribution): boolean => trait === INTERCEPT;
  const ordered = [...contributions.filter(isStart), ...contributions.filter((c) => !isStart(c))];
  const lines = (lead: (c: Contribution) => string): Line[] =>
    ordered.map((c) => ({ lead: lead(c), text: c.reason, spare: true }));
  const named = (c: Contribution): string =>
    isStart(c) ? 'Start.' : `${capitalised(answerName(basis, c))}.`;
  return {
    title: 'What each answer adds',
    lines: lines((c) =>
      isStart(c) ? `Start at ${signed(c.points)}.` : `${pointsFor(c)}, ${answerName(basis, c)}.`,
    ),
    rich: { blocks: pointsInBlocks(advice), list: { title: 'Why they count so', lines: lines(named) } },
  };
}

function sumPart(advice: FoundedAdvice): Part {
  const { basis, contributions, margin, support, verdict } = advice;
  const intercept = contributions.find((c) => c.trait === INTERCEPT)?.points ?? 0;
  const sum =
    `Start ${signed(intercept)}, plus ${support.django} for Django, minus ${support.flask} for Flask, ` +
    `makes ${signed(margin)}. Above 0 means Django, 0 and below Flask; ${tossUpRange(basis)} is a toss-up.`;
  const early = verdict === 'undecided' ? [{ text: 'So far that is too little to go by.' }] : [];
  return { title: 'The sum', lines: [{ text: sum }, ...early, { text: openInWords(advice) }] };
}

/** What the questions that are still open can do. */
function openInWords(advice: FoundedAdvice): string {
  const { basis, bounds, coverage, settled } = advice;
  const answered = answeredCount(advice);
  const range = `anything from ${signed(bounds.low)} to ${signed(bounds.high)}`;
  if (answered === basis.questions.length) return 'Every question is answered, so nothing else can move it.';
  if (answered === 0) return `No question is answered yet. The answers could move the sum to ${range}.`;
  const known = `${Math.round(coverage * 100)} % of the weight is answered`;
  return settled
    ? `${known}, and no answer to the rest can change the verdict.`
    : `${known}. The rest could move the sum to ${range}.`;
}

function discussPart(advice: FoundedAdvice): Part {
  const open = tellingQuestions(advice).map((text) => ({ lead: 'Open:', text }));
  const flips = tellingFlips(advice).map((flip) => ({ text: sentence(flipInWords(advice.basis, flip)) }));
  return { title: 'Worth discussing: this could change the verdict', lines: [...open, ...flips] };
}

function counterPart(advice: FoundedAdvice): Part {
  const lines: Line[] = [];
  if (advice.counterArgument) lines.push({ lead: 'Argument:', text: advice.counterArgument.text });
  const found = caseOf(advice.basis, advice.counterCase);
  if (found && advice.counterCase && advice.counterCase.matches.length > 0) {
    lines.push({
      lead: `Case, ${found.title}:`,
      text: `${found.story} ${found.lesson} In common: ${namesOf(advice.basis, advice.counterCase.matches)}.`,
    });
  }
  // The case may be one of both frameworks, so no single one is named.
  const title = advice.verdict === 'undecided' ? 'To compare' : 'The best that speaks for another choice';
  return { title, lines };
}

function practicePart(advice: FoundedAdvice): Part | null {
  const summary = practiceInWords(advice);
  if (summary === null) return null;
  return {
    title: 'What similar projects chose',
    lines: [
      { text: summary },
      ...nearestInWords(advice).map((line) => ({ ...line, spare: true as const })),
      {
        text: 'What a team chose is not what was right for it; take it as company, not as proof.',
        spare: true,
      },
    ],
  };
}

function notesPart(advice: Advice): Part {
  return {
    title: 'Where time has overtaken the article',
    lines: advice.notes.map((note) => ({
      lead: `As of ${note.asOf}:`,
      text: note.text,
      links: note.sources,
    })),
  };
}

/** Every claim behind the advice, once, with what had become of it by then. */
function claimsPart({ basis }: FoundedAdvice): Part {
  return {
    title: 'What the article says, in our words',
    lines: basis.claims.map(({ id, section, text, since }) => {
      const corrections = since.map((note) => ` As of ${note.asOf}: ${note.text}`);
      return { lead: `${id}.`, text: `${text} (${section})${corrections.join('')}` };
    }),
  };
}

function sourcePart(rubric: Rubric, advice: Advice): Part {
  const { article } = rubric;
  return {
    title: 'Where this comes from',
    lines: [
      {
        text:
          `The advice follows one article by ${article.publisher}, ${article.published.slice(0, 4)}; ` +
          `no language model took part. Rubric version ${advice.rubricVersion}.`,
        links: [{ title: article.title, url: article.url }],
      },
    ],
  };
}

/** rich_text: structured, so nothing in it can be taken for markup. */
function drawn(part: Part): KnownBlock {
  const block: RichTextBlock = {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [{ type: 'text', text: part.title, style: { bold: true } }],
      },
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: part.lines.map((line) => ({ type: 'rich_text_section', elements: lineElements(line) })),
      },
    ],
  };
  return block;
}

function lineElements(line: Line): RichTextElement[] {
  return [
    ...(line.lead ? [{ type: 'text' as const, text: `${line.lead} `, style: { bold: true } }] : []),
    { type: 'text', text: line.text },
    ...(line.links ?? []).flatMap((link, i): RichTextElement[] => [
      { type: 'text', text: i === 0 ? ' Source: ' : '; ' },
      { type: 'link', url: link.url, text: link.title },
    ]),
  ];
}

/**
 * What is read aloud. Where not all of it fits, the answers that count least lose their reasons, which the
 * dialog has too; cutting the end would lose notes and sources.
 */
function spoken(title: string, parts: readonly Part[]): string {
  const spare = parts.flatMap((part) => part.lines).filter((line) => line.spare);
  for (let left = spare.length; ; left--) {
    const short = new Set(spare.slice(left));
    const told = parts.map(
      (part) => `${part.title}: ${part.lines.map((line) => spokenLine(line, short.has(line))).join(' ')}`,
    );
    const text = [title, ...told].join('\n');
    if (left === 0 || textLength(text) <= MOST_TEXT) return clamp(text, MOST_TEXT);
  }
}

function spokenLine(line: Line, short: boolean): string {
  const said = short ? [line.lead] : [line.lead, line.text];
  return escapeMrkdwn(said.filter((part) => part !== undefined).join(' '));
}
