import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advise } from '../../src/advice/advise.ts';
import type { Answers } from '../../src/advice/answers.ts';
import { type Consensus, findConsensus, type PersonAnswers } from '../../src/advice/consensus.ts';
import { partialAnswers, runs } from '../support/arbitrary.ts';
import { doubledRubric } from '../support/small-rubric.ts';
import { score } from './oracle.ts';

/** With six questions, so that people disagree about some and agree on others. */
const rubric = doubledRubric;
const anyAnswers = partialAnswers(rubric);
const named = (all: readonly Answers[]): PersonAnswers[] =>
  all.map((answers, i) => ({ person: `U${i + 1}`, answers }));

/** Strangers to one another, and people who differ from the first in a few answers: teams are like that. */
const anyPeople = fc.oneof(
  fc.array(anyAnswers, { maxLength: 6 }).map(named),
  fc.tuple(anyAnswers, fc.array(fc.tuple(anyAnswers, fc.nat(3)), { maxLength: 5 })).map(([first, others]) =>
    named([
      first,
      ...others.map(([own, few]) => ({
        ...first,
        ...Object.fromEntries(Object.entries(own).slice(0, few)),
      })),
    ]),
  ),
);

/** The definition once more, a sentence a line. */
function groupAnswer(trait: string, people: readonly PersonAnswers[]): string | null {
  const options = rubric.questions.find((q) => q.id === trait)?.options ?? [];
  const given = people.map((p) => p.answers[trait]);
  const sure = given.filter((option) => option !== undefined);
  const sorted = [...options]
    .sort((a, b) => (a.points === b.points ? options.indexOf(a) - options.indexOf(b) : a.points - b.points))
    .flatMap((option) => sure.filter((id) => id === option.id));
  if (sorted.length === 0) return null;
  if (sorted.length % 2 === 1) return sorted[(sorted.length - 1) / 2] ?? null;
  const [left, right] = [sorted[sorted.length / 2 - 1], sorted[sorted.length / 2]];
  return left === right ? (left ?? null) : null;
}

function groupAnswers(people: readonly PersonAnswers[]): Answers {
  return Object.fromEntries(
    rubric.questions.flatMap(({ id }) => {
      const answer = groupAnswer(id, people);
      return answer === null ? [] : [[id, answer]];
    }),
  );
}

const settled = (answers: Answers, settlement: readonly { trait: string; option: string }[]): Answers => ({
  ...answers,
  ...Object.fromEntries(settlement.map(({ trait, option }) => [trait, option])),
});

/** What people named for a trait, in the order of the rubric; empty where they agree. */
function disputedOptions(trait: string, people: readonly PersonAnswers[]): string[] {
  const question = rubric.questions.find((q) => q.id === trait);
  const said = question?.options.filter((o) => people.some((p) => p.answers[trait] === o.id)) ?? [];
  return said.length > 1 ? said.map((o) => o.id) : [];
}

/** The traits of every disagreement that must be listed, joined. */
function expectedDisagreements(people: readonly PersonAnswers[]): string[] {
  const group = groupAnswers(people);
  const { verdict } = score(rubric, group);
  const traits = rubric.questions
    .map((q) => q.id)
    .filter((trait) => disputedOptions(trait, people).length > 0);
  const changes = (...answers: { trait: string; option: string }[]): boolean =>
    score(rubric, settled(group, answers)).verdict !== verdict;
  const singles = traits.filter((trait) =>
    disputedOptions(trait, people).some((option) => changes({ trait, option })),
  );
  const { strength } = advise(rubric, group);
  const stronger = traits.filter(
    (trait) =>
      !singles.includes(trait) &&
      disputedOptions(trait, people).some(
        (option) => advise(rubric, settled(group, [{ trait, option }])).strength !== strength,
      ),
  );
  if (singles.length > 0) return [...singles, ...stronger];
  const pairs = traits.flatMap((first, i) =>
    traits
      .slice(i + 1)
      .filter((second) =>
        disputedOptions(first, people).some((a) =>
          disputedOptions(second, people).some((b) =>
            changes({ trait: first, option: a }, { trait: second, option: b }),
          ),
        ),
      )
      .map((second) => `${first}+${second}`),
  );
  return [...pairs, ...stronger];
}

const traitsOf = ({ disagreements }: Consensus): string[] =>
  disagreements.map(({ disputes }) => disputes.map(({ trait }) => trait).join('+'));

