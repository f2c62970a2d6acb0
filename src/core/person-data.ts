import type { Answers } from './answers.ts';
import type { Choice } from './ballot.ts';
import type { Status } from './decision.ts';

/** What is stored about one person in one decision. */
export interface PersonData {
  readonly decision: string;
  readonly project: string;
  readonly channel: string;
  readonly status: Status;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly asked: boolean;
  readonly decides: boolean;
  readonly vote: { readonly choice: Choice; readonly reason: string | null } | null;
  readonly answers: Answers | null;
  /** They decided, or reopened it. */
  readonly decided: boolean;
}

/** Stands for somebody who had their data deleted, where a decision of the team needs a name. */
export const SOMEBODY = 'somebody';
