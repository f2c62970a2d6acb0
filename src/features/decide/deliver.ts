import type { Discussion } from '../../decision/discussion.ts';
import type { PostKey } from '../../decision/post.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import type { Heard } from '../../delivery/heard.ts';
import { deliverInThread, postReply } from '../../delivery/post-reply.ts';
import { refreshHomes } from '../overview/home-deliver.ts';
import { announcement } from './message.ts';

/** Those whose Home tab tells how it stands. */
function everybodyIn({ decision, ownAnswers, votes }: Discussion): string[] {
  return [decision.asker, ...decision.deciders, ...[...ownAnswers, ...votes].map(({ person }) => person)];
}

/** Tells thread and channel that something was decided, or reopened. */
export function announce(deps: Deps, client: WebClient, key: PostKey): Promise<Heard> {
  return deliverInThread(
    deps,
    key,
    async (discussion, thread) => {
      const message = announcement(discussion);
      return message === null ? null : postReply(client, thread, message, { broadcast: true });
    },
    (discussion) => refreshHomes(deps, client, discussion.decision, everybodyIn(discussion)),
  );
}
