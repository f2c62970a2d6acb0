// The answer to a question in a thread, and the help for people who mention the bot.
import type { ContextBlock } from '@slack/types';
import { addBasis } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import type { Citation, ClaimSide, RubricAnswer } from '../../advice/search/answer-question.ts';
import { findAskedTraits } from '../../advice/search/search.ts';
import type { Message } from '../../blocks/message.ts';
import {
  bullets,
  escapeMrkdwn,
  mrkdwn,
  quoteText,
  section,
  textLength,
  toOneLine,
  truncate,
} from '../../blocks/text.ts';
import {
  type ListLine,
  renderTitledList,
  screenReaderText,
  type TitledList,
} from '../../blocks/titled-list.ts';
import {
  describePoints,
  optionName,
  questionNames,
  verdictName,
  verdictWithStrength,
} from '../../blocks/wording.ts';
import { type Discussion, visibleAdvice } from '../../decision/discussion.ts';

/** Characters of the question that are repeated above the answer. */
const MOST_QUESTION = 150;

const QUESTION_TOPICS =
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
      ...parts.map(renderTitledList),
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

function partsOf(answer: Extract<RubricAnswer, { kind: 'answer' }>): TitledList[] {
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
              links: [{ title: name, url }],
            })),
          },
        ]
      : []),
  ];
}

/** Returns the source as a part of the text for screen readers. Among the blocks, `sourcesBlock` shows it. */
function originOf({ article }: Rubric): TitledList {
  return { title: 'Where this comes from', lines: [{ text: describeSource(article) }] };
}

const SIDE_TITLES: Record<ClaimSide, string> = {
  django: 'For Django',
  flask: 'For Flask',
  both: 'For either, or both together',
  neutral: 'Whichever it is',
};

function lineOf({ number, claim, notes }: Citation): ListLine {
  const since = notes.map((note) => `As of ${note.as_of}: ${note.text}`).join(' ');
  return {
    lead: `[${number}]`,
    text: `${claim.text} (${claim.id}, ${claim.section})`,
    ...(since === '' ? {} : { since }),
  };
}

/** The reply to a mention that has no question or asks for help. */
export function mentionHelpMessage(bot: string, command: string): Message {
  const intro = 'Ask me about Django and Flask, and I answer here, with both sides and where it comes from.';
  const lines = [
    `\`${escapeMrkdwn(bot)} what about security?\` asks; every question needs my name`,
    QUESTION_TOPICS,
    `For advice on a project, type \`${command}\` in a channel; \`${command} help\` tells more`,
  ];
  return { text: [intro, ...lines].join('\n'), blocks: [section(intro), section(bullets(lines))] };
}

/** Slack allows 3,000 characters in one text. The sources of a real question need at most two thirds of that. */
const MOST_IN_A_TEXT = 2_900;

/** Returns "STX Next, 2019, in our words; no language model took part." */
function describeSource({ publisher, published }: Rubric['article']): string {
  return `${publisher}, ${published.slice(0, 4)}, in our words; no language model took part.`;
}

/** The small print under an answer: the article, and the sources of later corrections by citation. */
function sourcesBlock(rubric: Rubric, citations: readonly Citation[]): ContextBlock {
  const { article, sources } = rubric;
  const lines = citations.flatMap(({ number, notes }) => {
    const links = notes
      .flatMap((note) => note.sources)
      .flatMap((id) => {
        const source = sources.get(id);
        const url = source?.urls[0];
        return source && url !== undefined ? [link(url, source.title)] : [];
      });
    return links.length === 0 ? [] : [`Since then, on [${number}]: ${[...new Set(links)].join('; ')}`];
  });
  const origin = `${link(article.url, article.title)} ${escapeMrkdwn(describeSource(article))}`;
  return { type: 'context', elements: [mrkdwn(asManyAsFit([origin, ...lines]))] };
}

const link = (url: string, title: string): string => `<${escapeMrkdwn(url)}|${escapeMrkdwn(title)}>`;

function asManyAsFit(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    const longer = `${text}\n${line}`;
    return textLength(longer) <= MOST_IN_A_TEXT ? longer : text;
  });
}

const MOST_TRAITS = 3;

/**
 * Returns the lines above an answer in a decision's thread: the project, the card's verdict, and the project's answers
 * on the topics of the question.
 */
function describeDecisionContext(rubric: Rubric, question: string, discussion: Discussion): string {
  const { decision, record } = discussion;
  const advice = addBasis(rubric, visibleAdvice(discussion));
  const asked = findAskedTraits(rubric, question, advice).slice(0, MOST_TRAITS);
  const lines = asked.map(({ trait, contribution }) => {
    const name = questionNames(advice.basis, [trait]);
    if (contribution) {
      return `Here: ${name}, “${optionName(advice.basis, trait, contribution.option)}”; ${describePoints(contribution)}.`;
    }
    const matters = advice.nextQuestions.includes(trait) ? ', and its answer could change the advice' : '';
    return `Here: ${name} is not answered${matters}.`;
  });
  const decided =
    record !== null && decision.status !== 'open'
      ? `decided for ${verdictName(record.outcome)}; the advice: `
      : '';
  return [`*${quoteText(decision.project)}*: ${decided}${verdictWithStrength(advice)}`, ...lines].join('\n');
}
