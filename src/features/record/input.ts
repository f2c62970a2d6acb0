// The contents of a record, gathered from a discussion, and the name of its file.
import type { AdviceWithBasis } from '../../advice/advice.ts';
import { addBasis } from '../../advice/basis.ts';
import type { Disagreement } from '../../advice/consensus.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import type { Choice } from '../../decision/ballot.ts';
import { dayIn } from '../../decision/days.ts';
import { ERASED } from '../../decision/decision.ts';
import type { Discussion, RelatedDecision } from '../../decision/discussion.ts';
import type { DecisionRecord } from '../../decision/record.ts';
import { toVisibleLine } from './markdown.ts';

/** A link to another record of the same channel. */
export interface RecordLink {
  readonly number: number;
  /** From `fileNameOf`. */
  readonly fileName: string;
  /** Link to the record's card. Null if the bot doesn't know it. */
  readonly permalink: string | null;
}

/** The contents of a record. People are Slack ids; `names` holds their display names. */
export interface AdrInput {
  /** Number of the record in its channel, from 1. No number is used twice. */
  readonly number: number;
  readonly project: string;
  /** Day of the decision or of its last change, in the decider's time zone: 2026-11-23. */
  readonly date: string;
  readonly outcome: Choice;
  /** Can be empty or have several lines. */
  readonly rationale: string;
  /** Day of the reminder: 2027-05-23. */
  readonly revisit: string | null;
  /** The group's advice if several people answered, otherwise the asker's. */
  readonly advice: AdviceWithBasis;
  /** The people who answered the questions, the asker first. */
  readonly answeredBy: readonly string[];
  /** Differences between answers that could change the advice. */
  readonly disagreements: readonly Disagreement[];
  /** Oldest first. */
  readonly votes: readonly {
    readonly person: string;
    readonly choice: Choice;
    readonly reason: string | null;
    /** True if the answers were edited after this vote. */
    readonly beforeEdit: boolean;
  }[];
  /** The people who decided. */
  readonly deciders: readonly string[];
  /** Display names by Slack id. A person without an entry keeps the id. */
  readonly names: ReadonlyMap<string, string>;
  /** Audiences, such as "#billing", not people: the bot doesn't know who is in a channel. */
  readonly informed: readonly string[];
  /** Link to the card. Null if the bot doesn't know it. */
  readonly permalink: string | null;
  /** The record that replaces this one. Null while this one is valid. */
  readonly supersededBy: RecordLink | null;
  /** The record that this one replaces. */
  readonly supersedes: RecordLink | null;
  readonly article: Pick<Rubric['article'], 'title' | 'publisher' | 'published' | 'url'>;
}

/**
 * Gathers the contents of a decision's record.
 *
 * @param found what a discussion doesn't have: display names, the link, and the decider's time zone, or else UTC
 */
export function gatherAdrInput(
  rubric: Rubric,
  { decision, group, ownAnswers, predecessor, successor, votes }: Discussion,
  record: DecisionRecord,
  { timeZone = 'UTC', ...found }: Pick<AdrInput, 'names' | 'permalink'> & { readonly timeZone?: string },
): AdrInput {
  return {
    ...found,
    number: record.number,
    project: decision.project,
    date: dayIn(timeZone, record.at),
    outcome: record.outcome,
    rationale: record.rationale,
    revisit: record.revisit,
    advice: addBasis(rubric, group?.advice ?? decision.round.advice),
    answeredBy: [decision.round.by, ...ownAnswers.map(({ person }) => person)],
    disagreements: group?.disagreements ?? [],
    votes: votes.map(({ person, choice, reason, round }) => ({
      person,
      choice,
      reason,
      beforeEdit: round < decision.round.number,
    })),
    deciders: [record.by],
    // The bot has no permission to read the channel's name.
    informed: [],
    supersededBy: successor && linkTo(successor),
    supersedes: predecessor && linkTo(predecessor),
    article: rubric.article,
  };
}

function linkTo({ decision, record, permalink }: RelatedDecision): RecordLink {
  const { number, outcome } = record;
  return { number, fileName: fileNameOf({ number, outcome, project: decision.project }), permalink };
}

/** Returns the people whom a record names, the decider and the asker first. */
export function peopleNamedIn({ decision, ownAnswers, votes }: Discussion, record: DecisionRecord): string[] {
  const others = [...ownAnswers, ...votes].map(({ person }) => person);
  const people = new Set([record.by, decision.round.by, ...others]);
  people.delete(ERASED);
  return [...people];
}

/** Returns a person's display name, or the id if the name has no visible character. */
export function displayNameOf({ names }: Pick<AdrInput, 'names'>, person: string): string {
  if (person === ERASED) return 'someone';
  return toVisibleLine(names.get(person) ?? '') || person;
}

const LONGEST_FILE_NAME = 60;
const EXTENSION = '.md';

/** Words of the file name before the project's name, which may have no ASCII letters to show. */
const OUTCOME_SLUGS: Readonly<Record<Choice, string>> = {
  django: 'django',
  flask: 'flask',
  both: 'django-and-flask',
};

/** Returns "0007-django-for-billing-portal.md": always ASCII, at most 60 characters. */
export function fileNameOf({
  number,
  outcome,
  project,
}: Pick<AdrInput, 'number' | 'outcome' | 'project'>): string {
  const start = `${formatRecordNumber(number)}-${OUTCOME_SLUGS[outcome]}`;
  const named = slug(project);
  const whole = named === '' ? start : `${start}-for-${named}`;
  return whole.slice(0, LONGEST_FILE_NAME - EXTENSION.length).replace(/-+$/, '') + EXTENSION;
}

/** Returns "0007" for 7. */
export function formatRecordNumber(number: number): string {
  return String(number).padStart(4, '0');
}

/** Letters that Unicode doesn't decompose into a base letter and an accent. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Removes accents, then replaces everything outside a-z and 0-9 with hyphens. */
function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\0-\x7f]/gu, (letter) => SPELLED[letter] ?? ' ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
