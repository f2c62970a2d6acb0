// The texts of the card, part by part, without Slack's blocks.
import type { Advice, AdviceWithBasis, Contribution, Practice } from '../../advice/advice.ts';
import { INTERCEPT } from '../../advice/basis.ts';
import { mention } from '../../blocks/text.ts';
import {
  answeredCount,
  capitalise,
  describeAnswer,
  describeFlip,
  describePoints,
  FRAMEWORK_NAMES,
  findCase,
  pickFlips,
  pickOpenQuestions,
  questionNames,
  verdictName,
  verdictWithStrength,
} from '../../blocks/wording.ts';
import { CHOICES, type Choice } from '../../decision/ballot.ts';
import { answeredBeforeEdit, type Discussion, type GroupView, isHidden } from '../../decision/discussion.ts';
import { describeDisagreements } from '../answers/disagreements.ts';
import { describeAnswerChanges } from '../answers/edit-dialog.ts';
import { describeRelatedDecision } from '../decide/message.ts';
import { describeVotes, formatDeadline, visibleBallot } from '../vote/message.ts';

const MOST_REASONS = 3;
/** Similar projects named. */
const MOST_PROJECTS = 3;

/** The texts of the card. Blocks and the text for screen readers share them. */
export interface CardParts {
  readonly headline: string;
  /** The number of answered questions and of people who answered. */
  readonly answered: string;
  /** A note on how others' answers affect the headline; null without others. */
  readonly others: string | null;
  readonly why: readonly string[];
  readonly disagreements: readonly string[];
  readonly prosTitle: string;
  readonly pros: readonly string[];
  readonly consTitle: string;
  readonly cons: readonly string[];
  readonly boundary: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly caseStudy: string | null;
  readonly practice: string | null;
  readonly change: { readonly title: string; readonly lines: readonly string[] };
  readonly votes: readonly string[];
  /** The changes since the decision that this one will replace. */
  readonly since: { readonly title: string; readonly lines: readonly string[] } | null;
  readonly note: string | null;
  /** The place of the full reasoning. */
  readonly reasoning: string;
}

/** Describes the advice and the discussion. `group` is null while the card shows only the asker's advice. */
export function cardPartsOf(
  advice: AdviceWithBasis,
  group: GroupView | null,
  discussion: Discussion,
): CardParts {
  const { basis, verdict } = advice;
  const edited = discussion.decision.round.number > 1 ? ', edited since' : '';
  return {
    headline: verdictWithStrength(advice),
    answered: `${describeAnswered(advice, group, discussion)}${edited}`,
    others: describeOthers(advice, discussion),
    why: reasons(advice, group !== null),
    disagreements: group
      ? describeDisagreements(basis, verdict, group.disagreements, answeredBeforeEdit(discussion))
      : [],
    prosTitle: `For ${verdictName(verdict)}`,
    pros: advice.pros.map((p) => p.text),
    consTitle: consTitle(advice),
    cons: consOf(advice),
    boundary: boundaryParts(advice),
    caseStudy: describeCase(advice),
    practice: describePractice(advice),
    change: changeParts(advice),
    votes: [...describeVotes(visibleBallot(discussion)), ...describeDeadline(discussion)],
    since: compareWithPredecessor(advice, discussion),
    note: advice.notes[0] ? `As of ${advice.notes[0].asOf}: ${advice.notes[0].text}` : null,
    reasoning: group
      ? `The thread explains the advice for ${mention(discussion.decision.asker)}’s answers, “Show all reasons” that for everybody’s.`
      : 'The whole reasoning is in the thread.',
  };
}

function describeAnswered(advice: AdviceWithBasis, group: GroupView | null, discussion: Discussion): string {
  const questions = `${answeredCount(advice)} of ${advice.basis.questions.length} questions`;
  if (group === null) return `${questions} answered`;
  const before = answeredBeforeEdit(discussion).size;
  const some = before === 0 ? '' : ` (${before} of them before the edit)`;
  return `${group.people} people answered${some}, together ${questions}`;
}

/** Returns the number of people while answers are hidden, otherwise the advice for the asker alone if it differs. */
function describeOthers(advice: AdviceWithBasis, { decision, ownAnswers }: Discussion): string | null {
  if (ownAnswers.length === 0) return null;
  if (isHidden(decision)) {
    return `${ownAnswers.length + 1} people have answered; what the others said counts here once it is decided`;
  }
  const alone = verdictWithStrength(decision.round.advice);
  return alone === verdictWithStrength(advice)
    ? null
    : `By ${mention(decision.asker)}’s answers alone: ${alone}`;
}

