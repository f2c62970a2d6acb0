/** Checks of block elements that join one field to another. */
import { exactlyOne, initialAmongOptions } from './objects.ts';
import { membersOf, type Plain, type Report, type Together } from './rule.ts';

export function optionsAndInitial(element: Plain, report: Report): void {
  exactlyOne(element, ['options', 'option_groups'], report);
  initialAmongOptions(element, report);
  noMoreThanSelectable(element, report);
}

export function noMoreThanSelectable(element: Plain, report: Report): void {
  const most = element.max_selected_items;
  for (const [name, initial] of Object.entries(element)) {
    if (!name.startsWith('initial_') || typeof most !== 'number') continue;
    if (membersOf(initial).length > most) report(`no more than ${most} items may be selected`, `/${name}`);
  }
}

export function ordered(low: string, high: string): Together {
  return (element, report) => {
    const [least, most] = [element[low], element[high]];
    if (least !== undefined && most !== undefined && Number(least) > Number(most)) {
      report(`must not be greater than ${high}`, `/${low}`);
    }
  };
}

function noLongerThanAllowed({ initial_value: initial, max_length: most }: Plain, report: Report): void {
  if (typeof initial !== 'string' || typeof most !== 'number' || [...initial].length <= most) return;
  report(`must be less than ${most + 1} characters`, '/initial_value');
}

export function lengthsAndInitial(input: Plain, report: Report): void {
  ordered('min_length', 'max_length')(input, report);
  noLongerThanAllowed(input, report);
}

/** Refuses days such as 31 February, which a pattern accepts. */
export function aDayThatExists({ initial_date: day }: Plain, report: Report): void {
  if (typeof day !== 'string') return;
  const date = new Date(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
  if (!exists) report('must be a date that exists', '/initial_date');
}

export function aKnownTimeZone({ timezone }: Plain, report: Report): void {
  if (typeof timezone !== 'string') return;
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    report('must be an IANA time zone', '/timezone');
  }
}
