// Backups: everything people typed comes back, and after a restore the cards show what the database has.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { newFolder, type RunningBot, runCommand, startBot } from './client/bot.ts';
import { rowsIn } from './client/database.ts';
import { textIn } from './client/requests.ts';
import { type FakeSlack, type JsonObject, startSlack } from './client/slack.ts';
import { ANA, ask, BOB, CAT, type Card, commandDialog, control, openFrom } from './client/team.ts';

const ENV = { DATABASE_URL: 'bot.db' };
/** Characters that some programs take for the end of a line, a file or a string. */
const RISKY = 'a\u2028b\u2029c\u0085d\ve\ff\ufeffg"h\\i\u001aj\ttab\r\nk';

async function started(): Promise<{ slack: FakeSlack; folder: string; bot: RunningBot }> {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const folder = newFolder();
  return { slack, folder, bot: await startBot({ slack, folder }) };
}

async function decide(bot: RunningBot, slack: FakeSlack, card: Card, rationale: string): Promise<void> {
  const view = await openFrom(bot, slack, ANA, control(card.call.args, 'decide'), card.ts);
  const answer = await bot.requests.submit(ANA, view, {
    outcome: { choice: { type: 'radio_buttons', selected_option: { value: 'flask' } } },
    rationale: { text: { type: 'plain_text_input', value: rationale } },
  });
  expect(answer).toEqual({ status: 200, body: null });
}

async function giveReason(bot: RunningBot, slack: FakeSlack, card: Card, reason: string): Promise<void> {
  await bot.requests.press(BOB, control(card.call.args, 'vote_flask'), card.ts);
  const reply = await slack.until((call) => call.method === 'response_url' && /vote/.test(textIn(call.args)));
  const view = await openFrom(bot, slack, BOB, control(reply.args, 'add_reason'), null);
  const answer = await bot.requests.submit(BOB, view, {
    reason: { text: { type: 'plain_text_input', value: reason } },
  });
  expect(answer).toEqual({ status: 200, body: null });
}

async function stop(bot: RunningBot): Promise<void> {
  bot.kill();
  expect(await bot.ended).toBe(0);
}

it('imports its own export, with any characters', async () => {
  const { slack, folder, bot } = await started();
  const card = await ask(bot, slack, ANA, { project: `Project ${RISKY}` });
  await giveReason(bot, slack, card, `Reason ${RISKY}`);
  await decide(bot, slack, card, `Pasted:\u2028second line ${RISKY}`);
  await stop(bot);
  const tables = ['decisions', 'votes', 'records', 'rounds'];
  const before = tables.map((table) => rowsIn(folder, `SELECT * FROM ${table}`));
  expect(JSON.stringify(before)).toContain('Pasted:\u2028second line');

  const { stdout } = await runCommand('export', [], { folder, env: ENV });
  const other = newFolder();
  for (const input of [stdout, stdout.replaceAll('\n', '\r\n')]) {
    const file = input === stdout ? 'a.db' : 'b.db';
    const imported = await runCommand('import', [], { folder: other, env: { DATABASE_URL: file }, input });
    expect([imported.code, imported.stderr]).toEqual([0, '']);
    expect(tables.map((table) => rowsIn(other, `SELECT * FROM ${table}`, file))).toEqual(before);
  }
});

/** The last text that Slack shows for a card. */
const shown = (slack: FakeSlack, ts: string): string =>
  textIn(slack.of('chat.update').findLast((call) => call.args.ts === ts)?.args ?? null);

it.each(['export and import', 'a copy of the file and migrate --restored'])(
  'redraws every card after a restore with %s',
  async (how) => {
    const { slack, folder, bot } = await started();
    const cards = [await ask(bot, slack, ANA), await ask(bot, slack, ANA, { project: 'Second' })];
    const [card, second] = cards as [Card, Card];
    await bot.requests.press(BOB, control(card.call.args, 'vote_django'), card.ts);
    await slack.until((call) => call.method === 'chat.update' && call.args.ts === card.ts);

    const restoredIn = newFolder();
    let backup = '';
    if (how === 'export and import') backup = (await runCommand('export', [], { folder, env: ENV })).stdout;
    else {
      const db = new DatabaseSync(join(folder, 'bot.db'), { readOnly: true, timeout: 5_000 });
      db.exec(`VACUUM INTO '${join(restoredIn, 'bot.db')}'`);
      db.close();
    }

    await bot.requests.press(CAT, control(second.call.args, 'vote_flask'), second.ts);
    await decide(bot, slack, card, 'After the backup');
    await slack.until(
      (call) =>
        call.method === 'chat.update' &&
        call.args.ts === card.ts &&
        /After the backup/.test(textIn(call.args)),
    );
    await slack.until((call) => call.method === 'chat.update' && call.args.ts === second.ts);
    await stop(bot);

    const env = ENV;
    const restore =
      how === 'export and import'
        ? await runCommand('import', [], { folder: restoredIn, env, input: backup })
        : await runCommand('migrate', ['--restored'], { folder: restoredIn, env });
    expect([restore.code, restore.stderr]).toEqual([0, '']);
    if (how !== 'export and import') expect(restore.stdout).toContain('The bot redraws every card');

    const updates = slack.of('chat.update').length;
    const again = await startBot({ slack, folder: restoredIn });
    const redrawn = (ts: string) => (call: { method: string; args: JsonObject }) =>
      call.method === 'chat.update' &&
      call.args.ts === ts &&
      slack.of('chat.update').indexOf(call as never) >= updates;
    await slack.until(redrawn(card.ts));
    await slack.until(redrawn(second.ts));
    expect(shown(slack, card.ts)).not.toContain('After the backup');
    expect(shown(slack, card.ts)).toContain('U0BOB');
    expect(shown(slack, second.ts)).not.toContain('U0CAT');
    await stop(again);
  },
);

it('finds a card that was posted after the backup, once a person uses it', async () => {
  const { slack, folder, bot } = await started();
  slack.on('chat.postMessage', () => ({ ok: false, error: 'is_archived' }));
  const view = await commandDialog(bot, slack, ANA, 'Late');
  await bot.requests.submit(ANA, view, {
    stage: { answer: { type: 'static_select', selected_option: { value: 'mvp' } } },
  });
  const card = (await slack.until((call) => textIn(call.args).includes('Late') && 'channel' in call.args))
    .args;
  await stop(bot);
  expect(rowsIn(folder, "SELECT state FROM posts WHERE kind = 'card'")).toEqual([{ state: 'refused' }]);
  slack.on('chat.postMessage', () => ({ ok: true, channel: 'C0WEB', ts: '1700000999.000100' }));

  const again = await startBot({ slack, folder });
  await again.requests.press(BOB, control(card, 'vote_django'), '1700000555.000100');
  await slack.until(
    (call) =>
      call.method === 'chat.update' &&
      call.args.ts === '1700000555.000100' &&
      /U0BOB/.test(textIn(call.args)),
  );
  await stop(again);
});

it('migrate refuses an unknown option and changes nothing', async () => {
  const { slack, folder, bot } = await started();
  await ask(bot, slack, ANA);
  await stop(bot);
  copyFileSync(join(folder, 'bot.db'), join(folder, 'copy.db'));
  const { code, stderr } = await runCommand('migrate', ['--restore'], { folder, env: ENV });
  expect(code).not.toBe(0);
  expect(stderr).toContain('--restore');
  expect(rowsIn(folder, 'SELECT * FROM card_updates')).toEqual(
    rowsIn(folder, 'SELECT * FROM card_updates', 'copy.db'),
  );
});
