import { founded } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { ERASED } from '../../decision/decision.ts';
import type { Discussion, Related } from '../../decision/discussion.ts';
import type { DecisionRecord } from '../../decision/record.ts';
import type { RecordLink } from './input.ts';
import { adr, fileNameOf } from './madr.ts';

/** What a record needs that the database does not hold. */
export interface Surroundings {
  /** Display names by Slack id. Whoever is missing keeps the id. */
  readonly names: ReadonlyMap<string, string>;
  /** The card. */
  readonly permalink: string | null;
}

/** The record of a decision as a file; the same for the same decision and surroundings. */
export function recordFile(
  rubric: Rubric,
  { decision, group, ownAnswers, predecessor, successor, votes }: Discussion,
  record: DecisionRecord,
  { names, permalink }: Surroundings,
): { readonly fileName: string; readonly text: string } {
  return adr({
    number: record.number,
    project: decision.project,
    date: new Date(record.at).toISOString().slice(0, 10),
    outcome: record.outcome,
    rationale: record.rationale,
    revisit: record.revisit,
    advice: founded(rubric, group?.advice ?? decision.round.advice),
    answeredBy: [decision.round.by, ...ownAnswers.map(({ person }) => person)],
    disagreements: group?.disagreements ?? [],
    votes: votes.map(({ person, choice, reason, round }) => ({
      person,
      choice,
      reason,
      beforeEdit: round < decision.round.number,
    })),
    deciders: [record.by],
    names,
    // The channel's name is not ours to read.
    informed: [],
    permalink,
    supersededBy: successor && linkTo(successor),
    supersedes: predecessor && linkTo(predecessor),
    article: rubric.article,
  });
}

function linkTo({ decision, record, permalink }: Related): RecordLink {
  const { number, outcome } = record;
  return { number, fileName: fileNameOf({ number, outcome, project: decision.project }), permalink };
}

/** Everybody whom a record names, those who decide and asked first. */
export function peopleIn({ decision, ownAnswers, votes }: Discussion, record: DecisionRecord): string[] {
  const others = [...ownAnswers, ...votes].map(({ person }) => person);
  const people = new Set([record.by, decision.round.by, ...others]);
  people.delete(ERASED);
  return [...people];
}
