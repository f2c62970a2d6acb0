import { OUTCOMES, type Outcome } from '../advice/rubric/schema.ts';

/** What one can vote for: the same three that a decision can end with. */
export type Choice = Outcome;
export const CHOICES = OUTCOMES;

/** Longest reason for a vote, in characters. */
export const LONGEST_REASON = 300;

/** A vote as the store has it: the person's latest, one a person. */
export interface Vote {
  /** Slack user id. */
  readonly person: string;
  readonly choice: Choice;
  readonly reason: string | null;
  /** The round of answers that was on the card when it was cast. */
  readonly round: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Tally {
  readonly counts: Readonly<Record<Choice, number>>;
  /** The choices with the most votes: one leads, several are tied, none while nobody has voted. */
  readonly leading: readonly Choice[];
  readonly total: number;
}

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

/** How many people the card names; the others are a number, and stand behind "Who voted". */
export const MOST_NAMED = 10;

export interface Voter {
  readonly person: string;
  readonly reason: string | null;
  /** Cast before the answers were edited: it may have been about another advice. */
  readonly beforeEdit: boolean;
}

export interface Side {
  readonly choice: Choice;
  readonly count: number;
  /** Those to name, in the order in which they voted. */
  readonly named: readonly Voter[];
  /** How many more there are. */
  readonly more: number;
}

/** What everybody in the channel may see of the votes. */
export type Ballot =
  | { readonly hidden: true; readonly total: number }
  | ({ readonly hidden: false; readonly sides: readonly Side[]; readonly beforeEdit: number } & Tally);

export interface BallotOptions {
  /** The present round of answers. */
  readonly round: number;
  /** True while votes are hidden until decided and nothing is decided yet. */
  readonly hidden: boolean;
  readonly mostNamed?: number;
}

/**
 * The votes as they may be shown. While hidden that is how many there are and nothing else: counts for each
 * choice would tell whoever watches the card what the latest voter chose, and who is ahead is what people were
 * not to be swayed by.
 */
export function ballotOf(
  votes: readonly Vote[],
  { round, hidden, mostNamed = MOST_NAMED }: BallotOptions,
): Ballot {
  if (hidden) return { hidden, total: votes.length };
  const earliestFirst = votes.toSorted((a, b) => a.at - b.at || (a.person < b.person ? -1 : 1));
  const named = new Set(toName(earliestFirst, mostNamed));
  const counted = tally(votes);
  const sides = CHOICES.map((choice) => {
    const count = counted.counts[choice];
    const told = earliestFirst.filter((vote) => vote.choice === choice && named.has(vote));
    return { choice, count, named: told.map((vote) => voterOf(vote, round)), more: count - told.length };
  });
  return { hidden, ...counted, sides, beforeEdit: votes.filter((vote) => isBefore(vote, round)).length };
}

/** Each side in turn has one more voter named, so that a small side is not nameless behind a large one. */
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
