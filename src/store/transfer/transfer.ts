import { isPostgresUrl } from '../../runtime/environment.ts';
import { StoreError } from '../store.ts';
import type { Endpoint } from './endpoint.ts';
import { type ExportedRow, type ExportSummary, RowCounter, readExport, writeExport } from './format.ts';
import { openPostgresEndpoint } from './postgres.ts';
import { openSqliteForReading, openSqliteForWriting } from './sqlite.ts';

/**
 * Yields the lines of an export. Tokens stay encrypted. Throws StoreError if the database can't be used.
 *
 * @param database path or URL, as in DATABASE_URL
 * @param tenant null for all tenants
 */
export async function* exportDatabase(
  database: string,
  tenant: string | null,
): AsyncGenerator<string, ExportSummary> {
  const endpoint = isPostgresUrl(database)
    ? await openPostgresEndpoint(database)
    : openSqliteForReading(database);
  try {
    return yield* writeExport({ schema: endpoint.schema, tenant }, endpoint.items(tenant));
  } finally {
    await endpoint.close();
  }
}

/**
 * Imports an export in one transaction: reads everything back and compares checksums before the commit. Every posted
 * card is updated when the bot next runs. Throws StoreError if the export or the database can't be used.
 *
 * @param database path or URL, as in DATABASE_URL
 * @param now milliseconds since 1970
 */
export async function importDatabase(
  database: string,
  lines: AsyncIterable<string>,
  now: number,
): Promise<ExportSummary> {
  const reader = await readExport(lines);
  const endpoint = await openToWrite(database);
  try {
    const { schema, tenant } = reader.head;
    if (schema !== endpoint.schema) {
      throw new StoreError(
        `The export has schema ${schema}, this program ${endpoint.schema}. Use the same version for export and import.`,
      );
    }
    await refuseExistingRows(endpoint, tenant);
    await endpoint.write(reader.items, { tenant, now }, async () => {
      const there = await summaryOf(endpoint.items(tenant));
      if (there.sha256 !== reader.summary().sha256) {
        throw new StoreError('The imported rows differ from the export. Nothing was imported.');
      }
    });
    return reader.summary();
  } finally {
    await endpoint.close();
  }
}

/**
 * Migrates a database that was restored with other tools, and marks it as restored, as `importDatabase` does.
 *
 * @param now milliseconds since 1970
 */
export async function markRestored(database: string, now: number): Promise<void> {
  const endpoint = await openToWrite(database);
  try {
    await endpoint.markRestored(now);
  } finally {
    await endpoint.close();
  }
}

async function openToWrite(database: string): Promise<Endpoint> {
  return isPostgresUrl(database) ? openPostgresEndpoint(database) : openSqliteForWriting(database);
}

/** Throws StoreError if there are rows already, because mixed data can't be separated again. */
async function refuseExistingRows(endpoint: Endpoint, tenant: string | null): Promise<void> {
  for await (const { table } of endpoint.items(tenant)) {
    const whose = tenant === null ? 'The database' : `The database already has data of ${tenant}:`;
    throw new StoreError(
      `${whose} ${tenant === null ? `is not empty: it has ${table}` : table}. Nothing was imported.`,
    );
  }
}

async function summaryOf(items: AsyncIterable<ExportedRow>): Promise<ExportSummary> {
  const counter = new RowCounter();
  for await (const item of items) counter.add(item);
  return counter.summary();
}
