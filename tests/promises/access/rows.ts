import type { ModalView } from '@slack/types';
import type { GuardedAction } from '../../../src/decision/access.ts';
import type { Discussion } from '../../../src/decision/discussion.ts';
import { ownAnswersModal } from '../../../src/features/answers/add-dialog.ts';
import { editAnswersModal } from '../../../src/features/answers/edit-dialog.ts';
import { intakeModal } from '../../../src/features/ask/dialog.ts';
import { deleteModal } from '../../../src/features/decide/delete-dialog.ts';
import { decideModal } from '../../../src/features/decide/dialog.ts';
import { forgetModal } from '../../../src/features/privacy/forget-dialog.ts';
import { revisitModal } from '../../../src/features/revisit/dialog.ts';
import { reasonModal } from '../../../src/features/vote/reason-dialog.ts';
import {
  command,
  filledIn,
  homeOpened,
  mention,
  messageShortcut,
  press,
  pressAtHome,
  pressInDialog,
  submit,
  submitAnswers,
  submitDialog,
  submitReason,
} from '../../support/payloads.ts';
import { smallRubric as rubric } from '../../support/small-rubric.ts';
import { type Kind, TENANT } from './kinds.ts';

/** How the decision stands that the payload is about; `voted`: the person has voted on it. */
export type Stage = 'open' | 'voted' | 'decided' | 'refused' | 'unknown';

export interface Place {
  readonly discussion: Discussion;
  /** Block id of the card's buttons. */
  readonly block: string;
  readonly cardTs: string;
  readonly channel: string;
  readonly person: string;
  /** Different for each. */
  readonly viewId: string;
}

/** Something that somebody can do, as Slack sends it. */
export interface Row {
  readonly act: GuardedAction;
  /** In the table. */
  readonly what: string;
  /** As listeners are found: kind and id. */
  readonly route: string;
  /** Of the card's menu. */
  readonly option?: string;
  /** It names a decision. */
  readonly about: boolean;
  readonly stage: Stage;
  payload(place: Place): Record<string, unknown>;
  /** Changes what is stored where it is allowed. */
  readonly writes: boolean | ((kind: Kind) => boolean);
  /** Part of what is then said or shown. */
  readonly shows: string | ((place: Place) => string);
  /** How it is said that there is no such decision, where not as for a button. */
  readonly gone?: string;
}

const NO_DATA = { decisions: [], openedHome: false, installedApp: false, waiting: 0 };
const SUBMITTED = '"acks":[null]';
const opens = (view: string): string => `"callback_id":"${view}"`;

type Told = Pick<Row, 'writes' | 'shows'> & Partial<Pick<Row, 'stage' | 'gone'>>;

const button = (act: GuardedAction, id: string, what: string, told: Told): Row => ({
  act,
  what,
  route: `action ${id}`,
  about: true,
  stage: 'open',
  payload: ({ block, cardTs, channel, person }) =>
    press({ actionId: id, blockId: block, ts: cardTs, channel, user: person }),
  ...told,
});

const entry = (act: GuardedAction, option: string, what: string, told: Told): Row => ({
  ...button(act, 'card_menu', `${what}, in the card’s menu`, told),
  option,
  payload: ({ block, cardTs, channel, person }) =>
    press({ actionId: 'card_menu', option, blockId: block, ts: cardTs, channel, user: person }),
});

const dialog = (act: GuardedAction, id: string, what: string, payload: Row['payload'], told: Told): Row => ({
  act,
  what: `${what}: the dialog`,
  route: `view_submission ${id}`,
  about: true,
  stage: 'open',
  payload,
  ...told,
});

const elsewhere = (
  act: GuardedAction,
  route: string,
  what: string,
  payload: Row['payload'],
  told: Pick<Row, 'writes' | 'shows'> & Partial<Pick<Row, 'stage'>>,
): Row => ({ act, what, route, about: false, stage: 'open', payload, ...told });

const COMMAND = 'command /django-or-flask';
const OPENED = { writes: false, shows: opens('intake') };
const LIST = { writes: false, shows: 'this channel' };

