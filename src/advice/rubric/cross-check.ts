import type { z } from 'zod';
import { Checks, type KnownIds } from './checks.ts';
import type * as schemas from './files.ts';
import type * as questionSchemas from './question-files.ts';
import type { YamlFile, YamlPath } from './read-yaml.ts';
import { contradicts, FRAMEWORKS, GENERAL_TOPICS, type Project, type Rule, UNSURE } from './schema.ts';

/** All files of the rubric, each valid on its own. */
export interface RubricFiles {
  readonly questions: YamlFile<z.infer<typeof schemas.questionsFile>>;
  readonly rules: YamlFile<z.infer<typeof schemas.rulesFile>>;
  readonly claims: YamlFile<z.infer<typeof schemas.claimsFile>>;
  readonly sources: YamlFile<z.infer<typeof schemas.sourcesFile>>;
  readonly notes: YamlFile<z.infer<typeof schemas.notesFile>>;
  readonly cases: YamlFile<z.infer<typeof schemas.casesFile>>;
  readonly projects: YamlFile<z.infer<typeof schemas.projectsFile>>;
  readonly arguments: YamlFile<z.infer<typeof schemas.argumentsFile>>;
  readonly synonyms: YamlFile<z.infer<typeof questionSchemas.synonymsFile>>;
  readonly facts: YamlFile<z.infer<typeof questionSchemas.factsFile>>;
  readonly kinds: YamlFile<z.infer<typeof questionSchemas.kindsFile>>;
}

/** All files of the rubric, with null for a file that couldn't be read. */
export type MaybeFiles = { readonly [K in keyof RubricFiles]: RubricFiles[K] | null };

type Value<K extends keyof RubricFiles> = RubricFiles[K]['value'];

/**
 * Returns the problems between the files, such as an unknown id, each with file and line. Skips ids from a file that
 * couldn't be read, because that problem has already been reported.
 */
export function crossCheck(files: MaybeFiles): string[] {
  const known = knownIds(files);
  return [
    ...check(files.questions, known, checkQuestions),
    ...check(files.rules, known, checkRules),
    ...check(files.claims, known, checkClaims),
    ...check(files.sources, known, ({ sources }, checks) => checks.unique(['sources'], sources)),
    ...check(files.notes, known, checkNotes),
    ...check(files.cases, known, checkCases),
    ...check(files.projects, known, checkProjects),
    ...check(files.arguments, known, checkArguments),
    ...check(files.synonyms, known, checkSynonyms),
    ...check(files.facts, known, checkFacts),
    ...check(files.kinds, known, checkKinds),
  ];
}

function knownIds({ claims, notes, sources, questions }: MaybeFiles): KnownIds {
  const denying = notes?.value.notes.filter(contradicts);
  return {
    claims: claims && new Set(claims.value.claims.map((c) => c.id)),
    denied: new Map(denying?.flatMap((note) => note.claims.map((id) => [id, note]))),
    sources: sources && new Set(sources.value.sources.map((s) => s.id)),
    options:
      questions && new Map(questions.value.questions.map((q) => [q.id, new Set(q.options.map((o) => o.id))])),
  };
}

function check<T>(
  file: YamlFile<T> | null,
  known: KnownIds,
  checkFile: (value: T, checks: Checks) => void,
): string[] {
  if (!file) return [];
  const problems: string[] = [];
  checkFile(file.value, new Checks(known, (path, problem) => void problems.push(file.at(path, problem))));
  return problems;
}

function checkQuestions({ intercept, questions }: Value<'questions'>, checks: Checks): void {
  const favoring = questions.filter((q) => q.options.some((option) => option.favors !== undefined));
  if (favoring.length > 1 || favoring.some((q) => q.options.some((option) => option.points !== 0))) {
    checks.report(['questions'], 'only one question may favor a framework, and its options have no points');
  }
  checks.reasons(['intercept', 'claims'], intercept.claims);
  checks.unique(['questions'], questions);
  for (const [i, question] of questions.entries()) {
    checks.unique(['questions', i, 'options'], question.options);
    for (const [j, option] of question.options.entries()) {
      const path = ['questions', i, 'options', j];
      if (option.id === UNSURE) {
        checks.report([...path, 'id'], `${UNSURE} is an answer to every question already`);
      }
      checks.reasons([...path, 'claims'], option.claims);
    }
  }
}

function checkRules({ adjustments, rules, strength }: Value<'rules'>, checks: Checks): void {
  for (const [i, { when }] of strength.never_solid.entries()) {
    checks.condition(['strength', 'never_solid', i, 'when'], when);
  }
  checks.unique(['adjustments'], adjustments);
  for (const [i, adjustment] of adjustments.entries()) {
    const path = ['adjustments', i];
    checks.condition([...path, 'when'], adjustment.when);
    checks.condition([...path, 'unless'], adjustment.unless);
    checks.reasons([...path, 'claims'], adjustment.claims);
    // Otherwise the adjustment would change the points of every answer to the trait.
    if (!Object.hasOwn(adjustment.when, adjustment.trait)) {
      checks.report([...path, 'trait'], 'must be one of the traits under when');
    }
  }
  checks.unique(['rules'], rules);
  for (const [i, { yields, verdict, when }] of rules.entries()) {
    if (yields === undefined) continue;
    const options = when.flatMap((condition) => Object.values(condition));
    if (i < rules.length - 1 || verdict === 'both' || when.length > 1 || options.some((o) => o.length > 1)) {
      checks.report(
        ['rules', i, 'yields'],
        'needs the last rule, for one framework, with one condition of single options',
      );
    }
  }
  for (const [i, rule] of rules.entries()) checkRule(['rules', i], rule, checks);
}

