import type { Verdict } from '../../src/advice/advice.ts';
import type { Answers } from '../../src/advice/answers.ts';
import type { Adjustment, Condition, Rubric } from '../../src/advice/rubric/schema.ts';

/** Was every trait in the condition answered with one of its options? */
export const meets = (condition: Condition, answers: Answers): boolean =>
  Object.entries(condition).every(([trait, options]) => options.includes(answers[trait] ?? 'unsure'));

/** The adjustments that replace the points of an answer given here. */
export function appliedAdjustments(rubric: Rubric, answers: Answers): Adjustment[] {
  return rubric.adjustments.filter(
    (a) =>
      answers[a.trait] !== undefined &&
      meets(a.when, answers) &&
      !(a.unless !== undefined && meets(a.unless, answers)),
  );
}

export interface Scored {
  readonly verdict: Verdict;
  readonly margin: number;
}

/**
 * The scoring once more, by name and without tables, straight from the description: slow, and written
 * so that one can see that it is right. It is what the laws compare the engine with.
 */
export function score(rubric: Rubric, answers: Answers): Scored {
  let margin = 0;
  let answeredWeight = 0;
  let totalWeight = 0;
  let evidence = false;
  const adjustments = appliedAdjustments(rubric, answers);
  for (const question of rubric.questions) {
    const weight = Math.max(...question.options.map((o) => Math.abs(o.points)));
    totalWeight += weight;
    const option = question.options.find((o) => o.id === answers[question.id]);
    if (!option) continue;
    answeredWeight += weight;
    const points = adjustments.find((a) => a.trait === question.id)?.points ?? option.points;
    margin += points < 0 ? points * rubric.weighing.flask : points * rubric.weighing.django;
    if (points !== 0) evidence = true;
  }
  const coverage = answeredWeight / totalWeight;
  margin += rubric.intercept.points * rubric.weighing.default;
  const little = coverage < rubric.strength.min_coverage;
  const { toss_up_up_to: tossUp, solid_from: solid } = rubric.strength;
  const rule = rubric.rules.find((r) => r.when.some((condition) => meets(condition, answers)));
  if (rule) {
    const own = Object.keys(rule.when[0] ?? {}).reduce((sum, trait) => {
      const points = pointsOf(rubric, trait, answers[trait]);
      return sum + points * (points < 0 ? rubric.weighing.flask : rubric.weighing.django);
    }, 0);
    const others = margin - own;
    const isSolidForOther = rule.verdict === 'django' ? -others >= solid.flask : others >= solid.django;
    const hasThirdWay = rubric.notes.some(
      (note) => note.third_way && note.when.some((c) => meets(c, answers)),
    );
    const gives = rule.yields !== undefined && isSolidForOther && !little && !hasThirdWay;
    if (!gives) return { verdict: rule.verdict, margin };
  }
  if (!evidence || (little && margin === 0)) return { verdict: 'undecided', margin };
  const verdict = margin > 0 ? 'django' : 'flask';
  const favored = rubric.questions
    .flatMap((q) => q.options.filter((o) => o.id === answers[q.id]))
    .find((o) => o.favors !== undefined)?.favors;
  const isTossUp = Math.abs(margin) <= tossUp[verdict];
  return { verdict: favored && isTossUp ? favored : verdict, margin };
}

function pointsOf(rubric: Rubric, trait: string, option: string | undefined): number {
  const question = rubric.questions.find((q) => q.id === trait);
  return question?.options.find((o) => o.id === option)?.points ?? 0;
}

export interface Completion extends Scored {
  readonly answers: Answers;
}

/** Every way to answer the open questions, leaving any of them open included. */
export function completions(rubric: Rubric, answers: Answers): Completion[] {
  let all: Answers[] = [answers];
  for (const question of rubric.questions) {
    if (answers[question.id] !== undefined) continue;
    all = all.flatMap((a) => [a, ...question.options.map((o) => ({ ...a, [question.id]: o.id }))]);
  }
  return all.map((a) => ({ answers: a, ...score(rubric, a) }));
}

/** Open traits whose answer makes the difference for some answers to the other open ones. */
export function pivotalTraits(rubric: Rubric, answers: Answers): string[] {
  const all = completions(rubric, answers);
  return rubric.questions
    .map((q) => q.id)
    .filter((trait) => {
      if (answers[trait] !== undefined) return false;
      const seen = new Map<string, Verdict>();
      return all.some((completion) => {
        const others = rubric.questions.map((q) => (q.id === trait ? '' : completion.answers[q.id])).join();
        const before = seen.get(others);
        seen.set(others, completion.verdict);
        return before !== undefined && before !== completion.verdict;
      });
    });
}

export interface Change {
  readonly trait: string;
  readonly from: string;
  readonly to: string;
}

/** Every way to change one answer, or to answer one open question. */
export function singleChanges(rubric: Rubric, answers: Answers): Change[] {
  return rubric.questions.flatMap((q) =>
    q.options
      .filter((o) => o.id !== answers[q.id])
      .map((o) => ({ trait: q.id, from: answers[q.id] ?? 'unsure', to: o.id })),
  );
}

export function apply(answers: Answers, changes: readonly Change[]): Answers {
  return { ...answers, ...Object.fromEntries(changes.map((c) => [c.trait, c.to])) };
}
