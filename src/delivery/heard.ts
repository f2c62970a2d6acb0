import type { Failure } from '../slack/failures.ts';

/**
 * Slack's side of a delivery attempt. `answer`: Slack responded, even if it refused the message. `trouble`: Slack
 * didn't respond, or asked to retry later. `nothing`: no call was made.
 */
export type Heard =
  | { readonly kind: 'answer' }
  | { readonly kind: 'trouble'; readonly failure: Failure }
  | { readonly kind: 'nothing' };

export const ANSWERED: Heard = { kind: 'answer' };
export const NOTHING: Heard = { kind: 'nothing' };

/** Returns `answer` for a refusal, and `trouble` for every other failure. */
export function heardOf(failure: Failure): Heard {
  return failure.kind === 'refused' ? ANSWERED : { kind: 'trouble', failure };
}
