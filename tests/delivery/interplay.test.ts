import { describe, expect, it } from 'vitest';
import { cardMessage } from '../../src/features/card/message.ts';
import { startBot, type TestBot } from '../support/bot.ts';
import {
  command,
  filledIn,
  homeOpened,
  mention,
  messageShortcut,
  submit,
  submitAnswers,
  submitDialog,
  submitReason,
} from '../support/payloads.ts';
import { blockOf, CARD_TS, menu, openedView, pressed, told, withCard } from '../support/posted-card.ts';
import type { Answer } from '../support/slack.ts';
import { smallRubric as rubric } from '../support/small-rubric.ts';

const UPLOAD = 'https://files.slack.test/upload/v1/abc';
interface Decided {
  readonly outcome?: string;
  readonly rationale?: string;
  readonly revisit?: string | null;
}

/** The state of a filled-in “Decide” dialog. */
const filled = ({ outcome = 'django', rationale = 'We know it.', revisit = null }: Decided = {}) => ({
  outcome: { choice: { type: 'radio_buttons', selected_option: { value: outcome } } },
  rationale: { text: { type: 'plain_text_input', value: rationale === '' ? null : rationale } },
  revisit: { date: { type: 'datepicker', selected_date: revisit } },
});
async function decideIt(bot: TestBot, block: string, values: Decided = {}, user = 'U1') {
  await bot.deliver(pressed('decide', block, user));
  bot.slack.next('files.getUploadURLExternal', { answer: { upload_url: UPLOAD, file_id: 'F1' } });
  return bot.deliver(submitDialog(openedView(bot), filled(values), user));
}
async function settle(bot: TestBot, n = 20, ms = 15_000): Promise<void> {
  for (let i = 0; i < n; i++) {
    bot.clock.advance(ms);
    await bot.bot.idle();
  }
}
const idOf = (block: string) => block.replace('decision:', '');
const keyOf = (block: string) => ({ tenant: 'T1', decision: idOf(block) });
async function again(bot: TestBot, old: string, viewId: string) {
  await bot.deliver(menu('supersede', old));
  const view = openedView(bot);
  const before = bot.slack.of('chat.postMessage').length;
  await bot.deliver(filledIn(view as never, { answers: { parts: 'many', screens: 'office' }, viewId }));
  return blockOf(bot.slack.of('chat.postMessage')[before]?.blocks);
}
const status = async (bot: TestBot, block: string) =>
  (await bot.store.decisions.get('T1', idOf(block)))?.status;

