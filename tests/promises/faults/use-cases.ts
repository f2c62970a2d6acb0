import type { ModalView } from '@slack/types';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { answerQuestion } from '../../../src/advice/search/answer-question.ts';
import { answerMessage } from '../../../src/features/question/message.ts';
import {
  command,
  filledIn,
  homeOpened,
  mention,
  messageShortcut,
  press,
  pressInDialog,
  submit,
  submitAnswers,
  submitDialog,
  submitForget,
  submitReason,
} from '../../support/payloads.ts';
import type { Reuse } from './tokens.ts';
import type { Delivered, World } from './world.ts';

/** Something that somebody does in Slack, or that time does. */
export interface UseCase {
  readonly name: string;
  /** What was done before; no fault comes there. */
  prepare(world: World): Promise<void>;
  /** Null where nobody did anything. */
  play(world: World): Promise<Delivered | null>;
  /** Has the person got what they wanted to see? Unless told, what was acknowledged and not taken back counts. */
  seen?(world: World): boolean;
  /** The dialog answers with another one, which is no refusal. */
  readonly updates?: boolean;
  /** Whoever does it again wants it once more. */
  readonly asksAnew?: true;
  /** The app is installed by OAuth, with tokens that expire, where Slack does this with a used refresh token. */
  readonly reuse?: Reuse;
}

const DAY_MS = 86_400_000;
const ANSWERS = { stage: 'mvp', admin: 'yes', size: 'grow' };
const SETTLE = [2_000, 20_000];
const MONDAY = Date.UTC(2026, 10, 23, 9);

const idOf = (world: World): string =>
  String(world.rows('SELECT id FROM decisions ORDER BY id DESC LIMIT 1')[0]?.id);
const blockOf = (world: World): string => `decision:${idOf(world)}`;
const cardTs = (world: World): string => {
  const rows = world.rows(`SELECT ts FROM posts WHERE kind = 'card' AND decision = '${idOf(world)}'`);
  return String(rows[0]?.ts ?? world.ports.ledger.messages.find(({ thread }) => thread === null)?.ts);
};
const viewOf = (world: World): unknown => world.ports.ledger.view;

const button = (world: World, actionId: string, user = 'U1'): Promise<Delivered> =>
  world.deliver(press({ actionId, blockId: blockOf(world), user, ts: cardTs(world) }));
const menu = (world: World, option: string, user = 'U1'): Promise<Delivered> =>
  world.deliver(press({ actionId: 'card_menu', option, blockId: blockOf(world), user, ts: cardTs(world) }));

const decided = (revisit: string | null): Record<string, unknown> => ({
  outcome: { choice: { type: 'radio_buttons', selected_option: { value: 'django' } } },
  rationale: { text: { type: 'plain_text_input', value: 'We know it.' } },
  revisit: { date: { type: 'datepicker', selected_date: revisit } },
});

async function withCard(world: World, voteUntil?: number): Promise<void> {
  await world.deliver(submit({ answers: ANSWERS, ...(voteUntil === undefined ? {} : { voteUntil }) }));
  await world.pass(...SETTLE);
}

const voted = async (world: World): Promise<void> => {
  await withCard(world);
  await button(world, 'vote_django', 'U2');
  await world.pass(...SETTLE);
};

async function withRecord(world: World, revisit: string | null = '2026-11-26'): Promise<void> {
  await voted(world);
  await button(world, 'decide');
  await world.deliver(submitDialog(viewOf(world), decided(revisit)));
  await world.pass(...SETTLE);
}

/** A dialog that was opened from the card. */
const dialogOf =
  (open: (world: World) => Promise<unknown>, first = withCard) =>
  async (world: World) => {
    await first(world);
    await open(world);
  };

/** Opening a dialog changes nothing; what counts is that it is there. */
const opening = (
  name: string,
  prepare: UseCase['prepare'],
  play: (world: World) => Promise<Delivered>,
): UseCase => ({
  name,
  prepare: async (world) => {
    await prepare(world);
    world.ports.ledger.view = null;
  },
  play,
  seen: (world) => world.ports.ledger.view !== null,
});

const event = (id: string, of: Record<string, unknown>): Record<string, unknown> => ({
  type: 'event_callback',
  event_id: id,
  event_time: MONDAY / 1_000 + 120,
  team_id: 'T1',
  authorizations: [{ team_id: 'T1', enterprise_id: null, is_enterprise_install: false, user_id: 'U0BOT' }],
  event: of,
});

const HOUR_MS = 3_600_000;

async function installed(world: World): Promise<void> {
  if (!(await world.install())) throw new Error('it was not installed');
}

