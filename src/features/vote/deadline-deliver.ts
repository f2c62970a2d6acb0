import type { PostKey } from '../../decision/post.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import type { Heard } from '../../delivery/heard.ts';
import { inThread, reply } from '../../delivery/post-reply.ts';
import { type DeadlineMoment, deadlineMessage } from './deadline-message.ts';

/** Reminds the thread that votes are due, a day before and when the time is over. */
export function remindOfDeadline(
  deps: Deps,
  client: WebClient,
  key: PostKey,
  which: DeadlineMoment,
): Promise<Heard> {
  return inThread(deps, key, async (discussion, thread) => {
    const message = deadlineMessage(discussion, which);
    return message === null ? null : reply(client, thread, message);
  });
}