describe('what happens while something else is on its way', () => {
  it('vote while chat.postMessage is unanswered is on the card in the end', async () => {
    const bot = await startBot();
    const { promise, resolve } = Promise.withResolvers<Answer>();
    bot.slack.next('chat.postMessage', { hold: promise });
    const { done } = bot.start(submit());
    await expect.poll(() => bot.slack.of('chat.postMessage')).toHaveLength(1);
    const block = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
    const v = bot.start(pressed('vote_django', block, 'U2'));
    await expect.poll(() => told(bot)).toHaveLength(1);
    expect(told(bot)[0]?.text).toContain('You voted for');
    resolve({ answer: { channel: 'C1', ts: CARD_TS } });
    await Promise.all([done, v.done]);
    await settle(bot);
    expect(bot.slack.of('chat.update').at(-1)?.text ?? 'never updated').toContain('Django 1: <@U2>.');
  });

  it('reopened while the announcement is in flight: thread hears of it', async () => {
    const { bot, block } = await withCard();
    const { promise, resolve } = Promise.withResolvers<Answer>();
    bot.slack.next('chat.postMessage', { hold: promise });
    await bot.deliver(pressed('decide', block));
    bot.slack.next('files.getUploadURLExternal', { answer: { upload_url: UPLOAD, file_id: 'F1' } });
    const a = bot.start(submitDialog(openedView(bot), filled()));
    await a.acknowledged;
    await expect.poll(() => bot.slack.of('chat.postMessage')).toHaveLength(1);
    const b = bot.start(menu('reopen', block));
    await expect.poll(() => told(bot)).toHaveLength(1);
    resolve({ answer: { channel: 'C1', ts: '1795424400.000077' } });
    await a.done;
    await b.done;
    await settle(bot);
    expect(
      bot.slack
        .of('chat.postMessage')
        .map((m) => String(m.text))
        .join('\n'),
    ).toContain('reopened the decision');
  });

  it('file of the second decision is uploaded although the first is in flight', async () => {
    const { bot, block } = await withCard();
    const { promise, resolve } = Promise.withResolvers<Answer>();
    bot.slack.next('files.getUploadURLExternal', { hold: promise });
    await bot.deliver(pressed('decide', block));
    const view = openedView(bot);
    const a = bot.start(submitDialog(view, filled({ outcome: 'django' })));
    await a.acknowledged;
    await expect.poll(() => bot.slack.of('files.getUploadURLExternal')).toHaveLength(1);
    const b = bot.start(menu('reopen', block));
    await expect.poll(() => told(bot)).toHaveLength(1);
    const c = bot.start(submitDialog(view, filled({ outcome: 'flask' })));
    await c.acknowledged;
    bot.slack.next('files.getUploadURLExternal', { answer: { upload_url: UPLOAD, file_id: 'F2' } });
    resolve({ answer: { upload_url: UPLOAD, file_id: 'F1' } });
    await Promise.all([a.done, b.done, c.done]);
    await settle(bot);
    expect(await status(bot, block)).toBe('decided');
    expect(bot.slack.of('files.getUploadURLExternal').at(-1)?.filename).toContain('0001-flask');
  });

  it('two edits before Slack takes the word: thread hears of both', async () => {
    const { bot, block } = await withCard({ answers: { screens: 'office', parts: 'few' } });
    bot.slack.next('chat.postMessage', { status: 503 });
    await bot.deliver(menu('edit', block));
    await bot.deliver(submitAnswers(openedView(bot), { parts: 'many' }, 'U1'));
    await bot.deliver(menu('edit', block));
    await bot.deliver(submitAnswers(openedView(bot), { screens: 'none' }, 'U1'));
    await settle(bot, 10);
    const all = bot.slack
      .of('chat.postMessage')
      .slice(1)
      .map((m) => String(m.text))
      .join('\n');
    expect(all).toContain('parts');
    expect(all).toMatch(/back office/i);
  });

  it('restart in the same minute keeps to fifty updates', async () => {
    let bot = await startBot();
    const blocks: string[] = [];
    for (let i = 0; i < 20; i++) {
      await bot.deliver(submit({ viewId: `V${i}`, project: `P${i}` }));
    }
    for (const { blocks: of } of bot.slack.of('chat.postMessage')) {
      const block = blockOf(of);
      if (block !== '' && !blocks.includes(block)) blocks.push(block);
    }
    let n = 0;
    for (let r = 0; r < 4; r++) {
      for (const b of blocks) await bot.deliver(pressed(r % 2 ? 'vote_flask' : 'vote_django', b, 'U2'));
      n += bot.slack.of('chat.update').length;
      bot.clock.advance(2_000);
      bot = await bot.restart();
    }
    expect(n).toBeLessThanOrEqual(50);
  });
});

