// The answer to questions in a thread, and the help for people who mention the bot.

import type { ContextBlock, KnownBlock } from '@slack/types';
import type { AdviceWithBasis } from '../../advice/advice.ts';
import { addBasis, INTERCEPT } from '../../advice/basis.ts';
import type { Fact, Note, Project, Rubric } from '../../advice/rubric/schema.ts';
import {
  type Citation,
  type ClaimSide,
  contradicts,
  isCurrent,
  type KindAdvice,
  type RubricAnswer,
} from '../../advice/search/answer-question.ts';
import { findAskedTraits } from '../../advice/search/search.ts';
import { formatMonth, shortenNote } from '../../blocks/dated-notes.ts';
import { adviceButton, type Message, sentenceMessage } from '../../blocks/message.ts';
import { bulletList, richText, withLead } from '../../blocks/rich-text.ts';
import { escapeMrkdwn, mrkdwn, quoteText, quoteTruncated, section, toOneLine } from '../../blocks/text.ts';
import {
  capitalise,
  describeChoices,
  describePoints,
  optionName,
  questionName,
  verdictName,
  verdictWithStrength,
} from '../../blocks/wording.ts';
import { type Discussion, visibleAdvice } from '../../decision/discussion.ts';
import { type CardReason, findCardReasons } from './card-answer.ts';
import { MOST_QUESTIONS } from './split.ts';

/** Characters of a question that are repeated above its answer. */
const MOST_QUESTION = 80;
/** Citations in the answer to a single question, and in each of several. */
const MOST_CITATIONS = { single: 3, several: 2 };
/** Corrections in an answer. */
const MOST_NOTES = 2;
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

type KnownAnswer = Extract<RubricAnswer, { kind: 'answer' }>;

/** An answer in parts. */
interface AnswerParts {
  /** Answers the question in one sentence of mrkdwn. */
  readonly head: string;
  readonly lines: readonly AnswerLine[];
  readonly citations: readonly Citation[];
  readonly notes: readonly Note[];
  /** Other sources than the claims and notes. */
  readonly links: readonly SourceLink[];
}

interface SourceLink {
  readonly title: string;
  readonly url: string;
}

