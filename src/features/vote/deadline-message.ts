import type { Message } from '../../blocks/message.ts';
import { formatDeciders } from '../../blocks/people.ts';
import { quoteText, section } from '../../blocks/text.ts';
import { capitalise, withFullStop } from '../../blocks/wording.ts';
import { type Decision, deciderKindOf } from '../../decision/decision.ts';
import type { Discussion } from '../../decision/discussion.ts';
import { describeVotes, visibleBallot } from './message.ts';

/** The reminder a day before the deadline, or at the deadline. */
export type DeadlineMoment = 'soon' | 'reached';

/** Returns a time (in ms since 1970) in Slack's date format, which uses the reader's time zone. */
export function formatTime(at: number): string {
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${new Date(at).toISOString().slice(0, 16)}Z>`;
}

/** The thread's reminder of the deadline. Null if the decision is no longer open or has no deadline. */
export function deadlineMessage(discussion: Discussion, which: DeadlineMoment): Message | null {
  const { decision } = discussion;
  if (decision.status !== 'open' || decision.voteUntil === null) return null;
  const votes = describeVotes(visibleBallot(discussion)).map(withFullStop).join(' ');
  const text =
    which === 'soon'
      ? `Votes on ${quoteText(decision.project)} are asked for until ${formatTime(decision.voteUntil)}. So far: ${votes}`
      : `The time to vote on ${quoteText(decision.project)} is over. ${votes} ${decidersPhrase(decision)} can decide now: the button is on the card.`;
  return { text, blocks: [section(text)] };
}

function decidersPhrase(decision: Decision): string {
  const deciding = deciderKindOf(decision);
  const who = formatDeciders(decision);
  return deciding === 'deciders' || deciding === 'asker' ? `${who}, you` : capitalise(who);
}