describe('decisions that replace each other', () => {
  it('deleting an undecided second successor leaves the first in force', async () => {
    const { bot, block: a } = await withCard();
    await decideIt(bot, a);
    const b = await again(bot, a, 'V9');
    const c = await again(bot, a, 'V10');
    await decideIt(bot, b, { outcome: 'flask' });
    expect(await status(bot, a)).toBe('superseded');
    await bot.deliver(menu('delete', c));
    await bot.deliver(submitDialog(openedView(bot), {}));
    expect(await status(bot, b)).toBe('decided');
    expect(await status(bot, a)).toBe('superseded');
  });

  it('deleting the middle of a chain does not bring the first back', async () => {
    const { bot, block: a } = await withCard();
    await decideIt(bot, a);
    const b = await again(bot, a, 'V9');
    await decideIt(bot, b, { outcome: 'flask' });
    const c = await again(bot, b, 'V10');
    await decideIt(bot, c, { outcome: 'both' });
    await bot.deliver(menu('delete', b));
    await bot.deliver(submitDialog(openedView(bot), {}));
    expect([await status(bot, c), await status(bot, a)]).toEqual(['decided', 'superseded']);
  });

  it('an old decision that holds again is reminded of on its day', async () => {
    const { bot, block: a } = await withCard();
    await decideIt(bot, a, { revisit: '2026-12-24' });
    const b = await again(bot, a, 'V9');
    await decideIt(bot, b);
    bot.slack.calls.length = 0;
    await bot.deliver(menu('reopen', b));
    await settle(bot, 3);
    expect(
      bot.slack
        .of('chat.update')
        .map((u) => String(u.text))
        .some((t) => /^Review on <!date/m.test(t) && /^.*: Django, decided\./.test(t)),
    ).toBe(true);
    bot.slack.calls.length = 0;
    bot.clock.advance(60 * 86_400_000);
    await bot.bot.idle();
    await settle(bot, 3);
    expect(
      bot.slack
        .of('chat.postMessage')
        .map((m) => String(m.text))
        .join(),
    ).toContain('it’s time to review');
  });

  it('the successor’s card does not go on quoting a deleted predecessor', async () => {
    const { bot, block: a } = await withCard();
    await decideIt(bot, a);
    bot.slack.next('chat.postMessage', { answer: { channel: 'C1', ts: '1795424400.000099' } });
    const b = await again(bot, a, 'V9');
    await decideIt(bot, b, { outcome: 'flask' });
    await settle(bot, 5);
    const last = () =>
      bot.slack
        .of('chat.update')
        .filter((u) => u.ts === '1795424400.000099')
        .at(-1)?.text;
    expect(last()).toContain('eplaces');
    await bot.deliver(menu('delete', a));
    await bot.deliver(submitDialog(openedView(bot), {}));
    await settle(bot, 5);
    const fresh = await bot.store.discussions.get(keyOf(b));
    expect(last()).toBe(fresh && cardMessage(rubric, fresh).text);
  });

  it('sentences on a superseded card', async () => {
    const { bot, block: a } = await withCard();
    await decideIt(bot, a);
    const b = await again(bot, a, 'V9');
    await decideIt(bot, b, { outcome: 'flask' });
    const says: string[] = [];
    for (const press of [
      menu('reopen', a),
      menu('export', a),
      pressed('decide', a),
      pressed('snooze', a),
      menu('supersede', a),
    ]) {
      await bot.deliver(press);
      says.push(String(told(bot).at(-1)?.text));
    }
    for (const said of says)
      expect(said).toContain('A newer decision replaced this one, and the card links to it.');
    const { acks } = await bot.deliver(command('history'));
    expect(JSON.stringify(acks)).toContain(' → Django (replaced)');
  });

  it('Home of people of the replaced decision is refreshed', async () => {
    const { bot, block: a } = await withCard();
    await bot.deliver(homeOpened({ user: 'U2' }));
    await bot.deliver(pressed('vote_django', a, 'U2'));
    await decideIt(bot, a);
    const b = await again(bot, a, 'V9');
    await decideIt(bot, b, { outcome: 'flask' });
    await settle(bot, 5);
    const last = JSON.stringify(
      bot.slack
        .of('views.publish')
        .filter((v) => v.user_id === 'U2')
        .at(-1),
    );
    expect(last).toContain(' · replaced');
  });

  it('a card asked again in a message’s thread stays in that thread', async () => {
    const bot = await startBot();
    await bot.deliver(messageShortcut({ ts: '1795424300.000002' }));
    await bot.deliver(filledIn(openedView(bot) as never, { viewId: 'V1' }));
    expect(bot.slack.of('chat.postMessage')[0]?.thread_ts).toBe('1795424300.000002');
    const block = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
    await decideIt(bot, block);
    await bot.deliver(menu('supersede', block));
    const n = bot.slack.of('chat.postMessage').length;
    await bot.deliver(filledIn(openedView(bot) as never, { viewId: 'V9' }));
    expect(bot.slack.of('chat.postMessage')[n]?.thread_ts).toBe('1795424300.000002');
  });

  it('of two that were to replace the same one, the later replaces the earlier', async () => {
    const { bot, block: a } = await withCard({ deciders: ['U1'] });
    await decideIt(bot, a);
    const b = await again(bot, a, 'V9');
    const c = await again(bot, a, 'V10');
    await decideIt(bot, b, { outcome: 'flask' });
    await decideIt(bot, c, { outcome: 'both' });
    expect([await status(bot, b), await status(bot, c)].filter((s) => s === 'decided')).toHaveLength(1);
  });
});

