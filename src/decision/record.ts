import type { Choice } from './ballot.ts';

/** Longest rationale somebody may write; Slack's text fields take 3,000. */
export const LONGEST_RATIONALE = 2_000;

/** What was decided. Stays, with its number, where the decision is reopened. */
export interface DecisionRecord {
  /** In its channel, from 1; never used twice. */
  readonly number: number;
  readonly outcome: Choice;
  /** May be empty, and have several lines. */
  readonly rationale: string;
  /** Day to look at it again: 2027-05-23. */
  readonly revisit: string | null;
  /** Slack user id of who decided. */
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who took it back, and when; null while it holds. */
  readonly reopened: { readonly by: string; readonly at: number } | null;
}

/** Hour of the reminder on the day of the review, in the decider's time zone. */
export const REMIND_AT_HOUR = 9;
