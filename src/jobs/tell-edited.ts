import { editedMessage } from '../blocks/edit-answers.ts';
import type { PostKey } from '../core/post.ts';
import type { Deps, WebClient } from '../deps.ts';
import { inThread, reply } from './post-reply.ts';

/** Tells the thread what the asker has changed. */
export function tellEdited(deps: Deps, client: WebClient, key: PostKey): Promise<void> {
  return inThread(deps, key, async ({ decision }, thread) => {
    const message = editedMessage(deps.rubric, decision, await deps.store.discussions.rounds(key));
    return message === null ? null : reply(client, thread, message);
  });
}
