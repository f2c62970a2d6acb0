import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Ballot,
  ballotOf,
  CHOICES,
  type Choice,
  MOST_NAMED_VOTERS,
  tally,
  type Vote,
} from '../../src/decision/ballot.ts';
import { runs } from '../support/arbitrary.ts';

const vote = (person: string, choice: Choice, more: Partial<Vote> = {}): Vote => ({
  person,
  choice,
  reason: null,
  round: 1,
  at: 0,
  ...more,
});

const anyVotes = fc.uniqueArray(
  fc.record({
    person: fc.nat(500).map((n) => `U${n}`),
    choice: fc.constantFrom(...CHOICES),
    reason: fc.option(fc.string()),
    round: fc.integer({ min: 1, max: 3 }),
    at: fc.nat(20),
  }),
  { selector: ({ person }) => person, maxLength: 40 },
);

type Open = Extract<Ballot, { hidden: false }>;
function open(votes: readonly Vote[], round = 3, mostNamed = MOST_NAMED_VOTERS): Open {
  const ballot = ballotOf(votes, { round, hidden: false, mostNamed });
  if (ballot.hidden) throw new Error('hidden');
  return ballot;
}

describe('the tally', () => {
  it('counts every vote once and leads with whoever has most', () => {
    fc.assert(
      fc.property(anyVotes, (votes) => {
        const { counts, leading, total } = tally(votes);
        expect(total).toBe(votes.length);
        for (const choice of CHOICES) {
          expect(counts[choice]).toBe(votes.filter((v) => v.choice === choice).length);
          const leads = votes.length > 0 && CHOICES.every((other) => counts[other] <= counts[choice]);
          expect(leading.includes(choice)).toBe(leads);
        }
      }),
      runs(300),
    );
  });

  it('says who is tied, and that nobody leads before the first vote', () => {
    expect(tally([]).leading).toEqual([]);
    expect(tally([vote('U1', 'flask')]).leading).toEqual(['flask']);
    expect(tally([vote('U1', 'both'), vote('U2', 'django')]).leading).toEqual(['django', 'both']);
  });
});

describe('what may be shown', () => {
  it('while hidden is how many voted and nothing else, whatever they chose', () => {
    fc.assert(
      fc.property(anyVotes, (votes) => {
        expect(ballotOf(votes, { round: 1, hidden: true })).toEqual({ hidden: true, total: votes.length });
      }),
      runs(100),
    );
  });

  it('is the same for every order in which the votes are read', () => {
    const shuffled = anyVotes.chain((votes) =>
      fc.tuple(fc.constant(votes), fc.shuffledSubarray(votes, { minLength: votes.length })),
    );
    fc.assert(
      fc.property(shuffled, ([votes, reordered]) => {
        expect(open(reordered)).toEqual(open(votes));
      }),
      runs(200),
    );
  });

  it('names at most ten people and counts the others, on each side', () => {
    fc.assert(
      fc.property(anyVotes, fc.nat(12), (votes, most) => {
        const { sides, counts } = open(votes, 3, most);
        expect(sides.map((side) => side.choice)).toEqual(CHOICES);
        expect(sides.flatMap((side) => side.named).length).toBe(Math.min(most, votes.length));
        for (const { choice, count, named, more } of sides) {
          expect(count).toBe(counts[choice]);
          expect(named.length + more).toBe(count);
          for (const { person, reason } of named) {
            expect(votes.find((v) => v.person === person)).toMatchObject({ choice, reason });
          }
        }
      }),
      runs(300),
    );
    expect(MOST_NAMED_VOTERS).toBe(10);
  });

  it('names whoever voted first, and each side before any side has a second', () => {
    const votes = [
      ...Array.from({ length: 30 }, (_, i) => vote(`U${i + 10}`, 'django', { at: i })),
      vote('U98', 'flask', { at: 98 }),
      vote('U99', 'flask', { at: 99 }),
    ];
    const named = open(votes).sides.map((side) => side.named.map((voter) => voter.person));
    expect(named).toEqual([['U10', 'U11', 'U12', 'U13', 'U14', 'U15', 'U16', 'U17'], ['U98', 'U99'], []]);
    expect(open(votes).sides.map((side) => side.more)).toEqual([22, 0, 0]);
  });

  it('marks votes from before the edit and counts them, the unnamed ones too', () => {
    const votes = [vote('U1', 'django', { round: 1 }), vote('U2', 'django', { round: 2, at: 1 })];
    const { sides } = open(votes, 2, 1);
    expect(sides[0]?.named).toEqual([{ person: 'U1', reason: null, beforeEdit: true }]);
    expect(sides[0]?.beforeEdit).toBe(1);
    expect(open(votes, 3, 0).sides[0]?.beforeEdit).toBe(2);
    expect(open(votes, 1).sides[0]?.beforeEdit).toBe(0);
  });
});
