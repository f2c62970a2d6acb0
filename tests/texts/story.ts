/** The story behind the catalogue: what people do with the shipped rubric, from the first command to the last refusal. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModalView } from '@slack/types';
import type { Answers } from '../../src/advice/answers.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { createComputeGroup } from '../../src/decision/group.ts';
import { NotInstalled, TokenLost } from '../../src/slack/installation.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { gallery, USUAL } from '../installs/pages/gallery.ts';
import { type Setup, startBot, type TestBot } from '../support/bot.ts';
import { TestClock } from '../support/clock.ts';
import {
  command,
  filledIn,
  homeOpened,
  mention,
  messageShortcut,
  press,
  pressAtHome,
  submitAnswers,
  submitDialog,
  submitForget,
  submitReason,
} from '../support/payloads.ts';
import { blockOf, menu, openedView, pressed } from '../support/posted-card.ts';
import { playCommands } from './command-line.ts';
import { renderPage } from './render.ts';
import { Recorder, type Sample, type StepNames, settle } from './samples.ts';

export const rubric = loadRubric();
/** Where the databases are: in memory if the system has a place for that, which is five times as fast. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const DAY_MS = 86_400_000;

/** Answers by the advice they lead to. Tests of the advice, not this file, say that they do. */
export const ANSWERS = {
  django: {
    stage: 'product',
    audience: 'general',
    size: 'grow',
    shape: 'one_product',
    interface: 'pages',
    admin: 'yes',
    tech: 'standard',
    security: 'high',
    team: 'changing',
  },
  flask: {
    stage: 'tool',
    audience: 'technical',
    size: 'simple',
    shape: 'single_service',
    interface: 'api_only',
    admin: 'no',
    unknowns: 'technical',
    tech: 'frontier',
    security: 'low',
    team: 'experts',
    priority: 'freedom',
    existing: 'fresh',
  },
  both: { stage: 'enterprise', size: 'large', shape: 'core_plus_services', admin: 'yes', team: 'changing' },
  tossUp: {
    stage: 'product',
    audience: 'technical',
    shape: 'single_service',
    interface: 'thin',
    size: 'grow',
  },
  startup: { stage: 'mvp', audience: 'general', size: 'grow', priority: 'delivery' },
  one: { stage: 'tool' },
  none: {},
} as const satisfies Readonly<Record<string, Answers>>;

/** A stage with one bot, and what happens on it. */
export class Stage {
  readonly bot: TestBot;
  readonly recorder: Recorder;
  #views = 0;

  constructor(bot: TestBot, recorder: Recorder) {
    this.bot = bot;
    this.recorder = recorder;
  }

  play(body: Record<string, unknown>, names: StepNames = {}): Promise<readonly unknown[]> {
    return this.recorder.play(this.bot, body, names);
  }

  /** Types the command, fills in the dialog and submits it. Returns the block id of the new card. */
  async ask(
    answers: Answers,
    card: string,
    { project = 'Billing portal', state = {}, user = 'U1', names = {} }: Asking = {},
  ): Promise<string> {
    await this.bot.deliver(command(project, { user_id: user }));
    const view = openedView(this.bot) as ModalView;
    return this.submit(view, answers, { project, state, user, names: { card, ...names } });
  }

  /** Submits an opened dialog. Returns the block id of the new card, or an empty string. */
  async submit(
    view: ModalView,
    answers: Answers,
    { project = 'Billing portal', state = {}, user = 'U1', names = {} }: Asking = {},
  ): Promise<string> {
    this.#views += 1;
    const before = this.bot.slack.calls.length;
    const body = filledIn(view, { project, answers, viewId: `V${this.#views}` });
    const sent = body as { user: object; view: { state: { values: Record<string, unknown> } } };
    sent.user = { ...sent.user, id: user };
    const values = { ...sent.view.state.values, ...state };
    sent.view.state.values = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
    await this.play(body, names);
    const posted = this.bot.slack.calls.slice(before).find(({ method }) => method === 'chat.postMessage');
    return blockOf(posted?.args.blocks);
  }

  /** Presses a button of the card, and submits the dialog that opens with these values. */
  async fill(
    pressed: Record<string, unknown>,
    submitted: (view: ModalView) => Record<string, unknown>,
    names: StepNames = {},
  ): Promise<readonly unknown[]> {
    await this.play(pressed, names);
    return this.play(submitted(openedView(this.bot) as ModalView), names);
  }

  /** Decides as a person would. */
  decide(
    block: string,
    values: Decided = {},
    names: StepNames = {},
    user = 'U1',
  ): Promise<readonly unknown[]> {
    const upload = { upload_url: 'https://files.slack.test/upload/v1/abc', file_id: 'F1' };
    this.bot.slack.next('files.getUploadURLExternal', { answer: upload });
    return this.fill(
      pressed('decide', block, user),
      (view) => submitDialog(view, decideState(values), user),
      names,
    );
  }

  /** Lets days pass, an hour at a time. */
  async pass(days: number, names: StepNames = {}): Promise<void> {
    const before = this.bot.slack.calls.length;
    for (let i = 0; i < days * 8; i++) {
      this.bot.clock.advance(DAY_MS / 8);
      await this.bot.bot.idle();
    }
    await settle(this.bot);
    this.recorder.keepCalls(this.bot, before, names);
  }
}

interface Asking {
  readonly project?: string;
  /** Blocks of the dialog's state that replace those filled in; null removes one. */
  readonly state?: Readonly<Record<string, unknown>>;
  readonly user?: string;
  readonly names?: StepNames;
}

interface Decided {
  readonly outcome?: string;
  readonly rationale?: string;
  readonly revisit?: string | null;
}

const decideState = ({ outcome = 'django', rationale = 'We know it.', revisit = null }: Decided) => ({
  outcome: { choice: { type: 'radio_buttons', selected_option: { value: outcome } } },
  rationale: { text: { type: 'plain_text_input', value: rationale === '' ? null : rationale } },
  revisit: { date: { type: 'datepicker', selected_date: revisit } },
});

