import type { DecisionKey } from '../../decision/decision.ts';

/** SQL condition for a decision's rows. Its parameters come from `keyOf`. */
export const OF_DECISION = 'tenant = :tenant AND decision = :decision';

/** Returns the parameters of `OF_DECISION`. */
export const keyOf = ({ tenant, decision }: DecisionKey) => ({ tenant, decision });

/** Returns the subject of a decision's transactions, so that changes to one decision run one after the other. */
export const subjectOf = ({ tenant, decision }: DecisionKey): string => `decision ${tenant} ${decision}`;
