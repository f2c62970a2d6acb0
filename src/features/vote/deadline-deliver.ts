// The reminders of the deadline for votes.
import type { Message } from '../../blocks/message.ts';
import { formatDeciders } from '../../blocks/people.ts';
import { quoteText, section } from '../../blocks/text.ts';
import { capitalise, withFullStop } from '../../blocks/wording.ts';
import { type Decision, deciderKindOf } from '../../decision/decision.ts';
import type { Discussion } from '../../decision/discussion.ts';
import { deliverInThread, postReply } from '../../delivery/card-thread.ts';
import type { Deliver } from '../../delivery/deliver.ts';
import { describeVotes, formatDeadline, visibleBallot } from './message.ts';

/** The reminder a day before the deadline, or at the deadline. */
type DeadlineMoment = 'soon' | 'reached';

/** Creates the delivery that reminds the thread of a vote's deadline, a day before or at the deadline. */
export function createDeadlineDelivery(which: DeadlineMoment): Deliver {
  return (deps, client, key) =>
    deliverInThread(deps, key, async (discussion, thread) => {
      const message = deadlineMessage(discussion, which);
      return message === null ? null : postReply(client, thread, message);
    });
}

/** The thread's reminder of the deadline. Null if the decision is no longer open or has no deadline. */
export function deadlineMessage(discussion: Discussion, which: DeadlineMoment): Message | null {
  const { decision } = discussion;
  if (decision.status !== 'open' || decision.voteUntil === null) return null;
  const votes = describeVotes(visibleBallot(discussion)).map(withFullStop).join(' ');
  const text =
    which === 'soon'
      ? `Vote on ${quoteText(decision.project)} by ${formatDeadline(decision.voteUntil)}. ${votes}`
      : `The deadline to vote on ${quoteText(decision.project)} has passed. ${votes} ${decidersPhrase(decision)} can decide now: press “Decide…” on the card.`;
  return { text, blocks: [section(text)] };
}

function decidersPhrase(decision: Decision): string {
  const deciding = deciderKindOf(decision);
  const who = formatDeciders(decision);
  return deciding === 'deciders' || deciding === 'asker' ? `${who}, you` : capitalise(who);
}
