// The card's contents, part by part, without Slack's blocks.
import type { AdviceWithBasis, ClaimStatement, Practice } from '../../advice/advice.ts';
import { INTERCEPT } from '../../advice/basis.ts';
import { FRAMEWORKS, type Framework, type Rubric } from '../../advice/rubric/schema.ts';
import { formatAsker, formatDeciders } from '../../blocks/people.ts';
import type { Line } from '../../blocks/rich-text.ts';
import { escapeMrkdwn, mention } from '../../blocks/text.ts';
import {
  answeredCount,
  capitalise,
  describeFlip,
  FRAMEWORK_NAMES,
  findCase,
  optionName,
  pickFlips,
  pickOpenQuestions,
  questionNames,
  verdictName,
  verdictWithStrength,
} from '../../blocks/wording.ts';
import { CHOICES } from '../../decision/ballot.ts';
import { deciderKindOf } from '../../decision/decision.ts';
import { answeredBeforeEdit, type Discussion, type GroupView, isHidden } from '../../decision/discussion.ts';
import { disagreementLines } from '../answers/disagreements.ts';
import { describeAnswerChanges } from '../answers/edit-dialog.ts';
import { describeRelatedDecision } from '../decide/message.ts';
import { visibleBallot, voteLines, voteTitle } from '../vote/message.ts';

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
/** Bullets for each framework if neither is ahead. */
const MOST_EACH = 2;

