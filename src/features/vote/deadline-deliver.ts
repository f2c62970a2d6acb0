import type { Deliver } from '../../delivery/deliver.ts';
import { inThread, reply } from '../../delivery/post-reply.ts';
import { type DeadlineMoment, deadlineMessage } from './deadline-message.ts';

/** Reminds the thread of a vote's deadline: a day before, and when it is reached. */
export function createDeadlineDelivery(which: DeadlineMoment): Deliver {
  return (deps, client, key) =>
    inThread(deps, key, async (discussion, thread) => {
      const message = deadlineMessage(discussion, which);
      return message === null ? null : reply(client, thread, message);
    });
}
