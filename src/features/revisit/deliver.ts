// The reminder on the day of the review, and the result of a check.
import { z } from 'zod';
import type { Message } from '../../blocks/message.ts';
import type { PostKey } from '../../decision/post.ts';
import { deliverInThread, postReply } from '../../delivery/card-thread.ts';
import type { CallOutcome } from '../../delivery/deliver.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import { createJob, type Job } from '../../delivery/inbox.ts';
import { deliveryFailureOf } from '../../slack/failures.ts';
import { reminderMessage } from './message.ts';

/** Reminds the deciders in the thread, on the day of the review. */
export function deliverReminder(deps: Deps, client: WebClient, key: PostKey): Promise<CallOutcome> {
  return deliverInThread(deps, key, async (discussion, thread) => {
    const message = reminderMessage(deps.rubric, discussion);
    return message === null ? null : postReply(client, thread, message);
  });
}

/** The result of a check, stored until it is posted in the thread. */
const checkResultSchema = z.object({
  type: z.literal('looked_again'),
  decision: z.string(),
  message: z.object({
    text: z.string(),
    blocks: z.array(
      z.custom<Message['blocks'][number]>((block) => typeof block === 'object' && block !== null),
    ),
  }),
});
type StoredCheckResult = z.infer<typeof checkResultSchema>;

export const toStoredCheckResult = (decision: string, message: Message): StoredCheckResult => ({
  type: 'looked_again',
  decision,
  message,
});

/** Posts the result of a check in the thread. Rejects if the inbox must retry. */
async function postCheckResult(
  { store, clock, logger, clientFor }: Deps,
  tenant: string,
  { decision: id, message }: StoredCheckResult,
): Promise<void> {
  const key = { tenant, decision: id };
  const [discussion, card] = await Promise.all([
    store.discussions.get(key),
    store.posts.get({ ...key, kind: 'card' }),
  ]);
  // Without the decision or its card there is no thread.
  if (!discussion || discussion.decision.status === 'deleted' || !card?.ts) return;
  const thread = { channel: card.channel, ts: discussion.decision.thread ?? card.ts };
  try {
    const ts = await postReply(await clientFor(tenant), thread, message);
    if (ts !== null) await store.posts.addReply(key, ts, clock.now());
  } catch (error) {
    const failure = deliveryFailureOf(error);
    if (failure.kind !== 'refused') throw error;
    // Only logged: the person who checked has seen the result in the dialog.
    logger.warn({ decision: id, code: failure.code }, 'the result of a check was not posted');
  }
}

/** Creates the job that posts results of checks in their threads. */
export const createCheckResultJob = (deps: Deps): Job =>
  createJob(checkResultSchema, async (tenant, kept) => {
    await postCheckResult(deps, tenant, kept);
    return 'done';
  });
