/**
 * Types and constants of the rubric, without the file system or zod at run time, so that pure code can import them.
 * `files.ts` has the schemas of the YAML files.
 */
import type { z } from 'zod';
import type * as schemas from './files.ts';
import type * as questionSchemas from './question-files.ts';

export type { Condition } from './files.ts';

export const FRAMEWORKS = ['django', 'flask'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/** Outcomes of a decision, and verdicts other than `undecided`. */
export const OUTCOMES = ['django', 'flask', 'both'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Option id of "Not sure". Every question has it, and it has no points. */
export const UNSURE = 'unsure';

/** Ids of the topics for questions that only name frameworks. */
export const GENERAL_TOPICS = { django: 'for_django', flask: 'for_flask', either: 'default_choice' } as const;

export type Question = z.infer<typeof schemas.questionsFile>['questions'][number];
export type Adjustment = z.infer<typeof schemas.rulesFile>['adjustments'][number];
export type Rule = z.infer<typeof schemas.rulesFile>['rules'][number];
export type Claim = z.infer<typeof schemas.claimsFile>['claims'][number];
export type Source = z.infer<typeof schemas.sourcesFile>['sources'][number];
export type Note = z.infer<typeof schemas.notesFile>['notes'][number];
export type CaseStudy = z.infer<typeof schemas.casesFile>['cases'][number];
export type Project = z.infer<typeof schemas.projectsFile>['projects'][number];
export type Argument = z.infer<typeof schemas.argumentsFile>['arguments'][number];
export type Synonyms = z.infer<typeof questionSchemas.synonymsFile>;
export type Fact = z.infer<typeof questionSchemas.factsFile>['facts'][number];
export type ProjectKind = z.infer<typeof questionSchemas.kindsFile>['kinds'][number];

/** Content of the YAML files, validated and frozen. */
export interface Rubric {
  readonly version: string;
  readonly article: z.infer<typeof schemas.claimsFile>['article'];
  readonly intercept: z.infer<typeof schemas.questionsFile>['intercept'];
  readonly questions: readonly Question[];
  readonly strength: z.infer<typeof schemas.rulesFile>['strength'];
  readonly weighing: z.infer<typeof schemas.rulesFile>['weighing'];
  readonly adjustments: readonly Adjustment[];
  readonly rules: readonly Rule[];
  readonly claims: ReadonlyMap<string, Claim>;
  readonly framing: z.infer<typeof schemas.claimsFile>['framing'];
  readonly sources: ReadonlyMap<string, Source>;
  readonly notes: readonly Note[];
  readonly cases: readonly CaseStudy[];
  readonly projects: readonly Project[];
  readonly costOfBoth: z.infer<typeof schemas.argumentsFile>['cost_of_both'];
  readonly arguments: readonly Argument[];
  readonly synonyms: Synonyms;
  readonly facts: readonly Fact[];
  readonly kinds: readonly ProjectKind[];
  readonly details: z.infer<typeof questionSchemas.kindsFile>['details'];
}

const CONTRADICTING: readonly Note['status'][] = ['reversed', 'outdated'];

/** Returns whether the note contradicts its claims. */
export function contradicts({ status }: Pick<Note, 'status'>): boolean {
  return CONTRADICTING.includes(status);
}
