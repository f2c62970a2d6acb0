// Finds the decision that a payload names, or says why there is none.
import type { Decision, DecisionKey } from '../decision/decision.ts';
import type { Store } from '../store/store.ts';

/** `deleted`: only a tombstone is left. `gone`: the person's workspace has no such decision. */
export type Missing = 'deleted' | 'gone';

interface With {
  readonly store: Pick<Store, 'decisions'>;
}

/** @param key null if the payload names no decision */
export async function findDecision(deps: With, key: DecisionKey | null): Promise<Decision | Missing> {
  const found = key && (await deps.store.decisions.get(key.tenant, key.decision));
  return found ?? whyMissing(deps, key);
}

/** Says why a decision can't be found. */
export async function whyMissing({ store }: With, key: DecisionKey | null): Promise<Missing> {
  if (key === null) return 'gone';
  return (await store.decisions.isDeleted(key.tenant, key.decision)) ? 'deleted' : 'gone';
}
