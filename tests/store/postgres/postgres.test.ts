import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { freePort } from '../../../bench/instances/free-port.ts';
import { postgresDatabase } from '../../../src/store/postgres/database.ts';
import { openPool, openPostgresStore } from '../../../src/store/postgres/open.ts';
import { defineQuery, execute, queryAll, queryFirst } from '../../../src/store/sql/work.ts';
import { openSqlite } from '../../../src/store/sqlite/open-file.ts';
import { type Store, StoreError } from '../../../src/store/store.ts';
import { quotedName, TABLES } from '../../../src/store/transfer/tables.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { passageTo } from '../../support/passage.ts';
import { emptySchema, freshSchema, withClient } from '../../support/postgres.ts';
import { newDatabase, startPgBouncer, whyNoPgBouncer } from '../../whole/client/pgbouncer.ts';
import { storeContract } from '../contract.ts';
import { counted, draft, NOW } from '../draft.ts';
import { databaseOf, expectUsable } from '../earlier.ts';
import { isolationContract } from '../isolation-contract.ts';
import { workspacesContract } from '../workspaces-contract.ts';

async function open(url: string) {
  const store = await openPostgresStore(url, counted, { connections: 5, isDirect: true });
  onTestFinished(() => store.close());
  return store;
}

describe('the store on PostgreSQL', () => {
  const ends: (() => Promise<void>)[] = [];
  let url: string;
  let store: Store;
  beforeAll(async () => {
    url = await freshSchema((end) => ends.push(end));
    store = await openPostgresStore(url, counted, { connections: 5 });
  });
  afterAll(async () => {
    await store.close();
    for (const end of ends) await end();
  });
  // All tests share one schema, because creating it takes longer than emptying it.
  const emptied = async (): Promise<Store> => {
    await emptySchema(url);
    return store;
  };
  storeContract(emptied);
  workspacesContract(emptied);
  isolationContract(async () => {
    const url = await freshSchema();
    const pool = await openPool(url, { connections: 1, isDirect: true });
    onTestFinished(() => pool.end());
    return { store: await open(url), rows: async (sql, tenant) => (await pool.query(sql, [tenant])).rows };
  });
});

it('has the tables and columns that SQLite has, so that data can move between them', async () => {
  const url = await freshSchema();
  await open(url);
  const inPostgres = await withClient(url, async (client) => {
    const { rows } = await client.query<{ place: string }>(
      `SELECT table_name || '.' || column_name AS place FROM information_schema.columns
       WHERE table_schema = current_schema() AND table_name <> 'django_or_flask_schema'`,
    );
    return rows.map(({ place }) => place);
  });
  const { db, close } = openSqlite(join(temporaryFolder(), 'bot.db'));
  const inSqlite = db
    .prepare(
      `SELECT t.name || '.' || c.name AS place FROM sqlite_master t JOIN pragma_table_info(t.name) c
       WHERE t.type = 'table'`,
    )
    .all()
    .map(({ place }) => place);
  close();
  expect(inPostgres.sort()).toEqual(inSqlite.sort());
});

it('does not wait for ever for a server that has fallen silent', async () => {
  const { url, silence } = await passageTo(await freshSchema());
  const store = await openPostgresStore(url, counted, { connections: 1, answerWithinMs: 300 });
  onTestFinished(() => store.close());
  expect(await store.posts.countDue(0)).toBe(0);
  silence();
  // The bot opens a new connection, because the old one stopped responding.
  expect(await store.posts.countDue(0)).toBe(0);
  silence();
  await store.homes.markOpened('T1', 'U1').catch(() => {});
  expect(await store.posts.countDue(0)).toBe(0);
});

it('outlives a server that ends while it is asked', async () => {
  const { url, silence, cut } = await passageTo(await freshSchema());
  const store = await openPostgresStore(url, counted, { connections: 3 });
  onTestFinished(() => store.close());
  expect(await store.posts.countDue(0)).toBe(0);
  silence();
  const asked = [1, 2, 3].map(() => store.posts.countDue(0));
  await new Promise((resolve) => setImmediate(resolve));
  cut();
  expect(await Promise.all(asked)).toEqual([0, 0, 0]);
});

