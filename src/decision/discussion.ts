import { z } from 'zod';
import { type Advice, adviceSchema, strengthSchema, verdictSchema } from '../advice/advice.ts';
import type { Answers } from '../advice/answers.ts';
import type { Vote } from './ballot.ts';
import type { Decision } from './decision.ts';
import type { DecisionRecord } from './record.ts';

/** Latest answers of a person other than the asker. */
export interface OwnAnswers {
  /** Slack user id. */
  readonly person: string;
  readonly answers: Answers;
  /** Number of the round that was on the card when the person answered. */
  readonly round: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The group's combined advice. Computed and stored with each answer, because drawing a card computes no advice. */
export const groupViewSchema = z.object({
  advice: adviceSchema,
  /** Number of people who answered, including the asker. */
  people: z.int().min(2),
  disagreements: z
    .array(
      z.object({
        disputes: z
          .array(
            z.object({
              trait: z.string(),
              said: z
                .array(z.object({ option: z.string(), people: z.array(z.string()).readonly() }))
                .readonly(),
            }),
          )
          .readonly(),
        settlements: z
          .array(
            z.object({
              answers: z.array(z.object({ trait: z.string(), option: z.string() })).readonly(),
              verdict: verdictSchema,
              strength: strengthSchema.optional(),
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
});
export type GroupView = z.infer<typeof groupViewSchema>;

/** The predecessor or successor of a decision. */
export interface RelatedDecision {
  readonly decision: Decision;
  readonly record: DecisionRecord;
  /** Null if only the asker had answered. */
  readonly group: GroupView | null;
  /** Link to its card in Slack. */
  readonly permalink: string | null;
}

/** Computes the group's combined advice. Null while only the asker has answered. */
export type ComputeGroup = (discussion: Discussion) => GroupView | null;

/** A decision with its votes, answers, record and related decisions. */
export interface Discussion {
  readonly decision: Decision;
  /** Earliest first. */
  readonly votes: readonly Vote[];
  /** Earliest first. */
  readonly ownAnswers: readonly OwnAnswers[];
  /** Null while only the asker has answered. */
  readonly group: GroupView | null;
  /** Latest record, or null before the first. In force while the decision's status is `decided`. */
  readonly record: DecisionRecord | null;
  /** Decision that this one replaces when it is decided. */
  readonly predecessor: RelatedDecision | null;
  /** Decision that has replaced this one. */
  readonly successor: RelatedDecision | null;
}

/** Returns the people who answered before the asker's latest edit. They may have had a different project in mind. */
export function answeredBeforeEdit({ decision, ownAnswers }: Discussion): ReadonlySet<string> {
  const { number } = decision.round;
  return new Set(ownAnswers.filter(({ round }) => round < number).map(({ person }) => person));
}

/** Returns the group's advice if the card may show it: null while answers are hidden. */
export function visibleGroup({ decision, group }: Pick<Discussion, 'decision' | 'group'>): GroupView | null {
  return isHidden(decision) ? null : group;
}

/** Returns the advice that the channel sees: the group's if the card may show it, otherwise the asker's. */
export function visibleAdvice(of: Pick<Discussion, 'decision' | 'group'>): Advice {
  return visibleGroup(of)?.advice ?? of.decision.round.advice;
}

/** Returns whether the card hides votes, reasons and other people's answers. */
export function isHidden({
  hideUntilDecided,
  status,
}: Pick<Decision, 'hideUntilDecided' | 'status'>): boolean {
  return hideUntilDecided && status === 'open';
}

/** The few facts that the private reply to a vote needs. */
export interface VoteContext
  extends Pick<Decision, 'status' | 'hideUntilDecided' | 'deciders' | 'asker' | 'anyoneDecides'> {
  /** Number of votes. */
  readonly votes: number;
  /** The voter's own vote. */
  readonly own: Pick<Vote, 'choice' | 'reason'> | null;
}

/** Returns the discussion of a new decision that replaces none. */
export function newDiscussion(decision: Decision): Discussion {
  return {
    decision,
    votes: [],
    ownAnswers: [],
    group: null,
    record: null,
    predecessor: null,
    successor: null,
  };
}