const HIDDEN = {
  hide: { until_decided: { type: 'checkboxes', selected_options: [{ value: 'hide' }] } },
};
const deadline = (at: number) => ({
  deadline: { time: { type: 'datetimepicker', selected_date_time: Math.floor(at / 1000) } },
});
const deciders = (...people: string[]) => ({
  deciders: { users: { type: 'multi_users_select', selected_users: people } },
});
const external = (body: Record<string, unknown>) => ({
  ...body,
  user: { id: 'U9', username: 'eve', team_id: 'T9' },
});
const stepRun = (inputs: Record<string, unknown>, run: string) => ({
  type: 'event_callback',
  event_id: `Ev-${run}`,
  event_time: 1_795_424_400,
  team_id: 'T1',
  authorizations: [{ team_id: 'T1', enterprise_id: null, is_enterprise_install: false, user_id: 'U0BOT' }],
  event: {
    type: 'function_executed',
    function: { id: 'Fn1', callback_id: 'recommend_framework' },
    inputs,
    function_execution_id: run,
    workflow_execution_id: 'Wx1',
    bot_access_token: 'xwfp-secret-token',
  },
});
/** Presses “Show the other questions” in a dialog. */
const pressMore = (view: ModalView, actionId = 'more_questions') => ({
  type: 'block_actions',
  team: { id: 'T1', domain: 'acme' },
  user: { id: 'U1', username: 'ana', team_id: 'T1' },
  api_app_id: 'A1',
  trigger_id: '1795424400.123456.0123456789abcdef0123456789abcdef',
  container: { type: 'view', view_id: 'V9' },
  view: { ...view, id: 'V9', hash: '1.a', state: { values: {} } },
  actions: [{ type: 'button', action_id: actionId, block_id: 'more', action_ts: '1795424401.000001' }],
});
let mentions = 0;
const question = (text: string, event: Record<string, unknown> = {}): Record<string, unknown> => {
  mentions += 1;
  const ts = `1795424500.${String(mentions).padStart(6, '0')}`;
  return mention(`<@U0BOT> ${text}`, { ts, event_ts: ts, ...event }, { event_id: `Ev${ts}` });
};
const REPLIES = { screen: 'Private replies' } as const;
const REFUSED = { screen: 'Errors and refusals', as: 'Refusals' } as const;
const NOTICE = { screen: 'Notices and reminders' } as const;
const REMINDER = { ...NOTICE, thread: 'Notices and reminders' } as const;

/** Questions of every kind: known and unknown, several at once, small talk, another language. */
const QUESTIONS = [
  'what about security?',
  'Which one scales better? And what about the admin area?',
  'is django faster than flask',
  'what about Kubernetes?',
  'can we change parts later?',
  'Django or Flask?',
  'Can we combine both?',
  'Is Django a monolith?',
  'Is Rails faster than Django?',
  'Is there anything Flask does clearly better?',
  'Is Flask only for toy projects?',
  'Why did Flask become so popular?',
  'What does the team need to know?',
  'Falcon?',
  'can Flask send emails?',
  'Django or Flask for a shop with payments?',
  'Django or Flask for a chatbot?',
  'Django or Flask for a falconry?',
  'Why did you say Django for our project?',
  'help',
  'thanks!',
  'Was ist besser, Django oder Flask?',
];

/** Pseudo-random numbers below 1, the same each time. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** Any answers that the dialog can give, from a few questions to all. */
export function anyAnswers(random: () => number): Answers {
  const share = random();
  return Object.fromEntries(
    rubric.questions
      .filter(() => random() < share)
      .map(({ id, options }) => [id, options[Math.floor(random() * options.length)]?.id ?? 'unsure']),
  );
}

/** Presses every button of a dialog that shows more of it, each in the dialog as it is by then. */
async function unfold(on: Stage, first: ModalView): Promise<void> {
  const pressed = new Set<string>();
  for (let view = first; ; ) {
    const found = [...JSON.stringify(view.blocks).matchAll(/"type":"button","action_id":"(\w+)"/g)];
    const next = found.map(([, actionId]) => actionId ?? '').find((actionId) => !pressed.has(actionId));
    if (next === undefined) return;
    pressed.add(next);
    await on.play(pressMore(view, next));
    view = (on.bot.slack.of('views.update').at(-1)?.view ?? view) as ModalView;
  }
}

type Scene = (stage: Stage) => Promise<void>;

