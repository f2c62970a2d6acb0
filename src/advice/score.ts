import type { Verdict } from './advice.ts';
import type { Answers } from './answers.ts';
import { type Model, OPEN, type Picks } from './model.ts';
import type { Condition, Framework } from './rubric/schema.ts';

type Requirement = { readonly trait: number; readonly mask: number };

/** Returns whether every requirement is met by a given answer. */
function allHold(requirements: readonly Requirement[], picks: Picks): boolean {
  for (const requirement of requirements) {
    const pick = picks[requirement.trait] ?? OPEN;
    if (pick === OPEN || ((requirement.mask >> pick) & 1) === 0) return false;
  }
  return true;
}

/** Returns whether the condition holds or could hold once open traits are answered. */
function allMayHold(requirements: readonly Requirement[], picks: Picks): boolean {
  for (const requirement of requirements) {
    const pick = picks[requirement.trait] ?? OPEN;
    if (pick !== OPEN && ((requirement.mask >> pick) & 1) === 0) return false;
  }
  return true;
}

/** Returns whether a condition of the rubric holds for a set of answers. Repeated scoring uses compiled conditions. */
export function conditionHolds(condition: Condition, answers: Answers): boolean {
  // Each advice calls this about a hundred times. Object.entries() would take longer than the rest of the function.
  for (const trait in condition) {
    const answer = answers[trait];
    if (answer === undefined || !condition[trait]?.includes(answer)) return false;
  }
  return true;
}

/** Returns the adjustment that replaces the points of a trait's answer, or null. */
export function adjustmentOf(model: Model, picks: Picks, trait: number): Model['adjustments'][number] | null {
  for (const adjustment of model.adjustments) {
    if (adjustment.trait !== trait || !allHold(adjustment.when, picks)) continue;
    if (adjustment.unless.length > 0 && allHold(adjustment.unless, picks)) continue;
    return adjustment;
  }
  return null;
}

/** Returns the points of a trait's answer after adjustments, 0 if OPEN. */
export function pointsOf(model: Model, picks: Picks, trait: number): number {
  const pick = picks[trait] ?? OPEN;
  if (pick === OPEN) return 0;
  return adjustmentOf(model, picks, trait)?.points ?? model.points[trait]?.[pick] ?? 0;
}

/** Returns the margin: the starting points plus the points of all answers. */
export function marginOf(model: Model, picks: Picks): number {
  let margin = model.start;
  for (let trait = 0; trait < picks.length; trait++) margin += pointsOf(model, picks, trait);
  return margin;
}

/** Returns the index of the first hard rule whose conditions hold, or -1. The rule may still yield. */
export function firstRuleOf(model: Model, picks: Picks): number {
  return model.rules.findIndex((rule) => rule.when.some((requirements) => allHold(requirements, picks)));
}

/** Returns the index of the hard rule that decides, or -1. */
export function ruleIndexOf(model: Model, picks: Picks): number {
  const first = firstRuleOf(model, picks);
  return yields(model, picks, first) ? -1 : first;
}

/** Returns whether a rule gives way to a solid case for the other framework. With a third way, no case is solid. */
export function yields(model: Model, picks: Picks, index: number): boolean {
  const rule = model.rules[index];
  if (!rule || rule.yieldsAt === null || isLittle(model, picks) || thirdWayOf(model, picks)) return false;
  const margin = marginOf(model, picks);
  return rule.verdict === 'django' ? margin <= rule.yieldsAt : margin >= rule.yieldsAt;
}

/** Returns the first note whose conditions hold and that names another framework, or null. */
export function thirdWayOf(model: Model, picks: Picks): Model['thirdWays'][number] | null {
  return model.thirdWays.find(({ when }) => when.some((condition) => allHold(condition, picks))) ?? null;
}

/** Returns whether a third way holds or could hold once open traits are answered. */
export function thirdWayMayHold(model: Model, picks: Picks): boolean {
  return model.thirdWays.some(({ when }) => when.some((condition) => allMayHold(condition, picks)));
}

