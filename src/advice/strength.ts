// How firm a verdict is, and why it isn't firmer.
import type { Advice, Practice, Strength, Verdict } from './advice.ts';
import { type Model, OPEN, type Picks } from './model.ts';
import type { Framework, Question } from './rubric/schema.ts';
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
 * Returns the strength of the verdict. The points decide first, then what the project starts from. Everything else only
 * keeps a solid verdict at leaning, so one weak answer never moves the strength by two steps.
 *
 * @param contested most similar projects chose differently
 */
export function judge(model: Model, picks: Picks, contested: boolean): Judgement {
  const verdict = verdictOf(model, picks);
  const rule = ruleIndexOf(model, picks);
  const pointed = strengthOfPoints(model, picks, verdict, rule);
  const effect = effectOf(model, picks, verdict, rule);
  const base = effect === 'decides' ? 'leaning' : effect === 'lowers' ? LOWER[pointed] : pointed;
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
  return {
    strength: few ? 'toss-up' : base === 'solid' && found.length > 0 ? 'leaning' : base,
    causes: found,
    effect,
  };
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
      return describePoints(model, picks, strength);
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
  if (strength === 'toss-up' && practical && picks[practical.trait] === OPEN) {
    return 'What the team already knows would decide it.';
  }
  const effect = strength === 'toss-up' ? 'make it likely' : 'settle it';
  const trial = picks.slice();
  for (const count of ['One more answer', 'Two more answers']) {
    const best = bestOpenAnswer(model, trial, verdict);
    if (!best) break;
    trial[best.trait] = best.option;
    const reached = judge(model, trial, false).strength;
    if (
      verdictOf(model, trial) === verdict &&
      (strength === 'toss-up' ? reached !== strength : reached === 'solid')
    ) {
      return `${count} for ${NAMES[verdict]} would ${effect}.`;
    }
  }
  return 'The answers pull both ways.';
}

/** Returns the answer to an open question that adds the most points for a framework. It never adds a third way. */
function bestOpenAnswer(
  model: Model,
  picks: Picks,
  framework: Framework,
): { trait: number; option: number } | null {
  const trial = picks.slice();
  const wasThird = thirdWayOf(model, picks) !== null;
  let best: { trait: number; option: number; size: number } | null = null;
  for (const [trait, options] of model.points.entries()) {
    if (picks[trait] !== OPEN) continue;
    for (const option of options.keys()) {
      trial[trait] = option;
      const margin = marginOf(model, trial);
      const size = framework === 'django' ? margin : -margin;
      const fits = verdictOf(model, trial) === framework && (wasThird || thirdWayOf(model, trial) === null);
      if (fits && (best === null || size > best.size)) best = { trait, option, size };
    }
    trial[trait] = OPEN;
  }
  return best;
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