/** One project from the command to the review. */
const aProject: Scene = async (on) => {
  await on.play(command('Billing portal'));
  const first = openedView(on.bot) as ModalView;
  await unfold(on, first);
  const card = await on.ask(ANSWERS.django, 'Open');
  await on.play(pressed('vote_django', card, 'U2'), {
    ...REPLIES,
    as: 'After a vote',
    card: 'Open, with votes',
  });
  await on.fill(
    pressed('add_reason', card, 'U2'),
    (view) => submitReason(view, 'Staff will want screens by spring, and we have run it for years.', 'U2'),
    { ...REPLIES, as: 'After a reason', card: 'Open, with votes' },
  );
  await on.fill(pressed('add_reason', card, 'U2'), (view) => submitReason(view, '', 'U2'), REPLIES);
  await on.play(pressed('vote_django', card, 'U2'), { ...REPLIES, as: 'After a vote' });
  await on.play(pressed('vote_flask', card, 'U2'), { ...REPLIES, as: 'After a vote' });
  await on.play(pressed('withdraw_vote', card, 'U2'), { ...REPLIES, as: 'After “Withdraw”' });
  await on.play(pressed('withdraw_vote', card, 'U2'), { ...REPLIES, as: 'After “Withdraw”' });
  await on.play(pressed('who_voted', card, 'U2'));
  await on.play(pressed('vote_both', card, 'U2'), { ...REPLIES, as: 'After a vote' });
  await on.bot.deliver(pressed('add_reason', card, 'U2'));
  const early = openedView(on.bot);
  await on.bot.deliver(pressed('vote_flask', card, 'U2'));
  await on.play(submitReason(early, 'We know it', 'U2'));
  await on.fill(pressed('add_reason', card, 'U2'), (view) => submitReason(view, 'We know it', 'U2'), REPLIES);
  await on.play(pressed('vote_flask', card, 'U2'), { ...REPLIES, as: 'After a vote' });
  await on.bot.deliver(pressed('withdraw_vote', card, 'U2'));
  await on.play(pressed('add_reason', card, 'U4'), REFUSED);
  await on.play(pressed('vote_django', card, 'U2'), { ...REPLIES, as: 'After a vote' });
  await on.play(pressed('vote_both', card, 'U3'), { ...REPLIES, as: 'After a vote' });
  for (let i = 1; i <= 12; i++) await on.bot.deliver(pressed('vote_flask', card, `U${100 + i}`));
  await on.play(pressed('who_voted', card, 'U2'));
  await on.play(menu('reasons', card));

  const thread = { thread_ts: '1795424400.000001' };
  for (const text of QUESTIONS) {
    await on.play(question(text, thread), { as: 'Answers to questions' });
  }
  await on.play(question('what about security?'), { as: 'Answers to questions' });
  await on.play(question('', thread), { as: 'Help for a mention' });

  const give = (person: string, answers: Answers, names: StepNames = {}) =>
    on.fill(pressed('add_answers', card, person), (view) => submitAnswers(view, answers, person), {
      ...REPLIES,
      as: 'After “Add my answers”',
      ...names,
    });
  await give('U2', {});
  await give('U2', { ...ANSWERS.django, security: 'normal' }, { card: 'Several people answered' });
  await give('U2', { ...ANSWERS.django, security: 'normal' });
  await give('U3', ANSWERS.flask, { card: 'Disagreeing' });
  await give('U4', { ...ANSWERS.flask, tech: 'custom', admin: 'maybe' }, { card: 'Disagreeing' });
  await on.play(menu('reasons', card));
  await on.play(question('what do we disagree on about the admin area?', thread), {
    as: 'Answers to questions',
  });
  const allUnsure = Object.fromEntries(rubric.questions.map(({ id }) => [id, 'unsure']));
  await give('U4', allUnsure, { card: 'Disagreeing' });
  await give('U4', { ...ANSWERS.flask, tech: 'custom' }, { card: 'Disagreeing' });

  const edit = (answers: Answers, names: StepNames = {}) =>
    on.fill(menu('edit', card), (view) => submitAnswers(view, answers, 'U1'), names);
  await edit({});
  await edit({ size: 'simple', shape: 'many_services' }, { card: 'Edited', as: 'After an edit' });
  await on.play(pressed('vote_both', card, 'U3'), { ...REPLIES, as: 'After a vote' });
  await give('U2', {}, { card: 'Edited' });
  await on.play(press({ actionId: 'my_data', user: 'U1' }), { screen: 'Privacy', as: 'My data' });
  await edit({ size: 'grow', shape: 'one_product' }, { card: 'Edited', as: 'After an edit' });

  await on.decide(card, { revisit: '2026-11-23' });
  await on.decide(card, { revisit: '2099-11-23' });
  await on.decide(
    card,
    {
      outcome: 'flask',
      rationale:
        'The team knows Flask, and most of the work is glue between systems that we already run.\nWe will look at the admin area again in spring.',
      revisit: '2027-05-24',
    },
    { card: 'Decided, against the advice', as: 'Announcement of a decision' },
  );
  await on.play(pressed('vote_django', card, 'U2'), REFUSED);
  await on.play(pressed('withdraw_vote', card, 'U2'), REFUSED);
  await on.play(pressed('add_answers', card, 'U5'), REFUSED);
  await on.play(menu('edit', card), REFUSED);
  await on.play(menu('reasons', card));
  on.bot.clock.advance(DAY_MS / 8);
  await on.play(menu('export', card), { ...REPLIES, as: 'After “Export record”' });
  await on.play(menu('export', card), { ...REPLIES, as: 'After “Export record”' });
  await on.play(question('what about security?', thread), { as: 'Answers to questions' });
  await on.play(command('history'), { screen: 'History', as: 'Page' });
  await on.pass(182, { ...REMINDER, as: 'Review' });
  await on.play(pressed('snooze', card), { ...NOTICE, as: 'After “Remind me later”' });
  const check = (answers: Answers) =>
    on.fill(pressed('revisit_check', card), (view) => submitAnswers(view, answers, 'U1', 'V77'), {
      as: 'After “Check it”',
    });
  await check({});
  await check({ shape: 'core_plus_services' });
  await check({ stage: 'mvp' });
  await check({ shape: 'many_services' });
  await check({
    admin: 'no',
    shape: 'many_services',
    size: 'simple',
    tech: 'frontier',
    interface: 'api_only',
  });
  await on.play(menu('reopen', card), { ...REPLIES, as: 'After “Reopen”', card: 'Reopened' });
  await on.play(press({ actionId: 'my_data', user: 'U1' }), { screen: 'Privacy', as: 'My data' });
  await on.play(menu('reopen', card), REFUSED);
  await on.play(menu('supersede', card), REFUSED);
  await on.play(pressed('revisit_check', card), REFUSED);
  await on.play(pressed('snooze', card), REFUSED);
  await on.decide(
    card,
    { outcome: 'both', rationale: '' },
    { card: 'Decided', as: 'Announcement of a decision' },
  );

  await on.play(menu('supersede', card));
  const again = openedView(on.bot) as ModalView;
  await on.submit(again, ANSWERS.flask, {
    state: { channel: { conversation: { type: 'conversations_select', selected_conversation: 'C2' } } },
  });
  const newer = await on.submit(again, ANSWERS.flask, { names: { card: 'Replacing a decision' } });
  await on.decide(newer, { outcome: 'flask' }, { card: 'Superseded', as: 'Announcement of a decision' });
  for (const entry of ['reopen', 'supersede', 'export', 'edit']) await on.play(menu(entry, card), REFUSED);
  await on.play(pressed('snooze', card), REFUSED);
  await on.play(command('history billing'), { screen: 'History', as: 'Page' });
  await on.play(homeOpened());
  await on.play(homeOpened({ user: 'U2' }));
  await on.fill(menu('delete', newer), (view) => submitDialog(view, {}), {
    ...REPLIES,
    card: 'Deleted',
    as: 'After “Delete”',
  });
  await on.fill(menu('delete', card), (view) => submitDialog(view, {}), { ...REPLIES, card: 'Deleted' });
  await on.play(pressed('vote_django', card, 'U2'), REFUSED);
};

