// Answers a question from the rubric: a fact, advice on a kind of project, or claims of the article.
import type { CaseStudy, Claim, Rubric } from '../rubric/schema.ts';
import type { Citation, ClaimSide, RubricAnswer } from './answer.ts';
import { cite, isCurrent } from './citations.ts';
import { answerFromFacts, factsAsked } from './facts.ts';
import { adviseOnKind, isChoiceForProject, kindAsked } from './kind-of-project.ts';
import type { QuestionPart } from './lexicon.ts';
import { type Hit, search } from './search.ts';

/** Most citations per side. */
const MOST_CITATIONS = 3;
const MOST_PROJECTS = 2;

/**
 * Lowest share of a question that the rubric must understand to answer it. Measured on the tables in
 * `tests/advice/search/questions.ts`: at 0.5 the bot answers some unrelated questions, from 0.65 it misses good ones.
 */
const MIN_UNDERSTOOD = 0.6;
/** Lowest share of the understood part that a hit must cover. */
const MIN_HIT_COVERAGE = 0.3;
/** Lowest score of a hit, as a share of the best score. */
const MIN_SCORE = 0.35;
/** Lowest score of the other side's best hit, as a share of the best score. Lower, so that both sides appear. */
const MIN_OTHER_SIDE_SCORE = 0.1;

/** "How do I enable debug mode in Flask?" The claims are about the choice, not about code. */
const ASKS_FOR_CODE =
  /\bhow (?:(?:do|can|should) (?:i|we|you) |to )(?:fix|enable|disable|install|configure|set ?up|debug|print|return|get|read|write|call|import|connect|create|delete|update|render|redirect|run|parse|validate)\b/i;

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
    return { kind: 'unknown', isChoice: isChoiceForProject(question) };
  }
  const enough = hits.filter((hit) => hit.coverage >= MIN_HIT_COVERAGE * understood);
  const projects = enough.filter(isLikeAsked).slice(0, MOST_PROJECTS);
  // A question that names a project is about that project, not about other meanings of its words.
  const isNamed = projects.some((hit) => hit.found.some((part) => part.kind === 'name'));
  const best = enough.find((hit) => hit.kind === 'claim' && (!isNamed || hit.coverage >= MIN_UNDERSTOOD));
  if (!best && projects.length === 0) return { kind: 'unknown' };

  const sides = best ? sidesOf(rubric, hits, best, leadersOf(rubric, hits, best, parts)) : [];
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

/** Returns the best claim, and for each topic that they don't cover its best current claim. */
function leadersOf(rubric: Rubric, hits: readonly Hit[], best: Hit, parts: readonly QuestionPart[]): Hit[] {
  const leaders = [best];
  for (const part of parts) {
    if (part.kind !== 'topic' || leaders.some(({ found }) => found.includes(part))) continue;
    const hit = hits.find(
      ({ kind, id, found }) => kind === 'claim' && found.includes(part) && isCurrent(rubric, id),
    );
    if (hit) leaders.push(hit);
  }
  return leaders;
}

function sidesOf(
  rubric: Rubric,
  hits: readonly Hit[],
  best: Hit,
  leaders: readonly Hit[],
): { side: ClaimSide; citations: Citation[] }[] {
  const bySide = new Map<ClaimSide, Claim[]>();
  for (const hit of new Set([...leaders, ...hits])) {
    const { kind, id, score, coverage } = hit;
    const claim = kind === 'claim' ? rubric.claims.get(id) : undefined;
    if (!claim) continue;
    const same = bySide.get(claim.direction) ?? [];
    const isForOne = claim.direction === 'django' || claim.direction === 'flask';
    const other =
      isForOne &&
      same.length === 0 &&
      coverage >= best.coverage / 2 &&
      score >= MIN_OTHER_SIDE_SCORE * best.score;
    const wanted = leaders.includes(hit) || score >= MIN_SCORE * best.score || other;
    if (wanted && same.length < MOST_CITATIONS) bySide.set(claim.direction, [...same, claim]);
  }
  return cite(
    rubric,
    [...bySide].map(([side, claims]) => ({ side, claims })),
  );
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
