import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Where what is compiled once is kept for the next start, which then takes half as long. In a folder that belongs to
 * whoever installed the bot, since code is read from it: others can write to the system's folder for temporary files.
 * Where nothing can be written, nothing is kept.
 */
export function compiledIn(): string {
  return (
    process.env.NODE_COMPILE_CACHE ??
    fileURLToPath(new URL('../../node_modules/.cache/compiled/', import.meta.url))
  );
}

/** For what this thread loads from now on. */
export function keepCompiled(): void {
  enableCompileCache(compiledIn());
}
