import { readFileSync } from 'node:fs';

/**
 * Content of every page's `<style>` element. Carriage returns are removed, because browsers normalize line breaks
 * before they compare the hash with the content security policy.
 */
export const STYLE: string = readFileSync(new URL('./style.css', import.meta.url), 'utf8').replaceAll(
  '\r',
  '',
);