describe('what is deleted', () => {
  it('delete removes what a check has said in the thread', async () => {
    const { bot, block } = await withCard({
      project: 'Secret portal',
      answers: { screens: 'office', parts: 'some' },
    });
    await decideIt(bot, block, { revisit: '2026-11-26' });
    bot.slack.next('chat.postMessage', { answer: { channel: 'C1', ts: '1795424400.000055' } });
    await settle(bot, 1, 4 * 86_400_000);
    await bot.deliver(pressed('revisit_check', block));
    bot.slack.next('chat.postMessage', { answer: { channel: 'C1', ts: '1795424400.000066' } });
    await bot.deliver(submitAnswers(openedView(bot), {}, 'U1'));
    expect(bot.slack.of('chat.postMessage').at(-1)?.text).toContain('Secret portal');
    bot.slack.next('chat.postMessage', { answer: { channel: 'C1', ts: '1795424400.000067' } });
    await bot.deliver(
      mention('<@U0BOT> what about the admin?', { thread_ts: CARD_TS, ts: '1795424500.000009' }),
    );
    await bot.deliver(menu('delete', block));
    await bot.deliver(submitDialog(openedView(bot), {}));
    await settle(bot, 5);
    const removed = bot.slack.of('chat.delete').map(({ ts }) => ts);
    expect(removed).toContain('1795424400.000066');
    expect(removed).toContain('1795424400.000067');
  });

  it('delete: a file that cannot be removed does not keep a later one', async () => {
    const { bot, block } = await withCard();
    await decideIt(bot, block);
    await settle(bot, 30);
    bot.slack.next('files.getUploadURLExternal', { answer: { upload_url: UPLOAD, file_id: 'F2' } });
    await bot.deliver(menu('export', block));
    await bot.deliver(menu('delete', block));
    bot.slack.next('files.delete', { error: 'cant_delete_file' });
    await bot.deliver(submitDialog(openedView(bot), {}));
    await settle(bot, 5);
    expect(bot.slack.of('files.delete')).toEqual([{ file: 'F1' }, { file: 'F2' }]);
  });

  it('voter’s Home forgets a deleted decision', async () => {
    const { bot, block } = await withCard({ project: 'Secret portal' });
    await bot.deliver(homeOpened({ user: 'U2' }));
    await bot.deliver(pressed('vote_django', block, 'U2'));
    await bot.deliver(menu('delete', block));
    await bot.deliver(submitDialog(openedView(bot), {}));
    await settle(bot, 5);
    const last = bot.slack
      .of('views.publish')
      .filter((v) => v.user_id === 'U2')
      .at(-1);
    expect(JSON.stringify(last)).not.toContain('Secret portal');
  });
});

