const DAY = 24 * 60 * 60 * 1000;

const FORMATS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date_slash: { year: 'numeric', month: '2-digit', day: '2-digit' },
  day_divider_pretty: { weekday: 'long', month: 'long', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

/**
 * Formats seconds since 1970 with Slack's tokens, such as `{date_short} at {time}`, in the reader's language and time
 * zone. Null for an invalid timestamp.
 */
export function formatDate(timestamp: number, format: string, now = Date.now()): string | null {
  const date = new Date(timestamp * 1000);
  if (Number.isNaN(date.getTime())) return null;
  return format.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    if (name === 'ago') return relativeTime(date, now);
    const pretty = name.endsWith('_pretty') ? relativeDay(date, now) : null;
    const options = FORMATS[name] ?? FORMATS[name.replace('_pretty', '')];
    return pretty ?? (options ? new Intl.DateTimeFormat(undefined, options).format(date) : whole);
  });
}

/** Returns today, tomorrow or yesterday, or null for any other day. */
function relativeDay(date: Date, now: number): string | null {
  const day = (time: Date): number => Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()) / DAY;
  const distance = day(date) - day(new Date(now));
  return distance === 0 ? 'today' : distance === 1 ? 'tomorrow' : distance === -1 ? 'yesterday' : null;
}

function relativeTime(date: Date, now: number): string {
  const seconds = Math.round((date.getTime() - now) / 1000);
  const words = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 60) return words.format(seconds, 'second');
  if (size < 3600) return words.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return words.format(Math.round(seconds / 3600), 'hour');
  return words.format(Math.round(seconds / 86_400), 'day');
}
