/** Derives the cut-offs for the strength, and judges each documented team with what the other teams teach. */
import type { Strength, Verdict } from '../../src/advice/advice.ts';
import { modelOf, picksOf } from '../../src/advice/model.ts';
import { practiceFor } from '../../src/advice/practice.ts';
import type { Rubric } from '../../src/advice/rubric/schema.ts';
import { firstRuleOf, marginOf, ruleIndexOf, thirdWayOf, verdictOf } from '../../src/advice/score.ts';
import { type Judgement, judge } from '../../src/advice/strength.ts';
import type { Documented } from './documented.ts';
import { fitCurve, type LogisticCurve, logistic } from './statistics.ts';

export type CutOffs = Pick<Rubric['strength'], 'toss_up_up_to' | 'solid_from'>;

/** The advice on a team by a rubric that doesn't know the team. */
export interface UnseenAdvice {
  readonly team: Documented;
  readonly verdict: Verdict;
  readonly strength: Strength;
  readonly right: boolean;
  /** Effect of the answer to `existing`. */
  readonly effect: Judgement['effect'];
  readonly thirdWay: boolean;
  /** Probability of being right, learned from the other teams. */
  readonly probability: number;
}

/** Shares of teams that chose the framework that a sum favors. */
interface Levels {
  /** A sum is a toss-up below this share. */
  readonly tossUp: number;
  /** A sum is solid from this share. */
  readonly solid: number;
}

/** Levels of the rubric's cut-offs. */
export const LEVELS: Levels = { tossUp: 0.55, solid: 0.8 };
/** Levels that `choose` tries instead. */
const GRID: readonly Levels[] = [0.8, 0.85, 0.9].flatMap((solid) =>
  [0.5, 0.55, 0.6].map((tossUp) => ({ tossUp, solid })),
);
/** Smallest share of solid verdicts that must be right. */
export const SOLID_RIGHT = 0.92;

interface Calibration {
  /** Derives the cut-offs from all teams but the excluded ones. */
  cutOffs(excluded?: readonly Documented[], levels?: Levels): CutOffs;
  /** Picks the levels with the most solid verdicts and enough of them right, then with toss-ups nearest to even. */
  choose(excluded: readonly Documented[]): Levels;
  /** Judges each team with cut-offs and similar projects from the others. */
  unseen(levelsFor?: (team: Documented) => Levels): UnseenAdvice[];
}

/** How a verdict came about. */
type Kind = 'rule' | 'third way' | 'existing' | 'points';
type Judged = Omit<UnseenAdvice, 'probability'> & { readonly kind: Kind; readonly margin: number };

