// How firm a verdict is.
import type { Strength, Verdict } from './advice.ts';
import { type Model, OPEN, type Picks } from './model.ts';
import {
  favoredBy,
  firstRuleOf,
  isLittle,
  marginOf,
  neverSolidReason,
  openTraitsOfEarlierRules,
  ruleIndexOf,
  thirdWayOf,
  thresholdOf,
  verdictOf,
  weakeningOf,
  yields,
} from './score.ts';

/** Reason why a verdict isn’t solid. `judge` lists the most important first. */
type Cause =
  | 'few answers'
  | 'third way'
  | 'existing'
  | 'practice'
  | 'never solid'
  | 'coverage'
  | 'weakening'
  | 'open rule'
  | 'yields'
  | 'points';

export interface Judgement {
  readonly strength: Strength;
  readonly causes: readonly Cause[];
  /** Effect of the starting point on the verdict. Null if it favors neither framework. */
  readonly effect: 'decides' | 'lowers' | 'none' | null;
}

/**
 * Returns the strength of the verdict. The points come first. Most other causes only keep a solid verdict at leaning, so
 * one weak answer doesn't move the strength by two steps. What the project starts from comes last.
 *
 * @param contested most similar projects chose differently
 */
export function judge(model: Model, picks: Picks, contested: boolean): Judgement {
  const verdict = verdictOf(model, picks);
  const rule = ruleIndexOf(model, picks);
  const pointed = strengthOfPoints(model, picks, verdict);
  const effect = effectOf(model, picks, verdict, rule);
  const few = rule === -1 && answered(picks) < model.rubric.strength.min_answers;
  const isSolid = pointed === 'solid';
  const weakening = weakeningOf(model, picks, rule === -1 ? verdict : 'both');
  const causes: readonly (readonly [Cause, boolean])[] = [
    ['few answers', few],
    ['existing', effect === 'lowers'],
    ['third way', thirdWayOf(model, picks) !== null],
    ['yields', yields(model, picks, firstRuleOf(model, picks))],
    ['coverage', isLittle(model, picks)],
    ['weakening', weakening.turns || (isSolid && weakening.traits.length > 0)],
    ['practice', isSolid && contested],
    ['never solid', isSolid && neverSolidReason(model, picks, verdict) !== null],
    ['open rule', isSolid && openTraitsOfEarlierRules(model, picks, rule).length > 0],
    ['points', !isSolid],
  ];
  const found = causes.flatMap(([cause, applies]) => (applies ? [cause] : []));
  const capped = isSolid && found.some((cause) => cause !== 'existing') ? 'leaning' : pointed;
  const weakened = weakening.turns ? LOWER[capped] : capped;
  const shifted = effect === 'decides' ? 'leaning' : effect === 'lowers' ? LOWER[weakened] : weakened;
  return { strength: few ? 'toss-up' : shifted, causes: found, effect };
}

const LOWER: Readonly<Record<Strength, Strength>> = {
  solid: 'leaning',
  leaning: 'toss-up',
  'toss-up': 'toss-up',
};

/** Returns the strength by points alone. They also judge the verdict of a rule, unless it is for both. */
function strengthOfPoints(model: Model, picks: Picks, verdict: Verdict): Strength {
  const { toss_up_up_to: tossUp, solid_from: solid } = model.rubric.strength;
  if (verdict === 'undecided') return 'toss-up';
  if (verdict === 'both') return 'solid';
  const margin = marginOf(model, picks);
  const size = verdict === 'django' ? margin : -margin;
  if (size >= solid[verdict]) return 'solid';
  return size <= tossUp[verdict] ? 'toss-up' : 'leaning';
}

function effectOf(model: Model, picks: Picks, verdict: Verdict, rule: number): Judgement['effect'] {
  const favored = favoredBy(model, picks);
  if (favored === null) return null;
  if (verdict === 'undecided' || verdict === 'both') return 'none';
  const margin = marginOf(model, picks);
  const isTossUp = margin > thresholdOf(model, 'django') && margin <= thresholdOf(model, 'flask');
  if (rule === -1 && isTossUp) return 'decides';
  const canDrop = strengthOfPoints(model, picks, verdict) !== 'toss-up';
  return verdict !== favored && canDrop ? 'lowers' : 'none';
}

/** Returns the number of answers. */
export function answered(picks: Picks): number {
  return picks.filter((pick) => pick !== OPEN).length;
}
