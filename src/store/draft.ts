import type { Advice } from '../advice/advice.ts';
import type { Decision } from '../decision/decision.ts';
import type { Draft } from './store.ts';

/**
 * Returns the decision that `submit` stored for a draft, without reading it from the database.
 *
 * @param id the id that `submit` returned; not the draft's if the same dialog was submitted before
 * @param advice the advice that the draft's round has as JSON
 */
export function decisionFromDraft(draft: Draft, id: string, advice: Advice): Decision {
  const { submission: _, replyUrl: __, round, ...asked } = draft;
  const { answers, by, at } = round;
  return {
    ...asked,
    id,
    deciders: [...new Set(draft.deciders)].sort(),
    status: 'open',
    createdAt: at,
    round: { number: 1, answers, advice, by, at },
  };
}
