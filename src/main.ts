// Starts what can load in parallel, then the bot.

import { isPostgresUrl } from './runtime/database-url.ts';
import { loadEnvFile } from './runtime/env-file.ts';
import { keepCompiled } from './runtime/keep-compiled.ts';
import { databaseThread } from './store/thread/worker.ts';

keepCompiled();
const problem = loadEnvFile();
if (problem !== null) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
if (!isPostgresUrl(process.env.DATABASE_URL?.trim() ?? '')) databaseThread();
await import('./start.ts');
