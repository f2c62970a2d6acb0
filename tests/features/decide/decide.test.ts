import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { checkMessage, checkView } from '../../../packages/local-slack/rules/limits.ts';
import { intakeModal } from '../../../src/features/ask/dialog.ts';
import { startBot, type TestBot } from '../../support/bot.ts';
import { command, filledIn, submit, submitDialog } from '../../support/payloads.ts';
import { blockOf, CARD_TS, menu, openedView, pressed, told, withCard } from '../../support/posted-card.ts';
import { smallRubric as rubric } from '../../support/small-rubric.ts';

const UPLOAD = 'https://files.slack.test/upload/v1/abc';

interface Filled {
  outcome?: string;
  rationale?: string;
  revisit?: string | null;
}
const filled = ({ outcome = 'django', rationale = 'We know it.', revisit = null }: Filled = {}) => ({
  outcome: { choice: { type: 'radio_buttons', selected_option: { value: outcome } } },
  rationale: { text: { type: 'plain_text_input', value: rationale === '' ? null : rationale } },
  revisit: { date: { type: 'datepicker', selected_date: revisit } },
});

/** Decides as somebody would, with files accepted. */
async function decideIt(bot: TestBot, block: string, values: Filled = {}, user = 'U1') {
  await bot.deliver(pressed('decide', block, user));
  bot.slack.next('files.getUploadURLExternal', { answer: { upload_url: UPLOAD, file_id: 'F1' } });
  return bot.deliver(submitDialog(openedView(bot), filled(values), user));
}

