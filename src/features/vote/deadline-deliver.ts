import { deliverInThread, postReply } from '../../delivery/card-thread.ts';
import type { Deliver } from '../../delivery/deliver.ts';
import { type DeadlineMoment, deadlineMessage } from './deadline-message.ts';

/** Creates the delivery that reminds the thread of a vote's deadline, a day before or at the deadline. */
export function createDeadlineDelivery(which: DeadlineMoment): Deliver {
  return (deps, client, key) =>
    deliverInThread(deps, key, async (discussion, thread) => {
      const message = deadlineMessage(discussion, which);
      return message === null ? null : postReply(client, thread, message);
    });
}
