import type { Advice, Contribution, Flip, Strength, Verdict } from '../core/advice.ts';
import { INTERCEPT } from '../core/arguments.ts';
import { type CaseStudy, type Rubric, UNSURE } from '../rubric/schema.ts';

/** How the advice is said in words, the same on card, thread and in lists. No markup here. */
export const FRAMEWORK_NAMES = { django: 'Django', flask: 'Flask' } as const;

export function verdictName(verdict: Verdict): string {
  return {
    django: 'Django',
    flask: 'Flask',
    both: 'Django and Flask together',
    undecided: 'Too early to say',
  }[verdict];
}

const STRENGTH_WORDS: Record<Strength, string> = {
  solid: 'a solid case',
  leaning: 'leaning that way',
  'toss-up': 'close to a toss-up',
};

/** Verdict and strength, such as "Django, a solid case". */
export function verdictWithStrength(advice: Pick<Advice, 'verdict' | 'strength'>): string {
  if (advice.verdict === 'undecided') return verdictName('undecided');
  return `${verdictName(advice.verdict)}, ${STRENGTH_WORDS[advice.strength]}`;
}

export function questionName(rubric: Rubric, trait: string): string {
  return rubric.questions.find((q) => q.id === trait)?.short ?? trait;
}

export function optionName(rubric: Rubric, trait: string, option: string): string {
  if (option === UNSURE) return 'not sure';
  const question = rubric.questions.find((q) => q.id === trait);
  return question?.options.find((o) => o.id === option)?.short ?? option;
}

/** "size: starts small, will grow" */
export function answerName(rubric: Rubric, trait: string, option: string): string {
  if (trait === INTERCEPT) return 'the starting point';
  return `${questionName(rubric, trait)}: ${optionName(rubric, trait, option)}`;
}

/** "+2 for Django" */
export function pointsFor(contribution: Contribution): string {
  if (contribution.points === 0) return 'no points';
  const framework = contribution.points > 0 ? FRAMEWORK_NAMES.django : FRAMEWORK_NAMES.flask;
  return `${Math.abs(contribution.points)} for ${framework}`;
}

/** "If size were “one simple job” and shape “one narrow service”: Flask" */
export function flipInWords(rubric: Rubric, flip: Flip): string {
  const changes = flip.changes
    .map(({ trait, to }) => `${questionName(rubric, trait)} were “${optionName(rubric, trait, to)}”`)
    .join(' and ');
  return `If ${changes}: ${verdictName(flip.verdict)}`;
}

export function caseOf(rubric: Rubric, match: Advice['caseStudy']): CaseStudy | null {
  return rubric.cases.find((c) => c.id === match?.id) ?? null;
}

export function namesOf(rubric: Rubric, traits: readonly string[]): string {
  return traits.map((trait) => questionName(rubric, trait)).join(', ');
}

/** How many of the questions were answered. */
export function answeredCount(advice: Advice): number {
  return advice.contributions.filter((c) => c.trait !== INTERCEPT).length;
}
