import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../bench/instances/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the real PostgreSQL of this run listens; one database, a schema for each test. */
    readonly postgres: string;
  }
}

/** One server for all test files that need it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  project.provide('postgres', postgres.url);
  return postgres.stop;
}
