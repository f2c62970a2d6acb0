import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Answers } from '../../advice/answers.ts';
import type { Question, Rubric } from '../../advice/rubric/schema.ts';
import { ACTIONS, CHANNEL_ID, FIELDS, VIEWS } from '../../blocks/ids.ts';
import { decodeIntake, encodeIntake, type IntakeMetadata, type IntakeThread } from '../../blocks/metadata.ts';
import { answersIn, questionInput } from '../../blocks/questions.ts';
import { clamp, escapeMrkdwn, mrkdwn, oneLine, plain, section } from '../../blocks/text.ts';
import { LONGEST_PROJECT_NAME } from '../../decision/decision.ts';

/** The six that tell most; the other five come on demand. */
const FIRST_PAGE: readonly string[] = ['stage', 'size', 'shape', 'interface', 'admin', 'tech'];

/** Votes that are due later than that are due never. */
const MOST_DAYS_AHEAD = 3_660;
const DAY_MS = 86_400_000;

/** More would make the card's last line unreadable. */
const MOST_DECIDERS = 10;

/** What the dialog starts with. */
export interface IntakeDraft {
  readonly page: IntakeMetadata['page'];
  readonly project: string;
  /** Undefined: the conversation that the dialog was opened in. */
  readonly channel?: string | undefined;
  /** Where the card goes while its channel is the one that is picked. */
  readonly thread?: IntakeThread | undefined;
  /** Why a channel has to be picked although the dialog was opened for a thread. */
  readonly problem?: string;
  readonly answers: Answers;
  readonly deciders: readonly string[];
  /** Votes and others' answers stay off the card until it is decided. */
  readonly hide?: boolean;
  /** Until when votes are asked for, in milliseconds since 1970. */
  readonly voteUntil?: number | undefined;
  /** The decision that this is to replace. */
  readonly supersedes?: string | undefined;
}

/**
 * The dialog. Block and action ids stay the same on both pages: that is how Slack keeps what was chosen
 * when the view is updated; the chosen values are restated all the same.
 */
export function intakeModal(rubric: Rubric, draft: IntakeDraft): ModalView {
  const shown = draft.page === 'all' ? rubric.questions : firstPage(rubric);
  const hidden = rubric.questions.length - shown.length;
  const asksForChannel = draft.thread === undefined || draft.problem !== undefined;
  return {
    type: 'modal',
    callback_id: VIEWS.intake,
    title: plain('Django or Flask?'),
    submit: plain('Get advice'),
    close: plain('Cancel'),
    private_metadata: encodeIntake({
      page: draft.page,
      ...(draft.thread ? { thread: draft.thread } : {}),
      ...(draft.supersedes ? { supersedes: draft.supersedes } : {}),
    }),
    blocks: [
      ...(draft.problem === undefined ? [] : [section(escapeMrkdwn(draft.problem))]),
      { type: 'context', elements: [mrkdwn(draft.supersedes ? AGAIN : intro(asksForChannel))] },
      projectInput(draft.project),
      ...(asksForChannel ? [channelInput(draft.channel)] : []),
      ...shown.map((question) => questionInput(question, draft.answers[question.id])),
      ...(hidden > 0 ? [moreQuestions(hidden)] : []),
      decidersInput(draft.deciders),
      hideInput(draft.hide ?? false),
      deadlineInput(draft.voteUntil),
    ],
  };
}

const AGAIN =
  'These are the answers of then: change what has become different. The new card compares the two; once it is decided, it replaces the earlier decision.';

function intro(asksForChannel: boolean): string {
  const where = asksForChannel ? 'in the channel below' : 'in the thread of the message that you picked';
  return (
    `“Get advice” posts a recommendation card ${where}. Everybody there can read the answers. ` +
    'Leave what you don’t know at “Not sure”: the card then says what is worth finding out.'
  );
}

function firstPage(rubric: Rubric): readonly Question[] {
  return rubric.questions.filter((q) => FIRST_PAGE.includes(q.id));
}

function projectInput(project: string): InputBlock {
  return {
    type: 'input',
    block_id: FIELDS.project.block,
    label: plain('What is the project called?'),
    element: {
      type: 'plain_text_input',
      action_id: FIELDS.project.action,
      max_length: LONGEST_PROJECT_NAME,
      placeholder: plain('Billing portal'),
      ...(project === '' ? {} : { initial_value: clamp(project, LONGEST_PROJECT_NAME) }),
    },
  };
}

function channelInput(channel: string | undefined): InputBlock {
  return {
    type: 'input',
    block_id: FIELDS.channel.block,
    label: plain('Where should the card go?'),
    element: {
      type: 'conversations_select',
      action_id: FIELDS.channel.action,
      placeholder: plain('Pick a channel'),
      filter: { include: ['public', 'private'], exclude_bot_users: true },
      // Gives an address for private words to the asker even where the bot is no member.
      response_url_enabled: true,
      ...(channel === undefined
        ? { default_to_current_conversation: true }
        : { initial_conversation: channel }),
    },
  };
}

