// Dated notes in short.
import { capitalise } from './wording.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Returns the month of an ISO date, such as "Nov 2026". */
export function formatMonth(isoDate: string): string {
  const [year, month] = isoDate.split('-');
  return `${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** Fewest words of a sentence that makes sense without the next one. */
const FEWEST_WORDS = 8;

/** Returns a note in one sentence: its first, unless that is too short. A semicolon ends a sentence too. */
export function shortenNote(text: string): string {
  const sentences = text.split(/(?<=[.?!;])\s/);
  const long = sentences.find((sentence) => sentence.split(/\s/).length >= FEWEST_WORDS);
  return capitalise((long ?? sentences[0] ?? text).replace(/;$/, '.'));
}

/** Returns a note in short, with its date in front. The date makes the same year at the start of the note redundant. */
export function datedLine(asOf: string, text: string): { readonly lead: string; readonly text: string } {
  const year = asOf.slice(0, 4);
  const short = shortenNote(text).replace(new RegExp(`^(?:In|By) ${year}, `), '');
  return { lead: `As of ${formatMonth(asOf)}:`, text: capitalise(short) };
}
