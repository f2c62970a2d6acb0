import type { Advice } from '../../advice/advice.ts';
import { advise } from '../../advice/advise.ts';
import type { Answers } from '../../advice/answers.ts';
import { INTERCEPT } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import type { Choice } from '../../decision/ballot.ts';

/** The answers that advice was given for; of a group, those that it had together. */
export function answersBehind({ contributions }: Pick<Advice, 'contributions'>): Answers {
  return Object.fromEntries(
    contributions.filter(({ trait }) => trait !== INTERCEPT).map(({ trait, option }) => [trait, option]),
  );
}

/** The traits that are worth asking again: another answer to one, or to two together, changes the advice. */
export function decisiveTraits(rubric: Rubric, { flips, clearFlips }: Advice): string[] {
  const named = new Set(
    [...flips, ...(clearFlips ?? [])].flatMap(({ changes }) => changes.map((c) => c.trait)),
  );
  return rubric.questions.map(({ id }) => id).filter((id) => named.has(id));
}

/** How a decision looks after some questions were asked again. */
export interface CheckResult {
  readonly before: Advice;
  readonly now: Advice;
  /** The advice points where it did. */
  readonly same: boolean;
  /** What was decided is what the advice says now. */
  readonly agrees: boolean;
}

/** @param again the answers to the telling questions, as they are today */
export function checkDecision(rubric: Rubric, before: Advice, again: Answers, outcome: Choice): CheckResult {
  const asked = new Set(decisiveTraits(rubric, before));
  const kept = Object.entries(answersBehind(before)).filter(([trait]) => !asked.has(trait));
  const fresh = Object.entries(again).filter(([trait]) => asked.has(trait));
  const now = advise(rubric, Object.fromEntries([...kept, ...fresh]));
  return { before, now, same: now.verdict === before.verdict, agrees: now.verdict === outcome };
}
