import type { FoundedAdvice, Practice } from '../core/advice.ts';
import { namesOf, verdictName } from './wording.ts';

const MOST_NAMED = 3;
type Outcome = keyof Practice['chose'];

/**
 * "5 of the 7 most similar documented projects chose Flask: Redash (2013), Timesketch (2014) and others.". Null where there
 * is nothing to compare with.
 */
export function practiceInWords({ practice, verdict }: FoundedAdvice): string | null {
  if (!practice) return null;
  const { nearest, chose, disagrees } = practice;
  if (verdict === 'undecided') {
    return `Of the ${nearest.length} most similar documented projects, ${countsInWords(chose)}.`;
  }
  const other = verdict === 'both' ? null : verdict === 'django' ? 'flask' : 'django';
  const told = disagrees && other ? other : verdict;
  const first = shareInWords(practice, told);
  if (!disagrees) return `${first}.`;
  const others = other ? '' : ` (${countsInWords(chose)})`;
  return `Practice differs: ${lowerFirst(first)}${others}. That is why this is said with less confidence.`;
}

function shareInWords({ nearest, chose }: Practice, outcome: Outcome): string {
  const such = nearest.filter((project) => project.chose === outcome);
  const named = such.slice(0, MOST_NAMED).map(({ name, year }) => `${name} (${year})`);
  const rest = such.length > named.length ? ' and others' : '';
  const count = chose[outcome] === 0 ? 'None' : `${chose[outcome]}`;
  const what = `${count} of the ${nearest.length} most similar documented projects chose ${verdictName(outcome)}`;
  return named.length > 0 ? `${what}: ${named.join(', ')}${rest}` : what;
}

/** "4 chose Django, 3 Flask" */
function countsInWords(chose: Practice['chose']): string {
  const counts = (['django', 'flask', 'both'] as const).filter((outcome) => chose[outcome] > 0);
  return counts
    .map((outcome, i) => `${chose[outcome]} ${i === 0 ? 'chose ' : ''}${verdictName(outcome)}`)
    .join(', ');
}

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

/** The nearest projects, one line each, for the thread. */
export function nearestInWords(
  advice: FoundedAdvice,
): { readonly lead: string; readonly text: string; readonly links: { title: string; url: string }[] }[] {
  return (advice.practice?.nearest ?? [])
    .slice(0, MOST_NAMED)
    .map(({ name, year, chose, about, shared, url }) => ({
      lead: `${name} chose ${verdictName(chose)} in ${year}.`,
      text: shared.length > 0 ? `${about} In common: ${namesOf(advice.basis, shared)}.` : about,
      links: [{ title: name, url }],
    }));
}
