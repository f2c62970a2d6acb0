/** For a child's environment: keeps compiled code, so that a command starts in a third of the CPU time. */
import { fileURLToPath } from 'node:url';

export const COMPILED: Readonly<Record<string, string>> = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/compiled/', import.meta.url)),
};
