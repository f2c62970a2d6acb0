import type { Verdict } from './advice.ts';
import type { Answers } from './answers.ts';
import { type Model, modelOf, OPEN, optionId, type Picks, picksOf, traitId } from './model.ts';
import type { Rubric } from './rubric/schema.ts';
import { verdictOf } from './score.ts';

/** One person's latest answers; who asked is one of them. */
export interface PersonAnswers {
  readonly person: string;
  readonly answers: Answers;
}

/** A trait that people answered differently, and who said what, in the rubric's order of options. */
export interface Dispute {
  readonly trait: string;
  readonly said: readonly { readonly option: string; readonly people: readonly string[] }[];
}

/** What the group's verdict would be with these answers, and all others as the group has them. */
export interface Settlement {
  readonly answers: readonly { readonly trait: string; readonly option: string }[];
  readonly verdict: Verdict;
}

/** Something worth talking about: at least one way of settling it changes the group's verdict. */
export interface Disagreement {
  /** One; or two that only together change the verdict, where no single one does. */
  readonly disputes: readonly Dispute[];
  /** Every way to settle: one of the options that somebody named, for each dispute. */
  readonly settlements: readonly Settlement[];
}

export interface Consensus {
  /** The group's answer to each trait that has one, in question order. */
  readonly answers: Answers;
  readonly disagreements: readonly Disagreement[];
}

/**
 * What a group says about its project: for each trait the middle one of everybody's answers. "Not sure" is no
 * answer and counts for nothing. Between two different middle ones there is no answer until people settle it.
 *
 * Like flips, disagreements are all that change the verdict alone; where there is none, the pairs that do.
 *
 * @param people each person once; in any order. Answers must have passed `parseAnswers`, perhaps of an earlier
 *   rubric: what this one does not know counts as not sure
 */
export function consensus(rubric: Rubric, people: readonly PersonAnswers[]): Consensus {
  const model = modelOf(rubric);
  const told = people.map(({ person, answers }) => ({ person, picks: picksOf(model, answers) }));
  const group = Int8Array.from(model.traits, (_, trait) => middleOf(model, trait, told));
  const answers = model.traits.flatMap((id, trait) => {
    const pick = group[trait] ?? OPEN;
    return pick === OPEN ? [] : [[id, optionId(model, trait, pick)] as const];
  });
  const disputed = disputesOf(model, told);
  const alone = changing(
    model,
    group,
    disputed.map((one) => [one]),
  );
  return {
    answers: Object.fromEntries(answers),
    disagreements: alone.length > 0 ? alone : changing(model, group, pairsOf(disputed)),
  };
}

/** One person's answers, ready to be scored. */
interface Told {
  readonly person: string;
  readonly picks: Picks;
}

/**
 * The middle option, or OPEN. Sorted by the options' own points, not by those after adjustments: an adjustment
 * depends on other answers, so the same option would stand in different places for different people, and the
 * group's answer to one trait would hang on its answers to others.
 */
function middleOf(model: Model, trait: number, told: readonly Told[]): number {
  const points = model.points[trait] ?? [];
  const picks = told
    .map((one) => one.picks[trait] ?? OPEN)
    .filter((pick) => pick !== OPEN)
    .sort((a, b) => (points[a] ?? 0) - (points[b] ?? 0) || a - b);
  const lower = picks[Math.floor((picks.length - 1) / 2)] ?? OPEN;
  const upper = picks[Math.floor(picks.length / 2)] ?? OPEN;
  return lower === upper ? lower : OPEN;
}

interface Disputed {
  readonly index: number;
  readonly dispute: Dispute;
  readonly picks: readonly number[];
}

/** Traits with more than one answer. Names are sorted, so that the order of people changes nothing. */
function disputesOf(model: Model, told: readonly Told[]): Disputed[] {
  return model.traits.flatMap((trait, index) => {
    const sayers = new Map<number, string[]>();
    for (const { person, picks } of told) {
      const pick = picks[index] ?? OPEN;
      if (pick !== OPEN) sayers.set(pick, [...(sayers.get(pick) ?? []), person]);
    }
    if (sayers.size < 2) return [];
    const ordered = [...sayers].sort(([a], [b]) => a - b);
    const said = ordered.map(([pick, names]) => ({
      option: optionId(model, index, pick),
      people: names.sort(),
    }));
    return [{ index, dispute: { trait, said }, picks: ordered.map(([pick]) => pick) }];
  });
}

function pairsOf(disputed: readonly Disputed[]): Disputed[][] {
  return disputed.flatMap((first, i) => disputed.slice(i + 1).map((second) => [first, second]));
}

/** Of these sets of disputes, those for which some way of settling changes the verdict. */
function changing(model: Model, group: Picks, sets: readonly (readonly Disputed[])[]): Disagreement[] {
  const verdict = verdictOf(model, group);
  return sets.flatMap((disputed) => {
    const settlements = settlementsOf(model, group, disputed);
    if (settlements.every((settlement) => settlement.verdict === verdict)) return [];
    return [{ disputes: disputed.map(({ dispute }) => dispute), settlements }];
  });
}

function settlementsOf(model: Model, group: Picks, disputed: readonly Disputed[]): Settlement[] {
  let settled: Picks[] = [group];
  for (const { index, picks } of disputed) {
    settled = settled.flatMap((trial) => picks.map((pick) => trial.with(index, pick)));
  }
  return settled.map((trial) => ({
    answers: disputed.map(({ index }) => ({
      trait: traitId(model, index),
      option: optionId(model, index, trial[index] ?? OPEN),
    })),
    verdict: verdictOf(model, trial),
  }));
}
