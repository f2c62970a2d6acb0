import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type RubricValues, readChecked } from './checked.ts';
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
  const rubric = deepFreeze(rubricOf(readChecked(url) ?? checkNow(url)));
  loaded.set(url.href, rubric);
  return rubric;
}

/** Adds the final slash. Without it, `new URL(file, folder)` would replace the folder's name. */
function folderUrl(folder: URL | string): URL {
  const url = typeof folder === 'string' ? pathToFileURL(folder) : folder;
  return url.href.endsWith('/') ? url : new URL(`${url.href}/`);
}

/**
 * What the YAML files say, whatever was found right before.
 *
 * @throws RubricError
 */
export function checkNow(folder: URL): RubricValues {
  // Loaded here, since most starts do without it: its schemas and the 72 files that read YAML are a tenth of one.
  const { checkFiles }: typeof import('./check.ts') = createRequire(import.meta.url)('./check.ts');
  const checked = checkFiles(folder);
  if (checked.values === undefined) throw new RubricError(checked.problems);
  return checked.values;
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
    projects: values.projects.projects.map((project) => withEveryQuestion(project, questions.questions)),
    arguments: values.arguments.arguments,
    synonyms: values.synonyms,
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
