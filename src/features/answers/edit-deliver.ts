import type { PostKey } from '../../decision/post.ts';
import { deliverInThread, postReply } from '../../delivery/card-thread.ts';
import type { CallOutcome } from '../../delivery/deliver.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import { editSummaryMessage } from './edit-message.ts';

/** Tells the thread which of the asker's answers were edited since the last such message. */
export function deliverEditSummary(deps: Deps, client: WebClient, key: PostKey): Promise<CallOutcome> {
  const { rubric, store } = deps;
  let upTo = 0;
  return deliverInThread(
    deps,
    key,
    async ({ decision }, thread) => {
      const { rounds, told } = await store.discussions.listRounds(key);
      upTo = rounds.at(-1)?.number ?? told;
      const message = editSummaryMessage(rubric, decision, rounds, told);
      return message === null ? null : postReply(client, thread, message);
    },
    () => store.discussions.markRoundPosted(key, upTo),
  );
}
