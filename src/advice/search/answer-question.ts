import type { AdviceWithBasis } from '../advice.ts';
import { advise } from '../advise.ts';
import { addBasis } from '../basis.ts';
import {
  type CaseStudy,
  type Claim,
  type Fact,
  FRAMEWORKS,
  type Framework,
  type Note,
  type Project,
  type ProjectKind,
  type Rubric,
} from '../rubric/schema.ts';
import { type QuestionPart, topicOf, topicTerm } from './question.ts';
import { type Hit, search } from './search.ts';

/** A claim that answers a question. */
export interface Citation {
  /** Number within the whole answer, from 1, in display order. */
  readonly number: number;
  readonly claim: Claim;
  /** Notes on what has changed since the article. A note appears once per answer. */
  readonly notes: readonly Note[];
}

export type ClaimSide = Claim['direction'];

/** The model's advice on the typical answers of a kind of project, changed by words of the question. */
export interface KindAdvice {
  readonly kind: ProjectKind;
  readonly advice: AdviceWithBasis;
}

/** The rubric's answer to a question, or `unknown` if it has none. The side with the best claim comes first. */
export type RubricAnswer =
  | {
      readonly kind: 'answer';
      /** Common knowledge that isn't in the article. */
      readonly facts: readonly Fact[];
      /** For a question such as "Django or Flask for a shop?" Then `sides` has the claims behind the advice. */
      readonly advised: KindAdvice | null;
      readonly sides: readonly { readonly side: ClaimSide; readonly citations: readonly Citation[] }[];
      /** Framework without claims, if the other one has some. */
      readonly silent: 'django' | 'flask' | null;
      readonly caseStudy: CaseStudy | null;
      readonly projects: readonly Project[];
    }
  | {
      readonly kind: 'unknown';
      /** The question asks to choose for a project of a kind that the rubric doesn't have. */
      readonly isChoice?: boolean;
    };

/** Most citations per side. */
const MOST_CITATIONS = 3;
const MOST_PROJECTS = 2;
const MOST_FACTS = 2;

/**
 * Lowest share of a question that the rubric must understand to answer it. Measured on the tables in
 * `tests/advice/search/questions.ts`: at 0.5 the bot answers some unrelated questions, from 0.65 it misses good ones.
 */
const MIN_UNDERSTOOD = 0.6;
/** Lowest share of the understood part that a hit must cover. */
const MIN_HIT_COVERAGE = 0.3;
/** Lowest score of a hit, as a share of the best score. */
const MIN_SCORE = 0.45;
/** Lowest score of the other side's best hit, as a share of the best score. Lower, so that both sides appear. */
const MIN_OTHER_SIDE_SCORE = 0.1;

/** Statuses of notes that don't change a claim, so an answer leaves them out. */
const UNCHANGED_STATUSES: readonly Note['status'][] = ['confirmed', 'unverifiable'];

/** Answers any question from the rubric alone. Deterministic. */
export function answerQuestion(rubric: Rubric, question: string): RubricAnswer {
  const { hits, understood, parts } = search(rubric, question);
  if (parts.some(({ kind }) => kind === 'beyond')) return { kind: 'unknown' };
  const kind = kindAsked(rubric, question, parts);
  if (kind) return adviseOnKind(rubric, kind, parts);
  const facts = factsAsked(rubric, question, parts);
  const hasOtherTopic = parts.some((part) => part.kind === 'topic' && !part.facts?.length);
  if (facts.length > 0 && !hasOtherTopic) return answerFromFacts(rubric, facts);

  if (understood < MIN_UNDERSTOOD || ASKS_FOR_CODE.test(question)) {
    return { kind: 'unknown', isChoice: namesBoth(question) && FOR_A_PROJECT.test(question) };
  }
  const enough = hits.filter((hit) => hit.coverage >= MIN_HIT_COVERAGE * understood);
  const projects = enough.filter(isLikeAsked).slice(0, MOST_PROJECTS);
  // A question that names a project is about that project, not about other meanings of its words.
  const isNamed = projects.some((hit) => hit.found.some((part) => part.kind === 'name'));
  const best = enough.find((hit) => hit.kind === 'claim' && (!isNamed || hit.coverage >= MIN_UNDERSTOOD));
  if (!best && projects.length === 0) return { kind: 'unknown' };

  const sides = best ? sidesOf(rubric, hits, best) : [];
  return {
    kind: 'answer',
    facts,
    advised: null,
    sides,
    silent: silentOf(sides.map(({ side }) => side)),
    caseStudy: caseOf(rubric, enough, sides),
    projects: projects.flatMap(({ id }) => rubric.projects.filter((project) => project.id === id)),
  };
}

