import type { Advice } from '../advice/advice.ts';
import type { Answers } from '../advice/answers.ts';

export const STATUSES = ['open', 'decided', 'superseded', 'deleted'] as const;
export type DecisionStatus = (typeof STATUSES)[number];

/** Longest project name, in characters. Slack's header block allows 150. */
export const LONGEST_PROJECT_NAME = 80;

export interface DecisionKey {
  readonly tenant: string;
  readonly decision: string;
}

/** The asker's answers and the advice on them. Editing the answers adds a round. */
export interface Round {
  /** Position in the decision, from 1. */
  readonly number: number;
  readonly answers: Answers;
  /** Advice computed when the round was saved. A later rubric never changes it. */
  readonly advice: Advice;
  /** Slack user id. */
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A first round as the store writes it. */
export interface DraftRound extends Omit<Round, 'number' | 'advice'> {
  /** Advice as JSON text, the form in which the database keeps it. */
  readonly advice: string;
  readonly rubricVersion: string;
}

/** Serializes the advice of a first round for the store. */
export function draftRound({ advice, ...round }: Omit<Round, 'number'>): DraftRound {
  return { ...round, advice: JSON.stringify(advice), rubricVersion: advice.rubricVersion };
}

/** A project's decision in one channel, from the card to the record. */
export interface Decision {
  readonly id: string;
  /** Enterprise id for an org-wide installation, otherwise the workspace id. */
  readonly tenant: string;
  /** Workspace in which the decision was asked for. */
  readonly workspace: string;
  /** Channel of the card. */
  readonly channel: string;
  /** `ts` of the parent message if the card goes into a thread, otherwise null. */
  readonly thread: string | null;
  readonly project: string;
  /** Slack user id of the person who asked for the decision. */
  readonly asker: string;
  /** Slack user ids of the people named to decide. Empty if none were named, or if all had their data deleted. */
  readonly deciders: readonly string[];
  /** A workflow asked and named no deciders: every member may edit, decide and delete. */
  readonly anyoneDecides: boolean;
  readonly status: DecisionStatus;
  /** Deadline for votes, in milliseconds since 1970, or null. */
  readonly voteUntil: number | null;
  /** Id of the earlier decision that this one replaces. */
  readonly supersedes: string | null;
  /** Execution id of the workflow step that asked for the decision, or null if a person did. */
  readonly step: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The card shows only counts of votes and answers until the decision is made. */
  readonly hideUntilDecided: boolean;
  /** Latest round. */
  readonly round: Round;
}

/** Stored in place of a person who had their data deleted. */
export const ERASED = 'somebody';

/** Who decides, according to the database alone. People who have left Slack still count. */
export type DeciderKind = 'anyone' | 'deciders' | 'asker' | 'admins';

/** Returns who decides: the named deciders, else the asker, or workspace admins once the asker's data is deleted. */
export function deciderKindOf({
  anyoneDecides,
  asker,
  deciders,
}: Pick<Decision, 'anyoneDecides' | 'asker' | 'deciders'>): DeciderKind {
  if (anyoneDecides) return 'anyone';
  if (deciders.length > 0) return 'deciders';
  return asker === ERASED ? 'admins' : 'asker';
}
