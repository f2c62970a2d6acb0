import type { Advice } from '../advice/advice.ts';
import type { Answers } from '../advice/answers.ts';

export const STATUSES = ['open', 'decided', 'superseded', 'deleted'] as const;
export type Status = (typeof STATUSES)[number];

/** Longest name a project may have; Slack's header block allows 150 characters. */
export const LONGEST_PROJECT_NAME = 80;

export interface DecisionKey {
  readonly tenant: string;
  readonly decision: string;
}

/** One answering of the questions. Editing answers adds a round. */
export interface Round {
  /** 1 for the first. */
  readonly number: number;
  readonly answers: Answers;
  /** As computed when it was answered: never computed again, whatever the rubric says later. */
  readonly advice: Advice;
  /** Slack user id. */
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A first round as it is written. */
export interface DraftRound extends Omit<Round, 'number' | 'advice'> {
  /** As JSON: that crosses to the database's thread in a twentieth of the time. */
  readonly advice: string;
  readonly rubricVersion: string;
}

export function draftRound({ advice, ...round }: Omit<Round, 'number'>): DraftRound {
  return { ...round, advice: JSON.stringify(advice), rubricVersion: advice.rubricVersion };
}

/** One run of the command in one channel, from the card to the record. */
export interface Decision {
  readonly id: string;
  /** The enterprise for an org-wide installation, else the workspace. */
  readonly tenant: string;
  /** The workspace it was asked in. */
  readonly workspace: string;
  /** Channel the card is meant for. */
  readonly channel: string;
  /** Parent of the thread that the card goes into, where it was asked for from a message; else null. */
  readonly thread: string | null;
  readonly project: string;
  /** Slack user id of who asked. */
  readonly asker: string;
  /** Slack user ids of the people named to decide. Empty if none were named, or if all had their data deleted. */
  readonly deciders: readonly string[];
  /** A workflow asked and named no deciders: every member may edit, decide and delete. */
  readonly anyoneDecides: boolean;
  readonly status: Status;
  /** Until when votes are asked for, in milliseconds since 1970; null for no such time. */
  readonly voteUntil: number | null;
  /** Id of the earlier decision that this one is to replace. */
  readonly supersedes: string | null;
  /** The run of a workflow's step that asked for it; null where a person did. */
  readonly step: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Votes, reasons and others' answers are mere counts on the card until it is decided. */
  readonly hideUntilDecided: boolean;
  /** The latest round. */
  readonly round: Round;
}

/** Stored in place of a person who had their data deleted. */
export const ERASED = 'somebody';

/** Who decides, according to the database. People who have left Slack still count. */
export type Deciding = 'anyone' | 'deciders' | 'asker' | 'admins';

export function decidingOf({
  anyoneDecides,
  asker,
  deciders,
}: Pick<Decision, 'anyoneDecides' | 'asker' | 'deciders'>): Deciding {
  if (anyoneDecides) return 'anyone';
  if (deciders.length > 0) return 'deciders';
  return asker === ERASED ? 'admins' : 'asker';
}
