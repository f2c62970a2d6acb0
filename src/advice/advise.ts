import type { Advice, AdviceWithBasis, Contribution, Verdict } from './advice.ts';
import type { Answers } from './answers.ts';
import { selectArguments } from './arguments.ts';
import { basisOf, INTERCEPT, interceptReason, NO_RULE_REASON } from './basis.ts';
import { matchCases } from './case-studies.ts';
import { findFlips } from './flips.ts';
import { answersOf, type Model, modelOf, OPEN, optionId, type Picks, picksOf, traitId } from './model.ts';
import { explorePossibilities, type Possibilities } from './possibilities.ts';
import { practiceFor } from './practice.ts';
import type { Note, Rubric } from './rubric/schema.ts';
import {
  adjustmentOf,
  conditionHolds,
  coverageOf,
  marginOf,
  pointsOf,
  ruleIndexOf,
  thirdWayOf,
  verdictOf,
} from './score.ts';
import { judge } from './strength.ts';
import { existingOf, explainStrength } from './why.ts';

/**
 * Returns the advice for a set of answers, with the reason for every point. Pure: equal rubrics and answers give equal
 * advice, regardless of the order of the answers.
 *
 * @param answers validated by `parseAnswers`
 */
export function advise(rubric: Rubric, answers: Answers): AdviceWithBasis {
  const model = modelOf(rubric);
  const picks = picksOf(model, answers);
  const verdict = verdictOf(model, picks);
  const rule = ruleIndexOf(model, picks);
  const ruleId = model.rules[rule]?.id ?? null;
  const margin = marginOf(model, picks);
  const coverage = coverageOf(model, picks);
  const possible = explorePossibilities(model, picks);
  const settled = verdict !== 'undecided' && possible.verdicts.size === 1 && possible.verdicts.has(verdict);
  const given = contributionsOf(model, picks);
  const practice = practiceFor(rubric, answers, verdict);
  const contested = practice?.disagrees ?? false;
  const isContested = (trial: Picks): boolean =>
    practiceFor(rubric, answersOf(model, trial), verdict)?.disagrees ?? false;
  const judged = judge(model, picks, contested);
  const lowered = contested && judge(model, picks, false).strength !== judged.strength;
  const advice = {
    verdict,
    strength: judged.strength,
    rule: ruleId,
    margin,
    support: {
      django: given.reduce((sum, c) => sum + Math.max(0, c.points), 0),
      flask: given.reduce((sum, c) => sum + Math.max(0, -c.points), 0),
    },
    coverage,
    settled,
    bounds: { low: possible.low, high: possible.high },
    contributions: largestFirst([interceptOf(model), ...given]),
    ...findFlips(model, picks, verdict),
    nextQuestions: nextQuestions(model, picks, verdict, possible),
    ...selectArguments(rubric, answers, verdict, ruleId, largestFirst(given)),
    ...matchCases(rubric, answers, verdict),
    practice: practice && { ...practice, lowered },
    thirdWay: describeThirdWay(model, picks),
    why: explainStrength(model, picks, judged, practice, isContested),
    existing: existingOf(model, picks, judged),
    notes: notesFor(rubric, answers),
    boundary: boundaryOf(rubric, answers, rule),
    rubricVersion: rubric.version,
  };
  return { ...advice, basis: basisOf(rubric, advice) };
}

function interceptOf(model: Model): Contribution {
  const points = model.start;
  return {
    trait: INTERCEPT,
    option: 'default',
    points,
    claims: [...model.rubric.intercept.claims],
    reason: interceptReason(model.rubric, points),
    bullet: model.rubric.intercept.bullet,
  };
}

/** Returns one contribution per answered question, in question order, including answers without points. */
function contributionsOf(model: Model, picks: Picks): Contribution[] {
  const given: Contribution[] = [];
  picks.forEach((pick, trait) => {
    if (pick === OPEN) return;
    const option = model.rubric.questions[trait]?.options[pick];
    const adjustment = adjustmentOf(model, picks, trait);
    given.push({
      trait: traitId(model, trait),
      option: optionId(model, trait, pick),
      points: pointsOf(model, picks, trait),
      claims: [...new Set([...(option?.claims ?? []), ...(adjustment?.claims ?? [])])],
      reason: adjustment?.reason ?? option?.reason ?? NO_RULE_REASON,
      bullet: adjustment ? adjustment.bullet : option?.bullet,
    });
  });
  return given;
}

function largestFirst(contributions: readonly Contribution[]): Contribution[] {
  return contributions.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

/**
 * Returns the open traits whose answer could change the verdict. Traits that can change it alone come first, then the
 * traits that move the margin furthest.
 */
function nextQuestions(model: Model, picks: Picks, verdict: Verdict, possible: Possibilities): string[] {
  const trial = picks.slice();
  const asked = model.traits.flatMap((id, trait) => {
    if (!possible.pivotal[trait]) return [];
    let alone = false;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    model.points[trait]?.forEach((_, option) => {
      trial[trait] = option;
      alone ||= verdictOf(model, trial) !== verdict;
      const margin = marginOf(model, trial);
      low = Math.min(low, margin);
      high = Math.max(high, margin);
    });
    trial[trait] = OPEN;
    return [{ id, alone, spread: high - low }];
  });
  asked.sort((a, b) => Number(b.alone) - Number(a.alone) || b.spread - a.spread);
  return asked.map((q) => q.id);
}

function notesFor(rubric: Rubric, answers: Answers): Advice['notes'] {
  return rubric.notes
    .filter((note) => note.when.some((condition) => conditionHolds(condition, answers)))
    .map((note) => datedNote(rubric, note));
}

function datedNote(rubric: Rubric, { text, as_of: asOf, sources }: Note): Advice['notes'][number] {
  return {
    text,
    asOf,
    sources: sources.flatMap((id) => {
      const source = rubric.sources.get(id);
      return source ? source.urls.slice(0, 1).map((url) => ({ title: source.title, url })) : [];
    }),
  };
}

function describeThirdWay(model: Model, picks: Picks): Advice['thirdWay'] {
  const found = thirdWayOf(model, picks);
  return found && { names: [...found.names], ...datedNote(model.rubric, found.note) };
}

function boundaryOf(rubric: Rubric, answers: Answers, rule: number): Advice['boundary'] {
  const boundary = rubric.rules[rule]?.boundary;
  if (!boundary) return null;
  const lines = (side: typeof boundary.django): string[] =>
    side.filter((line) => !line.when || conditionHolds(line.when, answers)).map((line) => line.text);
  return { django: lines(boundary.django), flask: lines(boundary.flask) };
}
