import { readFileSync } from 'node:fs';

/**
 * The style of every page, as it stands between its tags. Browsers read a carriage return as part of the line
 * break, and would find another hash than the one in the headers.
 */
export const STYLE: string = readFileSync(new URL('./style.css', import.meta.url), 'utf8').replaceAll(
  '\r',
  '',
);
