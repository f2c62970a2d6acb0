/** The program of the thread in which an SQLite database works. */
import { keepCompiled } from './keep-compiled.ts';

keepCompiled();
await import('./database-thread-start.ts');
