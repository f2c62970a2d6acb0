import type { DecisionKey } from '../../decision/decision.ts';

/** Rows of one decision, for queries that take `keyOf(…)`. */
export const OF_DECISION = 'tenant = :tenant AND decision = :decision';

/** The values for KEY, of something that may have more to it. */
export const keyOf = ({ tenant, decision }: DecisionKey) => ({ tenant, decision });

/** Whatever changes a decision waits for what else is changing it. */
export const subjectOf = ({ tenant, decision }: DecisionKey): string => `decision ${tenant} ${decision}`;
