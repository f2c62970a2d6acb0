import type { InputBlock, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { type Answers, parseAnswers } from '../core/answers.ts';
import { type Question, type Rubric, UNSURE } from '../rubric/schema.ts';
import { ANSWER } from './ids.ts';
import { decodeDecisionView } from './metadata.ts';
import { plain } from './text.ts';

/** One question in a dialog, at "Not sure" where there is no answer that it knows. */
export function questionInput(question: Question, answer: string | undefined): InputBlock {
  const options = [
    { text: plain('Not sure'), value: UNSURE },
    ...question.options.map((o): PlainTextOption & { value: string } => ({
      text: plain(o.label),
      value: o.id,
    })),
  ];
  return {
    type: 'input',
    block_id: question.id,
    label: plain(question.text),
    element: {
      type: 'static_select',
      action_id: ANSWER,
      options,
      initial_option: options.find((o) => o.value === answer) ?? { text: plain('Not sure'), value: UNSURE },
    },
  };
}

const chosen = z.record(
  z.string(),
  z.record(z.string(), z.object({ selected_option: z.object({ value: z.string() }).nullish() })),
);

/** What is chosen in a dialog's questions. Null where an option is none of this version's. */
export function answersIn(rubric: Rubric, values: unknown): Answers | null {
  const read = chosen.safeParse(values).data;
  if (!read) return null;
  const options = rubric.questions.flatMap(({ id }): [string, string][] => {
    const option = read[id]?.[ANSWER]?.selected_option?.value;
    return option === undefined ? [] : [[id, option]];
  });
  const parsed = parseAnswers(rubric, Object.fromEntries(options));
  return parsed.ok ? parsed.answers : null;
}

/** A dialog of questions about one decision, as it comes back. */
export interface Answered {
  /** The decision's id. */
  readonly decision: string;
  readonly answers: Answers;
}

/** Reads one back; null where it is none of this version's. */
export function readAnswers(
  rubric: Rubric,
  view: { readonly private_metadata: string; readonly state: { readonly values: unknown } },
): Answered | null {
  const decision = decodeDecisionView(view.private_metadata);
  const answers = answersIn(rubric, view.state.values);
  return decision === null || answers === null ? null : { decision, answers };
}
