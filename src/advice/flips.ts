import type { Flip, Verdict } from './advice.ts';
import { type Model, OPEN, optionId, type Picks, traitId } from './model.ts';
import { favoredBy, marginOf, pointsOf, ruleIndexOf, verdictOf } from './score.ts';

/** Most pairs of changes returned. Further pairs add no information. */
const MOST_PAIRS = 8;

interface RatedFlip {
  readonly flip: Flip;
  /** Distance by which the change moves the margin. */
  readonly shift: number;
}

export interface Flips {
  /**
   * Single changes to an answer that change the verdict, smallest first. If there are none, the smallest pairs of
   * changes. Answering an open question counts as a change. Withdrawing an answer doesn't.
   */
  readonly flips: Flip[];
  /** Smallest pairs that lead to a clear verdict, if all of `flips` lead to "undecided". Otherwise empty. */
  readonly clearFlips: Flip[];
}

/** Returns the smallest changes to the answers that change the verdict. */
export function findFlips(model: Model, picks: Picks, verdict: Verdict): Flips {
  const margin = marginOf(model, picks);
  const singles = singleFlips(model, picks, verdict, margin);
  if (singles.some(isClear)) return { flips: flipsOf(singles), clearFlips: [] };
  const pairs = pairFlips(model, picks, verdict, margin);
  const flips = flipsOf(singles.length > 0 ? singles : pairs.slice(0, MOST_PAIRS));
  const clearFlips = flips.some((f) => f.verdict !== 'undecided') ? [] : flipsOf(pairs.filter(isClear));
  return { flips, clearFlips: clearFlips.slice(0, MOST_PAIRS) };
}

function isClear({ flip }: RatedFlip): boolean {
  return flip.verdict !== 'undecided';
}

function flipsOf(found: readonly RatedFlip[]): Flip[] {
  return found.map((f) => f.flip);
}

function singleFlips(model: Model, picks: Picks, verdict: Verdict, margin: number): RatedFlip[] {
  const trial = picks.slice();
  const found: RatedFlip[] = [];
  forEachChange(model, picks, trial, 0, (trait) => {
    const changed = verdictOf(model, trial);
    if (changed === verdict) return;
    const changes = [changeOf(model, picks, trial, trait)];
    found.push(rate(model, trial, [trait], { changes, verdict: changed }, margin));
  });
  return smallestFirst(found);
}

/** Adds the distance, and whether an answer that the flip changes to doesn't speak for the new verdict. */
function rate(model: Model, trial: Picks, traits: readonly number[], flip: Flip, margin: number): RatedFlip {
  const shift = Math.abs(marginOf(model, trial) - margin);
  const { verdict } = flip;
  if (verdict !== 'django' && verdict !== 'flask') return { flip, shift };
  const rule = model.rules[ruleIndexOf(model, trial)];
  const speaks = (trait: number): boolean => {
    if (rule?.when.some((condition) => condition.some((line) => line.trait === trait))) return true;
    const points = pointsOf(model, trial, trait);
    if (points !== 0) return points > 0 === (verdict === 'django');
    return trait === model.practical?.trait && favoredBy(model, trial) === verdict;
  };
  return traits.every(speaks) ? { flip, shift } : { flip: { ...flip, fallsAway: true }, shift };
}

function pairFlips(model: Model, picks: Picks, verdict: Verdict, margin: number): RatedFlip[] {
  const trial = picks.slice();
  const found: RatedFlip[] = [];
  forEachChange(model, picks, trial, 0, (first) => {
    forEachChange(model, picks, trial, first + 1, (second) => {
      const changed = verdictOf(model, trial);
      if (changed === verdict) return;
      const changes = [changeOf(model, picks, trial, first), changeOf(model, picks, trial, second)];
      found.push(rate(model, trial, [first, second], { changes, verdict: changed }, margin));
    });
  });
  return smallestFirst(found);
}

/** Calls `visit` with each other option set in `trial`, for each trait from index `from`, and restores the answer. */
function forEachChange(
  model: Model,
  picks: Picks,
  trial: Picks,
  from: number,
  visit: (trait: number) => void,
): void {
  for (let trait = from; trait < picks.length; trait++) {
    const current = picks[trait] ?? OPEN;
    const options = model.points[trait]?.length ?? 0;
    for (let option = 0; option < options; option++) {
      if (option === current) continue;
      trial[trait] = option;
      visit(trait);
    }
    trial[trait] = current;
  }
}

function changeOf(model: Model, picks: Picks, trial: Picks, trait: number): Flip['changes'][number] {
  return {
    trait: traitId(model, trait),
    from: optionId(model, trait, picks[trait] ?? OPEN),
    to: optionId(model, trait, trial[trait] ?? OPEN),
  };
}

/** Sorts by the size of the move. Equal moves stay in question order. */
function smallestFirst(found: RatedFlip[]): RatedFlip[] {
  return found.sort((a, b) => a.shift - b.shift);
}
