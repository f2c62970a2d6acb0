import type { Advice } from '../advice/advice.ts';
import type { Decision } from '../decision/decision.ts';
import type { Draft } from './store.ts';

/**
 * The decision that was made of a draft, as it would be read: whoever has just written it need not ask for it.
 *
 * @param id of the decision, which may be an earlier one's: that of the same dialog
 * @param advice what the draft's round has as JSON
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