interface AnswerLine {
  /** Shown in bold before the text. */
  readonly lead: string;
  readonly text: string;
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
  if (asked.every(({ answer }) => answer.kind === 'unknown')) return unknownMessage();
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

function unknownMessage(): Message {
  return sentenceMessage(`I don’t have anything on that. ${TOPICS}`);
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

const SIDE_LEADS: Readonly<Record<ClaimSide, string>> = {
  django: 'For Django:',
  flask: 'For Flask:',
  both: 'For both:',
  neutral: 'Either way:',
};

/**
 * Arranges an answer: the best claim or the named project answers the question, the rest follows.
 *
 * @param most citations and projects at most
 * @param firstNumber number of the first citation in the reply
 */
function partsOf(
  rubric: Rubric,
  { question, answer }: AskedQuestion<KnownAnswer>,
  most: number,
  firstNumber: number,
): AnswerParts {
  const { caseStudy, facts, silent } = answer;
  const projects = answer.projects.slice(0, most - facts.length);
  const citations = pickCitations(rubric, answer)
    .slice(0, most - projects.length - facts.length)
    .map((citation, i) => ({ ...citation, number: firstNumber + i }));
  if (answer.advised) return adviceParts(rubric, answer.advised, citations);
  const notes = citations.flatMap((citation) => citation.notes).slice(0, MOST_NOTES);
  const [best] = citations;
  if (facts.length > 0 && (!best || facts.some((fact) => fact.claims.includes(best.claim.id)))) {
    return factParts(rubric, facts, citations);
  }
  const [project] = projects;
  const isAboutProject = project !== undefined && (!best || isNamed(question, project.name));
  const correction = best?.notes.find((note) => notes.includes(note) && contradicts(note));
  const lead = isAboutProject ? describeChoice(project) : best ? leadOf(best, correction) : '';
  const about = projects.map((one) => ({
    lead: isAboutProject && one === project ? 'About it:' : describeChoice(one),
    text: describeProject(one),
  }));
  const claims = citations.flatMap((citation) =>
    citationLines(rubric, citation, notes, !isAboutProject && citation === best),
  );
  const lines = [...(isAboutProject ? [...about, ...claims] : [...claims, ...about]), ...facts.map(factLine)];
  if (caseStudy && citations.length + projects.length < most) {
    lines.push({ lead: `Case, ${caseStudy.title}:`, text: caseStudy.lesson });
  }
  // A correction may speak for the framework without claims.
  if (silent && !isAboutProject && !correction) {
    lines.push({ lead: SIDE_LEADS[silent], text: 'I don’t have anything on that.' });
  }
  return {
    head: escapeMrkdwn(lead),
    lines,
    citations,
    notes,
    links: [...projects.map(projectLink), ...factLinks(facts)],
  };
}

/** Starts with the first sentence of the first fact, and marks every fact as not from the article. */
function factParts(rubric: Rubric, facts: readonly Fact[], citations: readonly Citation[]): AnswerParts {
  const [first, ...others] = facts;
  const [lead = '', rest = ''] = first?.text.split(/(?<=[.?])\s/) ?? [];
  const marked = first ? [{ ...factLine(first), text: rest }] : [];
  const claims = citations.flatMap((citation) => citationLines(rubric, citation, [], false));
  return {
    head: escapeMrkdwn(lead),
    lines: [...marked, ...claims, ...others.map(factLine)],
    citations,
    notes: [],
    links: factLinks(facts),
  };
}

function factLine({ as_of, text }: Fact): AnswerLine {
  return { lead: `Not from the article, as of ${formatMonth(as_of)}:`, text };
}

function factLinks(facts: readonly Fact[]): SourceLink[] {
  return facts.flatMap(({ sources }) => sources);
}

function projectLink({ name, url }: Pick<Project, 'name' | 'url'>): SourceLink {
  return { title: name, url };
}

/** Gives the reasons of the card's advice. */
function cardParts(rubric: Rubric, discussion: Discussion, firstNumber: number): AnswerParts {
  const advice = addBasis(rubric, visibleAdvice(discussion));
  const { pros, cons, flip } = findCardReasons(rubric, advice);
  const citations: Citation[] = [];
  const cited = ({ text, claim }: CardReason): string => {
    if (!claim) return text;
    citations.push({ number: firstNumber + citations.length, claim, notes: [] });
    return `${text} [${citations.at(-1)?.number}]`;
  };
  const [best, ...others] = pros.map(cited);
  const name = quoteText(discussion.decision.project);
  return {
    head: `*${name}* (${describeState(discussion, advice)})${best === undefined ? '' : `: ${escapeMrkdwn(best)}`}`,
    lines: [
      ...others.map((text) => ({ lead: 'For it:', text })),
      ...cons.map((reason) => ({ lead: 'Against it:', text: cited(reason) })),
      ...(flip === null ? [] : [{ lead: 'What would change it:', text: flip }]),
    ],
    citations,
    notes: [],
    links: [],
  };
}

/** Answers, similar projects and notes in the advice on a kind of project. */
const MOST_ASSUMED = 4;
const MOST_SIMILAR = 2;

/** Gives the advice on a typical project of its kind, what it assumes, and the most similar documented projects. */
function adviceParts(
  rubric: Rubric,
  { kind, advice }: KindAdvice,
  citations: readonly Citation[],
): AnswerParts {
  const { basis, contributions, practice, strength, verdict } = advice;
  const [best, ...others] = citations;
  const choice =
    verdict === 'undecided' || strength === 'toss-up'
      ? 'it’s too close to call'
      : verdictWithStrength(advice);
  const assumed = contributions
    .filter(({ trait }) => trait !== INTERCEPT)
    .slice(0, MOST_ASSUMED)
    .map(({ trait, option }) => optionName(basis, trait, option));
  const similar = (practice?.nearest ?? []).slice(0, MOST_SIMILAR);
  const thirdWay = advice.notes.filter(({ text }) =>
    rubric.notes.some((note) => note.status === 'third_way' && note.text === text),
  );
  const lines = [
    ...others.flatMap((citation) => citationLines(rubric, citation, [], false)),
    ...(practice
      ? [
          {
            lead: 'In practice:',
            text: `${describeChoices(practice, 'similar projects')}. The most similar: ${similar.map(({ name }) => name).join(' and ')}.`,
          },
        ]
      : []),
    ...thirdWay
      .slice(0, 1)
      .map(({ asOf, text }) => ({ lead: `As of ${formatMonth(asOf)}:`, text: shortenNote(text) })),
    { lead: 'This assumes:', text: `${assumed.join(', ')}. If yours differs, ask for its own advice.` },
  ];
  const sources = thirdWay.slice(0, 1).flatMap((note) => note.sources.slice(0, 1));
  return {
    head: escapeMrkdwn(`For ${kind.name}, ${choice}${best ? `: ${best.claim.text} [${best.number}]` : '.'}`),
    lines,
    citations,
    notes: [],
    links: [
      ...similar.map(projectLink),
      ...sources.map(({ title, url }) => ({ title: shortTitle(title), url })),
    ],
  };
}

/**
 * Returns the best citation, then the best one for the other framework, then the rest. Only the best may be outdated:
 * the answer then starts with its correction.
 */
function pickCitations(rubric: Rubric, { sides }: KnownAnswer): Citation[] {
  const best = sides[0]?.citations[0];
  const current = sides.map(({ side, citations }) => ({
    side,
    citations: citations.filter(({ claim }) => isCurrent(rubric, claim.id)),
  }));
  const opposite = current.slice(1).find(({ side }) => side === 'django' || side === 'flask');
  const ordered = [best, opposite?.citations[0], ...current.flatMap(({ citations }) => citations)];
  return [...new Set(ordered.filter((citation) => citation !== undefined))];
}

function isNamed(question: string, name: string): boolean {
  return question.toLowerCase().includes(name.toLowerCase());
}

/** Returns the claim, or the correction if the claim no longer holds. */
function leadOf({ number, claim }: Citation, correction: Note | undefined): string {
  return correction ? shortenNote(correction.text) : `${claim.text} [${number}]`;
}

/** Returns the claim, unless it is the lead, and its corrections. */
function citationLines(
  { article }: Rubric,
  { number, claim, notes }: Citation,
  shown: readonly Note[],
  isLead: boolean,
): AnswerLine[] {
  const current = notes.filter((note) => shown.includes(note));
  const since = current
    .filter((note) => !contradicts(note))
    .map((note) => ({ lead: `As of ${formatMonth(note.as_of)}:`, text: shortenNote(note.text) }));
  const text = `${claim.text} [${number}]`;
  if (since.length < current.length) {
    return [{ lead: `In ${article.published.slice(0, 4)} the article said:`, text }, ...since];
  }
  return isLead ? since : [{ lead: SIDE_LEADS[claim.direction], text }, ...since];
}

function describeChoice({ name, chose, year }: Project): string {
  return `${name} chose ${verdictName(chose)} in ${year}.`;
}

function describeProject({ about, remark }: Project): string {
  return [about, remark].filter((text) => text !== undefined).join(' ');
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

/** Returns a title up to its first colon, comma or bracket. */
function shortTitle(title: string): string {
  return title.split(/[:;,(]/, 1)[0]?.trim() || title;
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

/** Returns the decision's outcome, or the advice while the decision is open. */
function describeState({ decision, record }: Discussion, advice: AdviceWithBasis): string {
  return record !== null && decision.status !== 'open'
    ? `decided: ${verdictName(record.outcome)}`
    : verdictWithStrength(advice);
}
