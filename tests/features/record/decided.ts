import { advise } from '../../../src/advice/advise.ts';
import { findConsensus, type PersonAnswers } from '../../../src/advice/consensus.ts';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import type { AdrInput } from '../../../src/features/record/input.ts';

export const rubric = loadRubric();

const ana = {
  stage: 'product',
  audience: 'general',
  size: 'simple',
  shape: 'one_product',
  interface: 'thin',
  tech: 'custom',
  security: 'normal',
  team: 'experts',
};
const people: PersonAnswers[] = [
  { person: 'U1', answers: ana },
  { person: 'U2', answers: ana },
  { person: 'U3', answers: { ...ana, size: 'large', admin: 'yes' } },
];
const group = findConsensus(rubric, people);

/** A decision against the advice, by three people who disagree. */
export const decided: AdrInput = {
  number: 7,
  project: 'Billing portal',
  date: '2026-11-23',
  outcome: 'django',
  rationale:
    'Two of us have run Django for years.\nThe services around it can wait until there are customers.',
  revisit: '2027-05-24',
  advice: advise(rubric, group.answers),
  answeredBy: ['U1', 'U2', 'U3'],
  disagreements: group.disagreements,
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
  article: rubric.article,
};
