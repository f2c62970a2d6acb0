// The reasoning behind an advice, point by point: the first reply in a card’s thread.
import type { Block, KnownBlock } from '@slack/types';
import type { Advice, AdviceWithBasis, Contribution } from '../../advice/advice.ts';
import { addBasis, INTERCEPT, tossUpRange } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import type { Message } from '../../blocks/message.ts';
import { formatSigned, isolateText, plain, quoteText } from '../../blocks/text.ts';
import {
  type ListLine,
  renderTitledList,
  screenReaderText,
  type TitledList,
} from '../../blocks/titled-list.ts';
import {
  answeredCount,
  capitalise,
  describeAnswer,
  describeFlip,
  describePoints,
  findCase,
  pickFlips,
  pickOpenQuestions,
  questionNames,
  verdictName,
  withFullStop,
} from '../../blocks/wording.ts';
import type { Decision } from '../../decision/decision.ts';
import { describePractice } from './parts.ts';
import { renderPoints } from './points-table.ts';

/**
 * The first reply in the card's thread. It explains the advice point by point.
 *
 * @param form `plain` for workspaces that refuse the table and the chart: a list instead
 */
export function reasoningMessage(
  rubric: Rubric,
  decision: Decision,
  form: 'rich' | 'plain' = 'rich',
): Message {
  const parts = reasoningPartsOf(rubric, decision.round.advice, { claims: false });
  const title = `How the advice for ${quoteText(decision.project)} came about`;
  return {
    text: screenReaderText([`${title}.`], parts),
    blocks: [
      { type: 'header', text: plain(`How the advice for ${isolateText(decision.project)} came about`) },
      ...parts.flatMap((part) =>
        form === 'rich' && part.rich
          ? [...part.rich.blocks, renderTitledList(part.rich.list)]
          : [renderTitledList(part)],
      ),
    ],
  };
}

/** Similar projects described. */
const MOST_PROJECTS = 3;

interface ReasoningPart extends TitledList {
  /** Slack's newer blocks for this part, which some workspaces refuse, and the list below them. */
  readonly rich?: { readonly blocks: readonly (KnownBlock | Block)[]; readonly list: TitledList };
}

