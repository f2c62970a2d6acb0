import { pathToFileURL } from 'node:url';
import { RUBRIC_FILES, type RubricValues, readChecked } from './checked.ts';
import { crossCheck, type MaybeFiles, type RubricFiles } from './cross-check.ts';
import { readYaml } from './read-yaml.ts';
import {
  argumentsFile,
  casesFile,
  claimsFile,
  notesFile,
  projectsFile,
  questionsFile,
  type Rubric,
  rulesFile,
  sourcesFile,
  synonymsFile,
} from './schema.ts';

/** The rubric cannot be used. The message lists every problem with its file and line. */
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
 * The rubric that the YAML files of the folder are, checked, and frozen. Later calls for the same folder return the
 * same object.
 *
 * @param folder a file: address or a path
 * @throws RubricError
 */
export function loadRubric(folder: URL | string = OWN_FOLDER): Rubric {
  const url = folderUrl(folder);
  const known = loaded.get(url.href);
  if (known) return known;
  const rubric = deepFreeze(rubricOf(readChecked(url) ?? checkNow(url)));
  loaded.set(url.href, rubric);
  return rubric;
}

/** With a slash at the end; without it, a file's name would replace the folder's. */
function folderUrl(folder: URL | string): URL {
  const url = typeof folder === 'string' ? pathToFileURL(folder) : folder;
  return url.href.endsWith('/') ? url : new URL(`${url.href}/`);
}

/**
 * Reads the YAML files and checks them and everything they say about one another, whatever was found right before.
 *
 * @throws RubricError
 */
export function checkNow(folder: URL): RubricValues {
  const problems: string[] = [];
  const files = {
    questions: readYaml(folder, RUBRIC_FILES.questions, questionsFile, problems),
    rules: readYaml(folder, RUBRIC_FILES.rules, rulesFile, problems),
    claims: readYaml(folder, RUBRIC_FILES.claims, claimsFile, problems),
    sources: readYaml(folder, RUBRIC_FILES.sources, sourcesFile, problems),
    notes: readYaml(folder, RUBRIC_FILES.notes, notesFile, problems),
    cases: readYaml(folder, RUBRIC_FILES.cases, casesFile, problems),
    projects: readYaml(folder, RUBRIC_FILES.projects, projectsFile, problems),
    arguments: readYaml(folder, RUBRIC_FILES.arguments, argumentsFile, problems),
    synonyms: readYaml(folder, RUBRIC_FILES.synonyms, synonymsFile, problems),
  };
  problems.push(...crossCheck(files));
  if (problems.length > 0 || !allRead(files)) throw new RubricError(problems);
  return {
    questions: files.questions.value,
    rules: files.rules.value,
    claims: files.claims.value,
    sources: files.sources.value,
    notes: files.notes.value,
    cases: files.cases.value,
    projects: files.projects.value,
    arguments: files.arguments.value,
    synonyms: files.synonyms.value,
  };
}

function rubricOf(values: RubricValues): Rubric {
  const { questions, rules, claims } = values;
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
    sources: new Map(values.sources.sources.map((source) => [source.id, source])),
    notes: values.notes.notes,
    cases: values.cases.cases,
    projects: values.projects.projects,
    arguments: values.arguments.arguments,
    synonyms: values.synonyms,
  };
}

function allRead(files: MaybeFiles): files is RubricFiles {
  return Object.values(files).every((file) => file !== null);
}

/** Objects and arrays in depth; Maps with their entries. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map) lockMap(value);
  Object.freeze(value);
  for (const inner of value instanceof Map ? value.values() : Object.values(value)) deepFreeze(inner);
  return value;
}

/** `Object.freeze` does not reach what a Map holds. */
function lockMap(map: Map<unknown, unknown>): void {
  const refuse = (): never => {
    throw new TypeError('The rubric cannot be changed');
  };
  for (const method of ['set', 'delete', 'clear']) Object.defineProperty(map, method, { value: refuse });
}
