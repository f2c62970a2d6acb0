/** Detects a connection pooler that doesn't give each client its own PostgreSQL session. */
import pg from 'pg';
import { StoreError } from '../store.ts';

/** Several poolers may share one address. With more clients than poolers, at least two clients use the same pooler. */
export const CLIENTS = 4;
/**
 * How often sessions are compared. While other programs use the pooler, shared sessions can look separate by chance.
 */
const ROUNDS = 5;
/** How long a pooler may take to find a free connection, in milliseconds. */
const ANSWER_WITHIN_MS = 2_500;

/** Identifies the session. Process ids repeat across servers, so the id includes the server's start time. */
const WHERE_AM_I = `
  SELECT pg_backend_pid() || ' ' || extract(epoch FROM pg_postmaster_start_time()) AS session,
    current_setting('search_path') AS path`;

/**
 * Compares the sessions of several clients, one query at a time.
 *
 * @param clients one function for each client, which resolves to the id of its PostgreSQL session
 * @returns false if a client changed its session, or if two clients shared one
 */
export async function haveOwnSessions(clients: readonly (() => Promise<string>)[]): Promise<boolean> {
  const owners = new Map<string, number>();
  const sessions = new Map<number, string>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [client, session] of clients.entries()) {
      // Twice in a row: a pooler that takes turns would give two alternating clients the same two sessions forever.
      for (const found of [await session(), await session()]) {
        if ((owners.get(found) ?? client) !== client) return false;
        if ((sessions.get(client) ?? found) !== found) return false;
        owners.set(found, client);
        sessions.set(client, found);
      }
    }
  }
  return true;
}

/**
 * Opens some connections. Throws StoreError if a pooler shares sessions between clients (transaction or statement
 * pooling), or drops the search_path in the URL. Prepared statements and timeouts belong to a session, so the bot would
 * read other statements' results. Changes no settings: with such a pooler they would reach other programs.
 *
 * @param place the server's name in messages
 */
export async function refuseSharedSessions(url: string, place: string): Promise<void> {
  const clients = Array.from({ length: CLIENTS }, () => {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'django-or-flask',
      connectionTimeoutMillis: 2_000,
      query_timeout: ANSWER_WITHIN_MS,
    });
    // The pending query rejects with the same error.
    client.on('error', () => {});
    return client;
  });
  let hasAnswered = false;
  const session = async (client: pg.Client): Promise<string> => {
    const { rows } = await client.query<{ session: string; path: string }>(WHERE_AM_I);
    const { session = '', path = '' } = rows[0] ?? {};
    refuseDroppedPath(url, place, path);
    hasAnswered = true;
    return session;
  };
  try {
    for (const client of clients) await client.connect();
    if (await haveOwnSessions(clients.map((client) => () => session(client)))) return;
  } catch (error) {
    if (!hasAnswered || !isTimeout(error)) throw error;
    throw new StoreError(
      `The connection pooler at ${place} gives the bot too few connections. Raise default_pool_size by ten for each instance of the bot.`,
    );
  } finally {
    await Promise.allSettled(clients.map((client) => client.end()));
  }
  throw new StoreError(
    `The connection pooler at ${place} shares PostgreSQL sessions between clients (transaction or statement pooling). ` +
      'The bot needs a session for each connection: set pool_mode = session for its database, or connect to PostgreSQL directly.',
  );
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && error.message === 'Query read timeout';

/** With `ignore_startup_parameters = options`, PgBouncer drops them silently, and the bot would use other tables. */
function refuseDroppedPath(url: string, place: string, path: string): void {
  const options = URL.parse(url)?.searchParams.get('options') ?? '';
  const wanted = /(?:-c\s*|--)search[_-]path=(\S+)/.exec(options)?.[1];
  const bare = (text: string): string => text.replaceAll(/[\s"\\]/g, '');
  if (wanted === undefined || bare(wanted) === bare(path)) return;
  throw new StoreError(
    `The connection pooler at ${place} drops the search_path in DATABASE_URL. ${SET_FOR_USER}`,
  );
}

const SET_FOR_USER =
  'Remove "options" there and set it for the user instead: ALTER ROLE … SET search_path = ….';

/** Returns a sentence if a pooler refused to connect because of a parameter in DATABASE_URL; null for other errors. */
export function refusedParameter(detail: string, place: string): string | null {
  const name = /unsupported startup parameter(?: in options)?: (\w+)/.exec(detail)?.[1];
  if (name === undefined) return null;
  return name === 'options' || name === 'search_path'
    ? `The connection pooler at ${place} does not accept "options" in DATABASE_URL. ${SET_FOR_USER}`
    : `The connection pooler at ${place} does not accept ${name} in DATABASE_URL. Remove it there.`;
}
