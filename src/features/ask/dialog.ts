// The dialog that asks about a project.
import type { Button, InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { Answers } from '../../advice/answers.ts';
import type { Question, Rubric } from '../../advice/rubric/schema.ts';
import { ACTIONS, FIELDS, VIEWS } from '../../blocks/ids.ts';
import {
  encodeIntake,
  type IntakeMetadata,
  type IntakePlace,
  type IntakeThread,
} from '../../blocks/metadata.ts';
import { questionInput } from '../../blocks/questions.ts';
import {
  escapeMrkdwn,
  formatCount,
  mrkdwn,
  plain,
  section,
  textLength,
  truncate,
} from '../../blocks/text.ts';
import { LONGEST_PROJECT_NAME } from '../../decision/decision.ts';

/** Most deciders of a decision. More would make the card's last line unreadable. */
export const MOST_DECIDERS = 10;

/** The values in the dialog. */
export interface IntakeDraft {
  readonly page: IntakeMetadata['page'];
  /** True if the dialog shows deciders, deadline and hidden votes. */
  readonly votingShown?: boolean;
  readonly project: string;
  /** Undefined if none is picked. */
  readonly channel?: string | undefined;
  /** True if a dialog opened for a thread asks for a channel after all. */
  readonly channelShown?: boolean;
  /** The thread for the card. Ignored if the asker picks another channel. */
  readonly thread?: IntakeThread | undefined;
  /** The channel for the card while the dialog doesn't ask for one. */
  readonly place?: IntakePlace | undefined;
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
 * The dialog that asks about a project. Block and action ids are the same in every state of the dialog, so Slack keeps
 * the entered values across an update. The update repeats them anyway.
 */
export function intakeModal(rubric: Rubric, draft: IntakeDraft): ModalView {
  const { deciders, page, place, problem, supersedes, thread, votingShown = false } = draft;
  const questions = sortQuestions(rubric);
  const shown = page === 'all' ? questions : questions.filter((q) => q.first_page === true);
  const asksForChannel =
    problem !== undefined || draft.channelShown === true || (thread === undefined && place === undefined);
  const hide = draft.hide ?? false;
  return {
    type: 'modal',
    callback_id: VIEWS.intake,
    title: plain(supersedes ? 'Ask again' : 'Django or Flask?'),
    submit: plain('Get advice'),
    close: plain('Cancel'),
    private_metadata: encodeIntake({
      page,
      ...(thread ? { thread } : {}),
      ...(place ? { place } : {}),
      ...(votingShown ? {} : { voting: { deciders: [...deciders], hide } }),
      ...(supersedes ? { supersedes } : {}),
    }),
    blocks: [
      ...(problem === undefined ? [] : [section(escapeMrkdwn(problem))]),
      { type: 'context', elements: [mrkdwn(introduce(draft, asksForChannel))] },
      projectInput(draft.project),
      ...(asksForChannel ? [channelInput(draft.channel)] : []),
      ...shown.map((question) => questionInput(question, draft.answers[question.id])),
      ...moreButtons(questions.length - shown.length, votingShown),
      ...(votingShown
        ? [
            // A card that replaces another stays in its channel.
            ...(place && !asksForChannel && !supersedes
              ? [channelInput(draft.channel ?? place.channel)]
              : []),
            decidersInput(deciders),
            deadlineInput(draft.voteUntil),
            hideInput(hide),
          ]
        : []),
    ],
  };
}

/** Returns the questions in the order in which the dialog asks them: those of the first page come first. */
export function sortQuestions({ questions }: Rubric): readonly Question[] {
  const isFirst = (question: Question): boolean => question.first_page === true;
  return [...questions.filter(isFirst), ...questions.filter((question) => !isFirst(question))];
}

function introduce(draft: IntakeDraft, asksForChannel: boolean): string {
  if (draft.supersedes) return 'These are the earlier answers. Change what no longer holds.';
  const { place, thread, votingShown } = draft;
  const where =
    place && !asksForChannel && !votingShown
      ? `<#${escapeMrkdwn(place.channel)}>`
      : thread && !asksForChannel
        ? 'this message’s thread'
        : 'the channel you pick';
  return `Posts a card in ${where}. Skip what you don’t know.`;
}

function projectInput(project: string): InputBlock {
  return {
    type: 'input',
    block_id: FIELDS.project.block,
    label: plain('Project name'),
    ...(textLength(project) > LONGEST_PROJECT_NAME
      ? { hint: plain(`Cut to ${LONGEST_PROJECT_NAME} characters.`) }
      : {}),
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
    label: plain('Channel'),
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

/** Returns the row of buttons that show more fields, or nothing if all are shown. */
function moreButtons(hiddenQuestions: number, votingShown: boolean): KnownBlock[] {
  const buttons: Button[] = [
    ...(hiddenQuestions > 0
      ? [
          {
            type: 'button' as const,
            action_id: ACTIONS.moreQuestions,
            text: plain(`Show ${hiddenQuestions} more`),
            accessibility_label: `Show ${formatCount(hiddenQuestions, 'more question')}`,
          },
        ]
      : []),
    ...(votingShown
      ? []
      : [{ type: 'button' as const, action_id: ACTIONS.votingOptions, text: plain('Voting options') }]),
  ];
  return buttons.length === 0 ? [] : [{ type: 'actions', block_id: 'more', elements: buttons }];
}

function decidersInput(deciders: readonly string[]): InputBlock {
  return {
    type: 'input',
    block_id: FIELDS.deciders.block,
    optional: true,
    label: plain('Who decides?'),
    hint: plain('Shown on the card. Empty means you.'),
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
    text: plain('Hide votes and answers until the decision'),
    value: FIELDS.hide.action,
  };
  return {
    type: 'input',
    block_id: FIELDS.hide.block,
    optional: true,
    label: plain('Hidden votes'),
    hint: plain('The card shows only how many voted. Deciders see everything.'),
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
    label: plain('Voting deadline'),
    hint: plain('I’ll remind the thread. Late votes still count.'),
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
