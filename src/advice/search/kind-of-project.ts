// Advises on a kind of project: "Django or Flask for a shop?"
import { advise } from '../advise.ts';
import { addBasis, INTERCEPT } from '../basis.ts';
import { type Claim, FRAMEWORKS, type Framework, type ProjectKind, type Rubric } from '../rubric/schema.ts';
import type { ClaimSide, RubricAnswer } from './answer.ts';
import { cite, isCurrent } from './citations.ts';
import { type QuestionPart, topicOf, topicTerm } from './lexicon.ts';

/** Topics of the choice itself. They say nothing about the project. */
const CHOICE_TOPICS = ['alternatives', 'default_choice', 'how_to_choose'].map(topicTerm);

const ASKS_FOR_CHOICE =
  /\b(?:which|should|best (?:framework|choice|option|fit|for)|what (?:would|do|should) (?:you|we|i) (?:use|pick|choose|take)|choose|chose|pick|recommend|suit\w*|build(?:ing)?|create|creating|develop(?:ing)?|mak(?:e|ing))\b/i;
/** "How do I add a blog?", "does Django come with charts?" */
const ASKS_HOW = /\bhow (?:do|to|can|would)\b|^(?:does|can) (?:django|flask)\b(?!.*\bfor\b)/i;

function frameworksIn(question: string): Framework[] {
  return FRAMEWORKS.filter((framework) => question.toLowerCase().includes(framework));
}

const namesBoth = (question: string): boolean => frameworksIn(question).length === FRAMEWORKS.length;

const FOR_A_PROJECT = /\bfor (?:an?|my|our|the|building|creating|making)\b/i;

/** Returns whether a question asks to choose between both for a project: "Django or Flask for our zoo?" */
export function isChoiceForProject(question: string): boolean {
  return namesBoth(question) && FOR_A_PROJECT.test(question);
}

/** "We will build a shop. Django or Flask?" */
const BUILDS_PROJECT =
  /\b(?:build(?:ing)?|creat(?:e|ing)|develop(?:ing)?|mak(?:e|ing)|writ(?:e|ing)) (?:an?|our|my|the)\b/i;

/** "We need a website with donations." */
const NEEDS_PROJECT =
  /^(?!(?:do|does|did|why|what|when)\b).*\b(?:needs?|wants?|planning|starting|have) an?\b/i;

/** A question without a verb: "and for a shop?", "what about our mobile app?", "which one for a blog?" */
const FOLLOW_UP =
  /^(?:(?:and|or|but|so|ok|hm+)[ ,]+)*(?:for|what about|how about|which(?: one| framework)? for) (?:an?|our|my|the)\b/i;

/** Returns whether a topic is also a question of the dialog, such as the size of a project. */
function describesProject({ synonyms }: Rubric, { terms }: QuestionPart): boolean {
  return synonyms.topics.some(({ id, trait }) => trait !== undefined && terms.includes(topicTerm(id)));
}

