// "Delete my data" as a person sees it, and who may act on their cards afterwards.
import { expect, it, onTestFinished } from 'vitest';
import { newFolder, type RunningBot, runCommand, startBot } from './client/bot.ts';
import { until } from './client/controls.ts';
import { changeDatabase, copyDecisions, rowsIn } from './client/database.ts';
import { filledIn, textIn, type Who } from './client/requests.ts';
import { type FakeSlack, type JsonObject, startSlack } from './client/slack.ts';
import { ADMIN, ANA, ask, BOB, CAT, commandDialog, control, openFrom } from './client/team.ts';

/** Decisions. At a tenth of a second each, deleting from them takes longer than Slack waits. */
const MANY = 40;
const SLOW_DISK = `
  import { DatabaseSync } from 'node:sqlite';
  const { prepare } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function (sql) {
    const statement = prepare.call(this, sql);
    if (!sql.startsWith('DELETE FROM own_answers')) return statement;
    for (const name of ['all', 'get', 'run']) {
      const call = statement[name].bind(statement);
      statement[name] = (...values) => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
        return call(...values);
      };
    }
    return statement;
  };`;

async function start(): Promise<{ slack: FakeSlack; bot: RunningBot; folder: string }> {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const folder = newFolder();
  return { slack, folder, bot: await startBot({ slack, folder }) };
}

/** Opens the dialog that the privacy message offers. */
async function forgetDialog(bot: RunningBot, slack: FakeSlack, who: Who): Promise<JsonObject> {
  const { body } = await bot.requests.command(who, 'privacy');
  return openFrom(bot, slack, who, control(body as JsonObject, 'forget_me'), null);
}

/** What the bot tells this person privately when they press something. */
async function toldAfter(slack: FakeSlack, press: () => Promise<unknown>): Promise<string> {
  const before = slack.of('response_url').length;
  await press();
  return textIn((await slack.until((call) => call === slack.of('response_url')[before])).args);
}

it('leaves a decided card to workspace admins, not to everyone', async () => {
  const { slack, bot, folder } = await start();
  const card = await ask(bot, slack, ANA);
  const decide = await openFrom(bot, slack, ANA, control(card.call.args, 'decide'), card.ts);
  await bot.requests.submit(ANA, decide, filledIn(decide));
  const dialog = await forgetDialog(bot, slack, ANA);
  expect(dialog.callback_id).toBe('forget_me');
  expect(textIn(dialog)).toContain('1 card you asked for: the answers stay, without your name');
  expect(textIn(dialog)).toContain('1 decision you recorded: outcome and reason stay, without your name');
  const updates = slack.of('chat.update').length;
  const { body } = await bot.requests.submit(ANA, dialog, {});
  expect(textIn(body)).toContain('What I deleted');
  const shown = await slack.until(
    ({ method, args }) =>
      method === 'chat.update' &&
      slack.of('chat.update').length > updates &&
      !/U0ANA/.test(JSON.stringify(args)),
  );
  expect(JSON.stringify(shown.args)).not.toMatch(/somebody|<@>/);
  expect(textIn(shown.args)).toMatch(/Someone decided on /);
  for (const [table, column] of [
    ['decisions', 'asker'],
    ['rounds', 'asked_by'],
    ['records', 'decided_by'],
    ['deciders', '"user"'],
  ]) {
    expect(rowsIn(folder, `SELECT 1 FROM ${table} WHERE ${column} = 'U0ANA'`)).toEqual([]);
  }
  for (const entry of ['reopen', 'supersede', 'delete']) {
    const said = await toldAfter(slack, () =>
      bot.requests.press(CAT, control(shown.args, 'card_menu', entry), card.ts),
    );
    expect(said).toContain('only workspace admins can');
  }
  await openFrom(bot, slack, ADMIN, control(shown.args, 'card_menu', 'delete'), card.ts);
  const reopened = await toldAfter(slack, () =>
    bot.requests.press(ADMIN, control(shown.args, 'card_menu', 'reopen'), card.ts),
  );
  expect(reopened).toContain('Reopened.');
}, 30_000);

it('refreshes the Home tabs of others when it deletes cards', async () => {
  const { slack, bot } = await start();
  await bot.requests.event('T0ONE', {
    type: 'app_home_opened',
    user: 'U0BOB',
    tab: 'home',
    channel: 'D0BOB',
  });
  await ask(bot, slack, ANA, { project: 'Soon gone', deciders: ['U0BOB'] });
  const dialog = await forgetDialog(bot, slack, ANA);
  const published = slack.of('views.publish').length;
  await bot.requests.submit(ANA, dialog, {
    forget: { cards: { type: 'checkboxes', selected_options: [{ value: 'cards' }] } },
  });
  const home = await slack.until((call) => slack.of('views.publish').indexOf(call) >= published);
  expect(home.args.user_id).toBe('U0BOB');
  expect(textIn(home.args)).not.toContain('Soon gone');
});