const COUNT_WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

function moreQuestions(hidden: number): KnownBlock {
  return {
    type: 'actions',
    block_id: 'more',
    elements: [
      {
        type: 'button',
        action_id: ACTIONS.moreQuestions,
        text: plain(`Answer the other ${COUNT_WORDS[hidden] ?? hidden}`),
      },
    ],
  };
}

function decidersInput(deciders: readonly string[]): InputBlock {
  return {
    type: 'input',
    block_id: FIELDS.deciders.block,
    optional: true,
    label: plain('Who decides in the end?'),
    hint: plain('They are named on the card. Left empty, it is you.'),
    element: {
      type: 'multi_users_select',
      action_id: FIELDS.deciders.action,
      placeholder: plain('Pick people'),
      max_selected_items: MOST_DECIDERS,
      ...(deciders.length === 0 ? {} : { initial_users: [...deciders] }),
    },
  };
}

function hideInput(hide: boolean): InputBlock {
  const option = {
    text: plain('Hide votes and others’ answers until it is decided'),
    value: FIELDS.hide.action,
  };
  return {
    type: 'input',
    block_id: FIELDS.hide.block,
    optional: true,
    label: plain('Votes and answers'),
    hint: plain(
      'Until then the card only says how many there are, so that nobody follows the others. Those who decide see them before.',
    ),
    element: {
      type: 'checkboxes',
      action_id: FIELDS.hide.action,
      options: [option],
      ...(hide ? { initial_options: [option] } : {}),
    },
  };
}

/** Slack takes moments of ten digits, in seconds. */
const isPickable = (at: number): boolean => at >= 1_000_000_000_000 && at < 10_000_000_000_000;

function deadlineInput(voteUntil: number | undefined): InputBlock {
  return {
    type: 'input',
    block_id: FIELDS.deadline.block,
    optional: true,
    label: plain('Ask for votes until'),
    hint: plain(
      'The thread is reminded a day before and at that time. People can still vote until it is decided.',
    ),
    element: {
      type: 'datetimepicker',
      action_id: FIELDS.deadline.action,
      // What no picker can have chosen is shown as nothing.
      ...(voteUntil === undefined || !isPickable(voteUntil)
        ? {}
        : { initial_date_time: Math.floor(voteUntil / 1000) }),
    },
  };
}

/** A view as it comes back from Slack, as far as this dialog needs it. */
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
 * Reads the dialog back, on submission or when more questions are asked for. Null where it is not one of
 * ours: metadata or options that no dialog of this version ever had.
 */
export function parseIntake(rubric: Rubric, view: unknown): IntakeView | null {
  const parsed = returnedView.safeParse(view);
  if (!parsed.success) return null;
  const metadata = decodeIntake(parsed.data.private_metadata);
  if (!metadata) return null;
  const { values } = parsed.data.state;
  const answers = answersIn(rubric, values);
  if (!answers) return null;
  const { page, thread, supersedes } = metadata;
  const until = values[FIELDS.deadline.block]?.[FIELDS.deadline.action]?.selected_date_time;
  const picked = values[FIELDS.channel.block]?.[FIELDS.channel.action]?.selected_conversation ?? undefined;
  const asked = values[FIELDS.channel.block] !== undefined;
  return {
    viewId: parsed.data.id,
    hash: parsed.data.hash,
    draft: {
      page,
      ...(thread ? { thread } : {}),
      ...(supersedes ? { supersedes } : {}),
      ...(until ? { voteUntil: until * 1000 } : {}),
      project: oneLine(values[FIELDS.project.block]?.[FIELDS.project.action]?.value ?? ''),
      channel: asked ? picked : thread?.channel,
      answers,
      deciders: (values[FIELDS.deciders.block]?.[FIELDS.deciders.action]?.selected_users ?? []).slice(
        0,
        MOST_DECIDERS,
      ),
      hide: (values[FIELDS.hide.block]?.[FIELDS.hide.action]?.selected_options ?? []).length > 0,
    },
  };
}

/** Field errors by block id; empty when the dialog can be submitted. */
export function intakeErrors(draft: IntakeDraft, now: number): Record<string, string> {
  const errors: Record<string, string> = {};
  if (draft.project === '') {
    errors[FIELDS.project.block] = 'Give the project a name, so that people know what the card is about.';
  } else if ([...draft.project].length > LONGEST_PROJECT_NAME) {
    errors[FIELDS.project.block] = `Use at most ${LONGEST_PROJECT_NAME} characters.`;
  }
  if (draft.channel === undefined)
    errors[FIELDS.channel.block] = 'Pick the channel where the card should go.';
  if (draft.voteUntil !== undefined && draft.voteUntil <= now)
    errors[FIELDS.deadline.block] = 'Pick a time that is still to come, or leave it empty.';
  else if (draft.voteUntil !== undefined && draft.voteUntil > now + MOST_DAYS_AHEAD * DAY_MS)
    errors[FIELDS.deadline.block] = 'Pick a time within the next ten years.';
  return errors;
}