describe('deciding', () => {
  it('turns the card into the record, tells the channel, and puts the record as a file into the thread', async () => {
    const { bot, block } = await withCard({ answers: { screens: 'office', parts: 'some' } });
    await bot.deliver(pressed('vote_flask', block, 'U2'));
    bot.clock.advance(2_000);
    bot.slack.calls.length = 0;
    const ana = { profile: { display_name: 'Ana Lima' }, tz: 'Pacific/Kiritimati' };
    bot.slack.next('users.info', { answer: { user: ana } });
    const { acks } = await decideIt(bot, block, { rationale: 'We *know* it.\nAnd <!channel> too.' });
    expect(acks).toEqual([undefined]);
    expect(checkView(openedView(bot))).toEqual([]);

    const [update] = bot.slack.of('chat.update');
    expect(update).toMatchObject({ channel: 'C1', ts: CARD_TS });
    expect(checkMessage({ text: String(update?.text), blocks: update?.blocks as never })).toEqual([]);
    expect(update?.text).toContain('⁩: Django, decided.');
    expect(update?.text).toContain('Record 0001 in the thread.');
    expect(update?.text).toContain('Against the vote (1 to 0 for Flask).');
    expect(update?.text).not.toContain('<!channel>');
    expect(JSON.stringify(update)).not.toContain('vote_django');

    const [announced] = bot.slack.of('chat.postMessage');
    expect(announced).toMatchObject({ channel: 'C1', thread_ts: CARD_TS, reply_broadcast: true });
    expect(announced?.text).toMatch(
      /^<@U1> decided on Django for .*, against the vote \(1 to 0 for Flask\)\.\n> /,
    );

    const [asked] = bot.slack.of('files.getUploadURLExternal');
    expect(asked?.filename).toBe('0001-django-for-billing-portal.md');
    const file = String(bot.slack.of(UPLOAD)[0]?.body);
    expect(Number(asked?.length)).toBe(new TextEncoder().encode(file).length);
    expect(parseDocument(/^---\n(.*?)\n---/s.exec(file)?.[1] ?? '').errors).toEqual([]);
    expect(file).toMatch(/Ana Lima/);
    expect(file).toContain('\ndate: 2026-11-23\n');
    expect(bot.slack.of('files.completeUploadExternal')[0]).toMatchObject({
      channel_id: 'C1',
      thread_ts: CARD_TS,
      initial_comment: expect.stringMatching(
        /^Save this record for .*Billing portal.* in the project’s repository\.$/,
      ),
    });
  });

  it('is what the channel’s history says from then on', async () => {
    const { bot, block } = await withCard({ answers: { screens: 'office', parts: 'some' } });
    await decideIt(bot, block, { outcome: 'flask' });
    const { acks } = await bot.deliver(command('history'));
    expect(JSON.stringify(acks)).toMatch(/Billing portal.* → Flask · you asked · /);
  });

  it('is for those who were named; others are told who that is', async () => {
    const { bot, block } = await withCard({ deciders: ['U5', 'U6'] });
    await bot.deliver(pressed('decide', block, 'U1'));
    expect(bot.slack.of('views.open')).toEqual([]);
    expect(told(bot)[0]?.text).toBe('Only <@U5> and <@U6> can do this. You can still vote.');
    await bot.deliver(pressed('decide', block, 'U6'));
    expect(bot.slack.of('views.open')).toHaveLength(1);
  });

  it('falls to the asker when all of those have left, and to admins when the asker has, too', async () => {
    const { bot, block } = await withCard({ deciders: ['U5'] });
    const gone = { answer: { user: { deleted: true } } };
    bot.slack.next('users.info', gone);
    await bot.deliver(pressed('decide', block, 'U1'));
    expect(bot.slack.of('views.open')).toHaveLength(1);
    bot.slack.next('users.info', gone, gone, { answer: { user: { is_admin: false } } });
    await bot.deliver(pressed('decide', block, 'U8'));
    expect(bot.slack.of('views.open')).toHaveLength(1);
    bot.slack.next('users.info', gone, gone, { answer: { user: { is_admin: true } } });
    await bot.deliver(pressed('decide', block, 'U8'));
    expect(bot.slack.of('views.open')).toHaveLength(2);
    bot.slack.next('users.info', { network: 'ECONNRESET' });
    await bot.deliver(pressed('decide', block, 'U1'));
    expect(bot.slack.of('views.open')).toHaveLength(2);
  });

  it('does not wait for a Slack that does not say who has left', async () => {
    const { bot, block } = await withCard({ deciders: ['U5'] });
    bot.slack.next('users.info', { hold: new Promise(() => {}) });
    const { done } = bot.start(pressed('decide', block, 'U1'));
    await expect.poll(() => bot.slack.of('users.info')).toHaveLength(1);
    bot.clock.advance(2_000);
    await done;
    expect(told(bot)[0]?.text).toContain('Only <@U5> can do this');
  });

  it('twice at once decides once; the second one keeps what was typed', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(pressed('decide', block));
    const view = openedView(bot);
    bot.slack.next('files.getUploadURLExternal', { answer: { upload_url: UPLOAD, file_id: 'F1' } });
    const first = await bot.deliver(submitDialog(view, filled()));
    const second = await bot.deliver(submitDialog(view, filled({ outcome: 'flask' })));
    expect(first.acks).toEqual([undefined]);
    expect(second.acks).toEqual([
      {
        response_action: 'errors',
        errors: { outcome: expect.stringContaining('decided in the meantime') },
      },
    ]);
    expect(bot.slack.of('chat.postMessage')).toHaveLength(1);
  });

  it('refuses a day that has passed, on its field', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(pressed('decide', block));
    const { acks } = await bot.deliver(submitDialog(openedView(bot), filled({ revisit: '2026-11-23' })));
    expect(acks).toEqual([
      { response_action: 'errors', errors: { revisit: expect.stringContaining('in the future') } },
    ]);
  });

  it('ends the voting, and shows what was hidden', async () => {
    const { bot, block } = await withCard({ hide: true });
    await bot.deliver(pressed('vote_flask', block, 'U7'));
    expect(JSON.stringify(bot.slack.of('chat.update'))).not.toContain('U7');
    bot.clock.advance(2_000);
    await decideIt(bot, block);
    expect(JSON.stringify(openedView(bot))).toContain('"user_id":"U7"');
    expect(bot.slack.of('chat.update').at(-1)?.text).toContain(
      'Against the advice (Flask, likely) and the vote (1 to 0 for Flask).',
    );
    bot.slack.calls.length = 0;
    await bot.deliver(pressed('vote_django', block, 'U8'));
    expect(told(bot)[0]?.text).toContain('Voting is closed');
    await bot.deliver(pressed('decide', block));
    expect(told(bot).at(-1)?.text).toContain('Reopen');
  });

  it('numbers the records of a channel, and never gives a number twice', async () => {
    const bot = await startBot();
    const names: unknown[] = [];
    for (const [i, channel] of ['C1', 'C1', 'C2'].entries()) {
      bot.slack.calls.length = 0;
      await bot.deliver(submit({ project: `P${i}`, viewId: `V${i}`, channel }));
      const block = blockOf(bot.slack.of('chat.postMessage')[0]);
      await decideIt(bot, block);
      names.push(bot.slack.of('files.getUploadURLExternal')[0]?.filename);
      if (i === 0) {
        await bot.deliver(menu('delete', block));
        await bot.deliver(submitDialog(openedView(bot), {}));
      }
    }
    expect(names).toEqual(['0001-django-for-p0.md', '0002-django-for-p1.md', '0001-django-for-p2.md']);
  });

  it('repeats what Slack did not take: announcement and file come later, each once', async () => {
    const { bot, block } = await withCard();
    bot.slack.next('chat.postMessage', { status: 429, retryAfter: 20 });
    await bot.deliver(pressed('decide', block));
    bot.slack.next(
      'files.getUploadURLExternal',
      { status: 503 },
      { answer: { upload_url: UPLOAD, file_id: 'F1' } },
    );
    bot.slack.next(UPLOAD, { status: 500 });
    await bot.deliver(submitDialog(openedView(bot), filled()));
    for (let i = 0; i < 40; i++) {
      bot.slack.next('files.getUploadURLExternal', { answer: { upload_url: UPLOAD, file_id: 'F1' } });
      bot.clock.advance(5_000);
      await bot.bot.idle();
    }
    expect(bot.slack.of('chat.postMessage')).toHaveLength(2);
    expect(bot.slack.of('files.completeUploadExternal')).toHaveLength(1);
  });
});

