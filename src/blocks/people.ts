import { type Decision, isForAll } from '../core/decision.ts';
import { mention, mentions } from './text.ts';

/** "Asked by …" */
export function askedBy(decision: Decision): string {
  if (decision.step !== null && isForAll(decision)) return 'a workflow';
  return decision.step === null ? mention(decision.asker) : `a workflow for ${mention(decision.asker)}`;
}

/** "Decides: …" */
export function decidersInWords(decision: Pick<Decision, 'deciders'>): string {
  return isForAll(decision) ? 'anybody here' : mentions(decision.deciders);
}