describe('what people read', () => {
  it('a reason written for Django is not shown for Flask', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(pressed('vote_django', block, 'U2'));
    await bot.deliver(pressed('add_reason', block, 'U2'));
    const view = openedView(bot);
    expect(JSON.stringify(view)).toContain('Why Django?');
    await bot.deliver(pressed('vote_flask', block, 'U2'));
    await bot.deliver(submitReason(view, 'its admin saves us months', 'U2'));
    await settle(bot, 2);
    expect(bot.slack.of('chat.update').at(-1)?.text).toMatch(/Flask 1: <@U2>\.$/m);
  });

  it('deadline reminders come back after reopening', async () => {
    const { bot, block } = await withCard({ voteUntil: Date.UTC(2026, 10, 27, 9) });
    await decideIt(bot, block);
    await bot.deliver(menu('reopen', block));
    await settle(bot, 3);
    expect(bot.slack.of('chat.update').at(-1)?.text).toContain('Vote by <!date^1795770000^');
    bot.slack.calls.length = 0;
    bot.clock.advance(10 * 86_400_000);
    await bot.bot.idle();
    await settle(bot, 3);
    expect(bot.slack.of('chat.postMessage').length).toBeGreaterThan(0);
  });

  it('rationale of 1,500 emoji is kept whole', async () => {
    const { bot, block } = await withCard();
    await decideIt(bot, block, { rationale: '🍰'.repeat(1_500) });
    const d = await bot.store.discussions.get(keyOf(block));
    expect([...(d?.record?.rationale ?? '')]).toHaveLength(1_500);
  });

  it('the file that cannot be uploaded is told', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(pressed('decide', block));
    bot.slack.next('files.getUploadURLExternal', { error: 'missing_scope' });
    await bot.deliver(submitDialog(openedView(bot), filled()));
    await settle(bot, 20, 60_000);
    expect(
      bot.slack.of('files.getUploadURLExternal').length + bot.slack.of('chat.postEphemeral').length,
    ).toBeGreaterThan(1);
  });

  it('own answers from before the edit are marked as the dialog says', async () => {
    const { bot, block } = await withCard({ answers: { screens: 'office', parts: 'few' } });
    await bot.deliver(pressed('add_answers', block, 'U2'));
    await bot.deliver(submitAnswers(openedView(bot), { parts: 'many', screens: 'none' }, 'U2'));
    await bot.deliver(menu('edit', block));
    expect(JSON.stringify(openedView(bot))).toContain('others’ answers stay, marked');
    await bot.deliver(submitAnswers(openedView(bot), { tools: 'own' }, 'U1'));
    await settle(bot, 3);
    const all =
      JSON.stringify(bot.slack.of('chat.update').at(-1)) +
      JSON.stringify(bot.slack.of('chat.postMessage').at(-1));
    expect(all).toContain('before the edit');
  });

  it('decide dialog shows the hidden answers to the decider', async () => {
    const { bot, block } = await withCard({ hide: true, answers: { screens: 'office', parts: 'few' } });
    await bot.deliver(pressed('add_answers', block, 'U2'));
    await bot.deliver(submitAnswers(openedView(bot), { parts: 'many', screens: 'none' }, 'U2'));
    for (let i = 0; i < 12; i++) await bot.deliver(pressed('vote_django', block, `U${100 + i}`));
    await bot.deliver(pressed('decide', block));
    const v = JSON.stringify(openedView(bot));
    expect(v).toContain('"user_id":"U2"');
  });

  it('decide dialog shows every hidden vote and reason whole', async () => {
    const { bot, block } = await withCard({ hide: true });
    for (let i = 0; i < 12; i++) await bot.deliver(pressed('vote_django', block, `U${100 + i}`));
    await bot.deliver(pressed('decide', block));
    expect(JSON.stringify(openedView(bot)).match(/"user_id":"U1\d\d"/g)).toHaveLength(12);
  });

  it('errors on fields carry no raw mention', async () => {
    const { bot, block } = await withCard({ deciders: ['U5'] });
    await bot.deliver(pressed('decide', block, 'U5'));
    const { acks } = await bot.deliver(submitDialog(openedView(bot), filled(), 'U8'));
    expect(JSON.stringify(acks)).not.toContain('<@');
  });

  it('reopen refused on a decided card does not say that one can vote', async () => {
    const { bot, block } = await withCard();
    await decideIt(bot, block);
    await bot.deliver(menu('reopen', block, 'U4'));
    expect(told(bot).at(-1)?.text).not.toContain('You can vote');
  });

  it('the newer rules can be taken over by an unchanged edit, as the dialog says', async () => {
    const { bot, block } = await withCard({ answers: { screens: 'office', parts: 'few' } });
    const before = await bot.store.discussions.get(keyOf(block));
    if (!before) throw new Error('no decision');
    const old = {
      ...before.decision.round,
      answers: { screens: 'office' },
      advice: { ...before.decision.round.advice, rubricVersion: '0.0.1' },
    };
    await bot.store.discussions.edit(keyOf(block), old);
    await bot.deliver(menu('edit', block));
    const { acks } = await bot.deliver(submitAnswers(openedView(bot), {}, 'U1'));
    expect(acks).toEqual([undefined]);
  });

  it('an export pressed again and again does not fill the thread with copies', async () => {
    const { bot, block } = await withCard();
    await decideIt(bot, block);
    for (let i = 0; i < 10; i++) {
      bot.slack.next('files.getUploadURLExternal', { answer: { upload_url: UPLOAD, file_id: `F${i}` } });
      await bot.deliver(menu('export', block, 'U9'));
    }
    expect(bot.slack.of('files.completeUploadExternal').length).toBe(1);
  });
});

