import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { RubricFiles } from './cross-check.ts';

/** What is said in each file of the rubric, right in itself and with the others. */
export type RubricValues = { readonly [K in keyof RubricFiles]: RubricFiles[K]['value'] };

/** The values as JSON, with the hash of what they were made from. */
const CHECKED = 'checked.json';
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
const CHECKS = ['./schema.ts', './cross-check.ts'].map((path) => new URL(path, import.meta.url));

/**
 * What `npm run rubric` found right and kept. Checking it again takes a tenth of a start.
 *
 * @returns null where it never did, where a file or a check is not what it was then, or where this cannot be read
 */
export function readChecked(folder: URL): RubricValues | null {
  try {
    const kept: unknown = JSON.parse(readFileSync(new URL(CHECKED, folder), 'utf8'));
    return isMadeFrom(kept, madeFrom(folder)) ? kept.values : null;
  } catch {
    return null;
  }
}

/** For the next start. */
export function keepChecked(folder: URL, values: RubricValues): void {
  const kept = { madeFrom: madeFrom(folder), values };
  writeFileSync(new URL(CHECKED, folder), `${JSON.stringify(kept)}\n`);
}

function isMadeFrom(kept: unknown, from: string): kept is { readonly values: RubricValues } {
  return typeof kept === 'object' && kept !== null && 'madeFrom' in kept && kept.madeFrom === from;
}

/** @throws where a file is missing */
function madeFrom(folder: URL): string {
  const hash = createHash('sha256');
  for (const file of [...Object.values(RUBRIC_FILES).map((name) => new URL(name, folder)), ...CHECKS]) {
    // Each for itself first, so that nothing can move from the end of one to the beginning of the next.
    hash.update(createHash('sha256').update(readFileSync(file)).digest());
  }
  return hash.digest('hex');
}
