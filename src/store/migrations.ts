import { readdirSync, readFileSync } from 'node:fs';

export interface Migration {
  /** The schema that it leads to. */
  readonly version: number;
  readonly sql: string;
}

const read = new Map<string, readonly Migration[]>();

/** The files `NNNN-name.sql` of a folder, in order; they are read once. */
export function readMigrations(folder: URL): readonly Migration[] {
  const known = read.get(folder.href);
  if (known) return known;
  const migrations = readdirSync(folder)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort()
    .map((name) => ({
      version: Number(name.slice(0, 4)),
      sql: readFileSync(new URL(name, folder), 'utf8'),
    }));
  read.set(folder.href, migrations);
  return migrations;
}

/** The schema to which a folder's migrations lead. */
export function latestVersion(folder: URL): number {
  return readMigrations(folder).at(-1)?.version ?? 0;
}