/** Every verdict and strength, alone on its card. */
const verdicts: Scene = async (on) => {
  await on.ask(ANSWERS.flask, 'Open', { project: 'Sensor gateway' });
  const both = await on.ask(ANSWERS.both, 'Both', { project: 'Shop platform' });
  await on.decide(both, { outcome: 'both' }, { card: 'Decided', as: 'Announcement of a decision' });
  await on.ask(ANSWERS.tossUp, 'Toss-up', { project: 'Report service' });
  await on.ask(ANSWERS.startup, 'Open', { project: 'Pet sitters' });
  await on.ask(ANSWERS.one, 'Undecided', { project: 'Intranet tool' });
  const empty = await on.ask(ANSWERS.none, 'Undecided', { project: 'Secret plan' });
  if (empty !== '') await on.play(menu('reasons', empty));
  const everything = Object.fromEntries(
    rubric.questions.map(({ id, options }) => [id, options[0]?.id ?? '']),
  );
  const full = await on.ask(everything, 'Other states', { project: 'Stuck by Ana' });
  await on.play(menu('reasons', full));
  await on.ask({ priority: 'speed' }, 'Undecided', { project: 'Fast API' });
  await on.ask({ team: 'stable', security: 'low' }, 'Undecided', { project: 'Small change' });
  const torn = await on.ask({ size: 'simple' }, 'Other states', { project: 'Torn' });
  await on.bot.deliver(pressed('add_answers', torn, 'U2'));
  await on.play(submitAnswers(openedView(on.bot), { size: 'large' }, 'U2'), { card: 'Undecided' });
  await on.decide(torn, { outcome: 'flask' }, { card: 'Decided', as: 'Announcement of a decision' });
  await on.bot.deliver(menu('supersede', torn));
  const repeated = openedView(on.bot) as ModalView;
  await on.submit(repeated, { size: 'simple' }, { project: 'Torn', names: { card: 'Replacing a decision' } });
  const random = seeded(23);
  for (let i = 0; i < 30; i++) {
    const card = await on.ask(anyAnswers(random), 'Other states', { project: `Project ${i}` });
    if (card === '' || i % 2 === 0) continue;
    await on.bot.deliver(pressed('add_answers', card, 'U2'));
    const own = submitAnswers(openedView(on.bot), anyAnswers(random), 'U2');
    await on.play(own, { ...REPLIES, card: 'Other states', as: 'After “Add my answers”' });
    if (i % 4 === 1) continue;
    await on.decide(
      card,
      { outcome: ['django', 'flask', 'both'][i % 3] ?? 'both' },
      { card: 'Other states' },
    );
  }
  for (const words of ['history', 'history no such project'])
    await on.play(command(words), { screen: 'History', as: 'Page' });
  const older = press({
    actionId: 'history_older',
    blockId: 'pages',
    value: JSON.stringify({ offset: 5, words: [] }),
  });
  await on.play(older, { screen: 'History', as: 'Page' });
  await on.play(homeOpened());
};

/** Hidden votes, a deadline, and deciders other than the asker. */
const votingOptions: Scene = async (on) => {
  const at = on.bot.clock.now() + 3 * DAY_MS;
  const state = { ...HIDDEN, ...deadline(at), ...deciders('U5', 'U4') };
  const card = await on.ask(ANSWERS.django, 'Hidden votes', { state });
  await on.play(pressed('vote_django', card, 'U2'), { ...REPLIES, as: 'After a vote', card: 'Hidden votes' });
  await on.play(pressed('vote_flask', card, 'U3'), { ...REPLIES, as: 'After a vote', card: 'Hidden votes' });
  await on.play(pressed('who_voted', card, 'U2'));
  await on.play(pressed('add_reason', card, 'U2'));
  await on.play(pressed('add_answers', card, 'U4'));
  await on.fill(pressed('add_answers', card, 'U3'), (view) => submitAnswers(view, ANSWERS.flask, 'U3'), {
    ...REPLIES,
    as: 'After “Add my answers”',
    card: 'Hidden votes',
  });
  await on.play(pressed('decide', card, 'U2'), REFUSED);
  await on.play(menu('export', card, 'U2'), { ...REPLIES, as: 'After “Export record”' });
  await on.pass(4, { ...REMINDER, as: 'Voting deadline' });
  await on.play(pressed('decide', card, 'U5'));
  const view = openedView(on.bot);
  await on.play(submitDialog(view, decideState({}), 'U2'));
  await on.decide(card, {}, { card: 'Decided', as: 'Announcement of a decision' }, 'U5');
  for (const user of ['U5', 'U2']) await on.play(submitDialog(view, decideState({ outcome: 'flask' }), user));

  const open = await on.ask(ANSWERS.flask, 'Open', {
    project: 'Sensor gateway',
    state: deadline(on.bot.clock.now() + 2 * DAY_MS),
  });
  await on.play(pressed('vote_flask', open, 'U2'), { card: 'Open, with a deadline' });
  await on.pass(3, { ...REMINDER, as: 'Voting deadline' });
  const none = await on.ask(ANSWERS.flask, 'Open', {
    project: 'Sensors',
    state: { ...HIDDEN, ...deadline(on.bot.clock.now() + 2 * DAY_MS) },
  });
  await on.pass(3, { ...REMINDER, as: 'Voting deadline' });
  if (none !== '') await on.play(pressed('who_voted', none, 'U2'));
};

