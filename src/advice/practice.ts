import type { Practice, Verdict } from './advice.ts';
import type { Answers } from './answers.ts';
import { modelOf, picksOf } from './model.ts';
import type { Project, Question, Rubric } from './rubric/schema.ts';
import { UNSURE } from './rubric/schema.ts';
import { coverageOf } from './score.ts';

/** Number of most similar projects to compare with. */
const MAX_PROJECTS = 7;
/** Lowest answered share of the rubric's weight for a comparison. */
const MIN_COVERAGE = 0.4;
/** Largest distance at which two projects count as similar. */
const MAX_DISTANCE = 0.5;
/** Fewest answers in common. Fewer may be coincidence. */
const MIN_SHARED = 3;
/** Fewest similar projects for a meaningful comparison. */
const MIN_PROJECTS = 3;

/** Similarity of a project to a set of answers. */
export interface Similarity {
  /** 0 if all compared answers are equal, 1 if all are opposites. */
  readonly distance: number;
  /** Sum of the weights of the compared answers, each times its certainty. */
  readonly certainty: number;
}

interface Neighbour extends Similarity {
  readonly project: Project;
}

/**
 * Returns the documented projects most similar to the answers, nearest first, and what they chose. Null if too few
 * questions are answered or too few projects are similar.
 */
export function practiceFor(
  rubric: Rubric,
  answers: Answers,
  verdict: Verdict,
): Omit<Practice, 'lowered'> | null {
  const model = modelOf(rubric);
  if (coverageOf(model, picksOf(model, answers)) < MIN_COVERAGE) return null;
  const near = findNearestProjects(rubric.projects, (project) => measureSimilarity(rubric, answers, project));
  if (near.length < MIN_PROJECTS) return null;
  const chose = { django: 0, flask: 0, both: 0 };
  for (const { project } of near) chose[project.chose] += 1;
  return {
    nearest: near.map(({ project }) => ({
      id: project.id,
      name: project.name,
      chose: project.chose,
      year: project.year,
      about: project.about,
      url: project.url,
      shared: sharedBy(answers, project),
    })),
    chose,
    disagrees: disagrees(verdict, chose),
  };
}

/** Returns whether most projects chose the other framework or, for the verdict `both`, none used both. */
function disagrees(verdict: Verdict, chose: Practice['chose']): boolean {
  const all = chose.django + chose.flask + chose.both;
  switch (verdict) {
    case 'django':
      return chose.flask * 2 > all;
    case 'flask':
      return chose.django * 2 > all;
    case 'both':
      return chose.both === 0;
    case 'undecided':
      return false;
  }
}

/** Returns the most similar projects, nearest first. Among equal distances, the more certain comparison comes first. */
export function findNearestProjects(
  projects: readonly Project[],
  similarityOf: (project: Project) => Similarity | null,
): Neighbour[] {
  return projects
    .flatMap((project) => {
      const near = similarityOf(project);
      return near && near.distance <= MAX_DISTANCE ? [{ project, ...near }] : [];
    })
    .sort((a, b) => a.distance - b.distance || b.certainty - a.certainty)
    .slice(0, MAX_PROJECTS);
}

/** Compares a project with a set of answers. Null if too few answers are equal. */
export function measureSimilarity(rubric: Rubric, answers: Answers, project: Project): Similarity | null {
  return sharedBy(answers, project).length < MIN_SHARED ? null : compare(rubric, answers, project);
}

/** Returns the traits with equal answers, in the project's order. */
function sharedBy(answers: Answers, project: Project): string[] {
  return Object.keys(project.answers).filter(
    (trait) => answers[trait] !== undefined && answers[trait] === project.answers[trait],
  );
}

/**
 * Returns the weighted mean difference over questions with an answer on both sides. The weight is the rubric's weight
 * of the question times the certainty of the project's answer.
 */
function compare(rubric: Rubric, answers: Answers, { answers: theirs, certainty }: Project): Similarity {
  const { weights } = modelOf(rubric);
  let apart = 0;
  let compared = 0;
  rubric.questions.forEach((question, i) => {
    const ours = answers[question.id];
    const their = theirs[question.id];
    if (ours === undefined || their === undefined || their === UNSURE) return;
    const weight = (weights[i] ?? 0) * (certainty[question.id] ?? 0);
    apart += weight * difference(question, ours, their);
    compared += weight;
  });
  return { distance: compared === 0 ? 1 : apart / compared, certainty: compared };
}

/** Returns 0 for equal answers, otherwise 1, or for options on a scale their distance from 0 to 1. */
function difference({ options, ordered }: Question, a: string, b: string): number {
  if (a === b) return 0;
  if (ordered !== true) return 1;
  const place = (id: string): number => options.findIndex((option) => option.id === id);
  return Math.abs(place(a) - place(b)) / (options.length - 1);
}
