import type { PostKey } from '../decision/post.ts';
import { deliveryFailureOf } from '../slack/failures.ts';
import { type CallOutcome, NOT_CALLED, outcomeOfFailure, RESPONDED } from './deliver.ts';
import type { Deps, WebClient } from './deps.ts';
import { MAX_ATTEMPTS, retryDelayAfter } from './retry-delay.ts';

/** Slack's error codes for a message or file that no longer exists. */
const GONE = new Set(['message_not_found', 'file_not_found', 'file_deleted', 'channel_not_found']);
/** Duration of a claim: far longer than a handful of calls. After a crash, another process takes over. */
const CLAIM_MS = 60_000;

/**
 * Tries once to delete all of a post's messages or files, including earlier ones. Retried until Slack has deleted them
 * or refuses to.
 */
export async function removePosts(deps: Deps, client: WebClient, key: PostKey): Promise<CallOutcome> {
  const { store, clock, logger } = deps;
  const now = clock.now();
  const post = await store.posts.claimRemoval(key, now, now + CLAIM_MS);
  if (!post) return NOT_CALLED;
  // Includes the messages that Slack refuses to delete.
  const done: string[] = [];
  try {
    let kept = 0;
    for (const id of [...post.earlier, ...(post.ts === null ? [] : [post.ts])]) {
      if (!(await remove(client, key, post.channel, id))) kept += 1;
      done.push(id);
    }
    await store.posts.markRemoved(key, done, clock.now());
    if (kept > 0)
      logger.warn({ decision: key.decision, kind: key.kind, kept }, 'Slack keeps messages of ours');
    return RESPONDED;
  } catch (error) {
    const failure = deliveryFailureOf(error);
    logger.warn({ decision: key.decision, kind: key.kind, code: failure.code }, 'a message was not removed');
    const over = done.length === 0 && post.attempts >= MAX_ATTEMPTS;
    if (failure.kind === 'refused' || over) {
      await store.posts.drop(key);
      return outcomeOfFailure(failure);
    }
    const attempts = done.length === 0 ? post.attempts + 1 : 1;
    await store.posts.markRemoved(key, done, clock.now() + retryDelayAfter(failure, attempts));
    return outcomeOfFailure(failure);
  }
}

/** @returns false if Slack refuses to delete it, so that the caller goes on with the others */
async function remove(client: WebClient, { kind }: PostKey, channel: string, id: string): Promise<boolean> {
  try {
    await (kind === 'file' ? client.files.delete({ file: id }) : client.chat.delete({ channel, ts: id }));
    return true;
  } catch (error) {
    const failure = deliveryFailureOf(error);
    if (failure.kind !== 'refused') throw error;
    return GONE.has(failure.code);
  }
}