/** Deciders and askers who have left Slack. */
const departures: Scene = async (on) => {
  const card = await on.ask(ANSWERS.django, 'Open', { state: deciders('U5') });
  const { people } = on.bot.slack;
  people.set('U5', { deleted: true });
  await on.play(pressed('decide', card, 'U2'), REFUSED);
  people.set('U1', { deleted: true });
  await on.play(pressed('decide', card, 'U2'), REFUSED);
  await on.play(menu('edit', card, 'U2'), REFUSED);
  await on.play(menu('delete', card, 'U2'), REFUSED);
  const asksBefore = openedView(on.bot) as ModalView;
  for (const callback of ['decide', 'edit_answers', 'delete_decision', 'revisit']) {
    const metadata = JSON.stringify({ decision: card.slice('decision:'.length) });
    const view = { ...asksBefore, callback_id: callback, private_metadata: metadata };
    people.set('U1', {});
    await on.play(submitDialog(view, decideState({}), 'U2'));
    people.set('U1', { deleted: true });
    await on.play(submitDialog(view, decideState({}), 'U2'));
  }
  people.set('U2', { is_admin: true, tz: 'Europe/Berlin' });
  await on.decide(card, { revisit: '2026-12-01' }, { card: 'Decided' }, 'U2');
  await on.pass(9, { ...REMINDER, as: 'Review' });
};

/** What a person may not do, and buttons that no longer work. */
const refusals: Scene = async (on) => {
  const here = { botToken: 'xoxb-test-token', botId: 'B0BOT', botUserId: 'U0BOT', teamId: 'T1' };
  const shared = await startStage({ authorize: async () => here }, on.recorder);
  await shared.play(external(pressed('vote_django', 'decision:nosuch')), REFUSED);
  await shared.play(command('Billing portal', { user_id: 'U9', team_id: 'T9' }), REFUSED);
  await shared.play(external(messageShortcut()), REFUSED);
  await shared.play(external(pressAtHome('home_start')));
  const asked = question('what about security?', { user: 'U9', user_team: 'T9', team: 'T9' });
  await shared.play({ ...asked, is_ext_shared_channel: true }, REFUSED);
  const card = await on.ask(ANSWERS.django, 'Open');
  await on.play(pressed('vote_django', 'decision:nosuch'), REFUSED);
  await on.play(pressed('no_such_button', card), REFUSED);
  await on.play(menu('no_such_entry', card), REFUSED);
  await on.play(pressed('add_answers', card, 'U1'), REFUSED);
  for (const entry of ['edit', 'delete']) await on.play(menu(entry, card, 'U2'), REFUSED);
  for (const entry of ['reopen', 'supersede']) await on.play(menu(entry, card, 'U1'), REFUSED);
  await on.play(pressed('revisit_check', card, 'U1'), REFUSED);
  for (const action of ['post_again', 'keep_card', 'vote_neither', 'history_older'])
    for (const user of ['U1', 'U2']) await on.play(pressed(action, card, user), REFUSED);

  await on.bot.deliver(command('Billing portal'));
  const ask = openedView(on.bot) as ModalView;
  const text = (value: string | null) => ({ project: { name: { type: 'plain_text_input', value } } });
  await on.submit(ask, ANSWERS.none, { state: text(null) });
  await on.submit(ask, ANSWERS.django, { state: text('x'.repeat(81)) });
  const nowhere = {
    channel: { conversation: { type: 'conversations_select', selected_conversation: null } },
  };
  await on.submit(ask, ANSWERS.django, { state: nowhere });
  await on.submit(ask, ANSWERS.django, { state: deadline(on.bot.clock.now() - DAY_MS) });
  await on.submit(ask, ANSWERS.django, { state: deadline(on.bot.clock.now() + 9_000 * DAY_MS) });
  await on.play(submitDialog({ ...ask, private_metadata: '?' }, {}));
  const replacesNothing = { ...JSON.parse(ask.private_metadata ?? '{}'), supersedes: 'nosuch' };
  await on.submit({ ...ask, private_metadata: JSON.stringify(replacesNothing) }, ANSWERS.django);
  await on.play(pressMore({ ...ask, private_metadata: '?' }));
  const buttons = [...JSON.stringify(ask.blocks).matchAll(/"type":"button","action_id":"(\w+)"/g)];
  for (const [, actionId] of buttons) {
    on.bot.slack.next('views.update', { error: 'internal_error' });
    await on.play(pressMore(ask, actionId));
  }

  // Dialogs of an earlier version, and dialogs that come back too late.
  const opened = new Map<string, ModalView>();
  for (const [name, body] of [
    ['decide', pressed('decide', card)],
    ['edit', menu('edit', card)],
    ['delete', menu('delete', card)],
    ['add', pressed('add_answers', card, 'U2')],
  ] as const) {
    await on.bot.deliver(body);
    opened.set(name, openedView(on.bot) as ModalView);
  }
  await on.bot.deliver(pressed('vote_django', card, 'U2'));
  await on.bot.deliver(pressed('add_reason', card, 'U2'));
  opened.set('reason', openedView(on.bot) as ModalView);
  for (const view of opened.values()) await on.play(submitDialog({ ...view, private_metadata: '?' }, {}));
  await on.play(submitReason(opened.get('reason'), 'x'.repeat(400), 'U2'));
  await on.bot.deliver(pressed('withdraw_vote', card, 'U2'));
  await on.play(submitReason(opened.get('reason'), 'We know it', 'U2'));
  await on.play(submitDialog(opened.get('decide'), decideState({ outcome: '' })));
  await on.play(submitDialog(opened.get('decide'), decideState({ rationale: 'x'.repeat(3_001) })));
  await on.decide(card, {});
  await on.bot.deliver(pressed('revisit_check', card));
  opened.set('check', openedView(on.bot) as ModalView);
  await on.play(submitDialog({ ...opened.get('check'), private_metadata: '?' }, {}));
  await on.play(submitAnswers(opened.get('edit'), { size: 'simple' }, 'U1', 'V80'));
  await on.play(submitAnswers(opened.get('add'), { size: 'simple' }, 'U2', 'V81'));
  await on.play(submitReason(opened.get('reason'), 'We know it', 'U2'));
  await on.play(pressed('add_reason', card, 'U2'), REFUSED);
  await on.play(pressed('decide', card, 'U1'), REFUSED);
  await on.bot.deliver(menu('supersede', card));
  const replacing = openedView(on.bot) as ModalView;
  await on.bot.deliver(menu('reopen', card));
  await on.play(submitAnswers(opened.get('check'), { size: 'simple' }, 'U1', 'V83'));
  await on.bot.deliver(submitDialog(opened.get('delete'), {}));
  await settle(on.bot);
  await on.submit(replacing, ANSWERS.flask);
  for (const [name, view] of opened) {
    const user = name === 'add' || name === 'reason' ? 'U2' : 'U1';
    await on.play(submitAnswers(view, { size: 'simple' }, user, 'V84'));
  }
};