function checkRule(path: YamlPath, rule: Rule, checks: Checks): void {
  checks.conditions([...path, 'when'], rule.when);
  checks.reasons([...path, 'claims'], rule.claims);
  if ((rule.verdict === 'both') !== Boolean(rule.boundary)) {
    checks.report([...path, 'boundary'], 'belongs to the verdict both, and that needs one');
  }
  for (const side of FRAMEWORKS) {
    for (const [i, line] of (rule.boundary?.[side] ?? []).entries()) {
      checks.condition([...path, 'boundary', side, i, 'when'], line.when);
    }
  }
}

function checkClaims({ claims, framing }: Value<'claims'>, checks: Checks): void {
  checks.unique(['claims'], claims);
  const seen = new Set<string>();
  for (const [i, { claim }] of framing.entries()) {
    const path = ['framing', i, 'claim'];
    checks.claim(path, claim);
    if (seen.has(claim)) checks.report(path, `${claim} is there twice`);
    seen.add(claim);
  }
}

function checkNotes({ notes }: Value<'notes'>, checks: Checks): void {
  checks.unique(['notes'], notes);
  for (const [i, note] of notes.entries()) {
    checks.claims(['notes', i, 'claims'], note.claims);
    checks.sources(['notes', i, 'sources'], note.sources);
    checks.conditions(['notes', i, 'when'], note.when);
  }
}

function checkCases({ cases }: Value<'cases'>, checks: Checks): void {
  checks.unique(['cases'], cases);
  for (const [i, study] of cases.entries()) {
    checks.condition(['cases', i, 'traits'], study.traits);
    checks.claims(['cases', i, 'claims'], study.claims);
  }
}

function checkProjects({ projects }: Value<'projects'>, checks: Checks): void {
  checks.unique(['projects'], projects);
  for (const [i, project] of projects.entries()) checkProject(['projects', i], project, checks);
}

function checkProject(path: YamlPath, { answers, certainty }: Project, checks: Checks): void {
  checks.answers([...path, 'answers'], answers);
  for (const trait of Object.keys(answers)) {
    if (!Object.hasOwn(certainty, trait))
      checks.report([...path, 'certainty'], `says nothing about ${trait}`);
  }
  for (const trait of Object.keys(certainty)) {
    if (!Object.hasOwn(answers, trait)) {
      checks.report([...path, 'certainty', trait], `is about ${trait}, which has no answer`);
    }
  }
}

function checkArguments({ arguments: all }: Value<'arguments'>, checks: Checks): void {
  checks.unique(['arguments'], all);
  for (const [i, argument] of all.entries()) {
    checks.reasons(['arguments', i, 'claims'], argument.claims);
    checks.conditions(['arguments', i, 'matters'], argument.matters);
    checks.conditions(['arguments', i, 'moot'], argument.moot);
  }
}

function checkSynonyms({ topics, beyond, ignored }: Value<'synonyms'>, checks: Checks): void {
  checks.unique(['topics'], topics);
  for (const id of Object.values(GENERAL_TOPICS)) {
    if (!topics.some((topic) => topic.id === id)) checks.report(['topics'], `there must be a topic ${id}`);
  }
  const nothing = new Set(ignored);
  const outside = new Set(beyond);
  for (const [i, { trait, words, claims }] of topics.entries()) {
    if (trait !== undefined) checks.trait(['topics', i, 'trait'], trait);
    checks.claims(['topics', i, 'claims'], claims);
    for (const [j, word] of words.entries()) {
      const path = ['topics', i, 'words', j];
      if (words.indexOf(word) !== j) checks.report(path, `“${word}” is there twice`);
      if (nothing.has(word)) checks.report(path, `“${word}” is among the ignored words`);
      if (outside.has(word)) checks.report(path, `“${word}” is among the words beyond the rubric`);
    }
  }
}

function checkFacts({ facts }: Value<'facts'>, checks: Checks): void {
  checks.unique(['facts'], facts);
  for (const [i, { claims }] of facts.entries()) checks.claims(['facts', i, 'claims'], claims);
}

function checkKinds({ kinds, details }: Value<'kinds'>, checks: Checks): void {
  checks.unique(['kinds'], kinds);
  for (const [i, { answers }] of kinds.entries()) checks.answers(['kinds', i, 'answers'], answers);
  for (const [i, { answers }] of details.entries()) checks.answers(['details', i, 'answers'], answers);
}
