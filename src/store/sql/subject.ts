import type { DecisionKey } from '../../core/decision.ts';

/** Whatever changes a decision waits for what else is changing it. */
export const subjectOf = ({ tenant, decision }: DecisionKey): string => `decision ${tenant} ${decision}`;
