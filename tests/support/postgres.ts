import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

/**
 * A schema of its own in the run's PostgreSQL, as an address for DATABASE_URL. Two of the same name in a test are
 * the same, as two processes on one database.
 */
export async function postgresSchema(name: string): Promise<string> {
  const url = new URL(inject('postgres'));
  await withClient(url.href, (client) => client.query(`CREATE SCHEMA IF NOT EXISTS ${name}`));
  url.searchParams.set('options', `-csearch_path=${name}`);
  return url.href;
}

/** Runs statements beside the program's own, as an administrator would. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

let schemas = 0;

/** A fresh one; it goes when the test has ended, or when whoever else is told says so. */
export async function freshSchema(
  atEnd: (drop: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  schemas += 1;
  const name = `test_${process.pid}_${schemas}`;
  const url = await postgresSchema(name);
  atEnd(async () => {
    await withClient(inject('postgres'), (client) => client.query(`DROP SCHEMA ${name} CASCADE`));
  });
  return url;
}

/** Deletes all that is in its tables. */
export async function emptySchema(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables
       WHERE schemaname = current_schema() AND tablename <> 'django_or_flask_schema'`,
    );
    // Whatever refers to what.
    const statements = [
      'SET session_replication_role = replica',
      ...rows.map(({ name }) => `DELETE FROM ${name}`),
    ];
    await client.query(statements.join(';'));
  });
}
