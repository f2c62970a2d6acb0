import { type DeadlineMoment, deadlineMessage } from '../blocks/deadline.ts';
import type { PostKey } from '../core/post.ts';
import type { Deps, WebClient } from '../deps.ts';
import type { Heard } from './heard.ts';
import { inThread, reply } from './post-reply.ts';

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
