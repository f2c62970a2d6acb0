import type { ModalView } from '@slack/types';
import type { Answers } from '../../src/advice/answers.ts';
import { type IntakeDraft, intakeModal } from '../../src/features/ask/dialog.ts';
import { smallRubric } from './small-rubric.ts';

/** Payloads as Slack documents them, for a person U1 in channel C1 of workspace T1. */
const WHO = {
  team: { id: 'T1', domain: 'acme' },
  user: { id: 'U1', username: 'ana', team_id: 'T1' },
  api_app_id: 'A1',
};

export const RESPONSE_URL = 'https://hooks.slack.test/commands/T1/1/secretpath';
export const TRIGGER_ID = '1795424400.123456.0123456789abcdef0123456789abcdef';

export function command(text = '', overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    command: '/django-or-flask',
    text,
    team_id: 'T1',
    team_domain: 'acme',
    channel_id: 'C1',
    channel_name: 'general',
    user_id: 'U1',
    user_name: 'ana',
    api_app_id: 'A1',
    response_url: RESPONSE_URL,
    trigger_id: TRIGGER_ID,
    is_enterprise_install: 'false',
    ...overrides,
  };
}

export interface Submission {
  project?: string;
  channel?: string | null;
  answers?: Answers;
  deciders?: readonly string[];
  viewId?: string;
  page?: IntakeDraft['page'];
  user?: string;
  hide?: boolean;
  voteUntil?: number;
  /** False: the dialog still hides the voting options. */
  votingShown?: boolean;
  place?: IntakeDraft['place'];
}

/** Answers of a dialog for which the test gives none: the bot refuses a dialog without answers. */
const ONE_ANSWER: Answers = { parts: 'few' };

/** The dialog as Slack sends it back, filled in. The answers may be those of any rubric. */
export function submittedView(submission: Submission = {}): Record<string, unknown> {
  const {
    project = 'Billing portal',
    channel = 'C1',
    answers = ONE_ANSWER,
    deciders = ['U1'],
    page = 'all',
    votingShown = true,
    place,
  } = submission;
  const view: ModalView = intakeModal(smallRubric, {
    page,
    votingShown,
    place,
    project,
    channel: channel ?? undefined,
    answers,
    deciders,
    hide: submission.hide ?? false,
    voteUntil: submission.voteUntil,
  });
  return {
    ...view,
    id: submission.viewId ?? 'V1',
    hash: '1795424400.abcdef',
    team_id: 'T1',
    app_id: 'A1',
    bot_id: 'B0BOT',
    root_view_id: submission.viewId ?? 'V1',
    state: { values: { ...valuesIn(view, { project, channel, deciders }), ...chosen(answers) } },
  };
}

/** The options chosen in a dialog, by question. */
function chosen(answers: Answers): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(answers).map(([trait, value]) => [
      trait,
      { answer: { type: 'static_select', selected_option: { value } } },
    ]),
  );
}

/** What is chosen and entered in a dialog: its own first choices, with these in place of them. */
function valuesIn(
  view: ModalView,
  entered: { project: string; channel: string | null; deciders: readonly string[] },
): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    view.blocks.flatMap((block) => {
      if (block.type !== 'input' || !('element' in block) || block.block_id === undefined) return [];
      const { element } = block;
      const state: Record<string, unknown> = { type: element.type };
      if (element.type === 'plain_text_input') state.value = entered.project === '' ? null : entered.project;
      if (element.type === 'conversations_select') state.selected_conversation = entered.channel;
      if (element.type === 'multi_users_select') state.selected_users = entered.deciders;
      if (element.type === 'datetimepicker') state.selected_date_time = element.initial_date_time ?? null;
      if (element.type === 'checkboxes') state.selected_options = element.initial_options ?? [];
      if (element.type === 'static_select') state.selected_option = element.initial_option;
      return [[block.block_id, { [element.action_id ?? '']: state }]];
    }),
  );
}

