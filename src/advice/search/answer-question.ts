import type { CaseStudy, Claim, Note, Project, Rubric } from '../rubric/schema.ts';
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

/** The rubric's answer to a question, or `unknown` if it has none. The side with the best claim comes first. */
export type RubricAnswer =
  | {
      readonly kind: 'answer';
      readonly sides: readonly { readonly side: ClaimSide; readonly citations: readonly Citation[] }[];
      /** Framework without claims, if the other one has some. */
      readonly silent: 'django' | 'flask' | null;
      readonly caseStudy: CaseStudy | null;
      readonly projects: readonly Project[];
    }
  | { readonly kind: 'unknown' };

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
const MIN_SCORE = 0.45;
/** Lowest score of the other side's best hit, as a share of the best score. Lower, so that both sides appear. */
const MIN_OTHER_SIDE_SCORE = 0.1;

/** Statuses of notes that don't change a claim, so an answer leaves them out. */
const UNCHANGED_STATUSES: readonly Note['status'][] = ['confirmed', 'unverifiable'];

/** Answers any question from the rubric alone. Deterministic. */
export function answerQuestion(rubric: Rubric, question: string): RubricAnswer {
  const { hits, understood } = search(rubric, question);
  if (understood < MIN_UNDERSTOOD) return { kind: 'unknown' };
  const enough = hits.filter((hit) => hit.coverage >= MIN_HIT_COVERAGE * understood);
  const projects = enough.filter(isLikeAsked).slice(0, MOST_PROJECTS);
  // A question that names a project is about that project, not about other meanings of its words.
  const isNamed = projects.some((hit) => hit.found.some((part) => part.kind === 'name'));
  const best = enough.find((hit) => hit.kind === 'claim' && (!isNamed || hit.coverage >= MIN_UNDERSTOOD));
  if (!best && projects.length === 0) return { kind: 'unknown' };

  const sides = best ? sidesOf(rubric, hits, best) : [];
  return {
    kind: 'answer',
    sides,
    silent: silentOf(sides.map(({ side }) => side)),
    caseStudy: caseOf(rubric, enough, sides),
    projects: projects.flatMap(({ id }) => rubric.projects.filter((project) => project.id === id)),
  };
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
  let number = 0;
  const usedNotes = new Set<string>();
  return [...bySide].map(([side, claims]) => ({
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
