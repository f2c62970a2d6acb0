// Records of any decision, in which all typed text and names are one word.
import fc from 'fast-check';
import type { AdviceWithBasis } from '../../../src/advice/advice.ts';
import { addBasis } from '../../../src/advice/basis.ts';
import type { Rubric } from '../../../src/advice/rubric/schema.ts';
import { CHOICES } from '../../../src/decision/ballot.ts';
import type { AdrInput, RecordLink } from '../../../src/features/record/input.ts';
import { partialAnswers } from '../../support/arbitrary.ts';
import { decidedBy } from './decided.ts';
import { TYPED } from './words.ts';

const related: RecordLink = {
  number: 3,
  fileName: `0003-flask-for-${TYPED.toLowerCase()}.md`,
  permalink: 'https://example.slack.com/archives/C0123/p1785424400000100',
};

const PEOPLE = ['U1', 'U2', 'U3', 'U4', 'U5'];

/** Advice as it was stored before reasons and arguments had a short form. */
export function withoutBullets(advice: AdviceWithBasis): AdviceWithBasis {
  const old: unknown = JSON.parse(
    JSON.stringify(advice, (key, value) => (key === 'bullet' ? undefined : value)),
  );
  return old as AdviceWithBasis;
}

/** Returns records of one to five people who may disagree, with any outcome, votes and status. */
export function anyRecord(rubric: Rubric): fc.Arbitrary<AdrInput> {
  const vote = fc.record({
    person: fc.constantFrom(...PEOPLE),
    choice: fc.constantFrom(...CHOICES),
    reason: fc.constantFrom(null, TYPED),
    beforeEdit: fc.boolean(),
  });
  return fc
    .record({
      answers: fc.array(partialAnswers(rubric), { minLength: 1, maxLength: PEOPLE.length }),
      outcome: fc.constantFrom(...CHOICES),
      votes: fc.array(vote, { maxLength: 8 }),
      isOld: fc.boolean(),
      rationale: fc.constantFrom('', TYPED),
      revisit: fc.constantFrom(null, '2027-05-24'),
      supersededBy: fc.constantFrom(null, related),
      supersedes: fc.constantFrom(null, related),
    })
    .map(({ answers, isOld, ...rest }) => {
      const people = answers.map((own, i) => ({ person: PEOPLE[i] ?? '', answers: own }));
      const input = decidedBy(rubric, people);
      const advice = addBasis(rubric, input.advice);
      return {
        ...input,
        ...rest,
        project: TYPED,
        informed: [],
        answeredBy: people.map(({ person }) => person),
        names: new Map(PEOPLE.map((person) => [person, TYPED])),
        advice: isOld ? withoutBullets(advice) : advice,
      };
    });
}