export function submit(submission: Submission = {}): Record<string, unknown> {
  return {
    type: 'view_submission',
    ...WHO,
    user: { ...WHO.user, id: submission.user ?? 'U1' },
    trigger_id: TRIGGER_ID,
    view: submittedView(submission),
    response_urls:
      submission.channel === null
        ? []
        : [{ block_id: 'channel', action_id: 'conversation', channel_id: 'C1', response_url: RESPONSE_URL }],
  };
}

/** A dialog that the bot opened, sent back with these values. */
export function submitDialog(
  view: unknown,
  values: Readonly<Record<string, unknown>>,
  user = 'U1',
): Record<string, unknown> {
  return {
    type: 'view_submission',
    ...WHO,
    user: { ...WHO.user, id: user },
    trigger_id: TRIGGER_ID,
    view: { ...(view as ModalView), id: 'V2', hash: '1795424400.abcdef', state: { values } },
    response_urls: [],
  };
}

/** The dialog "Delete my data", confirmed. */
export function submitForget(user: string, { cards = false } = {}): Record<string, unknown> {
  const view = { type: 'modal', callback_id: 'forget_me', private_metadata: '', blocks: [] };
  const selected_options = cards ? [{ value: 'cards' }] : [];
  return submitDialog(view, { forget: { cards: { type: 'checkboxes', selected_options } } }, user);
}

/** The dialog for a vote's reason, filled in. */
export function submitReason(view: unknown, reason: string, user = 'U1'): Record<string, unknown> {
  const value = reason === '' ? null : reason;
  return submitDialog(view, { reason: { text: { type: 'plain_text_input', value } } }, user);
}

/** The dialog for one's own answers, filled in: what it began with, and these in place of that. */
export function submitAnswers(
  view: unknown,
  answers: Answers,
  user = 'U2',
  viewId = 'V3',
): Record<string, unknown> {
  const values = {
    ...valuesIn(view as ModalView, { project: '', channel: null, deciders: [] }),
    ...chosen(answers),
  };
  return {
    type: 'view_submission',
    ...WHO,
    user: { ...WHO.user, id: user },
    trigger_id: TRIGGER_ID,
    view: { ...(view as ModalView), id: viewId, hash: '1795424400.abcdef', state: { values } },
    response_urls: [],
  };
}

/** A press on something inside a dialog. */
export function pressInDialog(actionId: string, submission: Submission = {}): Record<string, unknown> {
  const view = submittedView(submission);
  return {
    type: 'block_actions',
    ...WHO,
    trigger_id: TRIGGER_ID,
    container: { type: 'view', view_id: view.id },
    view,
    actions: [{ type: 'button', action_id: actionId, block_id: 'more', action_ts: '1795424401.000001' }],
  };
}

/** "Django or Flask?" picked from the menu of a message. */
export function messageShortcut(
  at: { channel?: string; ts?: string; threadTs?: string } = {},
): Record<string, unknown> {
  const { channel = 'C1', ts = '1795424400.000002', threadTs } = at;
  return {
    type: 'message_action',
    callback_id: 'django_or_flask',
    ...WHO,
    trigger_id: TRIGGER_ID,
    action_ts: '1795424401.000001',
    message_ts: ts,
    response_url: RESPONSE_URL,
    channel: { id: channel, name: 'general' },
    message: {
      type: 'message',
      user: 'U2',
      ts,
      text: 'What shall we take?',
      ...(threadTs ? { thread_ts: threadTs } : {}),
    },
  };
}