const installing = async (world: World): Promise<Delivered> => {
  const told = await world.install();
  return { acks: told ? [undefined] : [], died: world.ports.dead };
};

/** Types the command; whoever is told to install the app again does so. */
async function commandOrInstall(world: World): Promise<Delivered> {
  const heard = world.ports.ledger.whispers.length;
  const delivered = await world.deliver(command('Billing portal'));
  const said = world.ports.ledger.whispers.slice(heard).map(({ text }) => text);
  const answered = JSON.stringify(delivered.acks);
  const toldToInstall = [...said, answered].some((text) => /install (the app|it) again/.test(text));
  if (toldToInstall && !world.ports.dead) await world.install();
  return delivered;
}

/** Tokens are renewed as time goes by; where that did not work, people find out, and are told what helps. */
const renewal = (name: string, reuse: Reuse, due: (world: World) => Promise<void>): UseCase => {
  const begun = new WeakSet<World>();
  return {
    name,
    reuse,
    prepare: installed,
    play: async (world) => {
      if (begun.has(world)) return commandOrInstall(world);
      begun.add(world);
      await due(world);
      return null;
    },
    seen: (world) => world.tokenWorks(),
  };
};

const inTime = (world: World): Promise<void> => world.pass(10 * HOUR_MS, 60_000, 3 * HOUR_MS);

/** Nothing runs until the token has expired. */
async function late(world: World): Promise<void> {
  world.ports.die();
  world.ports.time.advance(13 * HOUR_MS);
  // Whoever runs the bot starts it again where it could not start.
  for (let failed = true; failed; ) {
    failed = await world.restart().then(
      () => false,
      () => true,
    );
    if (failed) world.ports.time.advance(1_000);
  }
}

let asked = 0;

const QUESTION = 'what about security?';
const [ANSWER = ''] = answerMessage(loadRubric(), [
  { question: QUESTION, answer: answerQuestion(loadRubric(), QUESTION) },
]).text.split('\n');

/** Is this the reply to the question? It begins with the answer in one sentence, and nothing else does. */
export const isAnswer = ({ text }: { readonly text: string }): boolean => text.startsWith(`${ANSWER}\n`);

const nothing = async (): Promise<void> => {};

