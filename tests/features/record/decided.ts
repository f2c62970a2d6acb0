import { advise } from '../../../src/advice/advise.ts';
import { findConsensus, type PersonAnswers } from '../../../src/advice/consensus.ts';
import type { Rubric } from '../../../src/advice/rubric/schema.ts';
import type { AdrInput } from '../../../src/features/record/input.ts';
import { smallRubric } from '../../support/small-rubric.ts';

/** A decision for Django by three people, who gave these answers. */
export function decidedBy(rubric: Rubric, people: readonly PersonAnswers[]): AdrInput {
  const group = findConsensus(rubric, people);
  return {
    ...REST,
    advice: advise(rubric, group.answers),
    disagreements: group.disagreements,
    article: rubric.article,
  };
}

const REST: Omit<AdrInput, 'advice' | 'disagreements' | 'article'> = {
  number: 7,
  project: 'Billing portal',
  date: '2026-11-23',
  outcome: 'django',
  rationale:
    'Two of us have run Django for years.\nThe services around it can wait until there are customers.',
  revisit: '2027-05-24',
  answeredBy: ['U1', 'U2', 'U3'],
  votes: [
    { person: 'U2', choice: 'django', reason: 'Staff will ask for screens by spring.', beforeEdit: false },
    { person: 'U3', choice: 'django', reason: null, beforeEdit: true },
    {
      person: 'U4',
      choice: 'flask',
      reason: 'Most of it is glue, and we know the parts.',
      beforeEdit: false,
    },
  ],
  deciders: ['U1'],
  names: new Map([
    ['U1', 'Ana Lima'],
    ['U2', 'Ben O’Neill'],
    ['U3', 'Chidi'],
    ['U4', 'Dora'],
  ]),
  informed: ['#billing'],
  permalink: 'https://example.slack.com/archives/C0123/p1795424400000100',
  supersededBy: null,
  supersedes: {
    number: 3,
    fileName: '0003-flask-for-billing-portal.md',
    permalink: 'https://example.slack.com/archives/C0123/p1785424400000100',
  },
};

const few = { parts: 'few', screens: 'plain', tools: 'own' };

/** A decision against the advice, by three people who disagree. */
export const decided = decidedBy(smallRubric, [
  { person: 'U1', answers: few },
  { person: 'U2', answers: few },
  { person: 'U3', answers: { ...few, parts: 'many' } },
]);

/** A record of people who typed these texts wherever they could. */
export function typedEverywhere(texts: readonly [string, ...string[]], input: AdrInput): AdrInput {
  const text = (i: number): string => texts[i % texts.length] ?? '';
  return {
    ...input,
    project: text(0),
    rationale: `${text(1)}\n${text(0)}`,
    names: new Map([...input.names.keys()].map((id, i) => [id, text(i)])),
    informed: [text(1), text(2)],
    votes: input.votes.map((vote, i) => ({ ...vote, reason: text(i) })),
  };
}
