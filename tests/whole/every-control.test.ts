// Every button, menu entry and dialog the bot sends, used on decisions in every state by everyone.
import { expect, it, onTestFinished } from 'vitest';
import { newFolder, startBot } from './client/bot.ts';
import { isAboutDecision, on, Scene, type Usable, type Used, until, usableIn } from './client/controls.ts';
import { changeDatabase, copyDecisions, rowsIn } from './client/database.ts';
import { type Answer, controlsIn, filledIn, textIn, type Who } from './client/requests.ts';
import { type Call, type Json, type JsonObject, startSlack } from './client/slack.ts';
import { ANA, ask, BOB, CAT, type Card, commandDialog, control, openFrom } from './client/team.ts';

/** Ana asks, Bob decides, Dan is a member who has said nothing. Bob and Cat have voted, Cat has answered. */
const DAN: Who = { user: 'U0DAN' };

/** Resolves once everything due has reached Slack. */
const quiet = (folder: string): Promise<void> =>
  until(
    () =>
      rowsIn(
        folder,
        `SELECT 1 FROM posts WHERE state = 'sent' OR (state IN ('wanted', 'unwanted') AND due_at < unixepoch('subsec') * 1000)
         UNION ALL SELECT 1 FROM card_updates WHERE shown < revision AND stuck IS NULL`,
      ).length === 0,
  );

const STATES = ['open', 'unposted', 'decided', 'superseded', 'deleted', 'expired', 'foreign'] as const;
type State = (typeof STATES)[number];
const PEOPLE: readonly Who[] = [ANA, BOB, DAN];

interface Prepared {
  readonly scene: Scene;
  readonly folder: string;
  readonly usables: readonly Usable[];
}

const copyFor = (state: State, usable: number, person: number): string => `${state}-${usable}-${person}`;

