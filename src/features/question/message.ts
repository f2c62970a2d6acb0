// The answer to questions in a thread, and the help for people who mention the bot.

import type { ContextBlock, KnownBlock } from '@slack/types';
import { addBasis } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import type { RubricAnswer } from '../../advice/search/answer.ts';
import { findAskedTraits } from '../../advice/search/search.ts';
import { adviceButton, type Message, sentenceMessage } from '../../blocks/message.ts';
import { bulletList, richText, withLead } from '../../blocks/rich-text.ts';
import { escapeMrkdwn, mrkdwn, quoteText, quoteTruncated, section, toOneLine } from '../../blocks/text.ts';
import { capitalise, describePoints, optionName, questionName } from '../../blocks/wording.ts';
import { type Discussion, visibleAdvice } from '../../decision/discussion.ts';
import { type AnswerParts, cardParts, describeState, partsOf, shortTitle } from './answer-parts.ts';
import { MOST_QUESTIONS } from './split.ts';

/** Characters of a question that are repeated above its answer. */
const MOST_QUESTION = 80;
/** Citations in the answer to a single question, and in each of several. */
const MOST_CITATIONS = { single: 3, several: 2 };
/** The project's own answers in an answer. */
const MOST_TRAITS = 2;

const TOPICS =
  'Ask about security, speed, growth, back offices, APIs, async, MVPs, upkeep, hiring, learning or new technology.';

const TOO_MANY = `I answer ${MOST_QUESTIONS} questions at a time. Ask the rest in another message.`;

/** `card`: the answer is the advice of the decision in whose thread the question was asked. */
export type QuestionAnswer = RubricAnswer | { readonly kind: 'card'; readonly discussion: Discussion };

export interface AskedQuestion<Answer = QuestionAnswer> {
  /** Typed text, not yet escaped. */
  readonly question: string;
  readonly answer: Answer;
}

/**
 * The reply that answers the questions of a message one by one.
 *
 * @param discussion the decision in whose thread the questions were asked; null elsewhere
 */
export function answerMessage(
  rubric: Rubric,
  asked: readonly AskedQuestion[],
  discussion: Discussion | null = null,
): Message {
  const isSingle = asked.length < 2;
  if (asked.every(({ answer }) => answer.kind === 'unknown')) return unknownMessage(asked);
  const texts: string[] = [];
  const blocks: KnownBlock[] = [];
  const answered: AnswerParts[] = [];
  for (const { question, answer } of asked.slice(0, MOST_QUESTIONS)) {
    const title = isSingle ? [] : [`*${quoteTruncated(toOneLine(question), MOST_QUESTION)}*`];
    if (answer.kind === 'unknown') {
      const text = [...title, 'I don’t have anything on that.'].join('\n');
      texts.push(text);
      blocks.push(section(text));
      continue;
    }
    const first = answered.flatMap(({ citations }) => citations).length + 1;
    const most = isSingle ? MOST_CITATIONS.single : MOST_CITATIONS.several;
    const parts =
      answer.kind === 'card'
        ? cardParts(rubric, answer.discussion, first)
        : partsOf(rubric, { question, answer }, most, first);
    answered.push(parts);
    const here =
      discussion && answer.kind === 'answer' ? describeProjectAnswers(rubric, question, discussion) : [];
    const head = [...title, parts.head, ...here].join('\n');
    texts.push(head, ...parts.lines.map(({ lead, text }) => escapeMrkdwn(`${lead} ${text}`)));
    blocks.push(section(head));
    if (parts.lines.length > 0)
      blocks.push(richText(bulletList(parts.lines.map(({ lead, text }) => withLead(lead, text)))));
  }
  if (asked.length > MOST_QUESTIONS) {
    texts.push(TOO_MANY);
    blocks.push(section(TOO_MANY));
  }
  const sources = sourcesLine(rubric, answered);
  const context: ContextBlock = { type: 'context', elements: [mrkdwn(sources)] };
  const offer = asked.some(({ answer }) => answer.kind === 'answer' && answer.advised)
    ? [adviceButton()]
    : [];
  return { text: [...texts, sources].join('\n'), blocks: [...blocks, context, ...offer] };
}

function unknownMessage(asked: readonly AskedQuestion[]): Message {
  const isChoice = asked.some(({ answer }) => answer.kind === 'unknown' && answer.isChoice);
  if (!isChoice) return sentenceMessage(`I don’t have anything on that. ${TOPICS}`);
  const text = 'I don’t know that kind of project. Answer a few questions, and I’ll give advice on yours.';
  return { text, blocks: [section(text), adviceButton()] };
}

/** The reply to a message in another language. */
export function foreignMessage(): Message {
  return sentenceMessage('I read English only. Ask me again in English, and I’ll answer here.');
}

/** The reply to a mention that has no question or asks for help. */
export function mentionHelpMessage(bot: string, command: string): Message {
  const lines = [
    `Mention me with a question: “${escapeMrkdwn(bot)} what about security?”`,
    TOPICS,
    `For advice on a project, type \`${command}\` in a channel.`,
  ];
  return sentenceMessage(lines.join('\n'));
}

/**
 * Returns the sources as one line of mrkdwn: the article with the ids of the claims, then a source of each correction
 * and project.
 */
function sourcesLine(rubric: Rubric, answers: readonly AnswerParts[]): string {
  const { title, publisher, published, url } = rubric.article;
  const claims = answers.flatMap(({ citations }) =>
    citations.map(({ number, claim }) => `[${number}] ${claim.id}`),
  );
  const since = answers.flatMap(({ notes, links }) => [
    ...notes.flatMap((note) => {
      const source = note.sources.flatMap((id) => rubric.sources.get(id) ?? []).at(0);
      const first = source?.urls[0];
      return source && first !== undefined ? [link(first, shortTitle(source.title))] : [];
    }),
    ...links.map(({ title, url }) => link(url, title)),
  ]);
  const article = `${link(url, shortTitle(title))} (${escapeMrkdwn(`${publisher}, ${published.slice(0, 4)}`)})`;
  const from = claims.length === 0 ? [] : [`${article} ${claims.join(', ')}`];
  return `Sources: ${[...from, ...new Set(since)].join(' · ')}`;
}

const link = (url: string, title: string): string => `<${escapeMrkdwn(url)}|${escapeMrkdwn(title)}>`;

/** Returns the project's own answers on the topics of the question, in one line of mrkdwn. */
function describeProjectAnswers(rubric: Rubric, question: string, discussion: Discussion): string[] {
  const advice = addBasis(rubric, visibleAdvice(discussion));
  const asked = findAskedTraits(rubric, question, advice).slice(0, MOST_TRAITS);
  if (asked.length === 0) return [];
  const sentences = asked.map(({ trait, contribution }) => {
    const { basis, nextQuestions } = advice;
    if (contribution) {
      return `${capitalise(optionName(basis, trait, contribution.option))}, ${describePoints(contribution)}.`;
    }
    const matters = nextQuestions.includes(trait) ? ', and it could change the advice' : '';
    return `“${capitalise(questionName(basis, trait))}” isn’t answered yet${matters}.`;
  });
  const name = quoteText(discussion.decision.project);
  return [`*${name}* (${describeState(discussion, advice)}): ${escapeMrkdwn(sentences.join(' '))}`];
}