describe('cards that Slack does not take', () => {
  it('retries an update after a wrong token', async () => {
    const { bot, block } = await withCard();
    bot.slack.next('chat.update', { error: 'invalid_auth' });
    await bot.deliver(pressed('vote_django', block, 'U2'));
    const next = await bot.restart();
    await settle(next, 100, 60_000);
    expect(next.slack.of('chat.update')).toHaveLength(1);
  });

  it('retries an update after a proxy breaks the connection', async () => {
    const { bot, block } = await withCard();
    bot.slack.next('chat.update', { status: 408 });
    await bot.deliver(pressed('vote_django', block, 'U2'));
    await settle(bot, 100, 60_000);
    expect(bot.slack.of('chat.update')).toHaveLength(2);
  });

  it('in an archived channel, where Slack takes no private word either, the asker’s Home says it', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(homeOpened());
    bot.slack.next('chat.update', { error: 'is_archived' });
    bot.slack.next('chat.postEphemeral', ...Array.from({ length: 50 }, () => ({ error: 'is_archived' })));
    await bot.deliver(pressed('vote_django', block, 'U2'));
    await settle(bot, 5);
    const home = bot.slack
      .of('views.publish')
      .filter(({ user_id }) => user_id === 'U1')
      .at(-1);
    expect(JSON.stringify(home)).toContain('card out of date: the channel is archived');
  });
});

describe('deciders who never can decide', () => {
  it('a bot user as the only decider does not lock the decision', async () => {
    const { bot, block } = await withCard({ deciders: ['U0BOT'] });
    bot.slack.next('users.info', { answer: { user: { is_bot: true } } });
    await bot.deliver(pressed('decide', block));
    expect(told(bot).at(-1)?.text ?? '').not.toContain('Only');
  });

  it('a person whom Slack no longer knows doesn’t lock the decision', async () => {
    const { bot, block } = await withCard({ deciders: ['U5'] });
    bot.slack.next('users.info', { error: 'user_not_found' });
    await bot.deliver(pressed('decide', block));
    expect(told(bot)).toEqual([]);
  });
});
