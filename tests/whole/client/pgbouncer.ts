// A real PgBouncer in front of a PostgreSQL server. Shares no code with the bot.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';

/** Debian installs it where only root's PATH looks. */
const PATH = `${process.env.PATH ?? ''}:/usr/sbin:/usr/local/sbin`;

/** Why tests can't use PgBouncer here; null if they can. */
export function whyNoPgBouncer(): string | null {
  const { status } = spawnSync('pgbouncer', ['--version'], { env: { PATH } });
  return status === 0 ? null : 'pgbouncer is not installed';
}

/**
 * Starts PgBouncer on a free port and resolves to the database's address through it.
 *
 * @param database postgres://… of the database itself
 * @param settings lines of its configuration, such as `pool_mode`
 */
export async function startPgBouncer(
  database: string,
  settings: Readonly<Record<string, string | number>>,
): Promise<string> {
  const server = new URL(database);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'));
  // PgBouncer refuses to run as root, so another user has to read the file.
  chmodSync(folder, 0o755);
  const file = join(folder, 'pgbouncer.ini');
  const lines = Object.entries({
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'any',
    ...settings,
  });
  writeFileSync(
    file,
    [
      '[databases]',
      `* = host=${server.hostname} port=${server.port} user=${server.username} password=${server.password}`,
      '[pgbouncer]',
      ...lines.map(([name, value]) => `${name} = ${value}`),
      '',
    ].join('\n'),
    { mode: 0o644 },
  );
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn('pgbouncer', [...user, file], { env: { PATH }, stdio: ['ignore', 'ignore', 'pipe'] });
  const { promise: up, resolve, reject } = Promise.withResolvers<void>();
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
    if (log.includes('process up')) resolve();
  });
  const ended = new Promise<void>((done) => {
    child.once('close', () => {
      reject(new Error(`pgbouncer ended: ${log}`));
      done();
    });
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  await up;
  server.host = `127.0.0.1:${port}`;
  return server.href;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise<void>((done) => void server.close(() => done()));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

let databases = 0;

/** An empty database of its own on the server, dropped when the test ends. */
export async function newDatabase(server: string): Promise<string> {
  databases += 1;
  const name = `whole_${process.pid}_${databases}`;
  await sqlOn(server, `CREATE DATABASE ${name}`);
  onTestFinished(async () => void (await sqlOn(server, `DROP DATABASE ${name} WITH (FORCE)`)));
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}

/** Runs one statement on a connection of its own. */
export async function sqlOn(database: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
