// Starts what can load in parallel, then the bot.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isPostgresUrl, loadEnvFile } from './runtime/environment.ts';
import { databaseThread } from './store/thread/worker.ts';

// Halves a later start. The folder belongs to the operator, because code is read from it.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('../node_modules/.cache/compiled/', import.meta.url),
);
enableCompileCache(); // Reads that variable, and so does the database's thread.
const problem = loadEnvFile();
if (problem !== null) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
if (!isPostgresUrl(process.env.DATABASE_URL?.trim() ?? '')) databaseThread();
await import('./start.ts');
