import type { AdviceWithBasis, Practice } from '../../advice/advice.ts';
import { capitalise, questionNames, verdictName } from '../../blocks/wording.ts';

const MOST_NAMED = 3;
const OUTCOMES = ['django', 'flask', 'both'] as const;
type Outcome = (typeof OUTCOMES)[number];

/**
 * Returns "5 of the 7 most similar documented projects chose Flask: Redash (2013), Timesketch (2014) and others."
 * Without a majority for the advice or against it, returns the count of each choice. Null without similar projects.
 */
export function describePractice({ practice, verdict }: AdviceWithBasis): string | null {
  if (!practice) return null;
  const { nearest, chose, disagrees, lowered } = practice;
  const told = OUTCOMES.find((outcome) => chose[outcome] * 2 > nearest.length);
  const first =
    told && (told === verdict || disagrees)
      ? describeShare(practice, told)
      : `of the ${nearest.length} most similar documented projects, ${describeCounts(chose)}`;
  if (!disagrees) return `${capitalise(first)}.`;
  return `Practice differs: ${first}.${lowered ? ' That is why this is said with less confidence.' : ''}`;
}

function describeShare({ nearest, chose }: Practice, outcome: Outcome): string {
  const such = nearest.filter((project) => project.chose === outcome);
  const named = such.slice(0, MOST_NAMED).map(({ name, year }) => `${name} (${year})`);
  const rest = such.length > named.length ? ' and others' : '';
  const all = `the ${nearest.length} most similar documented projects chose ${verdictName(outcome)}`;
  return `${chose[outcome]} of ${all}: ${named.join(', ')}${rest}`;
}

/** Returns "4 chose Django, 3 Flask". */
function describeCounts(chose: Practice['chose']): string {
  const counts = OUTCOMES.filter((outcome) => chose[outcome] > 0);
  return counts
    .map((outcome, i) => `${chose[outcome]} ${i === 0 ? 'chose ' : ''}${verdictName(outcome)}`)
    .join(', ');
}

/** Returns a line for each of the most similar projects, for the thread. */
export function describeNearestProjects(
  advice: AdviceWithBasis,
): { readonly lead: string; readonly text: string; readonly links: { title: string; url: string }[] }[] {
  return (advice.practice?.nearest ?? [])
    .slice(0, MOST_NAMED)
    .map(({ name, year, chose, about, shared, url }) => ({
      lead: `${name} chose ${verdictName(chose)} in ${year}.`,
      text: shared.length > 0 ? `${about} In common: ${questionNames(advice.basis, shared)}.` : about,
      links: [{ title: name, url }],
    }));
}