/** Slack refuses cards, dialogs, replies and updates. */
const failures: Scene = async (on) => {
  const { slack } = on.bot;
  for (const code of CHANNEL_CODES) {
    slack.next('chat.postMessage', { error: code });
    if (code === 'not_in_channel')
      slack.next('conversations.join', { error: 'method_not_supported_for_channel_type' });
    await on.ask(ANSWERS.django, 'Other states');
  }
  for (const code of DIALOG_CODES) {
    slack.next('views.open', { error: code });
    await on.play(command('Billing portal'), { screen: 'Errors and refusals', as: 'Slack refuses a dialog' });
  }
  slack.next(
    'views.open',
    { error: 'token_revoked' },
    { error: 'expired_trigger_id' },
    { error: 'expired_trigger_id' },
  );
  await on.play(pressAtHome('home_start'));
  await on.play(pressAtHome('home_start'));
  await on.play(messageShortcut(), { screen: 'Errors and refusals', as: 'Slack refuses a dialog' });
  const card = await on.ask(ANSWERS.django, 'Open');
  slack.next('views.open', { error: 'expired_trigger_id' });
  await on.play(pressed('decide', card), { screen: 'Errors and refusals', as: 'Slack refuses a dialog' });
  for (const code of REPLY_CODES) {
    slack.next('chat.postMessage', { error: code });
    await on.play(question('what about security?'), {
      screen: 'Errors and refusals',
      as: 'Slack refuses a reply',
    });
  }
  slack.next('chat.postMessage', { status: 503 });
  await on.play(question('what about security?'), {
    screen: 'Errors and refusals',
    as: 'Slack refuses a reply',
  });
  slack.next('chat.postMessage', { status: 429, retryAfter: 60 });
  await on.play(question('what about security?'), {
    screen: 'Errors and refusals',
    as: 'Slack refuses a reply',
  });

  // A card that Slack refuses after the dialog has closed, and one that it may have posted.
  await on.bot.deliver(messageShortcut());
  const inThread = openedView(on.bot) as ModalView;
  slack.next('chat.postMessage', { error: 'thread_not_found' });
  await on.submit(inThread, ANSWERS.django, { project: 'In a thread' });
  slack.next('chat.postMessage', { network: 'ECONNRESET' });
  const lost = await on.ask(ANSWERS.django, 'Other states', {
    names: { ...NOTICE, as: 'A card that may be missing' },
    project: 'Lost one',
  });
  await on.pass(0.25, { ...NOTICE, as: 'A card that may be missing' });
  await on.play(homeOpened());
  await on.play(command('history'), { screen: 'History', as: 'Page' });
  await on.play(pressed('keep_card', lost), { ...NOTICE, as: 'After “It is there”' });
  await on.play(pressed('post_again', lost), { ...NOTICE, as: 'After “Post it again”' });
  slack.next('chat.postMessage', { network: 'ECONNRESET' });
  const other = await on.ask(ANSWERS.django, 'Other states', { project: 'Lost again' });
  await on.play(pressed('post_again', other), { ...NOTICE, as: 'After “Post it again”' });
  await on.play(pressed('keep_card', other), { ...NOTICE, as: 'After “It is there”' });
  slack.next('chat.postMessage', { network: 'ECONNRESET' });
  const third = await on.ask(ANSWERS.django, 'Other states', { project: 'Lost for good' });
  slack.next('chat.postMessage', { status: 429, retryAfter: 600 }, { error: 'is_archived' });
  await on.play(pressed('post_again', third), { ...NOTICE, as: 'After “Post it again”' });
  await on.play(pressed('keep_card', third), { ...NOTICE, as: 'After “It is there”' });
  await on.play(command('history'), { screen: 'History', as: 'Page' });
  await on.pass(0.25);
  await on.play(pressed('keep_card', third), { ...NOTICE, as: 'After “It is there”' });
  slack.next('chat.postMessage', { error: 'not_in_channel' }, { error: 'not_in_channel' });
  await on.ask(ANSWERS.django, 'Other states');

  const decided = await on.ask(ANSWERS.django, 'Other states', { project: 'No files' });
  for (const code of ['missing_scope', 'some_new_code']) {
    slack.next('files.getUploadURLExternal', { error: code });
    await on.fill(pressed('decide', decided), (view) => submitDialog(view, decideState({})));
    await on.bot.deliver(menu('reopen', decided));
  }
  slack.next('chat.update', { status: 429, retryAfter: 600 });
  slack.next('chat.delete', { status: 429, retryAfter: 600 });
  await on.fill(menu('delete', decided), (view) => submitDialog(view, {}), REPLIES);
  await on.play(command('history'), { screen: 'History', as: 'Page' });

  slack.next('chat.postMessage', { network: 'ECONNREFUSED' }, { error: 'is_archived' });
  await on.ask(ANSWERS.django, 'Other states', {
    project: 'Refused later',
    names: { ...NOTICE, as: 'A refused card' },
  });
  await on.pass(0.25, { ...NOTICE, as: 'A refused card' });
  await on.play(homeOpened());
  await on.play(command('history'), { screen: 'History', as: 'Page' });

  for (const code of [
    'message_not_found',
    'is_archived',
    'is_inactive',
    'channel_not_found',
    'not_in_channel',
    'cant_update_message',
  ]) {
    const stuck = await on.ask(ANSWERS.django, 'Other states', { project: `Stuck by ${code}` });
    slack.next('chat.update', { error: code });
    await on.play(pressed('vote_django', stuck, 'U2'), { ...NOTICE, as: 'A card that can’t be updated' });
    await on.pass(0.25, { ...NOTICE, as: 'A card that can’t be updated' });
  }
  await on.play(homeOpened());

  await on.play(press({ actionId: 'my_data', user: 'U1' }), { screen: 'Privacy', as: 'My data' });
  await on.play(press({ actionId: 'forget_me', user: 'U1' }), { screen: 'Privacy' });
  await on.play(press({ actionId: 'forget_me', user: 'U2' }), { screen: 'Privacy' });

  // An outage of a day.
  slack.always('chat.postMessage', () => ({ network: 'ECONNREFUSED' }));
  await on.ask(ANSWERS.django, 'Other states', { project: 'After an outage' });
  await on.pass(1.25);
  slack.always('chat.postMessage', () => ({ answer: { channel: 'C1', ts: '1795599999.000001' } }));
  await on.pass(0.5, { ...NOTICE, as: 'A refused card' });
};

