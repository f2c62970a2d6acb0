import type { Advice } from '../../src/advice/advice.ts';
import { draftRound } from '../../src/decision/decision.ts';
import type { ComputeGroup } from '../../src/decision/discussion.ts';
import type { Draft } from '../../src/store/store.ts';

export const ADVICE: Advice = {
  verdict: 'django',
  strength: 'leaning',
  rule: null,
  margin: 4,
  support: { django: 3, flask: 0 },
  coverage: 0.1,
  settled: false,
  bounds: { low: -12, high: 20 },
  contributions: [{ trait: 'admin', option: 'yes', points: 3, claims: ['C06'] }],
  flips: [],
  nextQuestions: ['size'],
  pros: [],
  cons: [],
  counterArgument: null,
  caseStudy: { id: 'late_admin', matches: ['admin'] },
  counterCase: null,
  practice: null,
  thirdWay: null,
  why: null,
  existing: null,
  notes: [{ text: 'A note with “quotes” and 🍰', asOf: '2026-11-23', sources: [] }],
  boundary: null,
  rubricVersion: '1',
};

export const NOW = 1_795_424_400_000;

/** An answer that nothing can be said of. */
export const UNKNOWN = { size: 'unknown' };

/** Computes a group view that only counts the people who answered. Its content doesn't matter to a store. */
export const counted: ComputeGroup = ({ ownAnswers }) => {
  if (ownAnswers.some(({ answers }) => answers.size === UNKNOWN.size)) throw new Error('no rubric');
  return ownAnswers.length === 0
    ? null
    : { advice: ADVICE, people: ownAnswers.length + 1, disagreements: [] };
};

/** A submitted dialog. */
export function draft(overrides: Partial<Draft> = {}): Draft {
  return {
    id: 'd1',
    tenant: 'T1',
    workspace: 'T1',
    submission: 'V1',
    channel: 'C1',
    thread: null,
    project: 'Billing portal',
    asker: 'U1',
    deciders: ['U1', 'U2'],
    hideUntilDecided: false,
    supersedes: null,
    step: null,
    anyoneDecides: false,
    voteUntil: null,
    round: draftRound({ answers: { admin: 'yes' }, advice: ADVICE, by: 'U1', at: NOW }),
    replyUrl: 'https://hooks.slack.test/reply',
    ...overrides,
  };
}
