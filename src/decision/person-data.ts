import type { Answers } from '../advice/answers.ts';
import type { Choice } from './ballot.ts';
import type { Deciding, Status } from './decision.ts';

/** Everything that is stored about one person in a workspace. */
export interface PersonData {
  /** Newest first. */
  readonly decisions: readonly InDecision[];
  /** They have opened the Home tab, so it is kept up to date. */
  readonly openedHome: boolean;
  /** They installed the app. */
  readonly installedApp: boolean;
  /** Number of events and requests in the inbox that name them. */
  readonly waiting: number;
}

/** What is stored about a person in one decision. */
export interface InDecision {
  readonly decision: string;
  readonly project: string;
  readonly channel: string;
  readonly status: Status;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly asked: boolean;
  /** Slack refused the card, so only the asker can see the decision. It is deleted with their data. */
  readonly refused: boolean;
  /** Rounds of answers that they gave as the asker, or edited. */
  readonly rounds: readonly { readonly number: number; readonly answers: Answers }[];
  readonly decides: boolean;
  /** Who decides once their data is deleted, if they are the only decider. Otherwise null. */
  readonly decidesNext: Exclude<Deciding, 'deciders'> | null;
  readonly vote: { readonly choice: Choice; readonly reason: string | null } | null;
  /** Their answers on a card that another person asked for. */
  readonly answers: Answers | null;
  /** They decided or reopened it. */
  readonly decided: boolean;
  /** What they decided, and why. */
  readonly record: { readonly outcome: Choice; readonly rationale: string } | null;
  readonly reopened: boolean;
}

/** Counts for the two dialogs of a deletion: the one that asks and the one that confirms. */
export interface ForgetCounts {
  readonly votes: number;
  readonly reasons: number;
  readonly answers: number;
  /** Cards they asked for that others can see. */
  readonly asked: number;
  /** Cards they asked for that Slack refused. */
  readonly refused: number;
  readonly recorded: number;
  /** Cards that lose their last decider to the deletion, so that the asker decides. */
  readonly toAsker: number;
  /** Cards that lose their last decider to the deletion, so that workspace admins decide. */
  readonly toAdmins: number;
}

export function forgetCounts({ decisions }: PersonData): ForgetCounts {
  const count = (holds: (one: InDecision) => boolean): number => decisions.filter(holds).length;
  return {
    votes: count(({ vote }) => vote !== null),
    reasons: count(({ vote }) => vote !== null && vote.reason !== null),
    answers: count(({ answers }) => answers !== null),
    asked: count((one) => isAsked(one) && !one.refused),
    refused: count((one) => isAsked(one) && one.refused),
    recorded: count(({ record }) => record !== null),
    toAsker: count(({ decidesNext }) => decidesNext === 'asker'),
    toAdmins: count((one) => one.decidesNext === 'admins' && !(one.asked && one.refused)),
  };
}

/** They asked for it, and it was not deleted. */
export const isAsked = ({ asked, status }: InDecision): boolean => asked && status !== 'deleted';

export function isNothing({ decisions, openedHome, installedApp, waiting }: PersonData): boolean {
  return decisions.length === 0 && !openedHome && !installedApp && waiting === 0;
}