describe('the group’s answers', () => {
  it('are what the description says', () => {
    let undecidable = 0;
    fc.assert(
      fc.property(anyPeople, (people) => {
        const { answers } = findConsensus(rubric, people);
        expect(answers).toEqual(groupAnswers(people));
        expect(Object.keys(answers)).toEqual(rubric.questions.map((q) => q.id).filter((id) => id in answers));
        undecidable += rubric.questions.filter(
          ({ id }) => !(id in answers) && people.some((p) => p.answers[id] !== undefined),
        ).length;
      }),
      runs(1000),
    );
    expect(undecidable).toBeGreaterThan(500);
  });

  it('do not depend on the order of the people', () => {
    const shuffled = anyPeople.chain((people) =>
      fc.tuple(fc.constant(people), fc.shuffledSubarray(people, { minLength: people.length })),
    );
    fc.assert(
      fc.property(shuffled, ([people, reordered]) => {
        expect(JSON.stringify(findConsensus(rubric, reordered))).toBe(
          JSON.stringify(findConsensus(rubric, people)),
        );
      }),
      runs(300),
    );
  });

  it('are one person’s own where only one answered, and everybody’s where all agree; nothing is disputed', () => {
    fc.assert(
      fc.property(anyAnswers, fc.integer({ min: 1, max: 7 }), (answers, people) => {
        const all = named(Array.from({ length: people }, () => answers));
        expect(findConsensus(rubric, all)).toEqual({ answers, disagreements: [] });
      }),
      runs(300),
    );
  });

  it('stay as they are when somebody comes who is sure of nothing', () => {
    fc.assert(
      fc.property(anyPeople, (people) => {
        expect(findConsensus(rubric, [...people, { person: 'U99', answers: {} }])).toEqual(
          findConsensus(rubric, people),
        );
      }),
      runs(300),
    );
  });

  it('for each trait are one that somebody gave, and depend on the answers to that trait alone', () => {
    fc.assert(
      fc.property(anyPeople, fc.constantFrom(...rubric.questions.map((q) => q.id)), (people, trait) => {
        const only = people.map(({ person, answers }) => ({
          person,
          answers: Object.fromEntries(Object.entries(answers).filter(([id]) => id === trait)),
        }));
        const answer = findConsensus(rubric, people).answers[trait];
        expect(findConsensus(rubric, only).answers[trait]).toBe(answer);
        if (answer !== undefined) expect(people.map((p) => p.answers[trait])).toContain(answer);
      }),
      runs(300),
    );
  });

  it('count what this rubric does not know as not sure', () => {
    const people = named([{ parts: 'some' }, { parts: 'galactic', mood: 'good' }]);
    expect(findConsensus(rubric, people)).toEqual({ answers: { parts: 'some' }, disagreements: [] });
  });

  it('are sorted by the option’s own points: an adjustment for one person moves nobody', () => {
    // The newest tools count -3, but only -1 in a back office; the team's own tools count -1 anywhere and stay between.
    const people = named([
      { screens: 'office', tools: 'new' },
      { screens: 'office', tools: 'own' },
      { screens: 'office', tools: 'usual' },
    ]);
    expect(findConsensus(rubric, people).answers).toEqual({ screens: 'office', tools: 'own' });
  });

  it('nobody at all gives none', () => {
    expect(findConsensus(rubric, [])).toEqual({ answers: {}, disagreements: [] });
  });
});

describe('disagreements', () => {
  it('are those that change the verdict alone, or else pairs, and then those that change only the strength', () => {
    const seen = { none: 0, single: 0, pair: 0 };
    fc.assert(
      fc.property(anyPeople, (people) => {
        const listed = traitsOf(findConsensus(rubric, people));
        expect(listed).toEqual(expectedDisagreements(people));
        seen[listed.length === 0 ? 'none' : listed.some((t) => t.includes('+')) ? 'pair' : 'single'] += 1;
      }),
      runs(1000),
    );
    for (const [kind, times] of Object.entries(seen)) expect(times, kind).toBeGreaterThan(20);
  });

  it('keep their promise: each way of settling, applied, gives the verdict and the strength that it names', () => {
    fc.assert(
      fc.property(anyPeople, (people) => {
        const { answers, disagreements } = findConsensus(rubric, people);
        const { strength, verdict } = advise(rubric, answers);
        for (const { disputes, settlements } of disagreements) {
          for (const settlement of settlements) {
            const after = advise(rubric, settled(answers, settlement.answers));
            expect(after.verdict).toBe(settlement.verdict);
            if (settlement.strength) expect(after.strength).toBe(settlement.strength);
          }
          const changes = settlements.filter((way) => way.verdict !== verdict || way.strength);
          expect(changes.length).toBeGreaterThan(0);
          expect(changes.filter((way) => way.strength === strength)).toEqual([]);
          const ways = disputes.map(({ trait }) => disputedOptions(trait, people).length);
          expect(settlements.length).toBe(ways.reduce((a, b) => a * b, 1));
          expect(new Set(settlements.map((s) => JSON.stringify(s.answers))).size).toBe(settlements.length);
        }
      }),
      runs(100),
    );
  });

  it('name everybody who answered, under what they said, and nobody else', () => {
    fc.assert(
      fc.property(anyPeople, (people) => {
        for (const { trait, said } of findConsensus(rubric, people).disagreements.flatMap(
          (d) => d.disputes,
        )) {
          expect(said.map((side) => side.option)).toEqual(disputedOptions(trait, people));
          for (const { option, people: sayers } of said) {
            expect(sayers).toEqual(people.filter((p) => p.answers[trait] === option).map((p) => p.person));
          }
        }
      }),
      runs(500),
    );
  });

  it('two say one thing and one another: the middle is the answer, and both ends are told', () => {
    const people = named([
      { parts: 'few', screens: 'none' },
      { parts: 'few', screens: 'none' },
      { parts: 'many', screens: 'none' },
    ]);
    expect(findConsensus(rubric, people)).toEqual({
      answers: { parts: 'few', screens: 'none' },
      disagreements: [
        {
          disputes: [
            {
              trait: 'parts',
              said: [
                { option: 'few', people: ['U1', 'U2'] },
                { option: 'many', people: ['U3'] },
              ],
            },
          ],
          settlements: [
            { answers: [{ trait: 'parts', option: 'few' }], verdict: 'flask' },
            { answers: [{ trait: 'parts', option: 'many' }], verdict: 'django' },
          ],
        },
      ],
    });
  });

  it('among fifty people about everything are found at once', () => {
    const all = fc.sample(anyAnswers, { seed: 5, numRuns: 50 });
    const started = performance.now();
    findConsensus(rubric, named(all));
    expect(performance.now() - started).toBeLessThan(200);
  });
});