const replacing = ({ discussion, channel }: Place): ModalView => {
  const { id, project } = discussion.decision;
  return intakeModal(rubric, {
    page: 'all',
    project,
    channel,
    answers: {},
    deciders: [],
    supersedes: id,
  });
};

const decided = {
  outcome: { choice: { type: 'radio_buttons', selected_option: { value: 'flask' } } },
  rationale: { text: { type: 'plain_text_input', value: 'We know it.' } },
  revisit: { date: { type: 'datepicker', selected_date: null } },
};

const isThere = ({ person }: Kind): boolean => person.home === TENANT && person.channel === 'C1';

/** Everything that somebody can do. */
export const ROWS: readonly Row[] = [
  elsewhere('start', COMMAND, 'command with a name', () => command('Data API'), OPENED),
  elsewhere('help', COMMAND, 'command `help`', () => command('help'), { writes: false, shows: 'history' }),
  elsewhere('history', COMMAND, 'command `history`', () => command('history'), LIST),
  elsewhere('privacy', COMMAND, 'command `privacy`', () => command('privacy'), {
    writes: false,
    shows: 'I store projects',
  }),
  elsewhere(
    'start',
    'shortcut django_or_flask',
    'entry in a message’s menu',
    ({ channel }) => messageShortcut({ channel }),
    OPENED,
  ),
  elsewhere('start', 'action home_start', 'button on the Home tab', () => pressAtHome('home_start'), OPENED),
  elsewhere(
    'more_questions',
    'action more_questions',
    'more questions in the first dialog',
    ({ channel }) => pressInDialog('more_questions', { channel }),
    { writes: false, shows: 'views.update' },
  ),
  elsewhere(
    'voting_options',
    'action voting_options',
    'voting options in the first dialog',
    ({ channel }) => pressInDialog('voting_options', { channel, votingShown: false }),
    { writes: false, shows: 'views.update' },
  ),
  elsewhere(
    'start',
    'view_submission intake',
    'first dialog',
    ({ channel, person, viewId }) => submit({ channel, user: person, viewId, deciders: [] }),
    { writes: true, shows: 'chat.postMessage' },
  ),
  elsewhere('home', 'event app_home_opened', 'Home tab', ({ person }) => homeOpened({ user: person }), {
    writes: true,
    shows: 'views.publish',
  }),
  elsewhere(
    'ask',
    'event app_mention',
    'question in a thread',
    ({ cardTs, channel, viewId }) =>
      mention('<@U0BOT> what about security?', {
        channel,
        thread_ts: cardTs,
        ts: `1795424600.${viewId.slice(1)}`,
      }),
    // The answer goes with the card whose thread it is in.
    { writes: isThere, shows: 'chat.postMessage' },
  ),
  elsewhere(
    'history',
    'action history_older',
    'older cards in `history`',
    ({ channel }) => press({ actionId: 'history_older', channel, value: '{"offset":5,"words":[]}' }),
    LIST,
  ),
  elsewhere(
    'history',
    'action history_newer',
    'newer cards in `history`',
    ({ channel }) => press({ actionId: 'history_newer', channel, value: '{"offset":0,"words":[]}' }),
    LIST,
  ),
  elsewhere(
    'my_data',
    'action my_data',
    'show my data',
    ({ channel }) => press({ actionId: 'my_data', channel }),
    { writes: false, shows: '"replace_original":false' },
  ),
  elsewhere(
    'forget_me',
    'action forget_me',
    'delete my data',
    ({ channel }) => press({ actionId: 'forget_me', channel }),
    { stage: 'voted', writes: false, shows: 'Delete my data' },
  ),
  elsewhere(
    'forget_me',
    'view_submission forget_me',
    'delete my data: the dialog',
    ({ person }) =>
      submitDialog({ ...forgetModal(NO_DATA), callback_id: 'forget_me', private_metadata: '' }, {}, person),
    {
      stage: 'voted',
      writes: ({ person }) => person.home === TENANT,
      shows: 'Delete my data',
    },
  ),
  ...(['django', 'flask', 'both'] as const).map((choice) =>
    button('vote', `vote_${choice}`, `vote for ${choice}`, { writes: true, shows: 'You voted for' }),
  ),
  button('withdraw_vote', 'withdraw_vote', 'withdraw the own vote', {
    stage: 'voted',
    writes: true,
    shows: 'You withdrew your vote',
  }),
  button('give_reason', 'add_reason', 'reason for the own vote', {
    stage: 'voted',
    writes: false,
    shows: opens('vote_reason'),
  }),
  dialog(
    'give_reason',
    'vote_reason',
    'reason for the own vote',
    ({ discussion, person }) => submitReason(reasonModal(discussion, person), 'We know it.', person),
    { stage: 'voted', writes: true, shows: SUBMITTED },
  ),
  button('who_voted', 'who_voted', 'who voted', { writes: false, shows: opens('who_voted') }),
  button('add_answers', 'add_answers', 'own answers', {
    writes: false,
    // The asker has answered already, and edits that.
    shows: ({ discussion, person }) =>
      opens(discussion.decision.asker === person ? 'edit_answers' : 'own_answers'),
  }),
  dialog(
    'add_answers',
    'own_answers',
    'own answers',
    ({ discussion, person }) =>
      submitAnswers(ownAnswersModal(rubric, discussion, person), { screens: 'office' }, person),
    { writes: true, shows: SUBMITTED },
  ),
  entry('who_voted', 'who_voted', 'who voted', { writes: false, shows: opens('who_voted') }),
  entry('reasons', 'reasons', 'all reasons', { writes: false, shows: opens('reasons') }),
  entry('edit', 'edit', 'edit the answers', { writes: false, shows: opens('edit_answers') }),
  dialog(
    'edit',
    'edit_answers',
    'edit the answers',
    ({ discussion, person }) =>
      submitAnswers(editAnswersModal(rubric, discussion), { screens: 'office' }, person),
    { writes: true, shows: SUBMITTED },
  ),
  button('decide', 'decide', 'decide', { writes: false, shows: opens('decide') }),
  dialog(
    'decide',
    'decide',
    'decide',
    ({ discussion, person }) =>
      submitDialog(decideModal(rubric, discussion, { revisit: '2027-05-24' }), decided, person),
    { writes: true, shows: SUBMITTED },
  ),
  entry('export', 'export', 'export the record', {
    stage: 'decided',
    writes: true,
    shows: 'The record will be in the thread',
  }),
  entry('reopen', 'reopen', 'reopen', { stage: 'decided', writes: true, shows: 'Reopened.' }),
  entry('supersede', 'supersede', 'ask again, to replace it', {
    stage: 'decided',
    writes: false,
    shows: opens('intake'),
  }),
  dialog(
    'supersede',
    'intake',
    'ask again, to replace it',
    (place) => sentAs(place.person, filledIn(replacing(place), { viewId: place.viewId, channel: 'C1' })),
    {
      stage: 'decided',
      writes: true,
      shows: 'chat.postMessage',
      gone: 'I can’t find the decision to replace.',
    },
  ),
  button('revisit', 'revisit_check', 'check whether it still holds', {
    stage: 'decided',
    writes: false,
    shows: opens('revisit'),
  }),
  dialog(
    'revisit',
    'revisit',
    'check whether it still holds',
    ({ discussion, person }) => submitAnswers(revisitModal(rubric, discussion), {}, person, `V${person}`),
    {
      stage: 'decided',
      writes: true,
      shows: '"response_action":"update"',
    },
  ),
  button('snooze', 'snooze', 'be reminded later', {
    stage: 'decided',
    writes: true,
    shows: 'I’ll remind you again',
  }),
  entry('delete', 'delete', 'delete', { writes: false, shows: opens('delete_decision') }),
  dialog(
    'delete',
    'delete_decision',
    'delete',
    ({ discussion, person }) => submitDialog(deleteModal(discussion), {}, person),
    { writes: true, shows: SUBMITTED },
  ),
  button('post_again', 'post_again', 'post a card that Slack refused', {
    stage: 'refused',
    writes: true,
    shows: 'I’m posting the card',
  }),
  button('keep_card', 'keep_card', 'say that a card is there', {
    stage: 'unknown',
    writes: true,
    shows: 'Thanks.',
  }),
];

function sentAs(id: string, body: Record<string, unknown>): Record<string, unknown> {
  return { ...body, user: { id, username: id, team_id: 'T1' } };
}