/** A kind of project, and its place among the words. */
interface NamedKind {
  readonly kind: ProjectKind;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/**
 * Returns the first kind of project that is named: "a blog with a contact form" is a blog. In a compound, the last part
 * counts: "a data science dashboard" is a dashboard.
 */
function kindNamed(rubric: Rubric, parts: readonly QuestionPart[]): NamedKind | undefined {
  const named = parts.flatMap(({ projectKinds = [], from, to }) => {
    const kind = rubric.kinds.find(({ id }) => projectKinds.includes(id));
    return kind ? [{ kind, from, to }] : [];
  });
  const specific = named.filter(({ kind }) => !kind.generic);
  const [first, ...others] = specific.length > 0 ? specific : named;
  return others.reduce((last, next) => (next.from === last?.to ? next : last), first);
}

/** Returns the kind of project in a question that asks for a choice. Null if the question is about something else. */
export function kindAsked(
  rubric: Rubric,
  question: string,
  parts: readonly QuestionPart[],
): ProjectKind | null {
  const project = kindNamed(rubric, parts);
  if (!project || ASKS_HOW.test(question) || parts.some((part) => part.kind === 'name')) return null;
  const isFollowUp = FOLLOW_UP.test(question);
  const named = isFollowUp ? FRAMEWORKS : frameworksIn(question);
  const asksForChoice = isFollowUp || ASKS_FOR_CHOICE.test(question) || NEEDS_PROJECT.test(question);
  const isClear = parts.filter((part) => part.kind === 'unknown').length < 2;
  if (named.length === 0 && !(asksForChoice && isClear)) return null;
  // In a choice between both, other topics are details of the project. Otherwise they are what the question is about.
  const comparesBoth = named.length === 2 || (named.length === 1 && asksForChoice);
  const isForProject =
    named.length === 2 && (isFollowUp || FOR_A_PROJECT.test(question) || BUILDS_PROJECT.test(question));
  // "Django or Flask for a chat bot that answers questions on security?" describes the project.
  const isAfterKind = ({ from = 0 }: QuestionPart): boolean => from >= (project.to ?? Infinity);
  const isDetail = (part: QuestionPart): boolean =>
    Boolean(part.projectKinds?.length) ||
    part.terms.some((term) => CHOICE_TOPICS.includes(term)) ||
    (comparesBoth && Boolean(part.details?.length)) ||
    (isForProject && (describesProject(rubric, part) || isAfterKind(part)));
  return parts.every((part) => part.kind !== 'topic' || isDetail(part)) ? project.kind : null;
}

/** Most claims for the verdict, and for the other side. */
const MOST_REASONS = [2, 1];

type ClaimReason = { readonly claims: readonly string[] };

const mentions = ({ claims }: ClaimReason, asked: ReadonlySet<string>): boolean =>
  claims.some((id) => asked.has(id));

/** Returns one current claim for a side from each reason that has one, if possible a claim that was asked about. */
function claimsFor(
  rubric: Rubric,
  reasons: readonly ClaimReason[],
  side: ClaimSide,
  asked: ReadonlySet<string>,
): Claim[] {
  const found = reasons.flatMap(({ claims }) => {
    const current = claims
      .flatMap((id) => rubric.claims.get(id) ?? [])
      .filter(({ id }) => isCurrent(rubric, id));
    const forSide = current.filter(({ direction }) => direction === side);
    return forSide.find(({ id }) => asked.has(id)) ?? forSide[0] ?? [];
  });
  return [...new Set(found)];
}

function claimsOfTopics({ synonyms }: Rubric, parts: readonly QuestionPart[]): string[] {
  const topics = parts.filter(({ kind }) => kind === 'topic');
  const ids = topics.flatMap(({ terms }) => terms.flatMap((term) => topicOf(term) ?? []));
  return synonyms.topics.filter(({ id }) => ids.includes(id)).flatMap(({ claims }) => claims);
}

export function adviseOnKind(
  rubric: Rubric,
  kind: ProjectKind,
  parts: readonly QuestionPart[],
): RubricAnswer {
  const places = parts.flatMap(({ details = [] }) => details).sort((a, b) => a - b);
  const answers = Object.assign({}, kind.answers, ...places.map((place) => rubric.details[place]?.answers));
  const advice = addBasis(rubric, advise(rubric, answers));
  const { verdict, basis, contributions } = advice;
  const other = verdict === 'flask' ? 'django' : 'flask';
  const asked = new Set(claimsOfTopics(rubric, parts));
  const reasonsFor = (side: ClaimSide): ClaimReason[] => {
    const rule = basis.rule && verdict === side ? [basis.rule] : [];
    const forSide = contributions.filter(({ points }) => (side === 'flask' ? points < 0 : points > 0));
    // The default says nothing about this kind of project, so it comes last.
    const answered = forSide.toSorted(
      (x, y) => Number(x.trait === INTERCEPT) - Number(y.trait === INTERCEPT),
    );
    const counter = side === other && advice.counterArgument ? [advice.counterArgument] : [];
    // Reasons that the question mentions come first.
    return [...rule, ...answered, ...counter].sort(
      (x, y) => Number(mentions(y, asked)) - Number(mentions(x, asked)),
    );
  };
  const sides = (verdict === 'undecided' ? (['django', 'flask'] as const) : ([verdict, other] as const)).map(
    (side, i) => ({
      side,
      claims: claimsFor(rubric, reasonsFor(side), side, asked).slice(0, MOST_REASONS[i]),
    }),
  );
  return {
    kind: 'answer',
    facts: [],
    advised: { kind, advice },
    sides: cite(rubric, sides),
    silent: null,
    caseStudy: null,
    projects: [],
  };
}
