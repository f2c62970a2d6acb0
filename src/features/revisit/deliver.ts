import type { PostKey } from '../../decision/post.ts';
import { deliverInThread, postReply } from '../../delivery/card-thread.ts';
import type { CallOutcome } from '../../delivery/deliver.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import { reminderMessage } from './message.ts';

/** Reminds the deciders in the thread, on the day of the review. */
export function deliverReminder(deps: Deps, client: WebClient, key: PostKey): Promise<CallOutcome> {
  return deliverInThread(deps, key, async (discussion, thread) => {
    const message = reminderMessage(deps.rubric, discussion);
    return message === null ? null : postReply(client, thread, message);
  });
}
