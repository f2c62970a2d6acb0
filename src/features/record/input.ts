import type { FoundedAdvice } from '../../advice/advice.ts';
import type { Disagreement } from '../../advice/consensus.ts';
import type { Choice } from '../../decision/ballot.ts';

/** Another record of the same channel. */
export interface RecordLink {
  readonly number: number;
  /** Of its file, as `adr` named it. */
  readonly fileName: string;
  /** Its card. */
  readonly permalink: string | null;
}

/** Everything that a record says. People are ids here; `names` says what they are called. */
export interface AdrInput {
  /** In its channel, from 1; never used twice. */
  readonly number: number;
  readonly project: string;
  /** Day of the decision, or of its last change: 2026-11-23. */
  readonly date: string;
  readonly outcome: Choice;
  /** May have several lines, or be empty. */
  readonly rationale: string;
  /** Day on which to look at it again: 2027-05-23. */
  readonly revisit: string | null;
  /** The advice that was on the card: the group's where several answered. */
  readonly advice: FoundedAdvice;
  /** Who answered the questions, the asker first. */
  readonly answeredBy: readonly string[];
  /** What they disagreed on, where it mattered. */
  readonly disagreements: readonly Disagreement[];
  /** In the order in which they were cast. */
  readonly votes: readonly {
    readonly person: string;
    readonly choice: Choice;
    readonly reason: string | null;
    /** Cast before the answers were edited. */
    readonly beforeEdit: boolean;
  }[];
  /** Who decided. */
  readonly deciders: readonly string[];
  /** Display names by id. Whoever is missing keeps the id. */
  readonly names: ReadonlyMap<string, string>;
  /** Who was told, such as "#billing"; in words, since a channel's members are not known. */
  readonly informed: readonly string[];
  /** The card. */
  readonly permalink: string | null;
  /** The record that replaces this one; null while this one holds. */
  readonly supersededBy: RecordLink | null;
  /** The record that this one replaces. */
  readonly supersedes: RecordLink | null;
  readonly article: {
    readonly title: string;
    readonly publisher: string;
    readonly published: string;
    readonly url: string;
  };
}
