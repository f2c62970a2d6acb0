import type { Answers } from '../advice/answers.ts';
import type { Choice } from './ballot.ts';
import type { DeciderKind, DecisionStatus } from './decision.ts';

/** All data stored about one person in a tenant. */
export interface PersonData {
  /** Newest first. */
  readonly decisions: readonly PersonInDecision[];
  /** They have opened the Home tab, so it is kept up to date. */
  readonly openedHome: boolean;
  /** They installed the app. */
  readonly installedApp: boolean;
  /** Number of inbox entries (events and requests from Slack) that name the person. */
  readonly waiting: number;
}

/** Data stored about a person in one decision. */
export interface PersonInDecision {
  readonly decision: string;
  readonly project: string;
  readonly channel: string;
  readonly status: DecisionStatus;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly asked: boolean;
  /** Slack refused the card, so only the asker can see the decision. Deleting the asker's data deletes it. */
  readonly refused: boolean;
  /** Rounds that the person saved, as the asker or by editing. */
  readonly rounds: readonly { readonly number: number; readonly answers: Answers }[];
  readonly decides: boolean;
  /** Who decides once the person's data is deleted, if they are the only decider. Otherwise null. */
  readonly decidesNext: Exclude<DeciderKind, 'deciders'> | null;
  readonly vote: { readonly choice: Choice; readonly reason: string | null } | null;
  /** The person's answers on another asker's card. */
  readonly answers: Answers | null;
  /** The person decided or reopened it. */
  readonly decided: boolean;
  /** The person's own record: the outcome and why. */
  readonly record: { readonly outcome: Choice; readonly rationale: string } | null;
  readonly reopened: boolean;
}

/** Counts shown in the two dialogs of a deletion, before and after it. */
export interface ForgetCounts {
  readonly votes: number;
  readonly reasons: number;
  readonly answers: number;
  /** The person's cards that others can see. */
  readonly asked: number;
  /** The person's cards that Slack refused. */
  readonly refused: number;
  readonly recorded: number;
  /** Cards that lose their last decider to the deletion, so that the asker decides. */
  readonly toAsker: number;
  /** Cards that lose their last decider to the deletion, so that workspace admins decide. */
  readonly toAdmins: number;
}

/** Counts the data that a deletion affects. */
export function countDataToForget({ decisions }: PersonData): ForgetCounts {
  const count = (holds: (one: PersonInDecision) => boolean): number => decisions.filter(holds).length;
  return {
    votes: count(({ vote }) => vote !== null),
    reasons: count(({ vote }) => vote !== null && vote.reason !== null),
    answers: count(({ answers }) => answers !== null),
    asked: count((one) => hasAsked(one) && !one.refused),
    refused: count((one) => hasAsked(one) && one.refused),
    recorded: count(({ record }) => record !== null),
    toAsker: count(({ decidesNext }) => decidesNext === 'asker'),
    toAdmins: count((one) => one.decidesNext === 'admins' && !(one.asked && one.refused)),
  };
}

/** Returns whether the person asked for the decision, and it wasn't deleted. */
export const hasAsked = ({ asked, status }: PersonInDecision): boolean => asked && status !== 'deleted';

/** Returns whether no data is stored about the person. */
export function hasNoData({ decisions, openedHome, installedApp, waiting }: PersonData): boolean {
  return decisions.length === 0 && !openedHome && !installedApp && waiting === 0;
}
