import type { CaseStudy, Claim, Note, Project, Rubric } from '../rubric/schema.ts';
import { type Hit, search } from './search.ts';

/** A claim that answers a question. */
export interface Citation {
  /** Counted from 1 through the whole answer, in the order in which it is shown. */
  readonly number: number;
  readonly claim: Claim;
  /** What has happened since, where time has overtaken the claim. */
  readonly notes: readonly Note[];
}

export type ClaimSide = Claim['direction'];

/** What the rubric has to say to a question: claims, the side with the best one first; or honestly nothing. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly sides: readonly { readonly side: ClaimSide; readonly citations: readonly Citation[] }[];
      /** The framework for which nothing was found, where there is something for the other. */
      readonly silent: 'django' | 'flask' | null;
      readonly caseStudy: CaseStudy | null;
      readonly projects: readonly Project[];
    }
  | { readonly kind: 'unknown' };

/** The most citations of a side. */
const MOST = 3;
const MOST_PROJECTS = 2;

/**
 * Where less than this share of a question means something here, nothing here answers it. Measured on the tables in
 * `tests/advice/search/questions.ts`: at 0.5 some questions about other things were answered, from 0.65 on good ones no more.
 */
const ENOUGH = 0.6;
/** The share of what means something that a hit must be about. */
const ABOUT = 0.3;
/** Hits that score less than this share of the best one are left out … */
const NEAR = 0.45;
/** … except the best of the other side, which is heard if it is about enough of the question, from here on. */
const HEARD = 0.1;

/** Claims with notes of this kind still stand as they are, so that nothing needs to be added. */
const STANDS: readonly Note['status'][] = ['confirmed', 'unverifiable'];

/** Answers from the rubric alone. Any text may be asked; the same question has the same answer. */
export function answerQuestion(rubric: Rubric, question: string): Answer {
  const { hits, understood } = search(rubric, question);
  if (understood < ENOUGH) return { kind: 'unknown' };
  const enough = hits.filter((hit) => hit.coverage >= ABOUT * understood);
  const projects = enough.filter(isLikeAsked).slice(0, MOST_PROJECTS);
  // Who asks about a project by its name wants to hear of that, not of what else the words may mean.
  const isNamed = projects.some((hit) => hit.found.some((unit) => unit.kind === 'name'));
  const best = enough.find((hit) => hit.kind === 'claim' && (!isNamed || hit.coverage >= ENOUGH));
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
    const heard = claim.direction === 'django' || claim.direction === 'flask';
    const other = heard && same.length === 0 && coverage >= best.coverage / 2 && score >= HEARD * best.score;
    const wanted = score >= NEAR * best.score || other;
    if (wanted && same.length < MOST) bySide.set(claim.direction, [...same, claim]);
  }
  let number = 0;
  const told = new Set<string>();
  return [...bySide].map(([side, claims]) => ({
    side,
    citations: claims.map((claim) => {
      number += 1;
      const notes = rubric.notes.filter(
        (note) => note.claims.includes(claim.id) && !STANDS.includes(note.status) && !told.has(note.id),
      );
      for (const note of notes) told.add(note.id);
      return { number, claim, notes };
    }),
  }));
}

/** The article's case that the first citations tell of, or that the question is about. */
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

/** Named in the question, or telling of several things that it asks about. */
function isLikeAsked({ kind, coverage, found }: Hit): boolean {
  if (kind !== 'project') return false;
  if (found.some((unit) => unit.kind === 'name')) return true;
  const words = found.filter((unit) => unit.kind === 'word').length;
  return words > 1 ? coverage >= ENOUGH : words === 1 && coverage === 1;
}

function silentOf(sides: readonly ClaimSide[]): 'django' | 'flask' | null {
  if (sides.includes('django') === sides.includes('flask')) return null;
  return sides.includes('django') ? 'flask' : 'django';
}