describe('opening a database', () => {
  it('lets several processes start at once', async () => {
    const url = await freshSchema();
    const stores = await Promise.all(Array.from({ length: 4 }, () => open(url)));
    for (const store of stores) expect(await store.posts.countDue(0)).toBe(0);
  });

  it('refuses a schema from the future and leaves it as it is', async () => {
    const url = await freshSchema();
    await open(url);
    const set = (sql: string) => withClient(url, async (client) => (await client.query(sql)).rows);
    await set('UPDATE django_or_flask_schema SET version = 99');
    await expect(openPostgresStore(url, counted)).rejects.toThrow(
      /newer version of this program \(schema 99/,
    );
    expect(await set('SELECT version FROM django_or_flask_schema')).toEqual([{ version: 99 }]);
  });

  it('refuses tables of another program under our names', async () => {
    const url = await freshSchema();
    await withClient(url, (client) => client.query('CREATE TABLE decisions (cake TEXT)'));
    await expect(openPostgresStore(url, counted)).rejects.toThrow(/Another program has a table "decisions"/);
    await withClient(url, (client) => client.query('DROP TABLE decisions'));
    await open(url);
  });
});

describe('databases of earlier versions', () => {
  const MIGRATIONS = new URL('../../../src/store/postgres/migrations/', import.meta.url);
  const files = readdirSync(MIGRATIONS).sort();

  /** Creates a database as that version left it, with the rows of SQLite's fixture of the same version. */
  async function postgresOf(version: number): Promise<string> {
    const url = await freshSchema();
    const fixture = new DatabaseSync(databaseOf(version), { readOnly: true });
    await withClient(url, async (client) => {
      await client.query(`CREATE TABLE django_or_flask_schema AS SELECT ${version} AS version`);
      for (const file of files.filter((name) => Number(name.slice(0, 4)) <= version)) {
        await client.query(readFileSync(new URL(file, MIGRATIONS), 'utf8'));
      }
      const there = fixture.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
      for (const { name } of TABLES.filter((table) => there.some((found) => found.name === table.name))) {
        for (const row of fixture.prepare(`SELECT * FROM ${quotedName(name)}`).all()) {
          const columns = Object.keys(row);
          await client.query(
            `INSERT INTO ${quotedName(name)} (${columns.map(quotedName).join(', ')})
             VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
            Object.values(row),
          );
        }
      }
    });
    fixture.close();
    return url;
  }

  it.each(files.map((name) => Number(name.slice(0, 4))))(
    'schema %d is brought up to date and works',
    async (version) => {
      await expectUsable(await open(await postgresOf(version)), version);
    },
  );

  const versionOf = (url: string) =>
    withClient(
      url,
      async (client) => (await client.query('SELECT version FROM django_or_flask_schema')).rows,
    );
  const OLDEST = Number(files[0]?.slice(0, 4));

  it('is brought up to date once by several processes that start at once', async () => {
    const url = await postgresOf(OLDEST);
    const [store] = await Promise.all(Array.from({ length: 4 }, () => open(url)));
    if (store) await expectUsable(store, OLDEST);
  });

  it('one that could not be brought up to date is as it was, and is brought up to date later', async () => {
    const url = await postgresOf(OLDEST);
    await withClient(url, (client) => client.query('CREATE TABLE inbox (id TEXT)'));
    await expect(openPostgresStore(url, counted)).rejects.toThrow(
      / failed: relation "inbox" already exists\.$/,
    );
    expect(await versionOf(url)).toEqual([{ version: OLDEST }]);
    await withClient(url, (client) => client.query('DROP TABLE inbox'));
    await expectUsable(await open(url), OLDEST);
  });

  it('one whose program ended while it was brought up to date is as it was', async () => {
    const url = await postgresOf(OLDEST);
    await withClient(url, async (client) => {
      await client.query('BEGIN; LOCK TABLE decisions');
      const failed = openPostgresStore(url, counted).catch((error: unknown) => error);
      const blocked = async (): Promise<number | undefined> => {
        const sql = "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'decisions'::regclass";
        return (await client.query<{ pid: number }>(sql)).rows[0]?.pid;
      };
      // The migration is partly done and waits for a table that is in use.
      await expect.poll(blocked, { timeout: 15_000 }).toBeDefined();
      await client.query('SELECT pg_terminate_backend($1)', [await blocked()]);
      expect(await failed).toBeInstanceOf(StoreError);
      await client.query('COMMIT');
    });
    expect(await versionOf(url)).toEqual([{ version: OLDEST }]);
    await expectUsable(await open(url), OLDEST);
  });
});

describe('a database that cannot be used is named, without user and password', () => {
  const address = (change: (url: URL) => void): string => {
    const url = new URL(inject('postgres'));
    url.password = 'hunter2';
    change(url);
    return url.href;
  };
  const refusal = async (url: string): Promise<string> => {
    const error = await openPostgresStore(url, counted).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    const { message } = error instanceof Error ? error : new Error('not refused');
    expect(message).not.toMatch(/hunter2|tests/);
    return message;
  };
  const right = (url: URL): void => {
    url.password = 'tests';
  };

  it('nobody answers there', async () => {
    const port = await freePort();
    const url = address((to) => {
      to.port = String(port);
    });
    expect(await refusal(url)).toBe(
      `PostgreSQL at 127.0.0.1:${port}/postgres doesn't respond. Check that it runs, and that this machine can reach it.`,
    );
  });

  it('the password is wrong', async () => {
    expect(await refusal(address(() => {}))).toMatch(
      /rejected the user or password\. Check both in DATABASE_URL/,
    );
  });

  it('there is no such database', async () => {
    const url = address((to) => {
      right(to);
      to.pathname = '/nowhere';
    });
    expect(await refusal(url)).toMatch(
      /The database 127\.0\.0\.1:\d+\/nowhere doesn't exist\. Create it first/,
    );
  });

  it('it is asked for TLS and has none', async () => {
    const url = address((to) => {
      right(to);
      to.searchParams.set('sslmode', 'verify-full');
    });
    expect(await refusal(url)).toMatch(/does not support SSL/);
  });

  it('the user may not create tables', async () => {
    const schema = new URL(await freshSchema());
    await withClient(inject('postgres'), async (client) => {
      await client.query("DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN PASSWORD 'guest'");
      const name = schema.searchParams.get('options')?.split('=')[1];
      await client.query(`GRANT USAGE ON SCHEMA ${name} TO guest`);
    });
    schema.username = 'guest';
    schema.password = 'guest';
    expect(await refusal(schema.href)).toMatch(/may not create tables at .*Let it own the database/);
  });
});

describe('a session', () => {
  /** Returns the prepared statements of the pool's only connection, with names and texts. */
  async function prepared(first: 'read' | 'write'): Promise<Record<string, string>> {
    const pool = await openPool(await freshSchema(), { connections: 1 });
    const db = postgresDatabase(pool);
    onTestFinished(() => db.close());
    const read = () =>
      db.read(() =>
        queryAll(
          defineQuery('SELECT person FROM homes', (row) => row.person),
          {},
        ),
      );
    const write = () =>
      db.transaction('T1', () => execute('DELETE FROM homes WHERE tenant = :tenant', { tenant: 'T1' }));
    if (first === 'read') await read();
    await write();
    await read();
    const { rows } = await pool.query<{ name: string; statement: string }>(
      "SELECT name, statement FROM pg_prepared_statements WHERE name <> ''",
    );
    return Object.fromEntries(rows.map(({ name, statement }) => [name, statement]));
  }

  it('gives a statement the same name in every process, whatever was prepared before', async () => {
    const [one, other] = [await prepared('read'), await prepared('write')];
    expect(Object.keys(one)).toHaveLength(3);
    expect(other).toEqual(one);
  });

  const settings = async (pool: Awaited<ReturnType<typeof openPool>>) => {
    const { rows } = await pool.query(`SELECT name, setting FROM pg_settings WHERE name IN
      ('default_transaction_isolation', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')
      ORDER BY name`);
    return rows.map(({ setting }) => setting);
  };
  const SETTINGS = ['read committed', '5000', '1500', '2000'];

  it('has the bot’s settings, whatever the URL says, even through a session pooler', async (context) => {
    const url = new URL(await freshSchema());
    const options = url.searchParams.get('options');
    url.searchParams.set(
      'options',
      `${options} -cdefault_transaction_isolation=serializable -clock_timeout=0`,
    );
    const direct = await openPool(url.href, { connections: 1 });
    onTestFinished(() => direct.end());
    expect(await settings(direct)).toEqual(SETTINGS);
    const missing = whyNoPgBouncer();
    if (missing !== null) context.skip(missing);
    for (const ignore_startup_parameters of ['', 'statement_timeout,lock_timeout']) {
      const database = await newDatabase(inject('postgres'));
      const url = await startPgBouncer(database, { pool_mode: 'session', ignore_startup_parameters });
      const pooled = await openPool(url, { connections: 1 });
      onTestFinished(() => pooled.end());
      expect(await settings(pooled)).toEqual(SETTINGS);
    }
  });

  it('statements that an earlier client of a pooler left there do no harm', async (context) => {
    const missing = whyNoPgBouncer();
    if (missing !== null) context.skip(missing);
    const database = await newDatabase(inject('postgres'));
    const url = await startPgBouncer(database, { pool_mode: 'session', server_reset_query: '' });
    for (let i = 0; i < 3; i++) {
      const store = await openPostgresStore(url, counted, { connections: 1 });
      expect(await store.installations.count()).toBe(0);
      await store.close();
    }
  });

  it('is replaced when a newer version changes a table under it', async () => {
    const url = await freshSchema();
    const store = await openPostgresStore(url, counted, { connections: 4 });
    onTestFinished(() => store.close());
    const readAll = () => Promise.all(Array.from({ length: 12 }, () => store.installations.get('T1')));
    await readAll();
    await withClient(url, (client) => client.query('ALTER TABLE installations ADD COLUMN later TEXT'));
    expect(new Set(await readAll())).toEqual(new Set([null]));
  });

  it('is replaced when it started while the database was read-only', async () => {
    const url = await freshSchema();
    const readOnly = (value: string) =>
      withClient(url, async (client) => {
        await client.query('SET default_transaction_read_only = off');
        await client.query(`ALTER ROLE read_only_for_a_while SET default_transaction_read_only = ${value}`);
      });
    await withClient(url, async (client) => {
      await client.query('DROP ROLE IF EXISTS read_only_for_a_while');
      await client.query("CREATE ROLE read_only_for_a_while LOGIN SUPERUSER PASSWORD 'x'");
    });
    const theirs = Object.assign(new URL(url), { username: 'read_only_for_a_while', password: 'x' }).href;
    const db = postgresDatabase(await openPool(theirs, { connections: 3 }));
    onTestFinished(() => db.close());
    const write = () =>
      db.transaction('x', () => execute('DELETE FROM homes WHERE tenant = :tenant', { tenant: 'T1' }));
    await readOnly('on');
    // Ends the earlier sessions and waits until they have ended, so that the pool opens new ones.
    await withClient(url, (client) =>
      client.query(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'read_only_for_a_while'",
      ),
    );
    await expect(write()).rejects.toThrow('read-only');
    await readOnly('off');
    await Promise.all(Array.from({ length: 6 }, write));
  });
});

describe('while it runs', () => {
  const PID = defineQuery('SELECT pg_backend_pid() AS pid', ({ pid }) => Number(pid));

  it('connections that died while nobody used them are replaced unnoticed', async () => {
    const url = await freshSchema();
    const pool = await openPool(url, { connections: 2 });
    const db = postgresDatabase(pool);
    onTestFinished(() => db.close());
    const pid = () => db.read(() => queryFirst(PID, {}));
    const before = await pid();
    // The pool notices only when it uses the connection, because its socket still looks open.
    await withClient(url, (client) => client.query('SELECT pg_terminate_backend($1)', [before]));
    const after = await db.transaction('x', () => queryFirst(PID, {}));
    expect(after).not.toBe(before);
  });

  it('what could not be done beside something else is done again, and the rest of it not at all', async () => {
    const url = await freshSchema();
    const db = postgresDatabase(await openPool(url, { connections: 2 }));
    onTestFinished(() => db.close());
    let attempts = 0;
    const work = () =>
      db.transaction(null, function* () {
        attempts += 1;
        yield* execute('INSERT INTO homes (tenant, person) VALUES (:tenant, :person)', {
          tenant: 'T1',
          person: `U${attempts}`,
        });
        // PostgreSQL's error for two conflicting transactions.
        if (attempts < 3) {
          yield* execute("DO $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END $$", {});
        }
      });
    await work();
    const people = await db.read(() =>
      queryFirst(
        defineQuery("SELECT string_agg(person, ',') AS people FROM homes", (row) => row.people),
        {},
      ),
    );
    expect([attempts, people]).toEqual([3, 'U3']);
  });

  describe('a decision that is replaced at the moment in which', () => {
    const of = (decision: string) => ({ tenant: 'T1', decision });
    const outcome = { outcome: 'flask', rationale: '', revisit: null, revisitAt: null, by: 'U1' } as const;

    /** Starts the second change, in another process, just before the first one commits. Resolves to the result of both. */
    async function atOnce(
      first: (store: Store) => Promise<unknown>,
      second: (store: Store) => Promise<unknown>,
    ): Promise<unknown[]> {
      const url = await freshSchema();
      const [one, two] = [await open(url), await open(url)];
      await one.decisions.submit(draft());
      await one.records.decide(of('d1'), outcome, NOW);
      for (const id of ['d2', 'd3']) {
        await one.decisions.submit(draft({ id, submission: id, supersedes: 'd1' }));
      }
      return withClient(url, async (client) => {
        const waiting = async (): Promise<unknown> => {
          const { rows } = await client.query(`
            WITH RECURSIVE waiting(pid) AS (
              SELECT pid FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))
              UNION SELECT a.pid FROM pg_stat_activity a JOIN waiting w ON w.pid = ANY(pg_blocking_pids(a.pid)))
            SELECT count(*)::int AS n FROM waiting`);
          return rows[0]?.n;
        };
        await client.query('BEGIN');
        await client.query("SELECT 1 FROM posts WHERE decision = 'd1' AND kind = 'file' FOR UPDATE");
        const firstDone = first(one);
        await expect.poll(waiting).toBe(1);
        const secondDone = second(two);
        await expect.poll(waiting).toBe(2);
        await client.query('COMMIT');
        await Promise.all([firstDone, secondDone]);
        const { rows } = await client.query('SELECT id, status, supersedes FROM decisions ORDER BY id');
        return rows.map(({ id, status, supersedes }) => `${id} ${status}, for ${supersedes ?? 'none'}`);
      });
    }
    const replace = (decision: string) => (store: Store) =>
      store.records.decide(of(decision), outcome, NOW + 2);

    it('it is reopened stays open', async () => {
      const found = await atOnce((store) => store.records.reopen(of('d1'), 'U2', NOW + 1), replace('d2'));
      expect(found).toEqual(['d1 open, for none', 'd2 decided, for d1', 'd3 open, for d1']);
    });

    it('it is deleted stays deleted', async () => {
      const found = await atOnce((store) => store.records.remove(of('d1'), NOW + 1), replace('d2'));
      expect(found).toEqual(['d1 deleted, for none', 'd2 decided, for d1', 'd3 open, for d1']);
    });

    it('another one replaces it is replaced by the first, and that one by the other', async () => {
      const found = await atOnce(replace('d2'), replace('d3'));
      expect(found).toEqual(['d1 superseded, for none', 'd2 superseded, for d1', 'd3 decided, for d2']);
    });
  });

  it('nobody waits for a lock longer than Slack waits for us', async () => {
    const url = await freshSchema();
    const store = await open(url);
    await withClient(url, async (client) => {
      await client.query('BEGIN');
      await client.query('LOCK TABLE homes');
      await expect(store.homes.markOpened('T1', 'U1')).rejects.toThrow(/lock timeout/);
    });
    await store.homes.markOpened('T1', 'U1');
    expect(await store.homes.listOpened('T1', ['U1'])).toEqual(['U1']);
  });
});
