/** Cross-field checks of block elements. */
import { checkInitialOptions, requireExactlyOne } from './objects.ts';
import { arrayItems, type CrossFieldRule, type JsonObject, type ReportProblem } from './rule.ts';

export function checkOptions(element: JsonObject, report: ReportProblem): void {
  requireExactlyOne(element, ['options', 'option_groups'], report);
  checkInitialOptions(element, report);
  checkSelectionLimit(element, report);
}

export function checkSelectionLimit(element: JsonObject, report: ReportProblem): void {
  const most = element.max_selected_items;
  for (const [name, initial] of Object.entries(element)) {
    if (!name.startsWith('initial_') || typeof most !== 'number') continue;
    if (arrayItems(initial).length > most) report(`no more than ${most} items may be selected`, `/${name}`);
  }
}

export function requireOrder(low: string, high: string): CrossFieldRule {
  return (element, report) => {
    const [least, most] = [element[low], element[high]];
    if (least !== undefined && most !== undefined && Number(least) > Number(most)) {
      report(`must not be greater than ${high}`, `/${low}`);
    }
  };
}

function checkInitialLength(
  { initial_value: initial, max_length: most }: JsonObject,
  report: ReportProblem,
): void {
  if (typeof initial !== 'string' || typeof most !== 'number' || [...initial].length <= most) return;
  report(`must be less than ${most + 1} characters`, '/initial_value');
}

export function checkLengths(input: JsonObject, report: ReportProblem): void {
  requireOrder('min_length', 'max_length')(input, report);
  checkInitialLength(input, report);
}

/** Refuses dates such as 31 February, which match the pattern. */
export function checkDateExists({ initial_date: day }: JsonObject, report: ReportProblem): void {
  if (typeof day !== 'string') return;
  const date = new Date(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
  if (!exists) report('must be a date that exists', '/initial_date');
}

export function checkTimeZone({ timezone }: JsonObject, report: ReportProblem): void {
  if (typeof timezone !== 'string') return;
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    report('must be an IANA time zone', '/timezone');
  }
}
