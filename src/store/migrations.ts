import { readdirSync, readFileSync } from 'node:fs';

export interface Migration {
  /** Schema version after this migration. */
  readonly version: number;
  readonly sql: string;
}

const cache = new Map<string, readonly Migration[]>();

/** Returns the migrations `NNNN-name.sql` of a folder, in order. Reads each folder once. */
export function readMigrations(folder: URL): readonly Migration[] {
  const known = cache.get(folder.href);
  if (known) return known;
  const migrations = readdirSync(folder)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort()
    .map((name) => ({
      version: Number(name.slice(0, 4)),
      sql: readFileSync(new URL(name, folder), 'utf8'),
    }));
  cache.set(folder.href, migrations);
  return migrations;
}

/** Returns the schema version after all migrations of a folder; 0 for none. */
export function latestVersion(folder: URL): number {
  return readMigrations(folder).at(-1)?.version ?? 0;
}
