import { z } from 'zod';
import { type Advice, adviceSchema, verdictSchema } from '../advice/advice.ts';
import type { Answers } from '../advice/answers.ts';
import type { Vote } from './ballot.ts';
import type { Decision } from './decision.ts';
import type { DecisionRecord } from './record.ts';

/** What somebody else than the asker answered: their latest. */
export interface OwnAnswers {
  /** Slack user id. */
  readonly person: string;
  readonly answers: Answers;
  /** The round of the asker's answers that was on the card then. */
  readonly round: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * What the group says together, as computed when somebody last answered; stored, since a card is never advised
 * anew when it is drawn.
 */
export const groupViewSchema = z.object({
  advice: adviceSchema,
  /** How many people it is of, the asker included. */
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
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
});
export type GroupView = z.infer<typeof groupViewSchema>;

/** Another decision on the same thing: the one before, or the one after. */
export interface Related {
  readonly decision: Decision;
  readonly record: DecisionRecord;
  /** What everybody said together; null where nobody but the asker had answered. */
  readonly group: GroupView | null;
  /** Of its card. */
  readonly permalink: string | null;
}

/** What everybody says together, of a discussion; null while that is the asker alone. */
export type GroupOf = (discussion: Discussion) => GroupView | null;

/** A decision with everything that people said about it. */
export interface Discussion {
  readonly decision: Decision;
  /** In the order in which they were cast. */
  readonly votes: readonly Vote[];
  /** In the order in which they were given. */
  readonly ownAnswers: readonly OwnAnswers[];
  /** Null while nobody but the asker has answered. */
  readonly group: GroupView | null;
  /** Null while nothing was ever decided; holds while the decision's status says so. */
  readonly record: DecisionRecord | null;
  /** The decision that this one is to replace, or has. */
  readonly predecessor: Related | null;
  /** The decision that has replaced this one. */
  readonly successor: Related | null;
}

/** Those whose own answers were given before the asker's were edited: they may have been about something else. */
export function answeredBeforeEdit({ decision, ownAnswers }: Discussion): ReadonlySet<string> {
  const { number } = decision.round;
  return new Set(ownAnswers.filter(({ round }) => round < number).map(({ person }) => person));
}

/** The group as the card may show it: null while others' answers are kept off it, too. */
export function shownGroup({ decision, group }: Pick<Discussion, 'decision' | 'group'>): GroupView | null {
  return isHidden(decision) ? null : group;
}

/** The advice that everybody in the channel sees: the group's where that may be shown, else the asker's. */
export function shownAdvice(of: Pick<Discussion, 'decision' | 'group'>): Advice {
  return shownGroup(of)?.advice ?? of.decision.round.advice;
}

/** Are votes, reasons and own answers kept off the card for now? */
export function isHidden({
  hideUntilDecided,
  status,
}: Pick<Decision, 'hideUntilDecided' | 'status'>): boolean {
  return hideUntilDecided && status === 'open';
}

/** A decision in a few words, for one person: what a private answer to a vote needs. */
export interface Glance
  extends Pick<Decision, 'status' | 'hideUntilDecided' | 'deciders' | 'asker' | 'anyoneDecides'> {
  /** How many there are. */
  readonly votes: number;
  readonly own: Pick<Vote, 'choice' | 'reason'> | null;
}

/** Of a decision that was just asked for, and replaces none. */
export function unspoken(decision: Decision): Discussion {
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
