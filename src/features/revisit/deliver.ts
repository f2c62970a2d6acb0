import type { PostKey } from '../../decision/post.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import type { Heard } from '../../delivery/heard.ts';
import { deliverInThread, postReply } from '../../delivery/post-reply.ts';
import { reminder } from './message.ts';

/** On the day that was picked: reminds those who decide, in the thread. */
export function remind(deps: Deps, client: WebClient, key: PostKey): Promise<Heard> {
  return deliverInThread(deps, key, async (discussion, thread) => {
    const message = reminder(deps.rubric, discussion);
    return message === null ? null : postReply(client, thread, message);
  });
}
