import type { KnownBlock, ModalView, RichTextBlock, RichTextElement } from '@slack/types';
import type { Advice } from '../core/advice.ts';
import { reasonOf } from '../core/arguments.ts';
import type { Decision } from '../core/decision.ts';
import type { Rubric } from '../rubric/schema.ts';
import { tellingFlips } from './card.ts';
import { VIEWS } from './ids.ts';
import type { Message } from './message.ts';
import { clamp, escapeMrkdwn, isolated, plain, quoted, signed } from './text.ts';
import {
  answerName,
  caseOf,
  FRAMEWORK_NAMES,
  flipInWords,
  namesOf,
  pointsFor,
  verdictWithStrength,
} from './wording.ts';

/** A piece of the reasoning: a title and lines, each perhaps with a link. Made once, drawn twice. */
interface Part {
  readonly title: string;
  readonly lines: readonly Line[];
}

interface Line {
  /** Set in bold before the text. */
  readonly lead?: string;
  readonly text: string;
  readonly links?: readonly { readonly title: string; readonly url: string }[];
}

/** The first reply in the card's thread: how the advice came about, to the last point. */
export function reasoningMessage(rubric: Rubric, decision: Decision): Message {
  const parts = partsOf(rubric, decision.round.advice, { claims: false });
  const title = `How the advice for ${quoted(decision.project)} came about`;
  const spoken = parts.map((part) => `${part.title}: ${part.lines.map(spokenLine).join(' ')}`);
  return {
    text: clamp([`${title}.`, ...spoken].join('\n'), MOST_TEXT),
    blocks: [
      { type: 'header', text: plain(`How the advice for ${isolated(decision.project)} came about`) },
      ...parts.map(drawn),
    ],
  };
}

/** chat.update refuses more than 4,000 characters, so no message of ours has more. */
const MOST_TEXT = 3_900;

/** The same in a dialog, with the wording of every claim behind it. */
export function reasonsModal(rubric: Rubric, decision: Decision): ModalView {
  const parts = partsOf(rubric, decision.round.advice, { claims: true });
  return {
    type: 'modal',
    callback_id: VIEWS.reasons,
    title: plain('All reasons'),
    close: plain('Close'),
    blocks: [
      {
        type: 'header',
        text: plain(`${isolated(decision.project)}: ${verdictWithStrength(decision.round.advice)}`),
      },
      ...parts.map(drawn),
    ],
  };
}

function partsOf(rubric: Rubric, advice: Advice, show: { readonly claims: boolean }): Part[] {
  const parts: (Part | null)[] = [
    rulePart(rubric, advice),
    pointsPart(rubric, advice),
    sumPart(rubric, advice),
    discussPart(rubric, advice),
    counterPart(rubric, advice),
    notesPart(advice),
    show.claims ? claimsPart(rubric, advice) : null,
    sourcePart(rubric, advice),
  ];
  return parts.filter((part) => part !== null && part.lines.length > 0).filter((part) => part !== null);
}

function rulePart(rubric: Rubric, advice: Advice): Part | null {
  const rule = rubric.rules.find((r) => r.id === advice.rule);
  if (!rule) return null;
  return {
    title: 'A rule of the article decided',
    lines: [{ text: rule.reason }, { text: 'The points below are what the answers say without that rule.' }],
  };
}

function pointsPart(rubric: Rubric, advice: Advice): Part {
  return {
    title: 'What each answer adds',
    lines: advice.contributions.map((c) => ({
      lead: `${pointsFor(c)}, ${answerName(rubric, c.trait, c.option)}.`,
      text: reasonOf(rubric, c),
    })),
  };
}

function sumPart(rubric: Rubric, advice: Advice): Part {
  const { support, margin, bounds, coverage, settled } = advice;
  const intercept = rubric.intercept.points;
  const share = Math.round(coverage * 100);
  const sum =
    `Start ${signed(intercept)}, plus ${support.django} for Django, minus ${support.flask} for Flask, ` +
    `makes ${signed(margin)}. Above 0 means Django, 0 and below Flask; ` +
    `up to ${rubric.strength.toss_up_up_to} either way is a toss-up.`;
  const known = settled
    ? `${share} % of the weight is answered, and no answer to the rest can change the verdict.`
    : `${share} % of the weight is answered. The rest could move the sum to anything from ${signed(bounds.low)} to ${signed(bounds.high)}.`;
  return { title: 'The sum', lines: [{ text: sum }, { text: known }] };
}

function discussPart(rubric: Rubric, advice: Advice): Part {
  const open = advice.nextQuestions.slice(0, 3).map((trait) => ({
    lead: 'Open:',
    text: rubric.questions.find((q) => q.id === trait)?.text ?? trait,
  }));
  const flips = tellingFlips(advice).map((flip) => ({ text: `${flipInWords(rubric, flip)}.` }));
  return { title: 'Worth discussing: this could change the verdict', lines: [...open, ...flips] };
}

function counterPart(rubric: Rubric, advice: Advice): Part {
  const lines: Line[] = [];
  if (advice.counterArgument) lines.push({ lead: 'Argument:', text: advice.counterArgument.text });
  const found = caseOf(rubric, advice.counterCase);
  if (found && advice.counterCase && advice.counterCase.matches.length > 0) {
    lines.push({
      lead: `Case, ${found.title}:`,
      text: `${found.story} ${found.lesson} In common: ${namesOf(rubric, advice.counterCase.matches)}.`,
    });
  }
  const other = { django: FRAMEWORK_NAMES.flask, flask: FRAMEWORK_NAMES.django, both: 'one framework alone' };
  const title =
    advice.verdict === 'undecided' ? 'To compare' : `The best that speaks for ${other[advice.verdict]}`;
  return { title, lines };
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

/** Every claim behind the advice, once, with what has become of it since. */
function claimsPart(rubric: Rubric, advice: Advice): Part {
  const cited = [
    ...advice.contributions,
    ...advice.pros,
    ...advice.cons,
    ...(advice.counterArgument ? [advice.counterArgument] : []),
  ].flatMap((part) => part.claims);
  return {
    title: 'What the article says, in our words',
    lines: [...new Set(cited)].sort().flatMap((id) => {
      const claim = rubric.claims.get(id);
      if (!claim) return [];
      const corrections = rubric.notes
        .filter((note) => note.claims.includes(id))
        .map((note) => ` As of ${note.as_of}: ${note.text}`);
      return [{ lead: `${id}.`, text: `${claim.text} (${claim.section})${corrections.join('')}` }];
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

function spokenLine(line: Line): string {
  return escapeMrkdwn([line.lead, line.text].filter((part) => part !== undefined).join(' '));
}