function describeDeadline({ decision: { voteUntil } }: Discussion): string[] {
  return voteUntil === null ? [] : [`Asked for until ${formatDeadline(voteUntil)}`];
}

/** Compares the advice and the answers with those of the decision that this one will replace. */
function compareWithPredecessor(
  { basis }: AdviceWithBasis,
  { decision, predecessor }: Discussion,
): CardParts['since'] {
  if (predecessor === null) return null;
  const before = predecessor.decision.round;
  const lines = describeAnswerChanges(basis, before.answers, decision.round.answers);
  return {
    title: `Compared with ${describeRelatedDecision(predecessor)}`,
    lines: [
      `The advice then: ${verdictWithStrength(predecessor.group?.advice ?? before.advice)}`,
      ...(lines.length === 0 ? ['The answers are the asker’s of then'] : lines),
    ],
  };
}

/** Returns the rule that decided, then the answers with the most points for the verdict. */
function reasons(advice: AdviceWithBasis, ofGroup: boolean): string[] {
  const { basis, contributions, verdict } = advice;
  const counted = contributions
    .filter((c) => pointsTo(advice, c))
    .map((c) => `${c.reason} (${describeAnswer(basis, c)}; ${describePoints(c)})`);
  const first = basis.rule?.reason ?? (verdict === 'undecided' ? whyUndecided(advice, ofGroup) : null);
  if (first !== null) return [first, ...counted].slice(0, MOST_REASONS);
  if (counted.length > 0) return counted.slice(0, MOST_REASONS);
  // Under earlier rubrics the sum could lead to a verdict that no single answer speaks for.
  return verdict === 'django'
    ? ['In general the article finds Django the better pick, and nothing that was answered outweighs that.']
    : ['No single answer speaks for Flask, but not much speaks for Django either.'];
}

function whyUndecided(advice: AdviceWithBasis, ofGroup: boolean): string {
  if (answeredCount(advice) === 0) {
    return ofGroup ? 'People do not agree on any question yet.' : 'No question is answered yet.';
  }
  return advice.support.django + advice.support.flask === 0
    ? 'Nothing that was answered speaks for either framework.'
    : 'What speaks for Flask so far and what speaks for Django weigh the same.';
}

/** Returns true if this answer speaks for the verdict. For `both`, those are the answers that the rule requires. */
function pointsTo({ verdict, basis }: AdviceWithBasis, { trait, points }: Contribution): boolean {
  if (trait === INTERCEPT) return false;
  switch (verdict) {
    case 'django':
      return points > 0;
    case 'flask':
      return points < 0;
    case 'both':
      return basis.rule?.traits.includes(trait) ?? false;
    case 'undecided':
      return points !== 0;
  }
}

/** Returns the arguments against the verdict, the strongest one for the other side first. */
function consOf(advice: Advice): string[] {
  const all = [
    ...(advice.counterArgument ? [advice.counterArgument.text] : []),
    ...advice.cons.map((c) => c.text),
  ];
  return [...new Set(all)];
}

function boundaryParts(advice: Advice): CardParts['boundary'] {
  const { boundary } = advice;
  if (!boundary) return [];
  return [
    { title: `What goes to ${FRAMEWORK_NAMES.django}`, lines: boundary.django },
    { title: `What goes to ${FRAMEWORK_NAMES.flask}`, lines: boundary.flask },
  ];
}

function describeCase({ basis, caseStudy }: AdviceWithBasis): string | null {
  const found = findCase(basis, caseStudy);
  if (!found || !caseStudy) return null;
  const likeness =
    caseStudy.matches.length > 0
      ? `In common with this project: ${questionNames(basis, caseStudy.matches)}.`
      : 'None of the article’s cases is close; this one only points the same way.';
  return `${found.title}. ${found.story} ${found.lesson} ${likeness}`;
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

function changeParts(advice: AdviceWithBasis): CardParts['change'] {
  if (advice.verdict === 'undecided')
    return { title: 'Settle these first', lines: pickOpenQuestions(advice) };
  const flips = pickFlips(advice).map((flip) => describeFlip(advice.basis, flip));
  return {
    title: 'What would change the answer',
    lines: flips.length > 0 ? flips : ['No one or two different answers would change it.'],
  };
}

function consTitle(advice: Advice): string {
  if (advice.verdict === 'django') return `Against it, and for ${FRAMEWORK_NAMES.flask}`;
  if (advice.verdict === 'flask') return `Against it, and for ${FRAMEWORK_NAMES.django}`;
  return 'Against it';
}
