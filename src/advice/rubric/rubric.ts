import { pathToFileURL } from 'node:url';
import { crossCheck, type MaybeFiles, type RubricFiles } from './cross-check.ts';
import * as schemas from './files.ts';
import * as questionSchemas from './question-files.ts';
import { readYaml } from './read-yaml.ts';
import { type Project, type Question, type Rubric, UNSURE } from './schema.ts';

/** Thrown for an invalid rubric. The message lists every problem with file and line. */
export class RubricError extends Error {
  override name = 'RubricError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The rubric has ${problems.length} problem(s):\n${problems.map((p) => `  ${p}`).join('\n')}`);
    this.problems = problems;
  }
}

const OWN_FOLDER = new URL('./', import.meta.url);
const loaded = new Map<string, Rubric>();

/**
 * Loads, validates and freezes the rubric in a folder of YAML files. Later calls for the same folder return the same
 * object.
 *
 * @param folder a file: URL or a path
 * @throws RubricError
 */
export function loadRubric(folder: URL | string = OWN_FOLDER): Rubric {
  const url = folderUrl(folder);
  const known = loaded.get(url.href);
  if (known) return known;
  const rubric = deepFreeze(rubricOf(readFiles(url)));
  loaded.set(url.href, rubric);
  return rubric;
}

/** Adds the final slash. Without it, `new URL(file, folder)` would replace the folder's name. */
function folderUrl(folder: URL | string): URL {
  const url = typeof folder === 'string' ? pathToFileURL(folder) : folder;
  return url.href.endsWith('/') ? url : new URL(`${url.href}/`);
}

/**
 * Reads and checks each file, then what the files say about one another.
 *
 * @throws RubricError
 */
function readFiles(folder: URL): RubricFiles {
  const problems: string[] = [];
  const files = {
    questions: readYaml(folder, 'questions.yml', schemas.questionsFile, problems),
    rules: readYaml(folder, 'rules.yml', schemas.rulesFile, problems),
    claims: readYaml(folder, 'claims.yml', schemas.claimsFile, problems),
    sources: readYaml(folder, 'sources.yml', schemas.sourcesFile, problems),
    notes: readYaml(folder, 'notes.yml', schemas.notesFile, problems),
    cases: readYaml(folder, 'cases.yml', schemas.casesFile, problems),
    projects: readYaml(folder, 'projects.yml', schemas.projectsFile, problems),
    arguments: readYaml(folder, 'arguments.yml', schemas.argumentsFile, problems),
    synonyms: readYaml(folder, 'synonyms.yml', questionSchemas.synonymsFile, problems),
    facts: readYaml(folder, 'facts.yml', questionSchemas.factsFile, problems),
    kinds: readYaml(folder, 'kinds.yml', questionSchemas.kindsFile, problems),
  };
  problems.push(...crossCheck(files));
  if (problems.length > 0 || !allRead(files)) throw new RubricError(problems);
  return files;
}

function allRead(files: MaybeFiles): files is RubricFiles {
  return Object.values(files).every((file) => file !== null);
}

function rubricOf(files: RubricFiles): Rubric {
  const questions = files.questions.value;
  const rules = files.rules.value;
  const claims = files.claims.value;
  return {
    version: questions.version,
    article: claims.article,
    intercept: questions.intercept,
    questions: questions.questions,
    strength: rules.strength,
    weighing: rules.weighing,
    adjustments: rules.adjustments,
    rules: rules.rules,
    claims: new Map(claims.claims.map((claim) => [claim.id, claim])),
    framing: claims.framing,
    sources: new Map(files.sources.value.sources.map((source) => [source.id, source])),
    notes: files.notes.value.notes,
    cases: files.cases.value.cases,
    projects: files.projects.value.projects.map((project) => withEveryQuestion(project, questions.questions)),
    costOfBoth: files.arguments.value.cost_of_both,
    arguments: files.arguments.value.arguments,
    synonyms: files.synonyms.value,
    facts: files.facts.value.facts,
    kinds: files.kinds.value.kinds,
    details: files.kinds.value.details,
  };
}

/** Adds the questions that the project leaves out, as `unsure` with certainty 0. */
function withEveryQuestion(project: Project, questions: readonly Question[]): Project {
  const complete = <T>(values: Readonly<Record<string, T>>, missing: T): Record<string, T> =>
    Object.fromEntries(questions.map(({ id }) => [id, values[id] ?? missing]));
  return {
    ...project,
    answers: complete(project.answers, UNSURE),
    certainty: complete(project.certainty, 0),
  };
}

/** Freezes objects and arrays deeply, and Maps with their values. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map) lockMap(value);
  Object.freeze(value);
  for (const inner of value instanceof Map ? value.values() : Object.values(value)) deepFreeze(inner);
  return value;
}

/** Makes a Map read-only, because `Object.freeze` doesn't protect its entries. */
function lockMap(map: Map<unknown, unknown>): void {
  const refuse = (): never => {
    throw new TypeError('The rubric cannot be changed');
  };
  for (const method of ['set', 'delete', 'clear']) Object.defineProperty(map, method, { value: refuse });
}