export const USE_CASES: readonly UseCase[] = [
  opening('command', nothing, (world) => world.deliver(command('Billing portal'))),
  { name: 'history', prepare: withCard, play: (world) => world.deliver(command('history')) },
  opening('more-questions', nothing, (world) =>
    world.deliver(pressInDialog('more_questions', { page: 'first' })),
  ),
  {
    name: 'submit',
    prepare: nothing,
    play: (world) => world.deliver(submit({ answers: ANSWERS })),
  },
  {
    name: 'submit-and-join',
    prepare: async (world) => {
      world.ports.slack.next('chat.postMessage', { error: 'not_in_channel' });
    },
    play: (world) => world.deliver(submit({ answers: ANSWERS })),
  },
  {
    name: 'submit-twice',
    prepare: nothing,
    play: async (world) => {
      const first = await world.deliver(submit({ answers: ANSWERS }));
      if (first.died) return first;
      const second = await world.deliver(submit({ answers: ANSWERS }));
      return { acks: second.acks.length > 0 ? second.acks : first.acks, died: second.died };
    },
  },
  {
    name: 'shortcut',
    prepare: (world) => world.deliver(messageShortcut({ ts: '1795424300.000002' })).then(nothing),
    play: (world) => world.deliver(filledIn(asView(viewOf(world)), { answers: ANSWERS })),
  },
  { name: 'vote', prepare: withCard, play: (world) => button(world, 'vote_django', 'U2') },
  { name: 'change-vote', prepare: voted, play: (world) => button(world, 'vote_flask', 'U2') },
  { name: 'withdraw', prepare: voted, play: (world) => button(world, 'withdraw_vote', 'U2') },
  {
    name: 'reason',
    prepare: dialogOf((world) => button(world, 'add_reason', 'U2'), voted),
    play: (world) => world.deliver(submitReason(viewOf(world), 'its admin', 'U2')),
  },
  opening('who-voted', voted, (world) => button(world, 'who_voted')),
  opening('open-own-answers', withCard, (world) => button(world, 'add_answers', 'U2')),
  {
    name: 'own-answers',
    prepare: dialogOf((world) => button(world, 'add_answers', 'U2')),
    play: (world) => world.deliver(submitAnswers(viewOf(world), { size: 'large', admin: 'no' }, 'U2')),
  },
  {
    name: 'question',
    prepare: withCard,
    play: (world) => {
      asked += 1;
      const ts = `1795424500.${String(asked).padStart(6, '0')}`;
      return world.deliver(
        mention(`<@U0BOT> ${QUESTION}`, { thread_ts: cardTs(world), ts }, { event_id: `Ev${asked}` }),
      );
    },
    seen: (world) => world.ports.ledger.messages.some(isAnswer),
  },
  opening('open-decide', voted, (world) => button(world, 'decide')),
  {
    name: 'decide',
    prepare: dialogOf((world) => button(world, 'decide'), voted),
    play: (world) => world.deliver(submitDialog(viewOf(world), decided('2026-11-26'))),
  },
  { name: 'remind', prepare: withRecord, play: (world) => world.pass(3 * DAY_MS, 15_000).then(() => null) },
  {
    name: 'remind-of-deadline',
    prepare: (world) => withCard(world, MONDAY + 2 * DAY_MS),
    play: (world) => world.pass(DAY_MS, 15_000, DAY_MS, 15_000).then(() => null),
  },
  {
    name: 'snooze',
    prepare: async (world) => {
      await withRecord(world);
      await world.pass(3 * DAY_MS, 15_000);
    },
    play: (world) => button(world, 'snooze'),
  },
  {
    name: 'check-again',
    prepare: async (world) => {
      await withRecord(world);
      await world.pass(3 * DAY_MS, 15_000);
      await button(world, 'revisit_check');
    },
    play: (world) => world.deliver(submitAnswers(viewOf(world), {}, 'U1')),
    updates: true,
  },
  {
    name: 'export',
    prepare: async (world) => {
      await withRecord(world, null);
      await world.pass(2 * 60 * 60_000);
    },
    play: (world) => menu(world, 'export'),
    asksAnew: true,
  },
  { name: 'reopen', prepare: (world) => withRecord(world), play: (world) => menu(world, 'reopen') },
  {
    name: 'ask-again',
    prepare: dialogOf(
      (world) => menu(world, 'supersede'),
      (world) => withRecord(world),
    ),
    play: (world) => world.deliver(filledIn(asView(viewOf(world)), { answers: ANSWERS, viewId: 'V9' })),
  },
  {
    name: 'supersede',
    prepare: async (world) => {
      await withRecord(world);
      await menu(world, 'supersede');
      await world.deliver(filledIn(asView(viewOf(world)), { answers: ANSWERS, viewId: 'V9' }));
      await world.pass(...SETTLE);
      await button(world, 'decide');
    },
    play: (world) => world.deliver(submitDialog(viewOf(world), decided(null))),
  },
  {
    name: 'edit',
    prepare: dialogOf((world) => menu(world, 'edit'), voted),
    play: (world) => world.deliver(submitAnswers(viewOf(world), { size: 'large', tech: 'custom' }, 'U1')),
  },
  {
    name: 'delete',
    prepare: dialogOf(
      (world) => menu(world, 'delete'),
      (world) => withRecord(world),
    ),
    play: (world) => world.deliver(submitDialog(viewOf(world), {})),
  },
  { name: 'home', prepare: voted, play: (world) => world.deliver(homeOpened({ user: 'U2' })) },
  {
    name: 'vote-seen-at-home',
    prepare: async (world) => {
      await withCard(world);
      await world.deliver(homeOpened({ user: 'U2' }));
    },
    play: (world) => button(world, 'vote_both', 'U2'),
  },
  {
    name: 'forget-me',
    prepare: voted,
    play: (world) => world.deliver(submitForget('U2')),
  },
  {
    name: 'step',
    prepare: nothing,
    play: (world) =>
      world.deliver(
        event('Ev-step', {
          type: 'function_executed',
          function: { id: 'Fn1', callback_id: 'recommend_framework' },
          inputs: { project: 'Billing portal', channel: 'C1', asker: 'U1', ...ANSWERS },
          function_execution_id: 'Fx1',
        }),
      ),
  },
  { name: 'install', reuse: 'never', prepare: nothing, play: installing },
  { name: 'install-again', reuse: 'never', prepare: installed, play: installing },
  renewal('renew-token', 'in-doubt', inTime),
  renewal('renew-token-late', 'in-doubt', late),
  renewal('renew-token-strictly', 'never', inTime),
  renewal('renew-token-strictly-late', 'never', late),
  {
    name: 'uninstall',
    prepare: voted,
    play: (world) => world.deliver(event('Ev-gone', { type: 'app_uninstalled' })),
  },
];

function asView(view: unknown): ModalView {
  if (!isModal(view)) throw new Error('no dialog was opened');
  return view;
}

const isModal = (view: unknown): view is ModalView =>
  typeof view === 'object' && view !== null && 'type' in view && view.type === 'modal';
