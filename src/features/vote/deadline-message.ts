import type { Message } from '../../blocks/message.ts';
import { decidersInWords } from '../../blocks/people.ts';
import { quoted, section } from '../../blocks/text.ts';
import { capitalised, sentence } from '../../blocks/wording.ts';
import { type Decision, decidingOf } from '../../decision/decision.ts';
import type { Discussion } from '../../decision/discussion.ts';
import { shownBallot, votesInWords } from './message.ts';

/** Which of the two reminders of a deadline. */
export type DeadlineMoment = 'soon' | 'reached';

/** A moment, as the reader's Slack writes it. */
export function formatTime(at: number): string {
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${new Date(at).toISOString().slice(0, 16)}Z>`;
}

/** What the thread hears a day before votes are due, and when they are; null where nothing is open any more. */
export function deadlineMessage(discussion: Discussion, which: DeadlineMoment): Message | null {
  const { decision } = discussion;
  if (decision.status !== 'open' || decision.voteUntil === null) return null;
  const votes = votesInWords(shownBallot(discussion)).map(sentence).join(' ');
  const text =
    which === 'soon'
      ? `Votes on ${quoted(decision.project)} are asked for until ${formatTime(decision.voteUntil)}. So far: ${votes}`
      : `The time to vote on ${quoted(decision.project)} is over. ${votes} ${call(decision)} can decide now: the button is on the card.`;
  return { text, blocks: [section(text)] };
}

function call(decision: Decision): string {
  const deciding = decidingOf(decision);
  const who = decidersInWords(decision);
  return deciding === 'deciders' || deciding === 'asker' ? `${who}, you` : capitalised(who);
}