/** Describes the reasoning. Advice is stored with its texts, so old advice reads the same under a newer rubric. */
export function reasoningPartsOf(
  rubric: Rubric,
  stored: Advice,
  show: { readonly claims: boolean },
): ReasoningPart[] {
  const advice = addBasis(rubric, stored);
  const parts: (ReasoningPart | null)[] = [
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

function rulePart({ basis: { rule } }: AdviceWithBasis): ReasoningPart | null {
  if (!rule) return null;
  return {
    title: 'A rule of the article decided',
    lines: [{ text: rule.reason }, { text: 'The points below are what the answers say without that rule.' }],
  };
}

function pointsPart(advice: AdviceWithBasis): ReasoningPart {
  const { basis, contributions } = advice;
  const isStart = ({ trait }: Contribution): boolean => trait === INTERCEPT;
  const ordered = [...contributions.filter(isStart), ...contributions.filter((c) => !isStart(c))];
  const lines = (lead: (c: Contribution) => string): ListLine[] =>
    ordered.map((c) => ({ lead: lead(c), text: c.reason, spare: true }));
  const named = (c: Contribution): string =>
    isStart(c) ? 'Start.' : `${capitalise(describeAnswer(basis, c))}.`;
  return {
    title: 'What each answer adds',
    lines: lines((c) =>
      isStart(c)
        ? `Start at ${formatSigned(c.points)}.`
        : `${describePoints(c)}, ${describeAnswer(basis, c)}.`,
    ),
    rich: { blocks: renderPoints(advice), list: { title: 'Why they count so', lines: lines(named) } },
  };
}

function sumPart(advice: AdviceWithBasis): ReasoningPart {
  const { basis, contributions, margin, support, verdict } = advice;
  const intercept = contributions.find((c) => c.trait === INTERCEPT)?.points ?? 0;
  const sum =
    `Start ${formatSigned(intercept)}, plus ${support.django} for Django, minus ${support.flask} for Flask, ` +
    `makes ${formatSigned(margin)}. Above 0 means Django, 0 and below Flask; ${tossUpRange(basis)} is a toss-up.`;
  const early = verdict === 'undecided' ? [{ text: 'So far that is too little to go by.' }] : [];
  return { title: 'The sum', lines: [{ text: sum }, ...early, { text: describeOpenQuestions(advice) }] };
}

/** Describes how far the open questions can still move the sum. */
function describeOpenQuestions(advice: AdviceWithBasis): string {
  const { basis, bounds, coverage, settled } = advice;
  const answered = answeredCount(advice);
  const range = `anything from ${formatSigned(bounds.low)} to ${formatSigned(bounds.high)}`;
  if (answered === basis.questions.length) return 'Every question is answered, so nothing else can move it.';
  if (answered === 0) return `No question is answered yet. The answers could move the sum to ${range}.`;
  const known = `${Math.round(coverage * 100)} % of the weight is answered`;
  return settled
    ? `${known}, and no answer to the rest can change the verdict.`
    : `${known}. The rest could move the sum to ${range}.`;
}

function discussPart(advice: AdviceWithBasis): ReasoningPart {
  const open = pickOpenQuestions(advice).map((text) => ({ lead: 'Open:', text }));
  const flips = pickFlips(advice).map((flip) => ({ text: withFullStop(describeFlip(advice.basis, flip)) }));
  return { title: 'Worth discussing: this could change the verdict', lines: [...open, ...flips] };
}

function counterPart(advice: AdviceWithBasis): ReasoningPart {
  const lines: ListLine[] = [];
  if (advice.counterArgument) lines.push({ lead: 'Argument:', text: advice.counterArgument.text });
  const found = findCase(advice.basis, advice.counterCase);
  if (found && advice.counterCase && advice.counterCase.matches.length > 0) {
    lines.push({
      lead: `Case, ${found.title}:`,
      text: `${found.story} ${found.lesson} In common: ${questionNames(advice.basis, advice.counterCase.matches)}.`,
    });
  }
  // The case can use both frameworks, so the title names neither.
  const title = advice.verdict === 'undecided' ? 'To compare' : 'The best that speaks for another choice';
  return { title, lines };
}

function practicePart(advice: AdviceWithBasis): ReasoningPart | null {
  const summary = describePractice(advice);
  if (summary === null) return null;
  const nearest = (advice.practice?.nearest ?? []).slice(0, MOST_PROJECTS);
  return {
    title: 'What similar projects chose',
    lines: [
      { text: summary },
      ...nearest.map(({ name, year, chose, about, shared, url }) => ({
        lead: `${name} chose ${verdictName(chose)} in ${year}.`,
        text: shared.length > 0 ? `${about} In common: ${questionNames(advice.basis, shared)}.` : about,
        links: [{ title: name, url }],
        spare: true as const,
      })),
      {
        text: 'What a team chose is not what was right for it; take it as company, not as proof.',
        spare: true,
      },
    ],
  };
}

function notesPart(advice: Advice): ReasoningPart {
  return {
    title: 'Where time has overtaken the article',
    lines: advice.notes.map((note) => ({
      lead: `As of ${note.asOf}:`,
      text: note.text,
      links: note.sources,
    })),
  };
}

/** Returns the claims behind the advice, with the corrections known when the advice was given. */
function claimsPart({ basis }: AdviceWithBasis): ReasoningPart {
  return {
    title: 'What the article says, in our words',
    lines: basis.claims.map(({ id, section, text, since }) => {
      const corrections = since.map((note) => ` As of ${note.asOf}: ${note.text}`);
      return { lead: `${id}.`, text: `${text} (${section})${corrections.join('')}` };
    }),
  };
}

function sourcePart(rubric: Rubric, advice: Advice): ReasoningPart {
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
