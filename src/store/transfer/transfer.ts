import { isPostgresUrl } from '../../runtime/database-url.ts';
import { StoreError } from '../store-error.ts';
import { type Item, RowCounter, read, type Summary, written } from './format.ts';
import type { Place } from './place.ts';
import { openPostgresPlace } from './postgres.ts';
import { readSqlite, writeSqlite } from './sqlite.ts';

/**
 * Everything of one tenant, or of all, as lines of text. Tokens stay sealed.
 *
 * @param database as in DATABASE_URL
 */
export async function* exported(database: string, tenant: string | null): AsyncGenerator<string, Summary> {
  const place = isPostgresUrl(database) ? await openPostgresPlace(database) : readSqlite(database);
  try {
    return yield* written({ schema: place.schema, tenant }, place.items(tenant));
  } finally {
    await place.close();
  }
}

/**
 * Writes an export into a database: all of it, or nothing. Everything is read back and compared before it counts, and
 * every posted card is redrawn when the bot runs. Throws StoreError if the export or the database can't be used.
 *
 * @param now milliseconds since 1970
 */
export async function imported(
  database: string,
  lines: AsyncIterable<string>,
  now: number,
): Promise<Summary> {
  const reading = await read(lines);
  const place = await openToWrite(database);
  try {
    const { schema, tenant } = reading.head;
    if (schema !== place.schema) {
      throw new StoreError(
        `The export has schema ${schema}, this program ${place.schema}. Export it with the same version as it is imported with.`,
      );
    }
    await refuseWhereThereIsSome(place, tenant);
    await place.write(reading.items, { tenant, now }, async () => {
      const there = await summaryOf(place.items(tenant));
      if (there.sha256 !== reading.summary().sha256) {
        throw new StoreError('What arrived is not what was sent. Nothing was imported.');
      }
    });
    return reading.summary();
  } finally {
    await place.close();
  }
}

/**
 * For a database that was restored with other tools: brings it up to date and marks it as `imported` does.
 *
 * @param now milliseconds since 1970
 */
export async function markRestored(database: string, now: number): Promise<void> {
  const place = await openToWrite(database);
  try {
    await place.markRestored(now);
  } finally {
    await place.close();
  }
}

async function openToWrite(database: string): Promise<Place> {
  return isPostgresUrl(database) ? openPostgresPlace(database) : writeSqlite(database);
}

/** Two histories cannot be told apart once they are mixed. */
async function refuseWhereThereIsSome(place: Place, tenant: string | null): Promise<void> {
  for await (const { table } of place.items(tenant)) {
    const whose = tenant === null ? 'The database' : `The database already has data of ${tenant}:`;
    throw new StoreError(
      `${whose} ${tenant === null ? `is not empty: it has ${table}` : table}. Nothing was imported.`,
    );
  }
}

async function summaryOf(items: AsyncIterable<Item>): Promise<Summary> {
  const tally = new RowCounter();
  for await (const item of items) tally.add(item);
  return tally.summary();
}