describe('reopening', () => {
  it('opens the votes again, tells the thread, and keeps the number for the next decision', async () => {
    const { bot, block } = await withCard();
    await decideIt(bot, block);
    bot.clock.advance(2_000);
    bot.slack.calls.length = 0;
    await bot.deliver(menu('reopen', block));
    expect(bot.slack.of('chat.update').at(-1)?.text).not.toContain('decided.');
    expect(JSON.stringify(bot.slack.of('chat.update').at(-1))).toContain('vote_django');
    expect(bot.slack.of('chat.postMessage')[0]?.text).toContain('<@U1> reopened');
    await bot.deliver(menu('reopen', block));
    expect(told(bot).at(-1)?.text).toContain('already open');
    bot.clock.advance(2_000);
    await decideIt(bot, block, { outcome: 'flask' });
    expect(bot.slack.of('files.getUploadURLExternal').at(-1)?.filename).toBe(
      '0001-flask-for-billing-portal.md',
    );
  });

  it('is for those who decide', async () => {
    const { bot, block } = await withCard();
    await decideIt(bot, block);
    bot.slack.calls.length = 0;
    await bot.deliver(menu('reopen', block, 'U4'));
    expect(told(bot)[0]?.text).toContain('Only <@U1> can do this');
    expect(bot.slack.of('chat.update')).toEqual([]);
  });
});