it('deletes a card that Slack refused, because no one else can see it', async () => {
  const { slack, bot, folder } = await start();
  slack.on('chat.postMessage', () => ({ ok: false, error: 'is_archived' }));
  const view = await commandDialog(bot, slack, ANA, 'Refused');
  await bot.requests.submit(ANA, view, {
    stage: { answer: { type: 'static_select', selected_option: { value: 'mvp' } } },
  });
  const dialog = await forgetDialog(bot, slack, ANA);
  expect(textIn(dialog)).toContain('1 card you asked for that Slack refused to post');
  expect(textIn(dialog)).not.toMatch(/admins|the answers stay/);
  await bot.requests.submit(ANA, dialog, {});
  expect(rowsIn(folder, 'SELECT status, project FROM decisions')).toEqual([
    { status: 'deleted', project: '' },
  ]);
});

it.each(['is_admin', 'is_owner', 'is_primary_owner'])(
  'lets %s act, but not one of another team',
  async (role) => {
    const { slack, bot } = await start();
    const card = await ask(bot, slack, ANA);
    await bot.requests.submit(ANA, await forgetDialog(bot, slack, ANA), {});
    slack.on('users.info', ({ args }) => ({
      ok: true,
      user: { id: String(args.user), team_id: args.user === 'U0FAR' ? 'T0FAR' : 'T0ONE', [role]: true },
    }));
    const entry = control(card.call.args, 'card_menu', 'delete');
    const said = await toldAfter(slack, () => bot.requests.press({ user: 'U0FAR' }, entry, card.ts));
    expect(said).toContain('only workspace admins can');
    await openFrom(bot, slack, { user: 'U0BOSS' }, entry, card.ts);
  },
);

it('finishes after kill -9 if the person was told that it is still running', async () => {
  const { slack, bot, folder } = await start();
  const card = await ask(bot, slack, ANA, { deciders: ['U0BOB'] });
  await bot.requests.press(ANA, control(card.call.args, 'vote_flask'), card.ts);
  bot.kill();
  expect(await bot.ended).toBe(0);
  changeDatabase(folder, (db) => {
    for (let i = 0; i < MANY; i++) copyDecisions(db, { [card.decision]: `copy-${i}` });
  });
  const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(SLOW_DISK)}`];
  const next = await startBot({ slack, folder, nodeArgs });
  const dialog = await forgetDialog(next, slack, ANA);
  const begun = performance.now();
  const { body } = await next.requests.submit(ANA, dialog, filledIn(dialog));
  expect(performance.now() - begun).toBeLessThan(3_000);
  expect(textIn(body)).toContain('There’s a lot to delete');
  next.kill('SIGKILL');
  await next.ended;
  const left = (): number =>
    rowsIn(folder, "SELECT 1 FROM decisions WHERE asker = 'U0ANA' UNION ALL SELECT 1 FROM votes").length;
  expect(left()).toBeGreaterThan(0);
  await startBot({ slack, folder });
  await until(() => left() === 0 && rowsIn(folder, 'SELECT 1 FROM inbox').length === 0);
}, 60_000);

it('works on the command line, with the cards', async () => {
  const { slack, bot, folder } = await start();
  const card = await ask(bot, slack, ANA);
  await bot.requests.press(BOB, control(card.call.args, 'vote_flask'), card.ts);
  bot.kill();
  await bot.ended;
  const env = { DATABASE_URL: 'bot.db' };
  const whom = ['--tenant', 'T0ONE', '--person', 'U0ANA'];
  const printed = await runCommand('person', whom, { folder, env });
  expect(JSON.parse(printed.stdout)).toMatchObject([
    { asked: true, rounds: [{ number: 1, answers: { admin: 'yes' } }], decidesNext: 'admins' },
  ]);
  const deleted = await runCommand('person', [...whom, '--delete', '--cards'], { folder, env });
  expect([deleted.code, deleted.stderr]).toEqual([0, 'Deleted in 1 decision.\n']);
  expect(rowsIn(folder, 'SELECT status, asker FROM decisions')).toEqual([
    { status: 'deleted', asker: 'somebody' },
  ]);
  await startBot({ slack, folder });
  await slack.until(({ method, args }) => method === 'chat.delete' && args.ts === card.ts);
}, 30_000);
