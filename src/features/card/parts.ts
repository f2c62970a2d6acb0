// The card's contents, part by part, without Slack's blocks.
import type { AdviceWithBasis } from '../../advice/advice.ts';
import { type Rubric, UNSURE } from '../../advice/rubric/schema.ts';
import { describeBetterFit } from '../../advice/why.ts';
import { formatAsker, formatDeciders } from '../../blocks/people.ts';
import type { Line, TitledList } from '../../blocks/rich-text.ts';
import { escapeMrkdwn, mention } from '../../blocks/text.ts';
import {
  answeredCount,
  capitalise,
  describeChoices,
  describeFlip,
  findCase,
  majorityChoice,
  optionName,
  pickFlips,
  pickOpenQuestions,
  verdictName,
  verdictWithStrength,
} from '../../blocks/wording.ts';
import { deciderKindOf } from '../../decision/decision.ts';
import { answeredBeforeEdit, type Discussion, type GroupView, isHidden } from '../../decision/discussion.ts';
import { disagreementLines } from '../answers/disagreements.ts';
import { describeAnswerChanges } from '../answers/edit-dialog.ts';
import { describeRelatedDecision } from '../decide/message.ts';
import { visibleBallot, voteLines, voteTitle } from '../vote/message.ts';
import { argumentLists } from './arguments.ts';

/** Most words that the bot writes on a card, without names, typed text, votes and buttons. */
const MOST_WORDS = 150;

/** How much the card says. */
interface Room {
  readonly disagreements: number;
  /** Answers listed for each disagreement. */
  readonly sides: number;
  readonly pros: number;
  readonly cons: number;
  /** Answers that the case study shares with the project. */
  readonly shared: number;
  /** Answers that changed since the decision that this one replaces. */
  readonly changes: number;
}

/** From roomy to tight. A card uses the first that keeps it within MOST_WORDS. None drops the last pro, con or case. */
const ROOMS: readonly [Room, ...Room[]] = [
  { disagreements: 3, sides: 3, pros: 3, cons: 2, shared: 3, changes: 3 },
  { disagreements: 3, sides: 3, pros: 3, cons: 2, shared: 1, changes: 2 },
  { disagreements: 3, sides: 3, pros: 2, cons: 1, shared: 1, changes: 1 },
  { disagreements: 2, sides: 3, pros: 2, cons: 1, shared: 1, changes: 1 },
  { disagreements: 2, sides: 2, pros: 1, cons: 1, shared: 1, changes: 1 },
  { disagreements: 1, sides: 2, pros: 1, cons: 1, shared: 1, changes: 1 },
];
/** The texts of the card. Blocks and the text for screen readers share them. */
export interface CardParts {
  readonly headline: string;
  /** Lines under the headline, as mrkdwn: people first, evidence last. */
  readonly context: readonly string[];
  /** Another framework that may fit better, as mrkdwn. */
  readonly thirdWay: string | null;
  /** Disagreements or open questions, then what speaks for and against. */
  readonly lists: readonly TitledList[];
  /** Titled sentences, as mrkdwn: the case study, and what would change the advice. */
  readonly facts: readonly { readonly title: string; readonly text: string }[];
  readonly votes: { readonly title: Line; readonly lines: readonly Line[] };
  /** Points to the thread. */
  readonly thread: string;
}

/** Describes the advice and the discussion. `group` is null while the card shows only the asker's advice. */
export function cardPartsOf(
  rubric: Rubric,
  advice: AdviceWithBasis,
  group: GroupView | null,
  discussion: Discussion,
): CardParts {
  const [roomy, ...tighter] = ROOMS;
  let parts = partsWithin(roomy, rubric, advice, group, discussion);
  for (const room of tighter) {
    if (countWords(parts) <= MOST_WORDS) break;
    parts = partsWithin(room, rubric, advice, group, discussion);
  }
  return parts;
}

