// The advice in words, shared by card, thread and lists. Plain text, no markup. Names come from the basis stored with the
// advice. A name that the basis lacks falls back to its id.
import type {
  Advice,
  AdviceWithBasis,
  Basis,
  Contribution,
  Flip,
  Practice,
  Verdict,
} from '../advice/advice.ts';
import { INTERCEPT } from '../advice/basis.ts';
import { OUTCOMES, type Outcome, UNSURE } from '../advice/rubric/schema.ts';

export const FRAMEWORK_NAMES = { django: 'Django', flask: 'Flask' } as const;

/** Returns the name of a verdict for use within a sentence. */
export function verdictName(verdict: Verdict): string {
  return {
    django: 'Django',
    flask: 'Flask',
    both: 'both',
    undecided: 'not enough to go on',
  }[verdict];
}

/**
 * Returns verdict and strength, such as "Django, clearly" or "too close to call". Add `leaning` where the reader needs to
 * know which side a toss-up leans to.
 */
export function verdictWithStrength(
  advice: Pick<Advice, 'verdict' | 'strength'>,
  { leaning = false }: { readonly leaning?: boolean } = {},
): string {
  const { verdict, strength } = advice;
  if (verdict === 'undecided') return verdictName(verdict);
  if (strength === 'toss-up') {
    return leaning ? `too close to call, leans ${verdictName(verdict)}` : 'too close to call';
  }
  return `${verdictName(verdict)}, ${strength === 'solid' ? 'clearly' : 'likely'}`;
}

export function questionName({ questions }: Basis, trait: string): string {
  return questions.find((q) => q.id === trait)?.short ?? spelled(trait);
}

/** Returns the full question, such as "How big will it get?" */
function questionText(basis: Basis, trait: string): string {
  return basis.questions.find((q) => q.id === trait)?.text ?? questionName(basis, trait);
}

export function optionName({ questions }: Basis, trait: string, option: string): string {
  if (option === UNSURE) return 'not sure';
  const question = questions.find((q) => q.id === trait);
  return question?.options.find((o) => o.id === option)?.short ?? spelled(option);
}

function spelled(id: string): string {
  return id.replaceAll('_', ' ');
}

/** Returns question and answer, such as "size: starts small, will grow". */
export function describeAnswer(basis: Basis, { trait, option }: Contribution): string {
  if (trait === INTERCEPT) return 'the starting point';
  return `${questionName(basis, trait)}: ${optionName(basis, trait, option)}`;
}

/** Returns an answer's points, such as "2 for Django". */
export function describePoints(contribution: Contribution): string {
  if (contribution.points === 0) return 'no points';
  const framework = contribution.points > 0 ? FRAMEWORK_NAMES.django : FRAMEWORK_NAMES.flask;
  return `${Math.abs(contribution.points)} for ${framework}`;
}

/**
 * Returns a flip as a statement about the project: "One simple job: use Flask." If an answer merely falls away, it says
 * so: "Ordinary security needs: no longer enough for Django."
 */
export function describeFlip(
  { basis, verdict: current }: Pick<AdviceWithBasis, 'basis' | 'verdict'>,
  { changes, fallsAway, verdict }: Flip,
): string {
  const project = capitalise(changes.map(({ trait, to }) => optionName(basis, trait, to)).join(' and '));
  if (verdict === 'undecided') return `${project}: not enough to go on.`;
  if (fallsAway && current !== 'undecided')
    return `${project}: no longer enough for ${verdictName(current)}.`;
  return `${project}: use ${verdictName(verdict)}.`;
}

const MOST_FLIPS = 3;
/** Trait of the project's starting point. */
const STARTING_POINT = 'existing';
/** Trait that says what kind of project it is. */
const KIND_OF_PROJECT = 'stage';

/**
 * Picks the flips worth showing, smallest first, one per set of questions. Leaves out the starting point, which the card
 * explains elsewhere. Prefers flips to a clear verdict. A different kind of project comes late, and an answer that falls
 * away last. If there are none, picks pairs of answers that lead to a
 * clear verdict, then flips that only make it unclear.
 */
export function pickFlips({ flips: all, clearFlips }: AdviceWithBasis): Flip[] {
  const flips = all.filter(({ changes }) => !changes.some(({ trait }) => trait === STARTING_POINT));
  const rank = ({ changes, fallsAway }: Flip): number =>
    fallsAway ? 2 : Number(changes.some(({ from, trait }) => trait === KIND_OF_PROJECT && from !== UNSURE));
  const telling = flips.toSorted((a, b) => rank(a) - rank(b));
  const [clear, unclear] = [telling.filter(isClear), telling.filter((flip) => !isClear(flip))];
  if (clear.length > 0) return onePerTraits(clear).slice(0, MOST_FLIPS);
  return [...onePerTraits(clearFlips).slice(0, 2), ...onePerTraits(unclear)].slice(0, MOST_FLIPS);
}

function isClear(flip: Flip): boolean {
  return flip.verdict !== 'undecided';
}

function onePerTraits(flips: readonly Flip[]): Flip[] {
  const seen = new Set<string>();
  return flips.filter((flip) => {
    const key = flip.changes.map((c) => c.trait).join();
    return !seen.has(key) && seen.add(key);
  });
}

/** Picks the open questions worth answering, the one with the most influence first. */
export function pickOpenQuestions({ basis, nextQuestions }: AdviceWithBasis): string[] {
  return nextQuestions.slice(0, MOST_FLIPS).map((trait) => questionText(basis, trait));
}

/** Returns the choice of more than half of the similar projects, if there is one. */
export function majorityChoice({ nearest, chose }: Practice): Outcome | undefined {
  return OUTCOMES.find((outcome) => chose[outcome] * 2 > nearest.length);
}

/**
 * Returns "all 7 chose Django", "6 of 7 chose Django" or, without a majority, "3 chose Django, 3 Flask".
 *
 * @param noun follows the number of projects: "6 of 7 similar projects chose Django"
 */
export function describeChoices(practice: Practice, noun?: string): string {
  const { nearest, chose } = practice;
  const majority = majorityChoice(practice);
  if (majority === undefined) {
    return OUTCOMES.filter((outcome) => chose[outcome] > 0)
      .map((outcome, i) => `${chose[outcome]} ${i === 0 ? 'chose ' : ''}${verdictName(outcome)}`)
      .join(', ');
  }
  const [count, all] = [chose[majority], nearest.length];
  const share = count === all ? `all ${all}` : `${count} of ${all}`;
  return `${noun === undefined ? share : `${share} ${noun}`} chose ${verdictName(majority)}`;
}

export function findCase({ cases }: Basis, match: Advice['caseStudy']): Basis['cases'][number] | null {
  return cases.find((c) => c.id === match?.id) ?? null;
}

export function questionNames(basis: Basis, traits: readonly string[]): string {
  return traits.map((trait) => questionName(basis, trait)).join(', ');
}

/** Adds a full stop unless the text ends with a punctuation mark. */
export function withFullStop(text: string): string {
  return /[.?!…]$/.test(text) ? text : `${text}.`;
}

export function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Returns the number of answered questions. */
export function answeredCount(advice: Pick<Advice, 'contributions'>): number {
  return advice.contributions.filter((c) => c.trait !== INTERCEPT).length;
}
