// Why a verdict isn't firmer, in sentences.
import type { Advice, Practice, Strength, Verdict } from './advice.ts';
import { type Model, OPEN, type Picks } from './model.ts';
import type { Question } from './rubric/schema.ts';
import {
  firstRuleOf,
  marginOf,
  neverSolidReason,
  openTraitsOfEarlierRules,
  pointsOf,
  ruleIndexOf,
  thirdWayOf,
  verdictOf,
  weakeningOf,
} from './score.ts';
import { answered, type Judgement, judge } from './strength.ts';

/** Most open questions named. */
const MOST_NAMED = 3;

type Option = Question['options'][number];

/** Says that another framework may fit better. */
export function describeBetterFit(names: readonly string[]): string {
  return `${names.join(' or ')} may fit better.`;
}

/**
 * Explains the strength in one sentence, and in another what is missing for a firmer verdict.
 *
 * @param isContested returns whether most projects similar to other answers chose differently
 */
export function explainStrength(
  model: Model,
  picks: Picks,
  judged: Judgement,
  practice: SimilarProjects,
  isContested: (picks: Picks) => boolean,
): Why {
  return {
    strength: describeStrength(model, picks, judged),
    missing: describeMissing(model, picks, judged, practice, isContested),
  };
}

type SimilarProjects = Omit<Practice, 'lowered'> | null;
type Why = NonNullable<Advice['why']>;

const NAMES = { django: 'Django', flask: 'Flask' } as const;

function describeStrength(model: Model, picks: Picks, { strength, causes }: Judgement): string {
  const verdict = verdictOf(model, picks);
  if (verdict === 'undecided') return 'The answers favor neither framework.';
  if (verdict === 'both') return 'The article recommends both for such a project.';
  const isTossUp = strength === 'toss-up';
  if (isTossUp && ruleIndexOf(model, picks) !== -1) {
    return `A rule says ${NAMES[verdict]}, but the points don’t.`;
  }
  if (isTossUp && causes.includes('points')) return 'The answers are nearly even.';
  return `The answers ${isTossUp || causes.includes('points') ? '' : 'clearly '}favor ${NAMES[verdict]}.`;
}

function describeMissing(
  model: Model,
  picks: Picks,
  { strength, causes: [cause] }: Judgement,
  practice: SimilarProjects,
  isContested: (picks: Picks) => boolean,
): string | null {
  if (strength === 'solid') return null;
  switch (cause) {
    case 'few answers':
    case 'coverage':
      return describeCount(picks);
    case 'third way':
      return describeBetterFit(thirdWayOf(model, picks)?.names ?? []);
    case 'existing':
      return describeExisting(practicalOption(model, picks)?.bullet);
    case 'practice':
      return practice && describePractice(verdictOf(model, picks), practice);
    case 'never solid':
      return neverSolidReason(model, picks, verdictOf(model, picks));
    case 'weakening':
      return describeOpen(model, weakeningOf(model, picks, verdictOf(model, picks)).traits);
    case 'open rule':
      return describeOpen(model, openTraitsOfEarlierRules(model, picks, ruleIndexOf(model, picks)));
    case 'yields':
      return model.rules[firstRuleOf(model, picks)]?.yields ?? null;
    default:
      return practice?.disagrees
        ? describePractice(verdictOf(model, picks), practice)
        : describePoints(model, picks, strength, isContested);
  }
}

function describeOpen({ rubric }: Model, traits: readonly number[]): string {
  const names = [...new Set(traits)].map((trait) => rubric.questions[trait]?.short);
  return `Unanswered: ${names.slice(0, MOST_NAMED).join(', ')}.`;
}

function describeExisting(fact = ''): string {
  return `Less firm because ${fact.slice(0, 1).toLowerCase()}${fact.slice(1)}`;
}

function describePractice(verdict: Verdict, { chose }: Pick<Practice, 'chose'>): string {
  if (verdict === 'both') return 'No similar project used both.';
  return `Most similar projects chose ${chose.django > chose.flask ? NAMES.django : NAMES.flask}.`;
}

/** Says how many more answers would make the verdict firmer, at most two. */
function describePoints(
  model: Model,
  picks: Picks,
  strength: Strength,
  isContested: (picks: Picks) => boolean,
): string {
  const verdict = verdictOf(model, picks);
  if (verdict !== 'django' && verdict !== 'flask') return 'The answers so far favor neither.';
  const { practical } = model;
  const isTossUp = strength === 'toss-up';
  if (isTossUp && practical && picks[practical.trait] === OPEN && ruleIndexOf(model, picks) === -1) {
    return 'What the team already knows would decide it.';
  }
  const reaches = (trial: Picks): boolean => {
    if (verdictOf(model, trial) !== verdict) return false;
    const reached = judge(model, trial, false).strength;
    return isTossUp ? reached !== 'toss-up' : reached === 'solid' && !isContested(trial);
  };
  const effect = isTossUp ? 'make it likely' : 'settle it';
  if (openAnswers(model, picks).some(reaches))
    return `One more answer for ${NAMES[verdict]} would ${effect}.`;
  const size = (trial: Picks): number => marginOf(model, trial) * (verdict === 'django' ? 1 : -1);
  const [best] = openAnswers(model, picks)
    .filter((trial) => verdictOf(model, trial) === verdict && thirdWayOf(model, trial) === null)
    .sort((a, b) => size(b) - size(a));
  if (best && openAnswers(model, best).some(reaches)) {
    return `Two more answers for ${NAMES[verdict]} would ${effect}.`;
  }
  const isOneSided = !speaksAgainst(model, picks, verdict);
  return isOneSided ? 'The answers say little so far.' : 'The answers pull both ways.';
}

function describeCount(picks: Picks): string {
  return `Only ${answered(picks)} of ${picks.length} questions are answered.`;
}

/** Returns whether an answer has points for the other framework. */
function speaksAgainst(model: Model, picks: Picks, verdict: 'django' | 'flask'): boolean {
  return model.traits.some((_, trait) => {
    const points = pointsOf(model, picks, trait);
    return verdict === 'django' ? points < 0 : points > 0;
  });
}

/** Returns the answers with one open question answered, in every way. */
function openAnswers(model: Model, picks: Picks): Picks[] {
  return model.points.flatMap((options, trait) =>
    picks[trait] === OPEN ? [...options.keys()].map((option) => picks.with(trait, option)) : [],
  );
}

/** Returns what the project starts from and what that does to the verdict, or null if it favors neither framework. */
export function existingOf(model: Model, picks: Picks, { effect }: Judgement): Advice['existing'] {
  const option = practicalOption(model, picks);
  if (!option || effect === null) return null;
  return { rule: option.id, effect, text: `${option.reason} ${EFFECT[effect]}` };
}

const EFFECT = {
  decides: 'In a close call, the bot lets it decide.',
  lowers: 'It makes the verdict less certain.',
  none: 'It changes nothing here.',
} as const;

function practicalOption({ practical, rubric }: Model, picks: Picks): Option | undefined {
  if (practical === null) return undefined;
  return rubric.questions[practical.trait]?.options[picks[practical.trait] ?? OPEN];
}