function partsWithin(
  room: Room,
  rubric: Rubric,
  advice: AdviceWithBasis,
  group: GroupView | null,
  discussion: Discussion,
): CardParts {
  const { basis, verdict } = advice;
  const disagreements = group
    ? disagreementLines(basis, verdict, group.disagreements, answeredBeforeEdit(discussion), room)
    : [];
  const ballot = visibleBallot(discussion);
  return {
    headline: verdictWithStrength(advice),
    context: contextLines(advice, group, discussion),
    thirdWay: describeThirdWay(advice),
    lists: [
      ...firstList(advice, disagreements),
      ...argumentLists(advice, room),
      ...changesSincePredecessor(advice, discussion, room.changes),
    ],
    facts: [
      ...caseStudy(advice, room.shared),
      ...(disagreements.length > 0 || verdict === 'undecided' ? [] : [whatWouldChangeIt(advice)]),
    ],
    votes: { title: voteTitle(discussion, ballot), lines: voteLines(ballot) },
    thread: `Thread: ${group ? 'the asker’s points' : 'points'}, sources, changes since ${rubric.article.published.slice(0, 4)}`,
  };
}

/** Counts the bot's own words: not names, typed text, dates, votes and buttons. */
function countWords({ headline, context, thirdWay, lists, facts, thread }: CardParts): number {
  const own = (line: Line): string =>
    line.map((span) => (typeof span === 'string' ? span : 'bold' in span ? span.bold : '')).join('');
  const texts = [
    headline,
    ...context.map((line) => line.replace(/<[^>|]*(?:\|([^>]*))?>/g, '$1')),
    thirdWay ?? '',
    ...lists.flatMap(({ title, lines }) => [title, ...lines.map(own)]),
    ...facts.flatMap(({ title, text }) => [title, text]),
    thread,
  ];
  return texts.join(' ').match(/[\p{L}\p{N}][^\s·]*/gu)?.length ?? 0;
}

function contextLines(
  advice: AdviceWithBasis,
  group: GroupView | null,
  discussion: Discussion,
): readonly string[] {
  const { decision, ownAnswers, predecessor } = discussion;
  const leaning =
    advice.strength === 'toss-up' && advice.verdict !== 'undecided'
      ? [`Leans ${verdictName(advice.verdict)}`]
      : [];
  const edited = decision.round.number > 1 ? ['edited'] : [];
  const answered = group || ownAnswers.length > 0 ? [] : [`${answeredOf(advice)} answered`];
  return [
    [...leaning, describePeople(discussion), ...answered, ...edited].join(' · '),
    ...describeOthers(advice, group, discussion),
    ...(predecessor ? [`Replaces ${describeRelatedDecision(predecessor)}`] : []),
    ...describePractice(advice),
  ].map(capitalise);
}

/** Returns "@ana asked and decides" or "@cleo asked · @ana decides". */
function describePeople({ decision }: Discussion): string {
  const asker = formatAsker(decision);
  const deciders = formatDeciders(decision);
  if (asker === deciders) return `${asker} asked and decides`;
  const several = deciderKindOf(decision) === 'deciders' && decision.deciders.length > 1;
  return `${asker} asked · ${deciders} ${several ? 'decide' : 'decides'}`;
}

function answeredOf(advice: AdviceWithBasis): string {
  const [answered, all] = [answeredCount(advice), advice.basis.questions.length];
  return answered === all ? `all ${all}` : `${answered} of ${all}`;
}

/** Describes how many people answered, and the advice for the asker alone if it differs. */
function describeOthers(
  advice: AdviceWithBasis,
  group: GroupView | null,
  discussion: Discussion,
): readonly string[] {
  const { decision, ownAnswers } = discussion;
  if (ownAnswers.length === 0) return [];
  if (group === null) {
    return isHidden(decision)
      ? [`${ownAnswers.length + 1} people answered · answers hidden until the decision`]
      : [];
  }
  const before = answeredBeforeEdit(discussion).size;
  const agreed = countAgreed(advice, discussion);
  const all = advice.basis.questions.length;
  const counts = [
    `${group.people} people answered`,
    agreed === all ? `they agree on all ${all}` : `they agree on ${agreed} of ${all}`,
    ...(before === 0 ? [] : [`${before} before the edit`]),
  ];
  const alone = verdictWithStrength(decision.round.advice, { leaning: true });
  return [
    counts.join(' · '),
    ...(alone === verdictWithStrength(advice, { leaning: true })
      ? []
      : [`${mention(decision.asker)} alone would get: ${alone}`]),
  ];
}