describe('superseding', () => {
  /** Decided for Flask, then asked again with another answer. */
  async function askedAgain(): Promise<{ bot: TestBot; old: string; block: string }> {
    const { bot, block: old } = await withCard({ answers: { parts: 'few', screens: 'none', tools: 'own' } });
    await decideIt(bot, old, { outcome: 'flask', revisit: '2026-12-24' });
    bot.clock.advance(2_000);
    await bot.deliver(menu('supersede', old));
    const view = openedView(bot);
    expect(checkView(view)).toEqual([]);
    expect(JSON.stringify(view)).toMatch(/"value":"few"/);
    bot.slack.calls.length = 0;
    await bot.deliver(
      filledIn(view as never, { answers: { parts: 'many', screens: 'office' }, viewId: 'V9' }),
    );
    const block = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
    return { bot, old, block };
  }

  it('asks again with the earlier answers, and says what changed', async () => {
    const { bot, old, block } = await askedAgain();
    expect(block).not.toBe(old);
    const text = String(bot.slack.of('chat.postMessage')[0]?.text);
    expect(text).toMatch(/^Replaces <https:.*\|Flask>, decided on /m);
    expect(text).toMatch(/^Changed since then: A few parts → many parts\./m);
    expect(text).toMatch(/Only an API → back office\./);
    // Nothing is replaced before the new one is decided.
    expect(bot.slack.of('chat.update')).toEqual([]);
  });

  it('links both once the new one is decided, and reminds of the old one no more', async () => {
    const { bot, old, block } = await askedAgain();
    bot.slack.calls.length = 0;
    const place = (id: string) => ({ answer: { upload_url: UPLOAD, file_id: id } });
    bot.slack.next('files.getUploadURLExternal', place('F8'), place('F9'));
    await decideIt(bot, block);
    const texts = bot.slack.of('chat.update').map(({ text }) => String(text));
    expect(texts).toContainEqual(
      expect.stringMatching(/: was Flask, replaced\.\nReplaced by <.*\|Django>, /),
    );
    expect(texts).toContainEqual(expect.stringMatching(/: Django, decided\.\n.*\nReplaces <.*\|Flask>, /));
    // Both files: the new one links the old one, whose own says by which it was replaced.
    const files = bot.slack.of(UPLOAD).map(({ body }) => String(body));
    expect(files).toHaveLength(2);
    expect(files.some((file) => file.includes('status: "superseded by ADR-0002"'))).toBe(true);
    expect(
      files.some(
        (file) => file.includes('status: "accepted"') && file.includes('0001-flask-for-billing-portal.md'),
      ),
    ).toBe(true);
    bot.slack.calls.length = 0;
    bot.clock.advance(60 * 86_400_000);
    await bot.bot.idle();
    expect(bot.slack.of('chat.postMessage')).toEqual([]);
    await bot.deliver(menu('reopen', old));
    expect(told(bot).at(-1)?.text).not.toContain('open again');
  });

  it('refuses a dialog without answers', async () => {
    const { bot, block } = await withCard();
    await decideIt(bot, block);
    await bot.deliver(menu('supersede', block));
    const unsure = Object.fromEntries(rubric.questions.map(({ id }) => [id, 'unsure']));
    const { acks } = await bot.deliver(filledIn(openedView(bot) as never, { answers: unsure, viewId: 'V9' }));
    expect(acks).toEqual([{ response_action: 'errors', errors: { parts: 'Answer at least one question.' } }]);
  });

  it('goes into the same channel, since another one is not to read what was decided in the first', async () => {
    const { bot, block } = await withCard();
    await decideIt(bot, block);
    await bot.deliver(menu('supersede', block));
    const asked = JSON.stringify(openedView(bot));
    expect(asked).toContain('These are the earlier answers. Change what no longer holds.');
    expect(asked).not.toContain('"block_id":"channel"');
    bot.slack.calls.length = 0;
    // An earlier version of the bot asked for the channel.
    const supersedes = block.slice('decision:'.length);
    const view = intakeModal(rubric, {
      page: 'all',
      votingShown: true,
      project: 'Billing portal',
      answers: { parts: 'few' },
      deciders: [],
      supersedes,
    });
    const { acks } = await bot.deliver(filledIn(view, { channel: 'C2', viewId: 'V9' }));
    expect(acks).toEqual([
      {
        response_action: 'errors',
        errors: { channel: expect.stringContaining('must go into the same channel as the earlier one') },
      },
    ]);
    expect(bot.slack.of('chat.postMessage')).toEqual([]);
  });

  it.each(['reopen', 'delete'])('lets the old one hold again after “%s” on the new one', async (how) => {
    const { bot, block } = await askedAgain();
    await decideIt(bot, block);
    bot.clock.advance(2_000);
    bot.slack.calls.length = 0;
    await bot.deliver(menu(how, block));
    if (how === 'delete') await bot.deliver(submitDialog(openedView(bot), {}));
    const held = bot.slack.of('chat.update').map(({ text }) => String(text));
    expect(held).toContainEqual(expect.stringMatching(/^.*: Flask, decided\./));
  });

  it('is for those who decide', async () => {
    const { bot, block } = await withCard();
    await decideIt(bot, block);
    bot.slack.calls.length = 0;
    await bot.deliver(menu('supersede', block, 'U4'));
    expect(told(bot)[0]?.text).toContain('Only <@U1> can do this');
  });
});

