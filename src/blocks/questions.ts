import type { InputBlock } from '@slack/types';
import { z } from 'zod';
import { type Answers, parseAnswers } from '../advice/answers.ts';
import { type Question, type Rubric, UNSURE } from '../advice/rubric/schema.ts';
import { ANSWER_ACTION } from './ids.ts';
import { decodeDecisionView } from './metadata.ts';
import { plain } from './text.ts';

/** Input blocks by question and selected option. There are few of them, and they never change. */
const cachedInputs = new WeakMap<Question, Map<string, InputBlock>>();

/** Returns the input block of a question. "Not sure" is selected if the answer is missing or unknown. */
export function questionInput(question: Question, answer: string | undefined): InputBlock {
  const chosen = question.options.some(({ id }) => id === answer) ? String(answer) : UNSURE;
  const inputs = cachedInputs.get(question) ?? new Map<string, InputBlock>();
  cachedInputs.set(question, inputs);
  const input = inputs.get(chosen) ?? inputOf(question, chosen);
  inputs.set(chosen, input);
  return input;
}

function inputOf({ id, text, options: answers }: Question, chosen: string): InputBlock {
  const unsure = { text: plain('Not sure'), value: UNSURE };
  const options = [unsure, ...answers.map((o) => ({ text: plain(o.label), value: o.id }))];
  const initial_option = options.find(({ value }) => value === chosen) ?? unsure;
  return {
    type: 'input',
    block_id: id,
    label: plain(text),
    element: { type: 'static_select', action_id: ANSWER_ACTION, options, initial_option },
  };
}

const dialogState = z.record(
  z.string(),
  z.record(z.string(), z.object({ selected_option: z.object({ value: z.string() }).nullish() })),
);

/** Reads the selected answers from a dialog's state. Null if this rubric doesn't know one of the options. */
export function readSelectedAnswers(rubric: Rubric, values: unknown): Answers | null {
  const read = dialogState.safeParse(values).data;
  if (!read) return null;
  const options = rubric.questions.flatMap(({ id }): [string, string][] => {
    const option = read[id]?.[ANSWER_ACTION]?.selected_option?.value;
    return option === undefined ? [] : [[id, option]];
  });
  const parsed = parseAnswers(rubric, Object.fromEntries(options));
  return parsed.ok ? parsed.answers : null;
}

/** A submitted dialog of questions about one decision. */
export interface SubmittedAnswers {
  /** The decision's id. */
  readonly decision: string;
  readonly answers: Answers;
}

/** Reads a submitted dialog. Null if an earlier version of the bot opened it and its content no longer fits. */
export function readSubmittedAnswers(
  rubric: Rubric,
  view: { readonly private_metadata: string; readonly state: { readonly values: unknown } },
): SubmittedAnswers | null {
  const decision = decodeDecisionView(view.private_metadata);
  const answers = readSelectedAnswers(rubric, view.state.values);
  return decision === null || answers === null ? null : { decision, answers };
}
