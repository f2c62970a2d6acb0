import { z } from 'zod';
import { type Answers, parseAnswers } from '../../advice/answers.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { LONGEST_PROJECT_NAME } from '../../decision/decision.ts';
import { toVisibleLine } from '../record/markdown.ts';

/** The inputs of the workflow step "Recommend Django or Flask". */
export interface StepInputs {
  readonly project: string;
  /** Slack channel id. */
  readonly channel: string;
  /** Slack user id of the person who may edit, decide and delete. Null if the workflow names no person. */
  readonly asker: string | null;
  readonly answers: Answers;
}

export type ParsedStepInputs =
  | { readonly ok: true; readonly inputs: StepInputs }
  /** Sentences for the person who built the workflow. */
  | { readonly ok: false; readonly problem: string };

const fields = z.object({
  project: z.string(),
  channel: z.string().regex(/^[CGD][A-Z0-9]+$/),
  asker: z
    .string()
    .regex(/^[UW][A-Z0-9]+$/)
    .nullish(),
});

const named = z.record(z.string(), z.unknown());

/** Parses the step's inputs. An empty answer counts as "not sure". */
export function parseStepInputs(rubric: Rubric, input: unknown): ParsedStepInputs {
  const problems: string[] = [];
  const given = named.safeParse(input).data ?? {};
  const { project: name } = given;
  const project = toVisibleLine(typeof name === 'string' ? name : '').slice(0, 1_000);
  if (project === '') problems.push('“Project” is empty: give the project a name');
  else if ([...project].length > LONGEST_PROJECT_NAME) {
    problems.push(`“Project” is longer than ${LONGEST_PROJECT_NAME} characters: shorten it`);
  }
  if (!fields.shape.channel.safeParse(given.channel).success) {
    problems.push('“Channel” is no channel: pick the one that the card is to go to');
  }
  if (!fields.shape.asker.safeParse(given.asker || null).success) {
    problems.push('“Asked by” is no person: pick one, or leave it empty');
  }
  const traits = Object.entries(given).filter(
    ([name, value]) =>
      !Object.hasOwn(fields.shape, name) && value !== null && value !== undefined && value !== '',
  );
  const parsed = parseAnswers(rubric, Object.fromEntries(traits));
  if (!parsed.ok) problems.push(...parsed.problems);
  if (problems.length > 0 || !parsed.ok) {
    return { ok: false, problem: `The step can’t go on. ${problems.join('. ')}.` };
  }
  const { channel, asker } = fields.parse({ ...given, asker: given.asker || null });
  return { ok: true, inputs: { project, channel, asker: asker ?? null, answers: parsed.answers } };
}
