/** Begins what can be loaded side by side, then starts the bot. */
import dotenv from 'dotenv';
import { databaseThread } from './database-thread.ts';
import { keepCompiled } from './keep-compiled.ts';
import { isPostgres } from './store/database-url.ts';

keepCompiled();
dotenv.config({ quiet: true });
if (!isPostgres(process.env.DATABASE_URL?.trim() ?? '')) databaseThread();
await import('./start.ts');
