import type { Flip, Verdict } from './advice.ts';
import { type Model, OPEN, optionId, type Picks, traitId } from './model.ts';
import { marginOf, verdictOf } from './score.ts';

/** More pairs than this say nothing that the first do not. */
const MOST_PAIRS = 8;

interface Found {
  readonly flip: Flip;
  /** How far the change moves the margin. */
  readonly shift: number;
}

export interface Flips {
  /**
   * Every single changed answer that changes the verdict, the smallest move first. Where there is none,
   * the pairs that move the margin least. Answering an open question counts as a change; taking an
   * answer back does not.
   */
  readonly flips: Flip[];
  /** Where all of those lead to "undecided" only: the smallest pairs that lead to a clear verdict. */
  readonly clearFlips: Flip[];
}

export function findFlips(model: Model, picks: Picks, verdict: Verdict): Flips {
  const margin = marginOf(model, picks);
  const singles = singleFlips(model, picks, verdict, margin);
  if (singles.some(isClear)) return { flips: flipsOf(singles), clearFlips: [] };
  const pairs = pairFlips(model, picks, verdict, margin);
  const flips = flipsOf(singles.length > 0 ? singles : pairs.slice(0, MOST_PAIRS));
  const clearFlips = flips.some((f) => f.verdict !== 'undecided') ? [] : flipsOf(pairs.filter(isClear));
  return { flips, clearFlips: clearFlips.slice(0, MOST_PAIRS) };
}

function isClear({ flip }: Found): boolean {
  return flip.verdict !== 'undecided';
}

function flipsOf(found: readonly Found[]): Flip[] {
  return found.map((f) => f.flip);
}

function singleFlips(model: Model, picks: Picks, verdict: Verdict, margin: number): Found[] {
  const trial = picks.slice();
  const found: Found[] = [];
  forEachChange(model, picks, trial, 0, (trait) => {
    const changed = verdictOf(model, trial);
    if (changed === verdict) return;
    const changes = [changeOf(model, picks, trial, trait)];
    found.push({ flip: { changes, verdict: changed }, shift: Math.abs(marginOf(model, trial) - margin) });
  });
  return smallestFirst(found);
}

function pairFlips(model: Model, picks: Picks, verdict: Verdict, margin: number): Found[] {
  const trial = picks.slice();
  const found: Found[] = [];
  forEachChange(model, picks, trial, 0, (first) => {
    forEachChange(model, picks, trial, first + 1, (second) => {
      const changed = verdictOf(model, trial);
      if (changed === verdict) return;
      const changes = [changeOf(model, picks, trial, first), changeOf(model, picks, trial, second)];
      found.push({ flip: { changes, verdict: changed }, shift: Math.abs(marginOf(model, trial) - margin) });
    });
  });
  return smallestFirst(found);
}

/** Sets each other option of each trait from `from` on in `trial`, calls, and puts the answer back. */
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

/** Stable: equal moves stay in question order. */
function smallestFirst(found: Found[]): Found[] {
  return found.sort((a, b) => a.shift - b.shift);
}
