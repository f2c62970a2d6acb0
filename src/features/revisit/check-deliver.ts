import { z } from 'zod';
import type { Message } from '../../blocks/message.ts';
import type { Deps } from '../../delivery/deps.ts';
import { createJob, type Job } from '../../delivery/inbox.ts';
import { postReply } from '../../delivery/post-reply.ts';
import { failureForNow } from '../../slack/failures.ts';

/** What somebody who has looked at a decision again read in their dialog, on its way to the thread. */
export const lookedAgainKept = z.object({
  type: z.literal('looked_again'),
  decision: z.string(),
  message: z.object({
    text: z.string(),
    blocks: z.array(
      z.custom<Message['blocks'][number]>((block) => typeof block === 'object' && block !== null),
    ),
  }),
});
export type LookedAgainKept = z.infer<typeof lookedAgainKept>;

export const lookedAgainToKeep = (decision: string, message: Message): LookedAgainKept => ({
  type: 'looked_again',
  decision,
  message,
});

/** Posts what a person saw when they checked a decision. Rejects if it should be tried again. */
async function sayLookedAgain(
  { store, clock, logger, clientFor }: Deps,
  tenant: string,
  { decision: id, message }: LookedAgainKept,
): Promise<void> {
  const key = { tenant, decision: id };
  const [discussion, card] = await Promise.all([
    store.discussions.get(key),
    store.posts.get({ ...key, kind: 'card' }),
  ]);
  // Deleted since, or its card is gone: there is no thread.
  if (!discussion || discussion.decision.status === 'deleted' || !card?.ts) return;
  const thread = { channel: card.channel, ts: discussion.decision.thread ?? card.ts };
  try {
    const ts = await postReply(await clientFor(tenant), thread, message);
    if (ts !== null) await store.posts.addReply(key, ts, clock.now());
  } catch (error) {
    const failure = failureForNow(error);
    if (failure.kind !== 'refused') throw error;
    // Whoever looked has read it in the dialog.
    logger.warn({ decision: id, code: failure.code }, 'what a check has shown was not posted');
  }
}

/** Posts the results of checks in their threads. */
export const checkJob = (deps: Deps): Job =>
  createJob(lookedAgainKept, async (tenant, kept) => {
    await sayLookedAgain(deps, tenant, kept);
    return 'done';
  });
