import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { intakeModal } from '../../../src/features/ask/dialog.ts';
import {
  command,
  filledIn,
  homeOpened,
  mention,
  messageShortcut,
  press,
  submit,
} from '../../support/payloads.ts';
import { ROWS, type Row } from '../access/rows.ts';
import { CANARY, type Home, type Scene, type Stage } from './scene.ts';
import { TENANTS } from './world.ts';

const rubric = loadRubric();

type Body = Record<string, unknown>;

/** A payload as Slack sends it, that the bot has an answer for. */
export interface Seed {
  readonly name: string;
  /** As listeners are found; null where no listener is for it. */
  readonly route: string | null;
  readonly body: Body;
}

/** Who may do what is done to a decision in this state. */
const DOERS: Readonly<Partial<Record<Row['act'], string>>> = {
  add_answers: 'U2',
  vote: 'U2',
  give_reason: 'U2',
  withdraw_vote: 'U2',
  forget_me: 'U2',
};

/** What somebody enters in the seeds. */
const ENTERED = ['Data API', 'Billing portal', 'We know it.', 'what about security'];

const ANSWERS = { stage: 'mvp' } as const;

/** Everything that people and Slack can do, in every tenant. */
export function seedsOf({ homes }: Scene): readonly Seed[] {
  return TENANTS.flatMap((tenant) => {
    const home = homes[tenant];
    return [...rowsIn(home), ...othersIn(home)].map(({ name, route, body }) => ({
      name: `${name} (${tenant})`,
      route,
      body: withCanaries(body),
    }));
  });
}

function rowsIn({ places, sent }: Home): Seed[] {
  return ROWS.map((row, i) => {
    const stage: Stage = row.stage;
    const person = DOERS[row.act] ?? 'U1';
    const place = { ...places[stage], person, viewId: `${places[stage].viewId}${i}` };
    return { name: row.what, route: row.route, body: sent(person, withRealAnswers(row.payload(place))) };
  });
}

function othersIn({ places, sent, tenant }: Home): Seed[] {
  const { open, decided } = places;
  const by = (name: string, route: string | null, body: Body): Seed => ({
    name,
    route,
    body: sent('U1', body),
  });
  const event = (id: string, of: Body): Body => ({
    type: 'event_callback',
    event_id: `Ev-${tenant}-${id}`,
    event_time: 1_795_424_400,
    team_id: tenant,
    authorizations: [
      { team_id: tenant, enterprise_id: null, is_enterprise_install: false, user_id: 'U0BOT', is_bot: true },
    ],
    event: of,
  });
  const inThread = intakeModal(rubric, {
    page: 'all',
    project: 'Billing portal',
    answers: {},
    deciders: ['U1'],
    hide: true,
    thread: {
      channel: 'C1',
      ts: '1795424300.000002',
      replyUrl: 'https://hooks.slack.test/app/T1/2/secretpath',
    },
  });
  return [
    by('a name that is a word of ours', 'command /django-or-flask', command('new history of us')),
    by('search', 'command /django-or-flask', command(`history ${CANARY}${tenant}`)),
    by('the messages tab', 'event app_home_opened', homeOpened({ tab: 'messages' })),
    by(
      'a question in the channel',
      'event app_mention',
      mention('<@U0BOT> and *async*?', { ts: '1795424700.000001' }),
    ),
    by('a cry for help', 'event app_mention', mention('<@U0BOT> help', { ts: '1795424700.000002' })),
    by(
      'in a one-to-one conversation',
      'shortcut django_or_flask',
      messageShortcut({ threadTs: '1795424300.000001' }),
    ),
    by(
      'a dialog in a thread',
      'view_submission intake',
      filledIn(inThread, { answers: ANSWERS, viewId: `V-${tenant}-thread` }),
    ),
    by(
      'with a deadline',
      'view_submission intake',
      submit({ answers: ANSWERS, voteUntil: Date.UTC(2026, 11, 1), viewId: `V-${tenant}-until` }),
    ),
    by(
      'a link in the menu',
      'action card_menu',
      press({ actionId: 'card_menu', option: 'article', blockId: open.block }),
    ),
    by('a button that is gone', null, press({ actionId: 'of_old', blockId: decided.block, value: 'x' })),
    by('a dialog that is gone', null, {
      ...submit(),
      view: { ...inThread, id: 'V1', callback_id: 'of_old', state: { values: {} } },
    }),
    by('a dialog that was closed', null, { ...submit(), type: 'view_closed', is_cleared: false }),
    by('a menu that asks for options', null, {
      ...press({ actionId: 'x' }),
      type: 'block_suggestion',
      action_id: 'x',
      block_id: 'y',
      value: 'z',
      actions: undefined,
    }),
    by('a global shortcut', null, {
      ...messageShortcut(),
      type: 'shortcut',
      message: undefined,
      channel: undefined,
    }),
    by(
      'a message',
      null,
      event('message', { type: 'message', text: 'Data API', user: 'U1', channel: 'C1', ts: '1.2' }),
    ),
    {
      name: 'a step',
      route: null,
      body: event('step', stepWith({ project: 'Data API', channel: 'C1', asker: 'U1', admin: 'yes' })),
    },
    {
      name: 'a step that cannot be',
      route: null,
      body: event('bad', stepWith({ project: '', channel: 'here', size: 'huge' })),
    },
    { name: 'the end', route: null, body: event('gone', { type: 'app_uninstalled' }) },
    {
      name: 'the end of its tokens',
      route: null,
      body: event('revoked', { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: ['U0BOT'] } }),
    },
  ];
}

const stepWith = (inputs: Body): Body => ({
  type: 'function_executed',
  function: { id: 'Fn1', callback_id: 'recommend_framework' },
  inputs,
  function_execution_id: 'Fx1',
  bot_access_token: 'xwfp-secret-of-a-step',
});

/** The rows' answers are to the tests' own rubric, of which this bot knows nothing: it would refuse them as no answers. */
function withRealAnswers(body: Body): Body {
  const [parts, stage] = [chosen('parts', 'few'), chosen('stage', 'mvp')];
  const [screens, admin] = [chosen('screens', 'office'), chosen('admin', 'yes')];
  return JSON.parse(JSON.stringify(body).replaceAll(parts, stage).replaceAll(screens, admin));
}

const chosen = (question: string, value: string): string =>
  `"${question}":{"answer":{"type":"static_select","selected_option":{"value":"${value}"}}}`;

/** The same with a word in everything entered by which it is found again, and without what is undefined. */
function withCanaries(body: Body): Body {
  const text = ENTERED.reduce(
    (said, words) => said.replaceAll(words, `${CANARY}entered ${words}`),
    JSON.stringify(body),
  );
  return JSON.parse(text);
}