/** Collects everything that can be used, and prepares a decision for each use of it. */
async function prepare(): Promise<Prepared> {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const folder = newFolder();
  let bot = await startBot({ slack, folder });
  /** Responses of the bot, with dialogs it has changed. These aren't calls to Slack. */
  const answered: JsonObject[] = [];
  const keep = ({ body }: Answer): void => {
    if (body !== null && typeof body === 'object' && !Array.isArray(body)) answered.push(body);
  };
  /** Opens a dialog from a card and submits it with every field filled in. */
  const submitFrom = async (
    who: Who,
    { call, ts }: Pick<Card, 'call' | 'ts'>,
    action: string,
    entry?: string,
  ) => {
    const dialog = await openFrom(bot, slack, who, control(call.args, action, entry), ts);
    keep(await bot.requests.submit(who, dialog, filledIn(dialog)));
  };
  const discussed = async (project: string) => {
    const card = await ask(bot, slack, ANA, { project, deciders: ['U0BOB'] });
    for (const who of [BOB, CAT]) {
      await bot.requests.press(who, control(card.call.args, 'vote_flask'), card.ts);
    }
    await submitFrom(CAT, card, 'add_answers');
    return card;
  };
  const decided = async (card: Card) => {
    await submitFrom(BOB, card, 'decide');
    const call = await slack.until(
      ({ method, args }) => method === 'chat.update' && args.ts === card.ts && !hasVotes(args),
    );
    return { ...card, call };
  };
  const hasVotes = (args: JsonObject): boolean =>
    controlsIn(args).some(({ element }) => element.action_id === 'vote_django');

  const cards = { open: await discussed('Open'), decided: await decided(await discussed('Decided')) };
  const superseded = await decided(await discussed('Superseded'));
  const posted = slack.of('chat.postMessage').length;
  await submitFrom(BOB, superseded, 'card_menu', 'supersede');
  await slack.until((call) => slack.of('chat.postMessage').indexOf(call) >= posted && hasVotes(call.args));
  const [successor] = rowsIn(folder, `SELECT id FROM decisions WHERE supersedes = '${superseded.decision}'`);
  const successorCard = slack
    .of('chat.postMessage')
    .findLast(({ args }) => JSON.stringify(args).includes(String(successor?.id)));
  await decided({
    ts: String(successorCard?.answer?.ts),
    decision: String(successor?.id),
    call: successorCard as Call,
  });

  const deleted = await discussed('Deleted');
  await submitFrom(ANA, deleted, 'card_menu', 'delete');

  // Cards that Slack refuses, or posts without saying where.
  const broken = async (project: string, answer: JsonObject): Promise<string> => {
    slack.on('chat.postMessage', () => answer);
    const view = await commandDialog(bot, slack, ANA, project);
    keep(
      await bot.requests.submit(ANA, view, {
        ...filledIn(view),
        project: { name: { value: project } },
      }),
    );
    return String(rowsIn(folder, `SELECT id FROM decisions WHERE project = '${project}'`)[0]?.id);
  };
  await broken('Refused', { ok: false, error: 'is_archived' });
  const unposted = await broken('Unknown', { ok: true });
  let ts = 1_800_000_000;
  slack.on('chat.postMessage', () => ({ ok: true, ts: `${++ts}.000100` }));

  // Everything else that can be opened.
  for (const [who, card] of [
    [BOB, cards.open],
    [ANA, cards.open],
    [BOB, cards.decided],
  ] as const) {
    for (const each of controlsIn(card.call.args)) {
      if (!textIn(each.element).includes('Reopen')) await bot.requests.press(who, each, card.ts);
    }
  }
  for (const { args } of [...slack.of('response_url')]) {
    for (const each of controlsIn(args)) {
      await bot.requests.press(CAT, each, null);
    }
  }
  await slack.until(({ args }) => isObject(args.view) && args.view.callback_id === 'vote_reason');
  for (let i = 0; i < 11; i++) {
    await bot.requests.press(
      { user: `U0MANY${i}` },
      control(cards.open.call.args, 'vote_both'),
      cards.open.ts,
    );
  }
  keep(await bot.requests.command(ANA, 'privacy'));
  const opened = answered.flatMap(controlsIn).find(({ element }) => element.action_id === 'forget_me');
  if (opened) await openFrom(bot, slack, ANA, opened, null);
  keep(await bot.requests.command(ANA, 'history'));
  for (const older of answered
    .flatMap(controlsIn)
    .filter(({ element }) => element.action_id === 'history_older')) {
    await bot.requests.press(ANA, older, null);
  }
  await bot.requests.event('T0ONE', {
    type: 'app_home_opened',
    user: 'U0ANA',
    channel: 'D0ANA',
    tab: 'home',
  });
  await slack.until(({ method }) => method === 'views.publish');
  await quiet(folder);

  // The review is due.
  bot.kill();
  expect(await bot.ended).toBe(0);
  changeDatabase(folder, (db) =>
    db.exec(`UPDATE posts SET due_at = 1 WHERE kind = 'revisit' AND decision = '${cards.decided.decision}'`),
  );
  bot = await startBot({ slack, folder });
  const reminder = await slack.until(({ args }) =>
    controlsIn(args).some(({ element }) => element.action_id === 'revisit_check'),
  );
  await openFrom(bot, slack, BOB, control(reminder.args, 'revisit_check'), String(reminder.answer?.ts));
  await quiet(folder);
  bot.kill();
  expect(await bot.ended).toBe(0);

  const ids = rowsIn(folder, 'SELECT id FROM decisions').map(({ id }) => String(id));
  const surfaces = [
    ...answered,
    ...slack.calls.flatMap(({ args }) => [args, ...(args.view ? [args.view as JsonObject] : [])]),
  ];
  const byName = new Map(
    surfaces.flatMap((surface) => usableIn(surface, ids)).map((usable) => [usable.name, usable]),
  );
  const usables = [...byName.values()];

  // A copy for each use, because most uses change something.
  const originals: Readonly<Record<State, readonly string[]>> = {
    open: [cards.open.decision],
    unposted: [unposted],
    decided: [cards.decided.decision],
    superseded: [superseded.decision, String(successor?.id)],
    deleted: [deleted.decision],
    expired: [cards.decided.decision],
    foreign: [cards.open.decision],
  };
  changeDatabase(folder, (db) => {
    for (const state of STATES) {
      for (const [i, usable] of usables.entries()) {
        if (!isAboutDecision(usable)) continue;
        for (const person of PEOPLE.keys()) {
          const copy = copyFor(state, i, person);
          copyDecisions(
            db,
            Object.fromEntries(originals[state].map((id, n) => [id, n === 0 ? copy : `${copy}-${n}`])),
          );
        }
      }
    }
    db.exec("DELETE FROM decisions WHERE id LIKE 'expired-%'");
  });
  return { scene: new Scene(slack, await startBot({ slack, folder })), folder, usables };
}

const BLOCKS = [
  '',
  'decision:',
  'decision:nosuch',
  'decision:nosuch:votes',
  'decision::votes',
  'decision:../nosuch',
  `decision:${'x'.repeat(65)}`,
  'reason',
];
const METADATA = [
  '',
  '{}',
  'null',
  '[]',
  '{',
  '{"decision":5}',
  '{"decision":"nosuch","choice":1}',
  '{"page":"x"}',
];

/** Fields do nothing until their dialog is submitted. */
const isField = (usable: Usable): boolean =>
  usable.kind === 'control' && usable.control.element.type !== 'button';

/** Sentences of the bot that mean a bug or an outage. */
const WRONG = /ran into an error|reference/i;

