// One attempt to deliver a post, and how Slack responded to it.
import type { PostKey, PostKind } from '../decision/post.ts';
import type { Failure } from '../slack/failures.ts';
import type { Deps, WebClient } from './deps.ts';

/**
 * Tries once to deliver a post, and stores the result: posted, refused, or wanted again later. Throws only for bugs and
 * database outages.
 */
export type Deliver = (deps: Deps, client: WebClient, key: PostKey) => Promise<CallOutcome>;

/** The delivery of each kind of post. A new kind doesn't compile until it has one. */
export type Deliveries = Readonly<Record<PostKind, Deliver>>;

/**
 * Slack's part in an attempt. `responded`: also if Slack refused the message. `unavailable`: Slack didn't respond, or
 * asked to retry later.
 */
export type CallOutcome =
  | { readonly kind: 'responded' }
  | { readonly kind: 'unavailable'; readonly failure: Failure }
  | { readonly kind: 'not_called' };

export const RESPONDED: CallOutcome = { kind: 'responded' };
export const NOT_CALLED: CallOutcome = { kind: 'not_called' };

export function outcomeOfFailure(failure: Failure): CallOutcome {
  return failure.kind === 'refused' ? RESPONDED : { kind: 'unavailable', failure };
}
