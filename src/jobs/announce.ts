import { announcement } from '../blocks/record.ts';
import type { PostKey } from '../core/post.ts';
import type { Deps, WebClient } from '../deps.ts';
import { inThread, reply } from './post-reply.ts';
import { refreshHomes } from './refresh-homes.ts';

/** Tells thread and channel that something was decided, or reopened. */
export function announce(deps: Deps, client: WebClient, key: PostKey): Promise<void> {
  return inThread(deps, key, async (discussion, thread) => {
    const message = announcement(discussion);
    if (message === null) return null;
    const ts = await reply(client, thread, message, { broadcast: true });
    await refreshHomes(deps, client, discussion.decision);
    return ts;
  });
}
