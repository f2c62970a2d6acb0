import type { Strength } from '../../src/core/advice.ts';
import { advise } from '../../src/core/advise.ts';
import type { Project, Rubric } from '../../src/rubric/schema.ts';
import { answersOf } from './methods.ts';

/** What the bot says about a project while it does not know that project. */
export interface Said {
  readonly project: Project;
  readonly strength: Strength;
  readonly right: boolean;
}

export interface Reliability {
  readonly strength: Strength;
  readonly right: number;
  readonly of: number;
}

const STRENGTHS: readonly Strength[] = ['solid', 'leaning', 'toss-up'];
const CUT_OFFS = [3, 4, 5, 6, 7, 8];

export function saidOfUnseen(rubric: Rubric, project: Project): Said {
  const others: Rubric = { ...rubric, projects: rubric.projects.filter((one) => one !== project) };
  const { verdict, strength } = advise(others, answersOf(project));
  return { project, strength, right: verdict === project.chose };
}

export function reliability(said: readonly Said[]): Reliability[] {
  return STRENGTHS.map((strength) => {
    const such = said.filter((one) => one.strength === strength);
    return { strength, right: such.filter(({ right }) => right).length, of: such.length };
  });
}

export interface CutOff {
  readonly from: number;
  readonly right: number;
  readonly of: number;
}

/** How solid verdicts would have done with other cut-offs. */
export function byCutOff(rubric: Rubric): CutOff[] {
  return CUT_OFFS.map((from) => {
    const solid = saidWith(rubric, from).filter(({ strength }) => strength === 'solid');
    return { from, right: solid.filter(({ right }) => right).length, of: solid.length };
  });
}

/**
 * The reliability when the cut-off is chosen without the project that is judged: the strictest one that still
 * calls half of the others solid. What those chose is not looked at.
 */
export function nestedReliability(rubric: Rubric): Reliability[] {
  const table = CUT_OFFS.map((from) => saidWith(rubric, from));
  const chosen = rubric.projects.flatMap((project, i) => {
    const strictest = table.findLast((said) => {
      const solid = said.filter((one) => one.project !== project && one.strength === 'solid');
      return solid.length * 2 >= said.length - 1;
    });
    return (strictest ?? table[0])?.[i] ?? [];
  });
  return reliability(chosen);
}

function saidWith(rubric: Rubric, from: number): Said[] {
  const variant: Rubric = { ...rubric, strength: { ...rubric.strength, solid_from: from } };
  return rubric.projects.map((project) => saidOfUnseen(variant, project));
}