const CHANNEL_CODES = [
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'is_inactive',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'no_permission',
  'thread_not_found',
  'cannot_reply_to_message',
  'thread_locked',
  'team_access_not_granted',
  'invalid_blocks',
  'msg_blocks_too_long',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'missing_scope',
  'ekm_access_denied',
  'message_limit_exceeded',
  'some_new_code',
];
const DIALOG_CODES = ['expired_trigger_id', 'token_expired', 'missing_scope'];
const REPLY_CODES = [
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'restricted_action',
  'restricted_action_read_only_channel',
  'no_permission',
  'thread_locked',
  'cannot_reply_to_message',
  'thread_not_found',
  'missing_scope',
  'some_new_code',
];

/** Home, help, privacy, the message menu, the workflow step. */
const elsewhere: Scene = async (on) => {
  await on.play(command('help'), { screen: 'Help', as: 'Help' });
  await on.play(question('help'), { screen: 'Help', as: 'Help for a mention' });
  await on.play(command('history'), { screen: 'History', as: 'Empty' });
  await on.play(command('privacy'), { screen: 'Privacy', as: 'Privacy' });
  await on.play(press({ actionId: 'my_data', user: 'U2' }), { screen: 'Privacy', as: 'My data' });
  await on.play(press({ actionId: 'forget_me', user: 'U2' }), { screen: 'Privacy', as: 'Delete my data' });
  await on.play(homeOpened({ user: 'U2' }));
  await on.play(press({ actionId: 'my_data', user: 'U2' }), { screen: 'Privacy', as: 'My data' });
  await on.play(pressAtHome('home_start'));
  await on.play(messageShortcut());
  await on.submit(openedView(on.bot) as ModalView, ANSWERS.django, {
    names: { card: 'In a message’s thread' },
  });
  await on.play(messageShortcut({ channel: 'D1' }));

  const card = await on.ask(ANSWERS.django, 'Open', { state: deciders('U2') });
  await on.bot.deliver(pressed('vote_flask', card, 'U2'));
  await on.bot.deliver(pressed('add_reason', card, 'U2'));
  await on.bot.deliver(submitReason(openedView(on.bot), 'We know it', 'U2'));
  await on.bot.deliver(pressed('add_answers', card, 'U2'));
  await on.bot.deliver(submitAnswers(openedView(on.bot), ANSWERS.flask, 'U2'));
  const own = await on.ask(ANSWERS.flask, 'Open', { project: 'Data API', user: 'U2', state: deciders('U2') });
  await on.decide(own, {}, {}, 'U2');
  await on.bot.deliver(menu('reopen', own, 'U2'));
  await settle(on.bot);
  await on.decide(own, { outcome: 'both', rationale: 'Both teams know theirs.' }, {}, 'U2');
  await on.play(homeOpened({ user: 'U2' }));
  await on.play(press({ actionId: 'my_data', user: 'U2' }), { screen: 'Privacy', as: 'My data' });
  await on.play(press({ actionId: 'forget_me', user: 'U2' }), { screen: 'Privacy', as: 'Delete my data' });
  await on.play(submitForget('U2'), { screen: 'Privacy', card: 'Other states' });
  await on.play(press({ actionId: 'my_data', user: 'U1' }), { screen: 'Privacy', as: 'My data' });
  await on.play(press({ actionId: 'forget_me', user: 'U1' }), { screen: 'Privacy', as: 'Delete my data' });
  await on.play(submitForget('U1', { cards: true }), { screen: 'Privacy', card: 'Other states' });

  const inputs = { project: 'Billing portal', channel: 'C1', asker: 'U1', ...ANSWERS.django };
  await on.play(stepRun(inputs, 'Fx1'));
  await on.play(stepRun({ project: 'Data API', channel: 'C1' }, 'Fx2'), { card: 'Asked by a workflow' });
  const unanswered = on.bot.slack.of('chat.postMessage').findLast((args) => !('thread_ts' in args));
  await on.play(menu('reasons', blockOf(unanswered?.blocks)));
  await on.play(stepRun({}, 'Fx3'));
  await on.play(
    stepRun({ ...inputs, project: 'x'.repeat(90), channel: 'web', asker: 'Ana', stage: 'gigantic' }, 'Fx4'),
  );
  on.bot.slack.next('chat.postMessage', { error: 'is_archived' }, { network: 'ECONNRESET' });
  await on.play(stepRun(inputs, 'Fx5'));
  await on.play(stepRun(inputs, 'Fx6'));
  on.bot.slack.next('functions.completeSuccess', { status: 429, retryAfter: 120 });
  await on.play(stepRun({ ...inputs, project: 'Gone' }, 'Fx7'));
  const gone = blockOf(on.bot.slack.of('chat.postMessage').at(-2)?.blocks);
  await on.bot.deliver(menu('delete', gone));
  await on.bot.deliver(submitDialog(openedView(on.bot), {}));
  await on.pass(0.25);
};

