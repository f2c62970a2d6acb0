// Claims as numbered citations, with notes on what has changed since the article.
import { type Claim, contradicts, type Note, type Rubric } from '../rubric/schema.ts';
import type { Citation, ClaimSide } from './answer.ts';

/** Statuses of notes that don't change a claim, so an answer leaves them out. */
const UNCHANGED_STATUSES: readonly Note['status'][] = ['confirmed', 'unverifiable'];

/** Returns whether no note contradicts the claim. */
export function isCurrent(rubric: Rubric, claim: string): boolean {
  return !rubric.notes.some((note) => note.claims.includes(claim) && contradicts(note));
}

/** Numbers the claims in reading order, and adds their notes. Drops sides without claims. */
export function cite(
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
