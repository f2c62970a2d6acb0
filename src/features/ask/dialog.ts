// The dialog that asks about a project.
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { Answers } from '../../advice/answers.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { ACTIONS, FIELDS, VIEWS } from '../../blocks/ids.ts';
import { encodeIntake, type IntakeMetadata, type IntakeThread } from '../../blocks/metadata.ts';
import { questionInput } from '../../blocks/questions.ts';
import { escapeMrkdwn, mrkdwn, plain, section, truncate } from '../../blocks/text.ts';
import { LONGEST_PROJECT_NAME } from '../../decision/decision.ts';

/** Most deciders of a decision. More would make the card's last line unreadable. */
export const MOST_DECIDERS = 10;

/** The values in the dialog. */
export interface IntakeDraft {
  readonly page: IntakeMetadata['page'];
  readonly project: string;
  /** Undefined for the conversation in which the dialog was opened. */
  readonly channel?: string | undefined;
  /** The thread for the card. Ignored if the asker picks another channel. */
  readonly thread?: IntakeThread | undefined;
  /** A sentence at the top of the dialog. With it, the dialog asks for a channel even if it was opened for a thread. */
  readonly problem?: string;
  readonly answers: Answers;
  readonly deciders: readonly string[];
  /** True if votes and others' answers stay off the card until the decision. */
  readonly hide?: boolean;
  /** Deadline for votes, in milliseconds since 1970. */
  readonly voteUntil?: number | undefined;
  /** The decision that this one will replace. */
  readonly supersedes?: string | undefined;
}

/**
 * The dialog that asks about a project. Block and action ids are the same on both pages, so Slack keeps the entered
 * values across an update. The update repeats them anyway.
 */
export function intakeModal(rubric: Rubric, draft: IntakeDraft): ModalView {
  const shown =
    draft.page === 'all' ? rubric.questions : rubric.questions.filter((q) => q.first_page === true);
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
      ...(project === '' ? {} : { initial_value: truncate(project, LONGEST_PROJECT_NAME) }),
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
      // Makes Slack send a response URL, for private messages to the asker even if the bot isn't in the channel.
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

/**
 * Slack accepts only times of ten digits, in seconds:
 * https://docs.slack.dev/reference/block-kit/block-elements/datetime-picker-element
 */
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
      // A time that no picker can have returned leaves the field empty.
      ...(voteUntil === undefined || !isPickable(voteUntil)
        ? {}
        : { initial_date_time: Math.floor(voteUntil / 1000) }),
    },
  };
}