/** Topics of the choice itself. They say nothing about the project. */
const CHOICE_TOPICS = ['alternatives', 'default_choice', 'how_to_choose'].map(topicTerm);

const ASKS_FOR_CHOICE =
  /\b(?:which|should|choose|chose|pick|recommend|suit\w*|build(?:ing)?|create|creating|develop(?:ing)?|mak(?:e|ing))\b/i;
/** "How do I enable debug mode in Flask?" The claims are about the choice, not about code. */
const ASKS_FOR_CODE =
  /\bhow (?:(?:do|can|should) (?:i|we|you) |to )(?:fix|enable|disable|install|configure|set ?up|debug|print|return|get|read|write|call|import|connect|create|delete|update|render|redirect|run|parse|validate)\b/i;

const ASKS_HOW = /\bhow (?:do|to|can|would)\b/i;

function frameworksIn(question: string): Framework[] {
  return FRAMEWORKS.filter((framework) => question.toLowerCase().includes(framework));
}

const namesBoth = (question: string): boolean => frameworksIn(question).length === FRAMEWORKS.length;

const FOR_A_PROJECT = /\bfor (?:an?|my|our|the|building|creating|making)\b/i;

/** Returns whether a topic is also a question of the dialog, such as the size of a project. */
function describesProject({ synonyms }: Rubric, { terms }: QuestionPart): boolean {
  return synonyms.topics.some(({ id, trait }) => trait !== undefined && terms.includes(topicTerm(id)));
}

/**
 * Returns the first kind of project that is named: "a blog with a contact form" is a blog. In a compound, the last part
 * counts: "a data science dashboard" is a dashboard.
 */
function kindNamed(rubric: Rubric, parts: readonly QuestionPart[]): ProjectKind | undefined {
  const named = parts.flatMap(({ projectKinds = [], from, to }) => {
    const kind = rubric.kinds.find(({ id }) => projectKinds.includes(id));
    return kind ? [{ kind, from, to }] : [];
  });
  const specific = named.filter(({ kind }) => !kind.generic);
  const [first, ...others] = specific.length > 0 ? specific : named;
  return others.reduce((last, next) => (next.from === last?.to ? next : last), first)?.kind;
}

