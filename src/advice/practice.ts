import type { Practice, Verdict } from './advice.ts';
import type { Answers } from './answers.ts';
import { modelOf, picksOf } from './model.ts';
import type { Project, Question, Rubric } from './rubric/schema.ts';
import { UNSURE } from './rubric/schema.ts';
import { coverageOf } from './score.ts';

/** How many of the most similar projects are looked at. */
const NEAREST = 7;
/** Share of the rubric's weight that must be known for a project to be like any other. */
const MIN_COVERAGE = 0.4;
/** Further apart than this, two projects are not alike. */
const MAX_DISTANCE = 0.5;
/** Fewer answers in common are company by chance. */
const MIN_SHARED = 3;
/** What fewer projects chose says nothing. */
const FEWEST = 3;

/** How much a project is like some answers. */
export interface Nearness {
  /** 0 is the same answers throughout, 1 the opposite ones. */
  readonly distance: number;
  /** By how much weight that is known. */
  readonly certainty: number;
}

interface Neighbour extends Nearness {
  readonly project: Project;
}

/**
 * The documented projects that are most like these answers, nearest first, and what they chose. Null where too
 * little is known, or nothing is alike.
 */
export function practiceFor(
  rubric: Rubric,
  answers: Answers,
  verdict: Verdict,
): Omit<Practice, 'lowered'> | null {
  const model = modelOf(rubric);
  if (coverageOf(model, picksOf(model, answers)) < MIN_COVERAGE) return null;
  const near = nearest(rubric.projects, (project) => nearness(rubric, answers, project));
  if (near.length < FEWEST) return null;
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

/** Most of the nearest chose the other framework; for both, none of them combined the two. */
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

/** The nearest of these, nearest first; among equals those whose answers are the more certain. */
export function nearest(
  projects: readonly Project[],
  nearnessOf: (project: Project) => Nearness | null,
): Neighbour[] {
  return projects
    .flatMap((project) => {
      const near = nearnessOf(project);
      return near && near.distance <= MAX_DISTANCE ? [{ project, ...near }] : [];
    })
    .sort((a, b) => a.distance - b.distance || b.certainty - a.certainty)
    .slice(0, NEAREST);
}

/** Null where too few answers are the same to say. */
export function nearness(rubric: Rubric, answers: Answers, project: Project): Nearness | null {
  return sharedBy(answers, project).length < MIN_SHARED ? null : compare(rubric, answers, project);
}

/** Traits with the same answer, in question order. */
function sharedBy(answers: Answers, project: Project): string[] {
  return Object.keys(project.answers).filter(
    (trait) => answers[trait] !== undefined && answers[trait] === project.answers[trait],
  );
}

/**
 * The mean difference over the questions that both have answered, each as heavy as the rubric takes it and as
 * certain as the project's answer is.
 */
function compare(rubric: Rubric, answers: Answers, { answers: theirs, certainty }: Project): Nearness {
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

/** 0 for the same answer, 1 for another; on a scale, how far the two lie apart. */
function difference({ options, ordered }: Question, a: string, b: string): number {
  if (a === b) return 0;
  if (ordered !== true) return 1;
  const place = (id: string): number => options.findIndex((option) => option.id === id);
  return Math.abs(place(a) - place(b)) / (options.length - 1);
}