/** A dialog as Slack sends it back, filled in; with the channel only where it asks for one. */
export function filledIn(
  view: ModalView,
  {
    project = 'Billing portal',
    channel = 'C1',
    viewId = 'V1',
    answers = isAnswered(view) ? {} : ONE_ANSWER,
  }: { project?: string; channel?: string; viewId?: string; answers?: Answers } = {},
): Record<string, unknown> {
  const values = { ...valuesIn(view, { project, channel, deciders: ['U1'] }), ...chosen(answers) };
  return {
    type: 'view_submission',
    ...WHO,
    trigger_id: TRIGGER_ID,
    view: {
      ...view,
      id: viewId,
      hash: '1795424400.abcdef',
      team_id: 'T1',
      app_id: 'A1',
      bot_id: 'B0BOT',
      root_view_id: viewId,
      state: { values },
    },
    response_urls: [],
  };
}

/** Does a dialog open with an answer filled in? */
function isAnswered({ blocks }: ModalView): boolean {
  return blocks.some(
    (block) =>
      'element' in block &&
      block.element.type === 'static_select' &&
      (block.element.initial_option?.value ?? 'unsure') !== 'unsure',
  );
}

/** Somebody comes to the app's own place in Slack. */
export function homeOpened(at: { user?: string; tab?: 'home' | 'messages' } = {}): Record<string, unknown> {
  const { user = 'U1', tab = 'home' } = at;
  return {
    type: 'event_callback',
    team_id: 'T1',
    api_app_id: 'A1',
    event_id: `Ev${user}${tab}`,
    event_time: 1_795_424_400,
    authorizations: [{ enterprise_id: null, team_id: 'T1', user_id: 'UBOT', is_bot: true }],
    event: { type: 'app_home_opened', user, channel: 'D1', tab, event_ts: '1795424400.000001' },
  };
}

/** Somebody mentions the bot, U0BOT. */
export function mention(
  text = '<@U0BOT> what about security?',
  event: Record<string, unknown> = {},
  envelope: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    type: 'event_callback',
    team_id: 'T1',
    api_app_id: 'A1',
    event_id: 'Ev1',
    event_time: 1_795_424_400,
    is_ext_shared_channel: false,
    authorizations: [{ enterprise_id: null, team_id: 'T1', user_id: 'U0BOT', is_bot: true }],
    ...envelope,
    event: {
      type: 'app_mention',
      user: 'U1',
      team: 'T1',
      channel: 'C1',
      ts: '1795424500.000001',
      event_ts: '1795424500.000001',
      text,
      ...event,
    },
  };
}

/** A press on something on the Home tab. */
export function pressAtHome(actionId: string): Record<string, unknown> {
  return {
    type: 'block_actions',
    ...WHO,
    trigger_id: TRIGGER_ID,
    container: { type: 'view', view_id: 'VHOME' },
    view: {
      id: 'VHOME',
      type: 'home',
      callback_id: '',
      private_metadata: '',
      blocks: [],
      state: { values: {} },
    },
    actions: [{ type: 'button', action_id: actionId, block_id: 'start', action_ts: '1795424401.000001' }],
  };
}

export interface Press {
  actionId: string;
  blockId?: string;
  value?: string;
  /** For a menu: the chosen option. */
  option?: string;
  channel?: string;
  ts?: string;
  user?: string;
}

/** A press on something in a message. */
export function press({
  actionId,
  blockId,
  value,
  option,
  channel = 'C1',
  ts = '1795424400.000001',
  user = 'U1',
}: Press) {
  return {
    type: 'block_actions',
    ...WHO,
    user: { ...WHO.user, id: user },
    trigger_id: TRIGGER_ID,
    response_url: RESPONSE_URL,
    container: { type: 'message', channel_id: channel, message_ts: ts, is_ephemeral: false },
    channel: { id: channel, name: 'general' },
    message: { type: 'message', ts },
    actions: [
      {
        type: option === undefined ? 'button' : 'overflow',
        action_id: actionId,
        block_id: blockId,
        action_ts: '1795424401.000001',
        ...(value === undefined ? {} : { value }),
        ...(option === undefined
          ? {}
          : { selected_option: { text: { type: 'plain_text', text: option }, value: option } }),
      },
    ],
  };
}
