import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { RubricFiles } from './cross-check.ts';

/** What is said in each file of the rubric, right in itself and with the others. */
export type RubricValues = { readonly [K in keyof RubricFiles]: RubricFiles[K]['value'] };

/** What is right, or what is not: every problem with its file and line. */
export type CheckedFiles =
  | { readonly problems: readonly string[]; readonly values?: never }
  | { readonly problems: readonly []; readonly values: RubricValues };

/** A line with a hash of all that this rests on, and one with the values as JSON. */
const CHECKED = 'checked.jsonl';
/** In a folder that holds a rubric. */
export const RUBRIC_FILES: Readonly<Record<keyof RubricFiles, string>> = {
  questions: 'questions.yml',
  rules: 'rules.yml',
  claims: 'claims.yml',
  sources: 'sources.yml',
  notes: 'notes.yml',
  cases: 'cases.yml',
  projects: 'projects.yml',
  arguments: 'arguments.yml',
  synonyms: 'synonyms.yml',
};
/** What says which files are right. */
const CHECKS = ['./files.ts', './cross-check.ts', './read-yaml.ts', './check.ts'].map(
  (path) => new URL(path, import.meta.url),
);

/**
 * What `npm run rubric` found right and kept. Checking it again takes a tenth of a start.
 *
 * @returns null where it never did, or where a file, a check or what was kept is not what it was then
 */
export function readChecked(folder: URL): RubricValues | null {
  try {
    const [hash = '', json = ''] = readFileSync(new URL(CHECKED, folder), 'utf8').split('\n');
    const values: unknown = JSON.parse(json);
    return isUnchanged(values, hash, hashOf(textsOf(folder), json)) ? values : null;
  } catch {
    return null;
  }
}

/**
 * Keeps what is found right for the next start.
 *
 * @param check finds it, or throws
 */
export function keepChecked(folder: URL, check: (folder: URL) => RubricValues): void {
  // Read before: whatever changes meanwhile was not checked.
  const texts = textsOf(folder);
  const json = JSON.stringify(check(folder));
  writeFileSync(new URL(CHECKED, folder), `${JSON.stringify(hashOf(texts, json))}\n${json}\n`);
}

/** What is as it was when it was kept is of the shape that it was found to have. */
function isUnchanged(_values: unknown, before: string, now: string): _values is RubricValues {
  return before === JSON.stringify(now);
}

/** @throws where a file is missing */
function textsOf(folder: URL): Buffer[] {
  const files = Object.values(RUBRIC_FILES).map((name) => new URL(name, folder));
  return [...files, ...CHECKS].map((file) => readFileSync(file));
}

function hashOf(texts: readonly Buffer[], json: string): string {
  const all = createHash('sha256');
  // Each for itself first, so that nothing can move from the end of one to the beginning of the next.
  for (const text of [...texts, json]) all.update(createHash('sha256').update(text).digest());
  return all.digest('hex');
}