describe('deleting', () => {
  it('asks first, then removes card, replies and file, and leaves nothing that people wrote', async () => {
    const { bot, block } = await withCard({ project: 'Secret portal' });
    await bot.deliver(pressed('vote_flask', block, 'U2'));
    bot.clock.advance(2_000);
    await decideIt(bot, block, { rationale: 'secret words' });
    await bot.deliver(menu('reopen', block));
    bot.slack.calls.length = 0;
    await bot.deliver(menu('delete', block));
    expect(checkView(openedView(bot))).toEqual([]);
    expect(bot.slack.methods()).toEqual(['views.open']);
    await bot.deliver(submitDialog(openedView(bot), {}));
    const removed = bot.slack.of('chat.delete').map(({ ts }) => ts);
    expect(removed).toHaveLength(4); // card, reasoning, "decided", "reopened"
    expect(removed).toContain(CARD_TS);
    expect(bot.slack.of('files.delete')).toEqual([{ file: 'F1' }]);
    await bot.deliver(pressed('vote_django', block));
    expect(told(bot).at(-1)?.text).toContain('This decision was deleted.');
    expect(
      await bot.store.decisions.listInChannel('T1', 'C1', { viewer: 'U1', words: [], offset: 0, limit: 9 }),
    ).toEqual([]);
  });

  it('is for the asker', async () => {
    const { bot, block } = await withCard({ deciders: ['U2'] });
    await bot.deliver(menu('delete', block, 'U2'));
    expect(told(bot)[0]?.text).toBe('Only the person who asked can delete this.');
    expect(bot.slack.of('views.open')).toEqual([]);
  });

  it('is repeated until Slack has removed everything; what is gone already does not matter', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(menu('delete', block));
    bot.slack.next('chat.delete', { error: 'message_not_found' }, { status: 503 });
    await bot.deliver(submitDialog(openedView(bot), {}));
    for (let i = 0; i < 20; i++) {
      bot.clock.advance(5_000);
      await bot.bot.idle();
    }
    expect(bot.slack.of('chat.delete')).toHaveLength(3);
  });
});

describe('the reminder', () => {
  it('comes at nine in the morning of that day, in the decider’s time zone, also after a restart', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(pressed('decide', block));
    bot.slack.next('users.info', { answer: { user: { tz: 'Asia/Tokyo' } } });
    bot.slack.next('files.getUploadURLExternal', { answer: { upload_url: UPLOAD, file_id: 'F1' } });
    await bot.deliver(submitDialog(openedView(bot), filled({ revisit: '2026-11-26' })));
    const next = await bot.restart();
    next.clock.advance(Date.UTC(2026, 10, 25, 23, 59) - next.clock.now());
    await next.bot.idle();
    expect(next.slack.of('chat.postMessage')).toEqual([]);
    next.clock.advance(120_000);
    await next.bot.idle();
    const [said] = next.slack.of('chat.postMessage');
    expect(said).toMatchObject({ channel: 'C1', thread_ts: CARD_TS });
    expect(said?.text).toMatch(/^<@U1>: it’s time to review “Django”/);
    expect(checkMessage({ text: String(said?.text), blocks: said?.blocks as never })).toEqual([]);
  });

  it('what a check has shown comes into the thread also where Slack does not take it at once', async () => {
    const { bot, block } = await withCard();
    await decideIt(bot, block, { revisit: '2026-11-26' });
    await bot.deliver(pressed('revisit_check', block));
    bot.slack.next('chat.postMessage', { status: 429, retryAfter: 1 });
    const { acks } = await bot.deliver(submitDialog(openedView(bot), {}));
    expect(acks).toMatchObject([{ response_action: 'update' }]);
    const next = await bot.restart();
    next.clock.advance(60_000);
    await next.bot.idle();
    const [said] = next.slack.of('chat.postMessage');
    expect(said).toMatchObject({ channel: 'C1', thread_ts: CARD_TS });
    expect(said?.text).toContain('reviewed “Django”');
  });

  it('does not come for what was reopened', async () => {
    const { bot, block } = await withCard();
    await decideIt(bot, block, { revisit: '2026-11-26' });
    await bot.deliver(menu('reopen', block));
    bot.slack.calls.length = 0;
    bot.clock.advance(10 * 86_400_000);
    await bot.bot.idle();
    expect(bot.slack.of('chat.postMessage')).toEqual([]);
  });
});