/** A bot that was updated to rules with another version. */
const updated: Scene = async (on) => {
  const folder = mkdtempSync(join(MEMORY, 'django-or-flask-texts-'));
  const older = await startStage({ folder, rubric: { ...rubric, version: '0.1' } }, on.recorder);
  const card = await older.ask(ANSWERS.django, 'Other states');
  await older.bot.bot.stop();
  await older.bot.loseDatabase();
  const newer = await startStage({ folder, clock: older.bot.clock }, on.recorder);
  await newer.fill(menu('edit', card), (view) => submitAnswers(view, { security: 'normal' }, 'U1'), {
    card: 'Edited',
    as: 'After an edit',
  });
  await newer.bot.deliver(pressed('add_answers', card, 'U2'));
  await newer.bot.deliver(submitAnswers(openedView(newer.bot), { ...ANSWERS.django, size: 'large' }, 'U2'));
  await newer.fill(menu('edit', card), (view) => submitAnswers(view, { security: 'high' }, 'U1'), {
    card: 'Edited',
    as: 'After an edit',
  });
};

/** The bot stops, loses its token, its database or its place. */
const breakdowns: Scene = async (on) => {
  const refused = { screen: 'Errors and refusals', as: 'Failures of the bot itself' } as const;
  for (const error of [new NotInstalled('T1'), new TokenLost('T1', 'token_revoked')]) {
    const left = await startStage({ authorize: () => Promise.reject(error) }, on.recorder);
    await left.play(pressed('vote_django', 'decision:nosuch'), refused).catch(() => []);
  }
  const away = await startStage({ authorize: async () => ({ notInstalled: true }) }, on.recorder);
  await away.play(pressed('vote_django', 'decision:nosuch'), refused);
  await on.play(command('Billing portal', { response_url: 'https://evil.test/' }), refused);
  const busy = await startStage({ hasFairQueue: true }, on.recorder);
  for (let i = 0; i < 300; i++) void busy.bot.start(command('history')).done.catch(() => {});
  const waiting = busy.bot.start(command('history'));
  busy.bot.clock.advance(3_000);
  await waiting.done.then(({ acks }) => on.recorder.keepAcks(acks, refused)).catch(() => {});
  const stopped = await startStage({}, on.recorder);
  await stopped.bot.bot.stop();
  await stopped.play(command('Billing portal'), refused);
  await on.bot.loseDatabase();
  await on.play(pressed('vote_django', 'decision:nosuch'), refused).catch(() => []);
};

/** Starts a bot with the shipped rubric, outside of any test. */
export async function startStage(setup: Setup, recorder: Recorder): Promise<Stage> {
  const folder = setup.folder ?? mkdtempSync(join(MEMORY, 'django-or-flask-texts-'));
  ends.push(async () => rmSync(folder, { recursive: true, force: true }));
  const bot = await startBot({
    clock: new TestClock(),
    rubric,
    ...setup,
    folder,
    openStores: async () => [
      openSqliteStore(
        join(folder, 'bot.db'),
        createComputeGroup(() => rubric),
      ),
    ],
    atEnd: (close) => void ends.unshift(close),
  });
  bot.slack.people.set('U1', { tz: 'Europe/Berlin', profile: { display_name: 'Ana Lima' } });
  bot.slack.people.set('U2', { tz: 'Europe/Berlin', profile: { display_name: 'Ben O’Neill' } });
  return new Stage(bot, recorder);
}

const ends: (() => Promise<unknown>)[] = [];

const SCENES = {
  aProject,
  verdicts,
  votingOptions,
  departures,
  refusals,
  failures,
  elsewhere,
  updated,
  breakdowns,
};

/** Ends every bot that a stage started. */
export async function closeStages(): Promise<void> {
  for (const end of ends.splice(0)) await end();
}

/** Plays scenes in their order. The same samples come in the same order each time. */
export async function playScenes(names: readonly (keyof typeof SCENES)[]): Promise<Sample[]> {
  const recorder = new Recorder();
  mentions = 0;
  for (const name of names) {
    try {
      await SCENES[name](await startStage({}, recorder));
    } catch (error) {
      throw new Error(`The scene ${name} can't be played`, { cause: error });
    }
  }
  return recorder.samples;
}

/** Plays the whole story, and adds the install pages and the commands. */
export async function playStory(): Promise<Sample[]> {
  try {
    const names = Object.keys(SCENES) as (keyof typeof SCENES)[];
    const samples = await playScenes(names);
    const pages = Object.entries(gallery(USUAL)).map(
      ([title, html]): Sample => ({ screen: 'Install pages', title, shown: renderPage(html) }),
    );
    return [...samples, ...pages, ...(await playCommands())];
  } finally {
    await closeStages();
  }
}
