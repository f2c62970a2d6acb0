/** The data of the calibration: the rubric's projects, public cases, and what the previous rubric said about them. */
import { z } from 'zod';
import { strengthSchema, verdictSchema } from '../../src/advice/advice.ts';
import type { Answers } from '../../src/advice/answers.ts';
import { readYaml } from '../../src/advice/rubric/read-yaml.ts';
import { OUTCOMES, type Outcome, type Project, type Rubric, UNSURE } from '../../src/advice/rubric/schema.ts';

/** A team that chose a framework. */
export interface Documented {
  readonly id: string;
  /** Answers that the team would have given, without "Not sure". */
  readonly answers: Answers;
  readonly chose: Outcome | 'neither';
  /** The rubric's own entry. Null for a public case, which the bot doesn't know. */
  readonly project: Project | null;
}

const text = z.string().trim().min(10);

const publicCase = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  about: text,
  chose: z.enum([...OUTCOMES, 'neither']),
  /** Other frameworks that the team considered. */
  considered: z.array(z.string().min(3)).default([]),
  /** True if the team said later that the choice was good. Left out if it said nothing. */
  contented: z.literal(true).optional(),
  source: text,
  answers: z.record(z.string(), z.string()),
  /** Evidence for the answer to `existing`, or for leaving it out. */
  existing: text,
});

export type PublicCase = z.infer<typeof publicCase>;

const rubric3 = z.strictObject({
  said: z.record(z.string(), z.strictObject({ verdict: verdictSchema, strength: strengthSchema })),
});

/** Reads the public cases. Every answer must be an option of the rubric. */
export function readCases(rubric: Rubric): readonly PublicCase[] {
  const { cases } = read('cases.yml', z.strictObject({ cases: z.array(publicCase).min(1) }));
  for (const { id, answers } of cases) {
    for (const [trait, option] of Object.entries(answers)) {
      const question = rubric.questions.find((one) => one.id === trait);
      if (!question?.options.some((one) => one.id === option)) {
        throw new Error(`cases.yml: ${id}: the rubric has no answer ${trait}: ${option}`);
      }
    }
  }
  return cases;
}

/** Reads what rubric 3 said, by id. */
export function readRubric3(): z.infer<typeof rubric3>['said'] {
  return read('rubric-3.yml', rubric3).said;
}

/** Returns the rubric's projects and the public cases. */
export function documented(rubric: Rubric): readonly Documented[] {
  return [
    ...rubric.projects.map((project) => ({
      id: project.id,
      answers: Object.fromEntries(Object.entries(project.answers).filter(([, option]) => option !== UNSURE)),
      chose: project.chose,
      project,
    })),
    ...readCases(rubric).map(({ id, answers, chose }) => ({ id, answers, chose, project: null })),
  ];
}

function read<T>(name: string, schema: z.ZodType<T>): T {
  const problems: string[] = [];
  const file = readYaml(new URL('./', import.meta.url), name, schema, problems);
  if (!file) throw new Error(problems.join('\n'));
  return file.value;
}
