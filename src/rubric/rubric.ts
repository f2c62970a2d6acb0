import { pathToFileURL } from 'node:url';
import { crossCheck, type MaybeFiles, type RubricFiles } from './cross-check.ts';
import { readParsed } from './parsed.ts';
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
 * Reads the YAML files, checks them and everything they say about one another, and freezes the result.
 * Later calls for the same folder return the same object.
 *
 * @param folder a file: address or a path
 * @throws RubricError
 */
export function loadRubric(folder: URL | string = OWN_FOLDER): Rubric {
  const url = folderUrl(folder);
  const known = loaded.get(url.href);
  if (known) return known;
  const rubric = deepFreeze(read(url));
  loaded.set(url.href, rubric);
  return rubric;
}

/** With a slash at the end; without it, a file's name would replace the folder's. */
function folderUrl(folder: URL | string): URL {
  const url = typeof folder === 'string' ? pathToFileURL(folder) : folder;
  return url.href.endsWith('/') ? url : new URL(`${url.href}/`);
}

function read(folder: URL): Rubric {
  const problems: string[] = [];
  const parsed = readParsed(folder);
  const files = {
    questions: readYaml(folder, 'questions.yml', questionsFile, parsed, problems),
    rules: readYaml(folder, 'rules.yml', rulesFile, parsed, problems),
    claims: readYaml(folder, 'claims.yml', claimsFile, parsed, problems),
    sources: readYaml(folder, 'sources.yml', sourcesFile, parsed, problems),
    notes: readYaml(folder, 'notes.yml', notesFile, parsed, problems),
    cases: readYaml(folder, 'cases.yml', casesFile, parsed, problems),
    projects: readYaml(folder, 'projects.yml', projectsFile, parsed, problems),
    arguments: readYaml(folder, 'arguments.yml', argumentsFile, parsed, problems),
    synonyms: readYaml(folder, 'synonyms.yml', synonymsFile, parsed, problems),
  };
  problems.push(...crossCheck(files));
  if (problems.length > 0 || !allRead(files)) throw new RubricError(problems);

  const { questions, rules, claims, sources } = files;
  return {
    version: questions.value.version,
    article: claims.value.article,
    intercept: questions.value.intercept,
    questions: questions.value.questions,
    strength: rules.value.strength,
    weighing: rules.value.weighing,
    adjustments: rules.value.adjustments,
    rules: rules.value.rules,
    claims: new Map(claims.value.claims.map((claim) => [claim.id, claim])),
    framing: claims.value.framing,
    sources: new Map(sources.value.sources.map((source) => [source.id, source])),
    notes: files.notes.value.notes,
    cases: files.cases.value.cases,
    projects: files.projects.value.projects,
    arguments: files.arguments.value.arguments,
    synonyms: files.synonyms.value,
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
