import { fileURLToPath } from 'node:url';

/**
 * Folder for Node's compiled code, which halves the time of the next start. Node runs code from this folder, so it
 * must belong to the user who installed the packages. The system's temporary folder is open to other users.
 */
export const COMPILE_CACHE =
  process.env.NODE_COMPILE_CACHE ??
  fileURLToPath(new URL('../../../node_modules/.cache/compiled/', import.meta.url));
