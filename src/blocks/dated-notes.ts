// Dated notes in short.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Returns the month of an ISO date, such as "Nov 2026". */
export function formatMonth(isoDate: string): string {
  const [year, month] = isoDate.split('-');
  return `${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** Returns the first sentence of a text, or its first part up to a semicolon. */
export function firstSentence(text: string): string {
  const [first = text] = text.split(/(?<=[.?!;])\s/, 1);
  return first.replace(/;$/, '.');
}