/** Returns the kind of project in a question that asks for a choice. Null if the question is about something else. */
function kindAsked(rubric: Rubric, question: string, parts: readonly QuestionPart[]): ProjectKind | null {
  const kind = kindNamed(rubric, parts);
  if (!kind || ASKS_HOW.test(question) || parts.some((part) => part.kind === 'name')) return null;
  const frameworks = frameworksIn(question);
  const asksForChoice = ASKS_FOR_CHOICE.test(question);
  const isClear = parts.filter((part) => part.kind === 'unknown').length < 2;
  if (frameworks.length === 0 && !(asksForChoice && isClear)) return null;
  // In a choice between both, other topics are details of the project. Otherwise they are what the question is about.
  const comparesBoth = frameworks.length === 2 || (frameworks.length === 1 && asksForChoice);
  const isDetail = (part: QuestionPart): boolean =>
    Boolean(part.projectKinds?.length) ||
    part.terms.some((term) => CHOICE_TOPICS.includes(term)) ||
    (comparesBoth && Boolean(part.details?.length)) ||
    (frameworks.length === 2 && FOR_A_PROJECT.test(question) && describesProject(rubric, part));
  return parts.every((part) => part.kind !== 'topic' || isDetail(part)) ? kind : null;
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

function adviseOnKind(rubric: Rubric, kind: ProjectKind, parts: readonly QuestionPart[]): RubricAnswer {
  const places = parts.flatMap(({ details = [] }) => details).sort((a, b) => a - b);
  const answers = Object.assign({}, kind.answers, ...places.map((place) => rubric.details[place]?.answers));
  const advice = addBasis(rubric, advise(rubric, answers));
  const { verdict, basis, contributions } = advice;
  const other = verdict === 'flask' ? 'django' : 'flask';
  const asked = new Set(claimsOfTopics(rubric, parts));
  const reasonsFor = (side: ClaimSide): ClaimReason[] => {
    const rule = basis.rule && verdict === side ? [basis.rule] : [];
    const answered = contributions.filter(({ points }) => (side === 'flask' ? points < 0 : points > 0));
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

/** Words that make a question one about the frameworks, without their names. */
const ABOUT_FRAMEWORKS = /\b(?:django|flask|both|either|they|them|frameworks?|which|the two|we|our|apps?)\b/i;
const ABOUT_PEOPLE = /\b(?:you|your|my|mine|i)\b/i;

function factsAsked(rubric: Rubric, question: string, parts: readonly QuestionPart[]): Fact[] {
  const isShort = parts.every(({ kind }) => kind !== 'neutral' && kind !== 'unknown');
  const isAbout = ABOUT_FRAMEWORKS.test(question) || (isShort && !ABOUT_PEOPLE.test(question));
  if (!isAbout) return [];
  const ids = new Set(parts.flatMap(({ facts = [] }) => facts));
  return [...ids].flatMap((id) => rubric.facts.filter((fact) => fact.id === id)).slice(0, MOST_FACTS);
}

function answerFromFacts(rubric: Rubric, facts: readonly Fact[]): RubricAnswer {
  const claims = facts.flatMap((fact) =>
    fact.claims.flatMap((id) => (isCurrent(rubric, id) ? (rubric.claims.get(id) ?? []) : [])),
  );
  const sides = [...new Set(claims.map(({ direction }) => direction))].map((side) => ({
    side,
    claims: claims.filter(({ direction }) => direction === side),
  }));
  return {
    kind: 'answer',
    facts,
    advised: null,
    sides: cite(rubric, sides),
    silent: null,
    caseStudy: null,
    projects: [],
  };
}

/** Statuses of notes that contradict their claim. */
const CONTRADICTING: readonly Note['status'][] = ['reversed', 'outdated'];

export function contradicts({ status }: Note): boolean {
  return CONTRADICTING.includes(status);
}

/** Returns whether no note contradicts the claim. */
export function isCurrent(rubric: Rubric, claim: string): boolean {
  return !rubric.notes.some((note) => note.claims.includes(claim) && contradicts(note));
}

function sidesOf(
  rubric: Rubric,
  hits: readonly Hit[],
  best: Hit,
): { side: ClaimSide; citations: Citation[] }[] {
  const bySide = new Map<ClaimSide, Claim[]>();
  for (const { kind, id, score, coverage } of hits) {
    const claim = kind === 'claim' ? rubric.claims.get(id) : undefined;
    if (!claim) continue;
    const same = bySide.get(claim.direction) ?? [];
    const isForOne = claim.direction === 'django' || claim.direction === 'flask';
    const other =
      isForOne &&
      same.length === 0 &&
      coverage >= best.coverage / 2 &&
      score >= MIN_OTHER_SIDE_SCORE * best.score;
    const wanted = score >= MIN_SCORE * best.score || other;
    if (wanted && same.length < MOST_CITATIONS) bySide.set(claim.direction, [...same, claim]);
  }
  return cite(
    rubric,
    [...bySide].map(([side, claims]) => ({ side, claims })),
  );
}

/** Numbers the claims in reading order, and adds their notes. Drops sides without claims. */
function cite(
  rubric: Rubric,
  sides: readonly { readonly side: ClaimSide; readonly claims: readonly Claim[] }[],
): { side: ClaimSide; citations: Citation[] }[] {
  let number = 0;
  const usedNotes = new Set<string>();
  return sides
    .filter(({ claims }) => claims.length > 0)
    .map(({ side, claims }) => ({
      side,
      citations: claims.map((claim) => {
        number += 1;
        const notes = rubric.notes.filter(
          (note) =>
            note.claims.includes(claim.id) &&
            !UNCHANGED_STATUSES.includes(note.status) &&
            !usedNotes.has(note.id),
        );
        for (const note of notes) usedNotes.add(note.id);
        return { number, claim, notes };
      }),
    }));
}

/** Returns the article's case behind one of the first two citations, else a case that the question matches, else null. */
function caseOf(
  rubric: Rubric,
  enough: readonly Hit[],
  sides: readonly { citations: readonly Citation[] }[],
): CaseStudy | null {
  const first = sides[0]?.citations.slice(0, 2).map(({ claim }) => claim.id) ?? [];
  const asked = enough.find((hit) => hit.kind === 'case');
  return (
    rubric.cases.find((study) => study.claims.some((claim) => first.includes(claim))) ??
    rubric.cases.find((study) => study.id === asked?.id) ??
    null
  );
}

/** Returns whether a hit is a project that the question names, or that covers most of its words. */
function isLikeAsked({ kind, coverage, found }: Hit): boolean {
  if (kind !== 'project') return false;
  if (found.some((part) => part.kind === 'name')) return true;
  const words = found.filter((part) => part.kind === 'word').length;
  return words > 1 ? coverage >= MIN_UNDERSTOOD : words === 1 && coverage === 1;
}

function silentOf(sides: readonly ClaimSide[]): 'django' | 'flask' | null {
  if (sides.includes('django') === sides.includes('flask')) return null;
  return sides.includes('django') ? 'flask' : 'django';
}