/** Calibrates a rubric on documented teams. */
export function calibrationOf(rubric: Rubric, teams: readonly Documented[]): Calibration {
  const base = modelOf(rubric);
  const scored = teams.map((team) => {
    const picks = picksOf(base, team.answers);
    // The curves leave out what points don't decide, and what can't be solid.
    const fits = team.chose !== 'both' && firstRuleOf(base, picks) === -1 && thirdWayOf(base, picks) === null;
    return { team, margin: marginOf(base, picks), fits };
  });

  /** Fits the shares of teams that chose Django and Flask, by points. "Neither" counts against both. */
  const curvesWithout = memoize((excluded: readonly Documented[]) => {
    const used = scored.filter(({ team, fits }) => fits && !includes(excluded, team));
    const fitFor = (framework: 'django' | 'flask'): LogisticCurve =>
      fitCurve(
        used.map(({ team, margin }) => ({
          score: framework === 'django' ? margin : -margin,
          positive: team.chose === framework,
        })),
      );
    return { django: fitFor('django'), flask: fitFor('flask') };
  });

  const cutOffs: Calibration['cutOffs'] = (excluded = [], levels = LEVELS) => {
    const { django, flask } = curvesWithout(excluded);
    const upTo = (curve: LogisticCurve): number => Math.max(0, Math.floor(pointsAt(curve, levels.tossUp)));
    const from = (curve: LogisticCurve): number => Math.max(1, Math.ceil(pointsAt(curve, levels.solid)));
    return {
      toss_up_up_to: { django: upTo(django), flask: upTo(flask) },
      solid_from: { django: from(django), flask: from(flask) },
    };
  };

  const rubricWithout = memoize(
    (excluded: readonly Documented[]): Rubric => ({
      ...rubric,
      projects: rubric.projects.filter((project) => excluded.every((team) => team.project !== project)),
    }),
  );
  const modelsByCutOffs = new Map<string, Rubric>();

  const judged = (team: Documented, excluded: readonly Documented[], levels: Levels): Judged => {
    const cuts = cutOffs(excluded, levels);
    const model = modelOf(
      remember(modelsByCutOffs, JSON.stringify(cuts), () => ({
        ...rubric,
        strength: { ...rubric.strength, ...cuts },
      })),
    );
    const picks = picksOf(model, team.answers);
    const verdict = verdictOf(model, picks);
    const without = rubricWithout(excluded.filter(({ project }) => project !== null));
    const contested = practiceFor(without, team.answers, verdict)?.disagrees ?? false;
    const { strength, effect } = judge(model, picks, contested);
    const thirdWay = thirdWayOf(model, picks) !== null;
    const margin = marginOf(model, picks);
    const byPoints = effect === 'decides' ? 'existing' : 'points';
    const kind = ruleIndexOf(model, picks) !== -1 ? 'rule' : thirdWay ? 'third way' : byPoints;
    return { team, verdict, strength, right: verdict === team.chose, effect, thirdWay, kind, margin };
  };

  const judgeOthers = (excluded: readonly Documented[], levels: Levels): Judged[] =>
    teams
      .filter((team) => !includes(excluded, team))
      .map((team) => judged(team, [...excluded, team], levels));

  const choose: Calibration['choose'] = (excluded) => {
    const tried = GRID.map((levels) => {
      const said = judgeOthers(excluded, levels);
      const solid = said.filter(({ strength }) => strength === 'solid');
      const tossUps = said.filter(({ strength }) => strength === 'toss-up');
      return {
        levels,
        solid: solid.length,
        right: shareRight(solid),
        odd: Math.abs(shareRight(tossUps) - 0.5),
      };
    });
    const enough = tried.filter(({ right }) => right >= SOLID_RIGHT);
    const [best] =
      enough.length > 0
        ? enough.sort((a, b) => b.solid - a.solid || a.odd - b.odd)
        : tried.sort((a, b) => b.right - a.right);
    return best?.levels ?? LEVELS;
  };

  /** A curve gives the probability by points. For the other kinds, it is the share that was right. */
  const probabilityOf = (
    { kind, verdict, margin }: Judged,
    excluded: readonly Documented[],
    levels: Levels,
  ): number => {
    if (verdict === 'undecided') return 0.5;
    if (kind === 'points' && verdict !== 'both') {
      const { offset, slope } = curvesWithout(excluded)[verdict];
      return logistic(offset + slope * (verdict === 'django' ? margin : -margin));
    }
    const alike = judgeOthers(excluded, levels).filter((one) => one.kind === kind);
    // One right and one wrong verdict are added, because a few teams never make certain.
    return (alike.filter(({ right }) => right).length + 1) / (alike.length + 2);
  };

  const unseen: Calibration['unseen'] = (levelsFor = () => LEVELS) =>
    teams.map((team) => {
      const levels = levelsFor(team);
      const said = judged(team, [team], levels);
      return { ...said, probability: probabilityOf(said, [team], levels) };
    });

  return { cutOffs, choose, unseen };
}

/** Returns the points at which a curve reaches a share. */
const pointsAt = ({ offset, slope }: LogisticCurve, share: number): number =>
  (Math.log(share / (1 - share)) - offset) / slope;

function shareRight(said: readonly { readonly right: boolean }[]): number {
  return said.length === 0 ? 0 : said.filter(({ right }) => right).length / said.length;
}

const includes = (teams: readonly Documented[], { id }: Documented): boolean =>
  teams.some((team) => team.id === id);

/** Memoizes by the ids of the teams, in any order, because validation repeats each pair several times. */
function memoize<V>(compute: (teams: readonly Documented[]) => V): (teams: readonly Documented[]) => V {
  const kept = new Map<string, V>();
  return (teams) => {
    const ids = teams.map(({ id }) => id).sort();
    return remember(kept, ids.join(), () => compute(teams));
  };
}

function remember<V>(kept: Map<string, V>, key: string, compute: () => V): V {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const value = compute();
  kept.set(key, value);
  return value;
}