/** Returns whether too little of the rubric's weight is answered for a solid case. */
export function isLittle(model: Model, picks: Picks): boolean {
  return coverageOf(model, picks) < model.rubric.strength.min_coverage;
}

/** Returns the framework that an answer favors in practice, or null. It has no points. */
export function favoredBy({ practical }: Model, picks: Picks): Framework | null {
  return practical?.favors[picks[practical.trait] ?? OPEN] ?? null;
}

/**
 * Returns the highest margin that means Flask: 0, or the end of the toss-ups that the favored framework wins. The
 * starting points already favor Django.
 */
export function thresholdOf({ rubric }: Model, favored: Framework | null): number {
  const { toss_up_up_to: tossUp } = rubric.strength;
  if (favored === null) return 0;
  return favored === 'django' ? -tossUp.flask - 1 : tossUp.django;
}

/** Returns the open traits whose answers could make a rule before `rule` hold. With -1, any rule. */
export function openTraitsOfEarlierRules(model: Model, picks: Picks, rule: number): readonly number[] {
  const earlier = rule === -1 ? model.rules : model.rules.slice(0, rule);
  return earlier.flatMap(({ when }) =>
    when
      .filter((requirements) => allMayHold(requirements, picks))
      .flatMap((requirements) =>
        requirements.map(({ trait }) => trait).filter((trait) => picks[trait] === OPEN),
      ),
  );
}

/**
 * Returns the open traits whose answers could make a given answer count less for the verdict, and whether the sum could
 * then reach the end of the other framework's toss-ups.
 */
export function weakeningOf(
  model: Model,
  picks: Picks,
  verdict: Verdict,
): { readonly traits: readonly number[]; readonly turns: boolean } {
  if (verdict !== 'django' && verdict !== 'flask') return { traits: [], turns: false };
  const sign = verdict === 'django' ? 1 : -1;
  const shifts = model.adjustments
    .filter(({ trait, when }) => picks[trait] !== OPEN && allMayHold(when, picks))
    .map(({ points, trait, when }) => ({ when, shift: sign * (points - pointsOf(model, picks, trait)) }))
    .filter(({ shift }) => shift < 0);
  const other = model.rubric.strength.toss_up_up_to[verdict === 'django' ? 'flask' : 'django'];
  return {
    traits: shifts.flatMap(({ when }) => when.map((line) => line.trait).filter((t) => picks[t] === OPEN)),
    turns: shifts.some(({ shift }) => sign * marginOf(model, picks) + shift <= -other),
  };
}

/** Returns why a verdict is never solid with these answers, or null. */
export function neverSolidReason({ neverSolid }: Model, picks: Picks, verdict: Verdict): string | null {
  return neverSolid.find((one) => one.verdict === verdict && allHold(one.when, picks))?.reason ?? null;
}

/** Returns the answered share of the rubric's weight, 0 to 1. */
export function coverageOf(model: Model, picks: Picks): number {
  let answered = 0;
  for (let trait = 0; trait < picks.length; trait++) {
    if (picks[trait] !== OPEN) answered += model.weights[trait] ?? 0;
  }
  return answered / model.totalWeight;
}

/** Returns the verdict by points alone: Django above the threshold, otherwise Flask. */
export function verdictOfMargin(margin: number, threshold = 0): Framework {
  return margin > threshold ? 'django' : 'flask';
}

/**
 * Returns the verdict. It is `undecided` if no rule holds and no answer has points. It is also `undecided` if no rule
 * holds, little is answered and the margin is exactly 0.
 */
export function verdictOf(model: Model, picks: Picks): Verdict {
  const rule = model.rules[ruleIndexOf(model, picks)];
  if (rule) return rule.verdict;
  let margin = model.start;
  let evidence = false;
  for (let trait = 0; trait < picks.length; trait++) {
    const points = pointsOf(model, picks, trait);
    margin += points;
    evidence ||= points !== 0;
  }
  if (!evidence || (margin === 0 && isLittle(model, picks))) return 'undecided';
  return verdictOfMargin(margin, thresholdOf(model, favoredBy(model, picks)));
}
