import type { Strength, Verdict } from './advice.ts';
import { advise } from './advise.ts';
import type { Answers } from './answers.ts';
import { answersOf, type Model, modelOf, OPEN, optionId, type Picks, picksOf, traitId } from './model.ts';
import type { Rubric } from './rubric/schema.ts';
import { verdictOf } from './score.ts';

/** One person's latest answers. The asker is also one of the people. */
export interface PersonAnswers {
  readonly person: string;
  readonly answers: Answers;
}

/** A trait with different answers, with the people behind each option, in the rubric's order of options. */
export interface Dispute {
  readonly trait: string;
  readonly said: readonly { readonly option: string; readonly people: readonly string[] }[];
}

/** A way to settle a disagreement: agreed answers, and the group's verdict with them. Other answers stay the same. */
export interface Settlement {
  readonly answers: readonly { readonly trait: string; readonly option: string }[];
  readonly verdict: Verdict;
  /** Set if the verdict stays, but not its strength. */
  readonly strength?: Strength | undefined;
}

/** A disagreement worth discussing: at least one way to settle it changes the group's verdict or its strength. */
export interface Disagreement {
  /** One dispute, or two if no single dispute can change the verdict. */
  readonly disputes: readonly Dispute[];
  /** Every combination of options that people chose, one option per dispute. */
  readonly settlements: readonly Settlement[];
}

export interface Consensus {
  /** The group's answers, in question order. Traits without a group answer are left out. */
  readonly answers: Answers;
  readonly disagreements: readonly Disagreement[];
}

/**
 * Returns the group's answers: for each trait the median of all answers. "Not sure" doesn't count. If the two middle
 * answers differ, the trait stays open until people settle it. What the project starts from has no points, so it takes
 * more than half of the answers.
 *
 * The disagreements are the disputes that change the verdict alone, or pairs of disputes if there are none. After them
 * come the disputes that change only its strength.
 *
 * @param people each person once, in any order. Answers must be validated by `parseAnswers`, possibly with an earlier
 *   rubric. An option that this rubric doesn't have counts as "not sure".
 */
export function findConsensus(rubric: Rubric, people: readonly PersonAnswers[]): Consensus {
  const model = modelOf(rubric);
  const compiled = people.map(({ person, answers }) => ({ person, picks: picksOf(model, answers) }));
  const group = Int8Array.from(model.traits, (_, trait) =>
    trait === model.practical?.trait ? majorityOf(trait, compiled) : middleOf(model, trait, compiled),
  );
  const disputed = disputesOf(model, compiled);
  const alone = verdictChanging(
    model,
    group,
    disputed.map((one) => [one]),
  );
  const changing = alone.length > 0 ? alone : verdictChanging(model, group, pairsOf(disputed));
  const others = disputed.filter(({ dispute }) => !alone.some(({ disputes }) => disputes[0] === dispute));
  return {
    answers: answersOf(model, group),
    disagreements: [...changing, ...strengthChanging(model, group, others)],
  };
}

/** One person's answers, compiled for scoring. */
interface PersonPicks {
  readonly person: string;
  readonly picks: Picks;
}

/** Returns the option that more than half of the people with an answer gave, or OPEN. */
function majorityOf(trait: number, compiled: readonly PersonPicks[]): number {
  const picks = compiled.map((one) => one.picks[trait] ?? OPEN).filter((pick) => pick !== OPEN);
  return picks.find((pick) => picks.filter((other) => other === pick).length * 2 > picks.length) ?? OPEN;
}

/**
 * Returns the median option, or OPEN. Sorts options by their points before adjustments. An adjustment depends on other
 * answers, so it would rank an option differently for different people.
 */
function middleOf(model: Model, trait: number, compiled: readonly PersonPicks[]): number {
  const points = model.points[trait] ?? [];
  const picks = compiled
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

/** Returns the traits with more than one answer. People are sorted, so their order doesn't change the result. */
function disputesOf(model: Model, compiled: readonly PersonPicks[]): Disputed[] {
  return model.traits.flatMap((trait, index) => {
    const sayers = new Map<number, string[]>();
    for (const { person, picks } of compiled) {
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

/** Returns the sets of disputes that can change the verdict, each with all ways to settle it. */
function verdictChanging(model: Model, group: Picks, sets: readonly (readonly Disputed[])[]): Disagreement[] {
  const verdict = verdictOf(model, group);
  return sets.flatMap((disputed) => {
    const settlements = settlementsOf(model, group, disputed);
    if (settlements.every((settlement) => settlement.verdict === verdict)) return [];
    return [{ disputes: disputed.map(({ dispute }) => dispute), settlements }];
  });
}

/** Returns the disputes that keep the verdict, but can change its strength. */
function strengthChanging(model: Model, group: Picks, disputed: readonly Disputed[]): Disagreement[] {
  const strengthOf = (picks: Picks): Strength => advise(model.rubric, answersOf(model, picks)).strength;
  const strength = strengthOf(group);
  return disputed.flatMap(({ dispute, index, picks }) => {
    const settlements = settlementsOf(model, group, [{ dispute, index, picks }]).map((settlement, i) => {
      const settled = strengthOf(group.with(index, picks[i] ?? OPEN));
      return settled === strength ? settlement : { ...settlement, strength: settled };
    });
    return settlements.some((settlement) => 'strength' in settlement)
      ? [{ disputes: [dispute], settlements }]
      : [];
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
