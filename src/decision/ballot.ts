import { OUTCOMES, type Outcome } from '../advice/rubric/schema.ts';

/** Choice in a vote. A decision ends with one of the same three. */
export type Choice = Outcome;
export const CHOICES = OUTCOMES;

/** Longest reason for a vote, in characters. */
export const LONGEST_REASON = 300;

/** A person's latest vote. The store keeps one per person. */
export interface Vote {
  /** Slack user id. */
  readonly person: string;
  readonly choice: Choice;
  readonly reason: string | null;
  /** Number of the round that was on the card when the vote was cast. */
  readonly round: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Tally {
  readonly counts: Readonly<Record<Choice, number>>;
  /** Choices with the most votes: one leads, several are tied, none before the first vote. */
  readonly leading: readonly Choice[];
  readonly total: number;
}

/** Counts votes per choice. */
export function tally(votes: readonly Pick<Vote, 'choice'>[]): Tally {
  const counts = { django: 0, flask: 0, both: 0 };
  for (const { choice } of votes) counts[choice] += 1;
  const most = Math.max(...Object.values(counts));
  return {
    counts,
    leading: CHOICES.filter((choice) => most > 0 && counts[choice] === most),
    total: votes.length,
  };
}

/** Most voters named on a card. The card shows the rest as a number; "Who voted" lists everyone. */
export const MOST_NAMED_VOTERS = 10;

export interface Voter {
  readonly person: string;
  readonly reason: string | null;
  /** The vote was cast before the answers were edited, so it may have been about different advice. */
  readonly beforeEdit: boolean;
}

export interface BallotSide {
  readonly choice: Choice;
  readonly count: number;
  /** Voters named on the card, earliest vote first. */
  readonly named: readonly Voter[];
  /** Number of voters not named. */
  readonly more: number;
  /** Number of votes that were cast before the answers were edited. */
  readonly beforeEdit: number;
}

/** Votes as the whole channel may see them. */
export type Ballot =
  | { readonly hidden: true; readonly total: number }
  | ({ readonly hidden: false; readonly sides: readonly BallotSide[] } & Tally);

export interface BallotOptions {
  /** Number of the current round. */
  readonly round: number;
  /** True for an open decision that hides votes until it is decided. */
  readonly hidden: boolean;
  readonly mostNamed?: number;
}

/**
 * Returns the votes as the channel may see them. While hidden, only their total shows. Counts per choice would reveal
 * each new vote to people watching the card, and the leading choice would sway later voters.
 */
export function ballotOf(
  votes: readonly Vote[],
  { round, hidden, mostNamed = MOST_NAMED_VOTERS }: BallotOptions,
): Ballot {
  if (hidden) return { hidden, total: votes.length };
  const earliestFirst = votes.toSorted((a, b) => a.at - b.at || (a.person < b.person ? -1 : 1));
  const named = new Set(toName(earliestFirst, mostNamed));
  const counted = tally(votes);
  const sides = CHOICES.map((choice) => {
    const count = counted.counts[choice];
    const own = earliestFirst.filter((vote) => vote.choice === choice);
    const told = own.filter((vote) => named.has(vote));
    return {
      choice,
      count,
      named: told.map((vote) => voterOf(vote, round)),
      more: count - told.length,
      beforeEdit: own.filter((vote) => isBefore(vote, round)).length,
    };
  });
  return { hidden, ...counted, sides };
}

/** Picks the voters to name, one from each side per turn, so a large side doesn't crowd out a small one. */
function toName(earliestFirst: readonly Vote[], most: number): Vote[] {
  const turns = CHOICES.flatMap((choice) =>
    earliestFirst.filter((vote) => vote.choice === choice).map((vote, turn) => ({ vote, turn })),
  );
  return turns
    .sort((a, b) => a.turn - b.turn)
    .slice(0, most)
    .map(({ vote }) => vote);
}

function voterOf(vote: Vote, round: number): Voter {
  return { person: vote.person, reason: vote.reason, beforeEdit: isBefore(vote, round) };
}

function isBefore(vote: Vote, round: number): boolean {
  return vote.round < round;
}
