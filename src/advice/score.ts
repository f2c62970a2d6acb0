import type { Verdict } from './advice.ts';
import type { Answers } from './answers.ts';
import { type Model, OPEN, type Picks } from './model.ts';
import type { Condition, Outcome } from './rubric/schema.ts';

type Line = { readonly trait: number; readonly mask: number };

function holds(lines: readonly Line[], picks: Picks): boolean {
  for (const line of lines) {
    const pick = picks[line.trait] ?? OPEN;
    if (pick === OPEN || ((line.mask >> pick) & 1) === 0) return false;
  }
  return true;
}

/** True when the answers given so far do not rule the condition out. */
function mayHold(lines: readonly Line[], picks: Picks): boolean {
  for (const line of lines) {
    const pick = picks[line.trait] ?? OPEN;
    if (pick !== OPEN && ((line.mask >> pick) & 1) === 0) return false;
  }
  return true;
}

/** Does a condition of the rubric hold for these answers? (By name: what is scored again and again has its lines.) */
export function conditionHolds(condition: Condition, answers: Answers): boolean {
  // In place: each advice asks about a hundred times, and a list of what is in there would take longer than the rest.
  for (const trait in condition) {
    const answer = answers[trait];
    if (answer === undefined || !condition[trait]?.includes(answer)) return false;
  }
  return true;
}

/** The adjustment that replaces the points of this trait's answer, or null. */
export function adjustmentOf(model: Model, picks: Picks, trait: number): Model['adjustments'][number] | null {
  for (const adjustment of model.adjustments) {
    if (adjustment.trait !== trait || !holds(adjustment.when, picks)) continue;
    if (adjustment.unless.length > 0 && holds(adjustment.unless, picks)) continue;
    return adjustment;
  }
  return null;
}

/** Points of one answer after adjustments; 0 when open. */
export function pointsOf(model: Model, picks: Picks, trait: number): number {
  const pick = picks[trait] ?? OPEN;
  if (pick === OPEN) return 0;
  return adjustmentOf(model, picks, trait)?.points ?? model.points[trait]?.[pick] ?? 0;
}

/** The start plus the points of all answers. */
export function marginOf(model: Model, picks: Picks): number {
  let margin = model.start;
  for (let trait = 0; trait < picks.length; trait++) margin += pointsOf(model, picks, trait);
  return margin;
}

/** Index of the first hard rule that holds on given answers, or -1. */
export function ruleOf(model: Model, picks: Picks): number {
  return model.rules.findIndex((rule) => rule.when.some((lines) => holds(lines, picks)));
}

/** Could answers to open questions make a rule before this one fire? (-1: any rule.) */
export function earlierRulePossible(model: Model, picks: Picks, rule: number): boolean {
  const earlier = rule === -1 ? model.rules : model.rules.slice(0, rule);
  return earlier.some((r) => r.when.some((lines) => !holds(lines, picks) && mayHold(lines, picks)));
}

/** Share of the rubric's weight that was answered, 0..1. */
export function coverageOf(model: Model, picks: Picks): number {
  let answered = 0;
  for (let trait = 0; trait < picks.length; trait++) {
    if (picks[trait] !== OPEN) answered += model.weights[trait] ?? 0;
  }
  return answered / model.totalWeight;
}

/** What points alone say: the article's default is Django, so Flask needs the sum to be 0 or less. */
export function verdictOfMargin(margin: number): Outcome {
  return margin > 0 ? 'django' : 'flask';
}

/**
 * The verdict. `undecided` when no rule holds and what was answered carries no points, or little was answered
 * and its points exactly cancel what they start from.
 */
export function verdictOf(model: Model, picks: Picks): Verdict {
  const rule = model.rules[ruleOf(model, picks)];
  if (rule) return rule.verdict;
  let margin = model.start;
  let evidence = false;
  for (let trait = 0; trait < picks.length; trait++) {
    const points = pointsOf(model, picks, trait);
    margin += points;
    evidence ||= points !== 0;
  }
  const little = coverageOf(model, picks) < model.rubric.strength.min_coverage;
  if (!evidence || (little && margin === 0)) return 'undecided';
  return verdictOfMargin(margin);
}
