import type { Practice, Strength, Verdict } from '../../src/advice/advice.ts';
import { advise } from '../../src/advice/advise.ts';
import { modelOf, picksOf } from '../../src/advice/model.ts';
import type { Project, Rubric } from '../../src/advice/rubric/schema.ts';
import { marginOf } from '../../src/advice/score.ts';
import { answersOf } from './methods.ts';
import { curveOf } from './validation.ts';

/** The bot's advice on a project that it was not calibrated with. */
export interface HeldOutAdvice {
  readonly project: Project;
  readonly verdict: Verdict;
  readonly strength: Strength;
  readonly practice: Practice | null;
  readonly right: boolean;
}

export interface Reliability {
  readonly strength: Strength;
  readonly right: number;
  readonly of: number;
}

const STRENGTHS: readonly Strength[] = ['solid', 'leaning', 'toss-up'];
/** Share of projects that chose the sum's framework. Below it, the sum is a toss-up. */
const TOSS_UP_BELOW = 2 / 3;
/** Share of projects that chose the sum's framework. From it, the sum is solid. */
const SOLID_FROM = 0.85;

type CutOffs = Pick<Rubric['strength'], 'toss_up_up_to' | 'solid_from'>;

/** Derives the cut-offs from a set of projects. The rubric's own are derived from all projects. */
export function cutOffsFrom(rubric: Rubric, projects: readonly Project[]): CutOffs {
  const model = modelOf(rubric);
  const { offset, slope } = curveOf(rubric, (answers) => marginOf(model, picksOf(model, answers)), projects);
  const pointsAt = (share: number): number => Math.log(share / (1 - share));
  // Points for a framework at which its share on the curve reaches `share`.
  const django = (share: number): number => (pointsAt(share) - offset) / slope;
  const flask = (share: number): number => (pointsAt(share) + offset) / slope;
  const below = (points: number): number => Math.max(0, Math.ceil(points) - 1);
  // The smallest answer for Flask counts this much, so a lower threshold would make no difference.
  const from = (points: number): number => Math.max(rubric.weighing.flask, Math.ceil(points));
  return {
    toss_up_up_to: { django: below(django(TOSS_UP_BELOW)), flask: below(flask(TOSS_UP_BELOW)) },
    solid_from: { django: from(django(SOLID_FROM)), flask: from(flask(SOLID_FROM)) },
  };
}

/** Returns the advice on each project with practice and cut-offs derived from the other projects only. */
export function adviseHeldOut(rubric: Rubric): HeldOutAdvice[] {
  return rubric.projects.map((project) => {
    const projects = rubric.projects.filter((one) => one !== project);
    const strength = { ...rubric.strength, ...cutOffsFrom(rubric, projects) };
    const advice = advise({ ...rubric, projects, strength }, answersOf(project));
    const { verdict, practice } = advice;
    return { project, verdict, practice, strength: advice.strength, right: verdict === project.chose };
  });
}

/** Counts how often each strength comes with the right verdict. */
export function reliability(said: readonly HeldOutAdvice[]): Reliability[] {
  return STRENGTHS.map((strength) => {
    const matching = said.filter((one) => one.strength === strength);
    return { strength, right: matching.filter(({ right }) => right).length, of: matching.length };
  });
}