/** Returns the number of questions that at least two people answered, all in the same way. */
function countAgreed({ basis }: AdviceWithBasis, { decision, ownAnswers }: Discussion): number {
  const everyone = [decision.round.answers, ...ownAnswers.map(({ answers }) => answers)];
  return basis.questions.filter(({ id }) => {
    const given = everyone.map((answers) => answers[id] ?? UNSURE).filter((option) => option !== UNSURE);
    return given.length > 1 && new Set(given).size === 1;
  }).length;
}

/** Returns "6 of 7 similar projects chose Django", or the count of each choice. Empty without similar projects. */
function describePractice({ practice }: AdviceWithBasis): string[] {
  if (!practice) return [];
  return [
    majorityChoice(practice)
      ? describeChoices(practice, 'similar projects')
      : `Similar projects: ${describeChoices(practice)}`,
  ];
}

function describeThirdWay({ thirdWay }: AdviceWithBasis): string | null {
  return thirdWay && escapeMrkdwn(thirdWay.text);
}

/** The list that comes before the arguments: open questions if little is known, or disagreements that matter. */
function firstList(advice: AdviceWithBasis, disagreements: readonly Line[]): TitledList[] {
  if (disagreements.length > 0) return [{ title: 'Settle this first', lines: disagreements }];
  if (advice.verdict !== 'undecided') return [];
  const questions = pickOpenQuestions(advice);
  return questions.length === 0
    ? []
    : [{ title: 'Answer these next', lines: questions.map((question) => [question]) }];
}

/** The answers that changed since the decision that this one will replace. */
function changesSincePredecessor(
  { basis }: AdviceWithBasis,
  discussion: Discussion,
  most: number,
): TitledList[] {
  const { decision, predecessor } = discussion;
  if (predecessor === null) return [];
  const changes = describeAnswerChanges(basis, predecessor.decision.round.answers, decision.round.answers);
  const shown = changes.slice(0, most).map((change): Line => [change]);
  const more = changes.length - shown.length;
  if (more > 0) shown.push([`and ${more} more`]);
  return [
    { title: 'Changed since then', lines: shown.length > 0 ? shown : [['None of the asker’s answers']] },
  ];
}

function caseStudy(
  { basis, caseStudy: match, contributions }: AdviceWithBasis,
  most: number,
): CardParts['facts'] {
  const found = findCase(basis, match);
  if (!found || !match) return [];
  const shared = match.matches.slice(0, most).flatMap((trait) => {
    const given = contributions.find((c) => c.trait === trait);
    return given ? [optionName(basis, trait, given.option)] : [];
  });
  // Advice stored earlier may have a case without a trait in common.
  if (shared.length === 0) return [];
  const likeness = `Like yours: ${shared.join(', ')}.`;
  const story = found.bullet ?? `${found.title}. ${found.lesson}`;
  return [{ title: 'Case study', text: escapeMrkdwn(`${story} ${likeness}`) }];
}

function whatWouldChangeIt(advice: AdviceWithBasis): CardParts['facts'][number] {
  const flips = pickFlips(advice);
  const flip = flips.find(({ fallsAway }) => !fallsAway);
  const none = flips.length === 0 ? 'No single answer would.' : 'Only a weaker answer would.';
  const first = flip ? describeFlip(advice, flip) : none;
  // The third way has its own line.
  const isSaid = advice.thirdWay && advice.why?.missing === describeBetterFit(advice.thirdWay.names);
  const missing = isSaid ? null : (advice.why?.missing ?? null);
  return {
    title: 'What would change it',
    text: escapeMrkdwn(missing === null ? first : `${first} ${missing}`),
  };
}