/** Returns what is wrong with the response to a use. */
function problemsOf({ answer, told, ms }: Used, usable: Usable, state: State): string[] {
  // A Home tab may be published late, for an earlier use.
  const replies = told.filter(({ method }) => method !== 'views.publish');
  const said = textIn([answer.body, ...replies.map(({ args }) => args)]);
  const isDialog = usable.kind === 'dialog';
  const errors = isDialog && isObject(answer.body) && isObject(answer.body.errors) ? answer.body.errors : {};
  const fields = isDialog ? Object.keys(filledIn(usable.view)) : [];
  const isMissing = state === 'deleted' || state === 'expired';
  // A dialog that closes has been accepted. A link opens in the browser.
  const isTold =
    told.length > 0 || answer.body !== null || (isDialog && !isMissing) || usable.name.includes('article');
  return [
    ...(answer.status === 200 ? [] : [`status ${answer.status}`]),
    ...(ms < 3_000 ? [] : [`took ${ms} ms`]),
    ...(isTold ? [] : ['the person is told nothing']),
    ...(WRONG.test(said) ? [`says ${said}`] : []),
    ...Object.keys(errors).flatMap((field) => (fields.includes(field) ? [] : [`an error on ${field}`])),
    ...(state === 'deleted' && isTold && said !== '' && !said.includes('was deleted.')
      ? [`says ${said}`]
      : []),
    ...(state === 'expired' && /\bdeleted\b/.test(said) ? [`says ${said}`] : []),
  ];
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Counts the rows of a state's decisions, in every table. */
function rowsOf(folder: string, state: State): Record<string, number> {
  const tables = ['rounds', 'votes', 'own_answers', 'records', 'deciders'];
  return Object.fromEntries(
    ['decisions', ...tables].map((table) => {
      const column = table === 'decisions' ? 'id' : 'decision';
      return [table, rowsIn(folder, `SELECT 1 FROM ${table} WHERE ${column} LIKE '${state}-%'`).length];
    }),
  );
}

it('answers every use of every control, in every state of the decision', async () => {
  const { scene, folder, usables } = await prepare();
  const problems: string[] = [];
  const before = Object.fromEntries(STATES.map((state) => [state, rowsOf(folder, state)]));
  for (const state of STATES) {
    for (const [i, usable] of usables.entries()) {
      if (!isAboutDecision(usable)) continue;
      for (const [person, member] of PEOPLE.entries()) {
        const who = state === 'foreign' ? { ...member, team: 'T0TWO' } : member;
        const used = await scene.use(on(usable, copyFor(state, i, person)), who);
        for (const problem of problemsOf(used, usable, state)) {
          problems.push(`${state}, ${who.user}, ${usable.name}: ${problem}`);
        }
      }
    }
  }
  const play = async (what: string, usable: Usable, who: Who, mustTell = true): Promise<void> => {
    const used = await scene.use(usable, who);
    const isTold = !mustTell || used.told.length > 0 || used.answer.body !== null;
    const found = [
      ...problemsOf(used, usable, 'open'),
      ...(isTold ? [] : ['taken as if nothing were wrong']),
    ];
    problems.push(...found.map((problem) => `${what}, ${who.user}, ${usable.name}: ${problem}`));
  };
  // Payloads that name their decision in a way that the bot never would.
  for (const usable of usables.filter(isAboutDecision)) {
    for (const forged of usable.kind === 'control' ? BLOCKS : METADATA) {
      if (usable.name.includes('article')) continue;
      const broken: Usable =
        usable.kind === 'control'
          ? { ...usable, control: { ...usable.control, block: forged } }
          : { ...usable, view: { ...usable.view, private_metadata: forged } };
      await play(`named as ${forged}`, broken, ANA);
    }
  }
  for (const state of ['deleted', 'expired', 'foreign'] as const) {
    expect(rowsOf(folder, state)).toEqual(before[state]);
  }
  // Controls that are about no decision.
  for (const usable of usables) {
    if (isAboutDecision(usable) || isField(usable)) continue;
    for (const who of [...PEOPLE, { ...DAN, team: 'T0TWO' }]) {
      await play('about nothing', usable, who, usable.kind === 'control');
    }
  }
  expect(problems).toEqual([]);
  expect(scene.errors()).toEqual([]);
}, 90_000);

it('says it in the channel if Slack sends no address for private replies', async () => {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const bot = await startBot({ slack, folder: newFolder() });
  const card = await ask(bot, slack, ANA);
  const remove = await openFrom(bot, slack, ANA, control(card.call.args, 'card_menu', 'delete'), card.ts);
  await bot.requests.submit(ANA, remove);
  const press = control(card.call.args, 'vote_flask');
  await bot.requests.press(BOB, press, card.ts, { response_url: null });
  const told = await slack.until(({ method }) => method === 'chat.postEphemeral');
  expect(told.args).toMatchObject({ channel: 'C0WEB', user: 'U0BOB' });
  expect(textIn(told.args)).toContain('This decision was deleted.');
});
