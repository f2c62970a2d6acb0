import type { Choice } from './ballot.ts';

/** Longest rationale, in characters. Slack's text fields take 3,000. */
export const LONGEST_RATIONALE = 2_000;

/** The outcome of a decision. Reopening the decision keeps the record and its number. */
export interface DecisionRecord {
  /** Number in its channel, from 1. Never reused. */
  readonly number: number;
  readonly outcome: Choice;
  /** May be empty or have several lines. */
  readonly rationale: string;
  /** Day of the reminder to revisit the decision, such as 2027-05-23. */
  readonly revisit: string | null;
  /** Slack user id of the person who decided. */
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who reopened the decision, and when. Null while the record is in force. */
  readonly reopened: { readonly by: string; readonly at: number } | null;
}

/** Hour of the reminder on the day of the review, in the decider's time zone. */
export const REMIND_AT_HOUR = 9;
