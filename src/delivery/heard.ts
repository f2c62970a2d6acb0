import type { Failure } from '../slack/failures.ts';

/**
 * What an attempt to bring something to Slack says about Slack: it answered, if only with a refusal; it did not, or not
 * for now; or it was not asked at all.
 */
export type Heard =
  | { readonly kind: 'answer' }
  | { readonly kind: 'trouble'; readonly failure: Failure }
  | { readonly kind: 'nothing' };

export const ANSWERED: Heard = { kind: 'answer' };
export const NOTHING: Heard = { kind: 'nothing' };

/** The same of a call that failed. */
export function heardOf(failure: Failure): Heard {
  return failure.kind === 'refused' ? ANSWERED : { kind: 'trouble', failure };
}
