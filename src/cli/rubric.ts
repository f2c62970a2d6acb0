/**
 * `npm run rubric`: keeps the rubric's files as JSON beside them, so that a start does not have to read YAML. Whoever
 * forgets it after a change waits a tenth of a second longer at each start, and a test says so.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { hashOf, type ParsedFiles } from '../rubric/parsed.ts';
import { loadRubric } from '../rubric/rubric.ts';

const FOLDER = new URL('../rubric/', import.meta.url);

// Says what is wrong with the files, if anything is.
loadRubric();
const files: ParsedFiles = {};
for (const name of readdirSync(FOLDER).sort()) {
  if (!name.endsWith('.yml')) continue;
  const text = readFileSync(new URL(name, FOLDER), 'utf8');
  files[name] = { sha256: hashOf(text), value: parse(text) };
}
writeFileSync(new URL('parsed.json', FOLDER), `${JSON.stringify(files)}\n`);
