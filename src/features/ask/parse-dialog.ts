// Parses the dialog that asks about a project, and validates its values.
import { z } from 'zod';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { CHANNEL_ID, FIELDS } from '../../blocks/ids.ts';
import { decodeIntake } from '../../blocks/metadata.ts';
import { readSelectedAnswers } from '../../blocks/questions.ts';
import { toOneLine } from '../../blocks/text.ts';
import { LONGEST_PROJECT_NAME } from '../../decision/decision.ts';
import { type IntakeDraft, MOST_DECIDERS, sortQuestions } from './dialog.ts';

/** Latest deadline for votes, in days from now. */
const MOST_DAYS_AHEAD = 3_660;
const DAY_MS = 86_400_000;

/** The parts of Slack's view that this dialog needs. */
const returnedView = z.object({
  id: z.string().min(1),
  hash: z.string().optional(),
  private_metadata: z.string(),
  state: z.object({
    values: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          value: z.string().nullish(),
          selected_option: z.object({ value: z.string() }).nullish(),
          selected_conversation: z.string().regex(CHANNEL_ID).nullish(),
          selected_users: z.array(z.string()).nullish(),
          selected_date_time: z.int().nullish(),
          selected_options: z.array(z.object({ value: z.string() })).nullish(),
        }),
      ),
    ),
  }),
});

export interface IntakeView {
  readonly viewId: string;
  readonly hash: string | undefined;
  readonly draft: IntakeDraft;
}

/**
 * Parses the dialog when the asker submits it or shows more of it. Null if its metadata or options don't fit
 * this version's dialog.
 */
export function parseIntakeDialog(rubric: Rubric, view: unknown): IntakeView | null {
  const parsed = returnedView.safeParse(view);
  if (!parsed.success) return null;
  const metadata = decodeIntake(parsed.data.private_metadata);
  if (!metadata) return null;
  const { values } = parsed.data.state;
  const answers = readSelectedAnswers(rubric, values);
  if (!answers) return null;
  const { page, thread, place, voting, supersedes } = metadata;
  const until = values[FIELDS.deadline.block]?.[FIELDS.deadline.action]?.selected_date_time;
  const picked = values[FIELDS.channel.block]?.[FIELDS.channel.action]?.selected_conversation ?? undefined;
  const asked = values[FIELDS.channel.block] !== undefined;
  const votingShown = values[FIELDS.deciders.block] !== undefined;
  const deciders = values[FIELDS.deciders.block]?.[FIELDS.deciders.action]?.selected_users ?? [];
  const hide = values[FIELDS.hide.block]?.[FIELDS.hide.action];
  const hidden = hide && (hide.selected_options ?? []);
  return {
    viewId: parsed.data.id,
    hash: parsed.data.hash,
    draft: {
      page,
      ...(votingShown ? { votingShown } : {}),
      ...(thread ? { thread } : {}),
      ...(thread && asked ? { channelShown: true } : {}),
      ...(place ? { place } : {}),
      ...(supersedes ? { supersedes } : {}),
      ...(until ? { voteUntil: until * 1000 } : {}),
      project: toOneLine(values[FIELDS.project.block]?.[FIELDS.project.action]?.value ?? ''),
      channel: asked ? picked : (thread ?? place)?.channel,
      answers,
      deciders: votingShown ? deciders.slice(0, MOST_DECIDERS) : (voting?.deciders ?? []),
      hide: hidden === undefined ? (voting?.hide ?? false) : hidden.length > 0,
    },
  };
}

/** Returns field errors by block id. Empty if the dialog can be submitted. */
export function findIntakeErrors(rubric: Rubric, draft: IntakeDraft, now: number): Record<string, string> {
  const errors: Record<string, string> = {};
  if (draft.project === '') {
    errors[FIELDS.project.block] = 'Enter a project name.';
  } else if ([...draft.project].length > LONGEST_PROJECT_NAME) {
    errors[FIELDS.project.block] = `Use at most ${LONGEST_PROJECT_NAME} characters.`;
  }
  if (draft.channel === undefined) errors[FIELDS.channel.block] = 'Pick a channel.';
  const [first] = sortQuestions(rubric);
  if (first && Object.keys(draft.answers).length === 0) errors[first.id] = 'Answer at least one question.';
  if (draft.voteUntil !== undefined && draft.voteUntil <= now)
    errors[FIELDS.deadline.block] = 'Pick a time in the future, or clear the field.';
  else if (draft.voteUntil !== undefined && draft.voteUntil > now + MOST_DAYS_AHEAD * DAY_MS)
    errors[FIELDS.deadline.block] = 'Pick a time within ten years.';
  return errors;
}
