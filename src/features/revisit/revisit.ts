import type { Advice } from '../../advice/advice.ts';
import { advise } from '../../advice/advise.ts';
import type { Answers } from '../../advice/answers.ts';
import { INTERCEPT } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import type { Choice } from '../../decision/ballot.ts';

/** Returns the answers that the advice is based on. For a group's advice, those are the combined answers. */
export function extractAnswers({ contributions }: Pick<Advice, 'contributions'>): Answers {
  return Object.fromEntries(
    contributions.filter(({ trait }) => trait !== INTERCEPT).map(({ trait, option }) => [trait, option]),
  );
}

/** Returns the traits worth asking about again: another answer to one or two of them changes the advice. */
export function findDecisiveTraits(rubric: Rubric, { flips, clearFlips }: Advice): string[] {
  const named = new Set(
    [...flips, ...(clearFlips ?? [])].flatMap(({ changes }) => changes.map((c) => c.trait)),
  );
  return rubric.questions.map(({ id }) => id).filter((id) => named.has(id));
}

/** The advice before and after a check, and how the new advice relates to the decision. */
export interface CheckResult {
  readonly before: Advice;
  readonly now: Advice;
  /** True if the verdict is still the same. */
  readonly same: boolean;
  /** True if the new verdict is what the deciders chose. */
  readonly agrees: boolean;
}

/**
 * Advises again with today's answers to the decisive questions and the earlier answers to all others.
 *
 * @param again today's answers; answers to other questions are ignored
 */
export function checkDecision(rubric: Rubric, before: Advice, again: Answers, outcome: Choice): CheckResult {
  const asked = new Set(findDecisiveTraits(rubric, before));
  const kept = Object.entries(extractAnswers(before)).filter(([trait]) => !asked.has(trait));
  const fresh = Object.entries(again).filter(([trait]) => asked.has(trait));
  const now = advise(rubric, Object.fromEntries([...kept, ...fresh]));
  return { before, now, same: now.verdict === before.verdict, agrees: now.verdict === outcome };
}