export interface TitledList {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** The texts of the card. Blocks and the text for screen readers share them. */
export interface CardParts {
  readonly headline: string;
  /** Lines under the headline, as mrkdwn: people first, evidence last. */
  readonly context: readonly string[];
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
    lists: [
      ...firstList(advice, disagreements),
      ...argumentLists(advice, room).filter(({ lines }) => lines.length > 0),
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
function countWords({ headline, context, lists, facts, thread }: CardParts): number {
  const own = (line: Line): string =>
    line.map((span) => (typeof span === 'string' ? span : 'bold' in span ? span.bold : '')).join('');
  const texts = [
    headline,
    ...context.map((line) => line.replace(/<[^>|]*(?:\|([^>]*))?>/g, '$1')),
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
  const evidence = describePracticeShortly(advice);
  return [
    [...leaning, describePeople(discussion), ...answered, ...edited].join(' · '),
    ...describeOthers(advice, group, discussion),
    ...(predecessor ? [`Replaces ${describeRelatedDecision(predecessor)}`] : []),
    ...(evidence === null ? [] : [evidence]),
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
    return isHidden(decision) ? [`${ownAnswers.length + 1} people answered · hidden until the decision`] : [];
  }
  const before = answeredBeforeEdit(discussion).size;
  const agreed = answeredCount(advice);
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

/** Returns "6 of 7 similar projects chose Django", or the count of each choice. Null without similar projects. */
function describePracticeShortly({ practice }: AdviceWithBasis): string | null {
  if (!practice) return null;
  const { nearest, chose } = practice;
  const majority = CHOICES.find((choice) => chose[choice] * 2 > nearest.length);
  if (majority === undefined) return `Similar projects: ${describeCounts(chose)}`;
  const share = chose[majority] === nearest.length ? 'All' : `${chose[majority]} of`;
  return `${share} ${nearest.length} similar projects chose ${verdictName(majority)}`;
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

function argumentLists(advice: AdviceWithBasis, room: Room): TitledList[] {
  const { boundary, strength, verdict } = advice;
  if (verdict === 'both') {
    return [
      ...FRAMEWORKS.map((framework) => ({
        title: `${FRAMEWORK_NAMES[framework]} for`,
        lines: (boundary?.[framework] ?? []).slice(0, room.pros).map((text) => [text]),
      })),
      { title: 'Against', lines: consOf(advice, room.cons).map((text) => [text]) },
    ];
  }
  if (verdict === 'undecided' || strength === 'toss-up') {
    return FRAMEWORKS.map((framework) => ({
      title: `For ${FRAMEWORK_NAMES[framework]}`,
      lines: prosOf(advice, framework, Math.min(MOST_EACH, room.pros)),
    }));
  }
  return [
    { title: `For ${verdictName(verdict)}`, lines: prosOf(advice, verdict, room.pros) },
    { title: `Against ${verdictName(verdict)}`, lines: withoutSubject(verdict, consOf(advice, room.cons)) },
  ];
}

/** Drops the framework's name at the start of a bullet whose title has it: "Grows with you, module by module." */
function withoutSubject(framework: Framework, bullets: readonly string[]): string[][] {
  const subject = new RegExp(`^${FRAMEWORK_NAMES[framework]} (is )?`);
  return bullets.map((bullet) => [capitalise(bullet.replace(subject, ''))]);
}

/**
 * Returns what speaks for a framework, strongest first: the rule that decided, the answers, the arguments that they make
 * relevant. General arguments fill up a toss-up, so that it shows as many for either framework.
 */
function prosOf(advice: AdviceWithBasis, framework: Framework, most: number): string[][] {
  const { basis, counterArgument, pros, strength, verdict } = advice;
  const isVerdict = framework === verdict;
  const isTossUp = strength === 'toss-up' && verdict !== 'undecided';
  const bullets = pickBullets(
    [
      ...(isVerdict && basis.rule ? [{ ...basis.rule, text: basis.rule.reason }] : []),
      ...answersFor(advice, framework),
      ...(isVerdict ? pros : counterArgument ? [counterArgument] : []),
    ],
    most,
    { statements: basis.general?.[framework] ?? [], upTo: isTossUp ? most : 1 },
  );
  return withoutSubject(framework, bullets);
}

function consOf(advice: AdviceWithBasis, most: number): string[] {
  const { cons, counterArgument, verdict } = advice;
  const others = verdict === 'django' || verdict === 'flask' ? answersFor(advice, otherThan(verdict)) : [];
  return pickBullets([...others, ...(counterArgument ? [counterArgument] : []), ...cons], most);
}

const otherThan = (framework: Framework): Framework => (framework === 'django' ? 'flask' : 'django');

/** Returns the reasons of the answers that speak for a framework, those with the most points first. */
function answersFor({ contributions }: AdviceWithBasis, framework: Framework): Statement[] {
  return contributions
    .filter(({ trait, points }) => trait !== INTERCEPT && (framework === 'django' ? points > 0 : points < 0))
    .map(({ reason, bullet, claims }) => ({ text: reason, bullet, claims }));
}

type Statement = Omit<ClaimStatement, 'claims'> & { readonly claims: readonly string[] };

interface Fallback {
  readonly statements: readonly Statement[];
  /** Number of bullets to fill up to. */
  readonly upTo: number;
}

/** Picks the first statements, without those that repeat a claim of an earlier one, then fills up from the fallback. */
function pickBullets(statements: readonly Statement[], most: number, fallback?: Fallback): string[] {
  const claims = new Set<string>();
  const picked = new Set<string>();
  const pick = (some: readonly Statement[], upTo: number): void => {
    for (const { text, bullet, claims: own } of some) {
      if (picked.size >= upTo) return;
      if (own.some((claim) => claims.has(claim))) continue;
      for (const claim of own) claims.add(claim);
      picked.add(bullet ?? text);
    }
  };
  pick(statements, most);
  if (fallback) pick(fallback.statements, fallback.upTo);
  return [...picked];
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
  const likeness = shared.length > 0 ? `Like yours: ${shared.join(', ')}.` : 'Not close to yours.';
  const story = found.bullet ?? `${found.title}. ${found.lesson}`;
  return [{ title: 'Case study', text: escapeMrkdwn(`${story} ${likeness}`) }];
}

function whatWouldChangeIt(advice: AdviceWithBasis): CardParts['facts'][number] {
  const [flip] = pickFlips(advice);
  const first = flip ? describeFlip(advice.basis, flip) : 'No single answer would.';
  return { title: 'What would change it', text: escapeMrkdwn([first, ...missing(advice)].join(' ')) };
}

/** Says what a firmer verdict lacks. */
function missing({ basis, nextQuestions, practice, strength }: AdviceWithBasis): string[] {
  if (strength === 'solid') return [];
  if (practice?.disagrees && practice.lowered) {
    const other = CHOICES.find((choice) => practice.chose[choice] * 2 > practice.nearest.length);
    return [
      other ? `Most similar projects chose ${verdictName(other)}.` : 'Similar projects chose differently.',
    ];
  }
  return nextQuestions.length > 0 ? [`Still open: ${questionNames(basis, nextQuestions.slice(0, 3))}.`] : [];
}

/** Returns "4 chose Django, 3 Flask". */
function describeCounts(chose: Practice['chose']): string {
  const counts = CHOICES.filter((outcome) => chose[outcome] > 0);
  return counts
    .map((outcome, i) => `${chose[outcome]} ${i === 0 ? 'chose ' : ''}${verdictName(outcome)}`)
    .join(', ');
}
