// How firm a verdict is, and why it isn't firmer.
import type { Advice, Practice, Strength, Verdict } from './advice.ts';
import { type Model, OPEN, type Picks } from './model.ts';
import type { Question } from './rubric/schema.ts';
import {
  favoredBy,
  firstRuleOf,
  isLittle,
  marginOf,
  openTraitsOfEarlierRules,
  ruleIndexOf,
  thirdWayOf,
  thresholdOf,
  verdictOf,
  yields,
} from './score.ts';

type Option = Question['options'][number];

/** What keeps a verdict from being solid, the most important first. */
type Cause =
  | 'few answers'
  | 'third way'
  | 'existing'
  | 'practice'
  | 'coverage'
  | 'open rule'
  | 'yields'
  | 'points';

export interface Judgement {
  readonly strength: Strength;
  readonly causes: readonly Cause[];
  /** What the starting point did to the verdict. Null if it favors neither framework. */
  readonly effect: 'decides' | 'lowers' | 'none' | null;
}

/**
 * Returns the strength of the verdict. The points come first. Other causes keep a solid verdict at leaning, and never do
 * more, so one weak answer doesn't move the strength by two steps. What the project starts from comes last.
 *
 * @param contested most similar projects chose differently
 */
export function judge(model: Model, picks: Picks, contested: boolean): Judgement {
  const verdict = verdictOf(model, picks);
  const rule = ruleIndexOf(model, picks);
  const pointed = strengthOfPoints(model, picks, verdict, rule);
  const effect = effectOf(model, picks, verdict, rule);
  const few = rule === -1 && answered(picks) < model.rubric.strength.min_answers;
  const isSolid = pointed === 'solid';
  const causes: readonly (readonly [Cause, boolean])[] = [
    ['few answers', few],
    ['third way', thirdWayOf(model, picks) !== null],
    ['yields', yields(model, picks, firstRuleOf(model, picks))],
    ['existing', effect === 'lowers'],
    ['coverage', isLittle(model, picks)],
    ['practice', isSolid && contested],
    ['open rule', isSolid && openTraitsOfEarlierRules(model, picks, rule).length > 0],
    ['points', !isSolid],
  ];
  const found = causes.flatMap(([cause, applies]) => (applies ? [cause] : []));
  const capped = isSolid && found.some((cause) => cause !== 'existing') ? 'leaning' : pointed;
  const shifted = effect === 'decides' ? 'leaning' : effect === 'lowers' ? LOWER[capped] : capped;
  return { strength: few ? 'toss-up' : shifted, causes: found, effect };
}

const LOWER: Readonly<Record<Strength, Strength>> = {
  solid: 'leaning',
  leaning: 'toss-up',
  'toss-up': 'toss-up',
};

/** Returns the strength by points alone. A rule for a framework is a toss-up if the answers alone don't favor it. */
function strengthOfPoints(model: Model, picks: Picks, verdict: Verdict, rule: number): Strength {
  const { toss_up_up_to: tossUp, solid_from: solid } = model.rubric.strength;
  if (verdict === 'undecided') return 'toss-up';
  if (verdict === 'both') return 'solid';
  const margin = marginOf(model, picks);
  const size = verdict === 'django' ? margin : -margin;
  if (size >= solid[verdict]) return 'solid';
  const most = rule === -1 ? tossUp[verdict] : verdict === 'django' ? model.start : -model.start;
  return size <= most ? 'toss-up' : 'leaning';
}

function effectOf(model: Model, picks: Picks, verdict: Verdict, rule: number): Judgement['effect'] {
  const favored = favoredBy(model, picks);
  if (favored === null) return null;
  if (verdict === 'undecided' || verdict === 'both') return 'none';
  const margin = marginOf(model, picks);
  const isTossUp = margin > thresholdOf(model, 'django') && margin <= thresholdOf(model, 'flask');
  if (rule === -1 && isTossUp) return 'decides';
  return verdict === favored ? 'none' : 'lowers';
}

/** Explains the strength in one sentence, and in another what is missing for a firmer verdict. */
export function explainStrength(
  model: Model,
  picks: Picks,
  judged: Judgement,
  practice: Omit<Practice, 'lowered'> | null,
): Why {
  return {
    strength: describeStrength(model, picks, judged),
    missing: describeMissing(model, picks, judged, practice),
  };
}

type Why = NonNullable<Advice['why']>;

const NAMES = { django: 'Django', flask: 'Flask' } as const;

function describeStrength(model: Model, picks: Picks, { strength, causes }: Judgement): string {
  const verdict = verdictOf(model, picks);
  if (verdict === 'undecided') return 'The answers favor neither framework.';
  if (verdict === 'both') return 'The article recommends both for such a project.';
  if (strength === 'toss-up' && causes.includes('points')) return 'The answers are nearly even.';
  return `The answers ${causes.includes('points') ? '' : 'clearly '}favor ${NAMES[verdict]}.`;
}

function describeMissing(
  model: Model,
  picks: Picks,
  { strength, causes: [cause] }: Judgement,
  practice: Omit<Practice, 'lowered'> | null,
): string | null {
  if (strength === 'solid') return null;
  switch (cause) {
    case 'few answers':
    case 'coverage':
      return `Only ${answered(picks)} of ${picks.length} questions are answered.`;
    case 'third way':
      return `${thirdWayOf(model, picks)?.names.join(' or ')} may fit better.`;
    case 'existing':
      return describeExisting(practicalOption(model, picks)?.bullet);
    case 'practice':
      return practice && describePractice(verdictOf(model, picks), practice);
    case 'open rule': {
      const [trait = 0] = openTraitsOfEarlierRules(model, picks, ruleIndexOf(model, picks));
      return `Still open: ${model.rubric.questions[trait]?.short}.`;
    }
    case 'yields':
      return model.rules[firstRuleOf(model, picks)]?.yields ?? null;
    default:
      return practice?.disagrees
        ? describePractice(verdictOf(model, picks), practice)
        : describePoints(model, picks, strength);
  }
}

function describeExisting(fact = ''): string {
  return `Less firm because ${fact.slice(0, 1).toLowerCase()}${fact.slice(1)}`;
}

function answered(picks: Picks): number {
  return picks.filter((pick) => pick !== OPEN).length;
}

function describePractice(verdict: Verdict, { chose }: Pick<Practice, 'chose'>): string {
  if (verdict === 'both') return 'No similar project used both.';
  return `Most similar projects chose ${chose.django > chose.flask ? NAMES.django : NAMES.flask}.`;
}

/** Says how many more answers would make the verdict firmer, at most two. */
function describePoints(model: Model, picks: Picks, strength: Strength): string {
  const verdict = verdictOf(model, picks);
  if (verdict !== 'django' && verdict !== 'flask') return 'The answers so far favor neither.';
  const { practical } = model;
  const isTossUp = strength === 'toss-up';
  if (isTossUp && practical && picks[practical.trait] === OPEN && ruleIndexOf(model, picks) === -1) {
    return 'What the team already knows would decide it.';
  }
  const reaches = (trial: Picks): boolean => {
    const reached = judge(model, trial, false).strength;
    return verdictOf(model, trial) === verdict && (isTossUp ? reached !== 'toss-up' : reached === 'solid');
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
  return 'The answers pull both ways.';
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
