import type { KnownBlock, RichTextElement } from '@slack/types';
import type { Rubric } from '../../advice/rubric/schema.ts';
import type { Citation, ClaimSide, RubricAnswer } from '../../advice/search/answer-question.ts';
import { LONGEST_MESSAGE, type Message } from '../../blocks/message.ts';
import { escapeMrkdwn, quoteText, section, textLength, toOneLine, truncate } from '../../blocks/text.ts';
import { verdictName } from '../../blocks/wording.ts';
import type { Discussion } from '../../decision/discussion.ts';
import { describeDecisionContext } from '../overview/about-decision.ts';
import { describeSource, sourcesBlock } from './sources.ts';

/** A titled list. Blocks and the text for screen readers share it. */
interface Part {
  readonly title: string;
  readonly lines: readonly Line[];
}

interface Line {
  /** Shown in bold before the text: a citation's number. */
  readonly lead?: string;
  readonly text: string;
  /** Later corrections, shown after the text. The text for screen readers drops them if it would be too long. */
  readonly since?: string;
  readonly sources?: readonly { readonly title: string; readonly url: string }[];
}

/** Characters of the question that are repeated above the answer. */
const MOST_QUESTION = 150;

export const QUESTION_TOPICS =
  'You can ask about security, speed, growth, the back office, APIs, async, first versions, upkeep, hiring, ' +
  'learning, new technology, or when each of the two fits.';

/**
 * The reply that answers a question.
 *
 * @param question typed text, not yet escaped
 * @param discussion the decision in whose thread the question was asked; null elsewhere
 */
export function answerMessage(
  rubric: Rubric,
  question: string,
  answer: RubricAnswer,
  discussion: Discussion | null = null,
): Message {
  const asked = truncate(toOneLine(question), MOST_QUESTION);
  if (answer.kind === 'unknown') return unknownMessage(asked);
  const parts = partsOf(answer);
  const title = asked === '' ? 'What I know' : `“${quoteText(asked)}”`;
  const about = discussion ? [describeDecisionContext(rubric, question, discussion)] : [];
  return {
    text: screenReaderText([...about, title], [...parts, originOf(rubric)]),
    blocks: [
      ...about.map(section),
      section(`*${title}*`),
      ...parts.map(renderPart),
      sourcesBlock(
        rubric,
        answer.sides.flatMap(({ citations }) => citations),
      ),
    ],
  };
}

function unknownMessage(asked: string): Message {
  const about = asked === '' ? 'That' : `“${quoteText(asked)}”`;
  const text = `${about} is not in what I know: one article that compares Django and Flask, what has changed since, and documented projects.\n${QUESTION_TOPICS}`;
  return { text, blocks: [section(text)] };
}

function partsOf(answer: Extract<RubricAnswer, { kind: 'answer' }>): Part[] {
  const sides = answer.sides.map(({ side, citations }) => ({
    title: SIDE_TITLES[side],
    lines: citations.map(lineOf),
  }));
  const { caseStudy, projects, silent } = answer;
  return [
    ...sides,
    ...(silent ? [{ title: SIDE_TITLES[silent], lines: [{ text: 'Nothing in what I know.' }] }] : []),
    ...(caseStudy
      ? [{ title: `A case: ${caseStudy.title}`, lines: [{ text: `${caseStudy.story} ${caseStudy.lesson}` }] }]
      : []),
    ...(projects.length > 0
      ? [
          {
            title: 'Documented projects',
            lines: projects.map(({ name, chose, year, about, remark, url }) => ({
              lead: `${name} chose ${verdictName(chose)} in ${year}.`,
              text: [about, remark].filter((text) => text !== undefined).join(' '),
              sources: [{ title: name, url }],
            })),
          },
        ]
      : []),
  ];
}

/** Returns the source as a part of the text for screen readers. Among the blocks, `sourcesBlock` shows it. */
function originOf({ article }: Rubric): Part {
  return { title: 'Where this comes from', lines: [{ text: describeSource(article) }] };
}

const SIDE_TITLES: Record<ClaimSide, string> = {
  django: 'For Django',
  flask: 'For Flask',
  both: 'For either, or both together',
  neutral: 'Whichever it is',
};

function lineOf({ number, claim, notes }: Citation): Line {
  const since = notes.map((note) => `As of ${note.as_of}: ${note.text}`).join(' ');
  return {
    lead: `[${number}]`,
    text: `${claim.text} (${claim.id}, ${claim.section})`,
    ...(since === '' ? {} : { since }),
  };
}

/** Renders a part as rich_text, in which Slack parses no markup. */
function renderPart(part: Part): KnownBlock {
  return {
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
}

function lineElements({ lead, text, since, sources = [] }: Line): RichTextElement[] {
  return [
    ...(lead ? [{ type: 'text' as const, text: `${lead} `, style: { bold: true } }] : []),
    { type: 'text', text },
    ...(since ? [{ type: 'text' as const, text: ` ${since}`, style: { italic: true } }] : []),
    ...sources.flatMap((source, i): RichTextElement[] => [
      { type: 'text', text: i === 0 ? ' Source: ' : '; ' },
      { type: 'link', url: source.url, text: source.title },
    ]),
  ];
}

/** Returns the text for screen readers. If it is too long, drops corrections, the last first; the blocks show them. */
function screenReaderText(heading: readonly string[], parts: readonly Part[]): string {
  const noted = parts.flatMap((part) => part.lines).filter((line) => line.since !== undefined);
  for (let left = noted.length; ; left--) {
    const short = new Set(noted.slice(left));
    const told = parts.map(
      (part) =>
        `${part.title}: ${part.lines.map((line) => screenReaderLine(line, short.has(line))).join(' ')}`,
    );
    const text = [...heading, ...told].join('\n');
    if (left === 0 || textLength(text) <= LONGEST_MESSAGE) return truncate(text, LONGEST_MESSAGE);
  }
}

function screenReaderLine({ lead, text, since }: Line, short: boolean): string {
  const said = [lead, text, short ? undefined : since].filter((part) => part !== undefined);
  return escapeMrkdwn(said.join(' '));
}
