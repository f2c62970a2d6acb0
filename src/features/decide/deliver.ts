import type { PostKey } from '../../decision/post.ts';
import { deliverInThread, postReply } from '../../delivery/card-thread.ts';
import type { CallOutcome } from '../../delivery/deliver.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import { participantsOf, refreshHomes } from '../overview/home-deliver.ts';
import { announcementMessage } from './message.ts';

/** Announces in the thread and the channel that the team decided, or reopened the decision. */
export function deliverAnnouncement(deps: Deps, client: WebClient, key: PostKey): Promise<CallOutcome> {
  return deliverInThread(
    deps,
    key,
    async (discussion, thread) => {
      const message = announcementMessage(discussion);
      return message === null ? null : postReply(client, thread, message, { broadcast: true });
    },
    (discussion) => refreshHomes(deps, client, discussion.decision, participantsOf(discussion)),
  );
}
