// What the card says, part by part, without Slack's blocks.
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
import { CHOICES, type Choice } from '../../decision/ballot.ts';
import { deciderKindOf } from '../../decision/decision.ts';
import { answeredBeforeEdit, type Discussion, type GroupView, isHidden } from '../../decision/discussion.ts';
import { shortDisagreementLines } from '../answers/disagreements.ts';
import { describeAnswerChanges } from '../answers/edit-dialog.ts';
import { describeRelatedDecision } from '../decide/message.ts';
import { visibleBallot, voteLines, voteTitle } from '../vote/message.ts';

/** Most items on the card. */
interface Room {
  readonly pros: number;
  readonly cons: number;
  /** Lines for each framework if both are used. */
  readonly boundary: number;
  /** Answers that the case study shares with the project. */
  readonly shared: number;
}
const ROOM: Room = { pros: 3, cons: 2, boundary: 3, shared: 3 };
/** Disagreements, or changes since an earlier decision, take up the rest of the 150 words. */
const LESS_ROOM: Room = { pros: 2, cons: 1, boundary: 2, shared: 1 };
/** Bullets for each framework if neither is ahead. */
const MOST_EACH = 2;
const MOST_CHANGES = 3;
const MOST_PROJECTS = 3;

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
  const disagreements = group
    ? shortDisagreementLines(
        advice.basis,
        advice.verdict,
        group.disagreements,
        answeredBeforeEdit(discussion),
      )
    : [];
  const room = disagreements.length > 0 || discussion.predecessor ? LESS_ROOM : ROOM;
  const ballot = visibleBallot(discussion);
  return {
    headline: verdictWithStrength(advice),
    context: contextLines(advice, group, discussion),
    lists: [
      ...firstList(advice, disagreements),
      ...argumentLists(advice, room),
      ...changesSincePredecessor(advice, discussion),
    ],
    facts: [
      ...caseStudy(advice, room),
      ...(disagreements.length > 0 || advice.verdict === 'undecided' ? [] : [whatWouldChangeIt(advice)]),
    ],
    votes: { title: voteTitle(discussion, ballot), lines: voteLines(ballot) },
    thread: `Thread: ${group ? 'the asker’s points' : 'points'}, sources, changes since ${rubric.article.published.slice(0, 4)}`,
  };
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
  return listsOfArguments(advice, room).filter(({ lines }) => lines.length > 0);
}

function listsOfArguments(advice: AdviceWithBasis, room: Room): TitledList[] {
  const { boundary, strength, verdict } = advice;
  if (verdict === 'both') {
    return [
      ...FRAMEWORKS.map((framework) => ({
        title: `${FRAMEWORK_NAMES[framework]} for`,
        lines: (boundary?.[framework] ?? []).slice(0, room.boundary).map((text): Line => [text]),
      })),
      { title: 'Against', lines: consOf(advice, room.cons) },
    ];
  }
  if (verdict === 'undecided' || strength === 'toss-up') {
    return FRAMEWORKS.map((framework) => ({
      title: `For ${FRAMEWORK_NAMES[framework]}`,
      lines: prosOf(advice, framework, MOST_EACH),
    }));
  }
  return [
    { title: `For ${verdictName(verdict)}`, lines: prosOf(advice, verdict, room.pros) },
    { title: `Against ${verdictName(verdict)}`, lines: consOf(advice, room.cons) },
  ];
}

/**
 * Returns what speaks for a framework, strongest first: the rule that decided, the answers, the arguments that they make
 * relevant. General arguments fill up a toss-up, so that it shows as many for either framework.
 */
function prosOf(advice: AdviceWithBasis, framework: Framework, most: number): Line[] {
  const { basis, counterArgument, pros, strength, verdict } = advice;
  const isVerdict = framework === verdict;
  const isTossUp = strength === 'toss-up' && verdict !== 'undecided';
  return pickBullets(
    [
      ...(isVerdict && basis.rule ? [{ ...basis.rule, text: basis.rule.reason }] : []),
      ...answersFor(advice, framework),
      ...(isVerdict ? pros : counterArgument ? [counterArgument] : []),
    ],
    most,
    { statements: basis.general?.[framework] ?? [], upTo: isTossUp ? most : 1 },
  );
}

function consOf(advice: AdviceWithBasis, most: number): Line[] {
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
function pickBullets(statements: readonly Statement[], most: number, fallback?: Fallback): Line[] {
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
  return [...picked].map((text) => [text]);
}

/** The answers that changed since the decision that this one will replace. */
function changesSincePredecessor({ basis }: AdviceWithBasis, discussion: Discussion): TitledList[] {
  const { decision, predecessor } = discussion;
  if (predecessor === null) return [];
  const changes = describeAnswerChanges(basis, predecessor.decision.round.answers, decision.round.answers);
  const shown = changes.slice(0, MOST_CHANGES).map((change): Line => [change]);
  const more = changes.length - shown.length;
  if (more > 0) shown.push([`and ${more} more`]);
  return [
    { title: 'Changed since then', lines: shown.length > 0 ? shown : [['None of the asker’s answers']] },
  ];
}

function caseStudy(
  { basis, caseStudy: match, contributions }: AdviceWithBasis,
  room: Room,
): CardParts['facts'] {
  const found = findCase(basis, match);
  if (!found || !match) return [];
  const shared = match.matches.slice(0, room.shared).flatMap((trait) => {
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

/**
 * Returns "5 of the 7 most similar documented projects chose Flask: Redash (2013), Timesketch (2014) and others."
 * Without a majority for the advice or against it, returns the count of each choice. Null without similar projects.
 */
export function describePractice({ practice, verdict }: AdviceWithBasis): string | null {
  if (!practice) return null;
  const { nearest, chose, disagrees, lowered } = practice;
  const majority = CHOICES.find((outcome) => chose[outcome] * 2 > nearest.length);
  const first =
    majority && (majority === verdict || disagrees)
      ? describeShare(practice, majority)
      : `of the ${nearest.length} most similar documented projects, ${describeCounts(chose)}`;
  if (!disagrees) return `${capitalise(first)}.`;
  return `Practice differs: ${first}.${lowered ? ' That is why this is said with less confidence.' : ''}`;
}

function describeShare({ nearest, chose }: Practice, outcome: Choice): string {
  const chosen = nearest.filter((project) => project.chose === outcome);
  const named = chosen.slice(0, MOST_PROJECTS).map(({ name, year }) => `${name} (${year})`);
  const rest = chosen.length > named.length ? ' and others' : '';
  const all = `the ${nearest.length} most similar documented projects chose ${verdictName(outcome)}`;
  return `${chose[outcome]} of ${all}: ${named.join(', ')}${rest}`;
}

/** Returns "4 chose Django, 3 Flask". */
function describeCounts(chose: Practice['chose']): string {
  const counts = CHOICES.filter((outcome) => chose[outcome] > 0);
  return counts
    .map((outcome, i) => `${chose[outcome]} ${i === 0 ? 'chose ' : ''}${verdictName(outcome)}`)
    .join(', ');
}
