// Calendar days in time zones. A day is an ISO date such as 2026-11-23. A moment is in milliseconds since 1970.

const DAY_MS = 86_400_000;

/** Returns the calendar day of a moment in a time zone. Throws RangeError on an unknown zone. */
export function dayIn(timeZone: string, at: number): string {
  // The Swedish locale formats dates as ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

/** Adds months to a day. January 31 plus one month is the last day of February. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/**
 * Returns the moment at which clocks in a time zone show this hour on this day. If daylight saving skips that hour, the
 * result is up to an hour off. Throws RangeError on an unknown zone.
 */
export function timeAtHour(day: string, hour: number, timeZone: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000;
  // The offset depends on the moment, so the first guess uses the offset near it, and a second pass corrects it.
  const guess = wanted - offsetAt(wanted, timeZone);
  return wanted - offsetAt(guess, timeZone);
}

/** Returns how far a time zone is ahead of UTC, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - (at - (((at % 1_000) + 1_000) % 1_000));
}

/** Returns a time zone from Slack if this runtime knows it, or null. */
export function parseTimeZone(timeZone: string | undefined): string | null {
  if (timeZone === undefined || timeZone === '') return null;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
    return timeZone;
  } catch {
    return null;
  }
}

/** Returns a day, or the following Monday if it falls on a weekend. */
export function shiftToWorkday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const later = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  return new Date(Date.parse(`${day}T00:00:00Z`) + later * DAY_MS).toISOString().slice(0, 10);
}

/** Returns the number of days from one day to another, negative if the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}
