import { fileURLToPath } from 'node:url';

/**
 * Folder where Node keeps compiled code, which halves the time of the next start. Node runs code from it, so it
 * belongs to the user who installed the packages, unlike the system's folder for temporary files.
 */
export const COMPILE_CACHE =
  process.env.NODE_COMPILE_CACHE ??
  fileURLToPath(new URL('../../../node_modules/.cache/compiled/', import.meta.url));
