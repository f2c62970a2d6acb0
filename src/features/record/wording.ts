import type { Basis, Flip, FoundedAdvice, Strength, Verdict } from '../../advice/advice.ts';
import { type Markdown, md } from './markdown-text.ts';

/** How records say what cards say with `blocks/wording.ts`: here as Markdown, and at more length. */
export const VERDICT_NAMES: Readonly<Record<Verdict, string>> = {
  django: 'Django',
  flask: 'Flask',
  both: 'Django and Flask together',
  undecided: 'too early to say',
};

const STRENGTH_WORDS: Readonly<Record<Strength, string>> = {
  solid: 'a solid case',
  leaning: 'leaning that way',
  'toss-up': 'close to a toss-up',
};

/** "Django, a solid case" */
export function adviceName({ verdict, strength }: FoundedAdvice): string {
  return verdict === 'undecided'
    ? VERDICT_NAMES.undecided
    : `${VERDICT_NAMES[verdict]}, ${STRENGTH_WORDS[strength]}`;
}

export function traitName({ questions }: Basis, trait: string): string {
  return questions.find((q) => q.id === trait)?.short ?? trait.replaceAll('_', ' ');
}

export function optionName({ questions }: Basis, trait: string, option: string): string {
  const options = questions.find((q) => q.id === trait)?.options ?? [];
  return options.find((o) => o.id === option)?.short ?? option.replaceAll('_', ' ');
}

/** "+2" */
export function signed(points: number): Markdown {
  return { markdown: points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0' };
}

/** "2 for Django" */
export function pointsFor(points: number): string {
  if (points === 0) return 'no points';
  return `${Math.abs(points)} for ${points > 0 ? VERDICT_NAMES.django : VERDICT_NAMES.flask}`;
}

/** A sentence of ours after "because": names keep their capital. */
export function clause(sentence: string): string {
  const part = /^(Django|Flask): (.*)$/s.exec(sentence);
  if (part) return `in the ${part[1]} part, ${clause(part[2] ?? '')}`;
  return /^(?:Django|Flask|JavaScript|Python|[A-Z]{2})/.test(sentence)
    ? sentence
    : sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}

/** "… since the parts for that are there already (C11, C13)." */
export function cited(sentence: string, claims: readonly string[]): string {
  return claims.length > 0 ? `${sentence.replace(/\.$/, '')} (${claims.join(', ')}).` : sentence;
}

/** "size becomes “one simple job” and shape becomes “one narrow service”" */
export function conditionOf(basis: Basis, { changes }: Flip): Markdown {
  const said = changes.map(
    ({ trait, to }) => `${traitName(basis, trait)} becomes “${optionName(basis, trait, to)}”`,
  );
  return md`${said.join(' and ')}`;
}

/** "3 people", "1 person" */
export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** At the beginning of a line. */
export function capitalised(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** "a, b and c" */
export function enumeration(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
