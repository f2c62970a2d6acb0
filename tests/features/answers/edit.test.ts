import { describe, expect, it } from 'vitest';
import { checkMessage, checkView } from '../../../packages/local-slack/rules/limits.ts';
import type { TestBot } from '../../support/bot.ts';
import { submitAnswers, submitDialog } from '../../support/payloads.ts';
import { CARD_TS, menu, openedView, pressed, told, withCard } from '../../support/posted-card.ts';

const FLASK = { answers: { parts: 'few', tools: 'own' } };
const later = async (bot: TestBot, ms = 2_000): Promise<void> => {
  bot.clock.advance(ms);
  await bot.bot.idle();
};

describe('editing the answers', () => {
  it('gives new advice on the card, and tells the thread what changed and what came of it', async () => {
    const { bot, block } = await withCard(FLASK);
    await bot.deliver(menu('edit', block));
    expect(checkView(openedView(bot))).toEqual([]);
    expect(JSON.stringify(openedView(bot))).toContain('"value":"few"');
    const { acks } = await bot.deliver(
      submitAnswers(openedView(bot), { parts: 'many', screens: 'office', tools: 'unsure' }, 'U1'),
    );
    expect(acks).toEqual([undefined]);
    await later(bot);
    expect(bot.slack.of('chat.update').at(-1)?.text).toContain('⁩: Django');
    const [said] = bot.slack.of('chat.postMessage');
    expect(said).toMatchObject({ channel: 'C1', thread_ts: CARD_TS });
    expect(checkMessage({ text: String(said?.text), blocks: said?.blocks as never })).toEqual([]);
    expect(said?.text).toContain('parts: “a few parts” → “many parts”.');
    expect(said?.text).toContain('tools: “our own tools” → not sure.');
    expect(said?.text).toMatch(
      /^<@U1> changed 3 answers for .*\. On these answers, the advice is now “Django.*” \(was “Flask.*”\)\.\n/,
    );
  });

  it('leaves votes and others’ answers, marked as from before', async () => {
    const { bot, block } = await withCard(FLASK);
    await bot.deliver(pressed('vote_flask', block, 'U2'));
    await bot.deliver(pressed('add_answers', block, 'U3'));
    await bot.deliver(submitAnswers(openedView(bot), { parts: 'few', screens: 'none' }, 'U3'));
    await bot.deliver(menu('edit', block));
    expect(JSON.stringify(openedView(bot))).toContain('marked “before the edit”');
    await bot.deliver(submitAnswers(openedView(bot), { parts: 'many' }, 'U1'));
    await later(bot);
    const text = String(bot.slack.of('chat.update').at(-1)?.text);
    expect(text).toContain('Flask 1: <@U2> (before the edit).');
    await bot.deliver(pressed('vote_flask', block, 'U2'));
    expect(told(bot).at(-1)?.text).toContain('now applies to the edited answers');
    await later(bot);
    expect(String(bot.slack.of('chat.update').at(-1)?.text)).toContain('Flask 1: <@U2>.');
  });

  it('is for the asker, and for what is open', async () => {
    const { bot, block } = await withCard({ ...FLASK, deciders: ['U2'] });
    await bot.deliver(menu('edit', block, 'U2'));
    expect(told(bot)[0]?.text).toContain('Only the person who asked can edit');
    expect(bot.slack.of('views.open')).toEqual([]);
  });

  it('that changes nothing says so and keeps the dialog', async () => {
    const { bot, block } = await withCard(FLASK);
    await bot.deliver(menu('edit', block));
    const { acks } = await bot.deliver(submitAnswers(openedView(bot), {}, 'U1'));
    expect(acks).toEqual([
      { response_action: 'errors', errors: { parts: expect.stringContaining('Nothing has changed yet') } },
    ]);
    expect(bot.slack.of('chat.postMessage')).toEqual([]);
  });

  it('by somebody else who sends a forged dialog is refused', async () => {
    const { bot, block } = await withCard(FLASK);
    await bot.deliver(menu('edit', block));
    const { acks } = await bot.deliver(submitAnswers(openedView(bot), { parts: 'many' }, 'U2'));
    expect(JSON.stringify(acks)).toContain('Only the person who asked');
  });
});

describe('looking at a decision again', () => {
  const decided = { outcome: { choice: { type: 'radio_buttons', selected_option: { value: 'flask' } } } };
  const UPLOAD = { answer: { upload_url: 'https://files.slack.test/upload/v1/abc', file_id: 'F1' } };

  async function withReminder(): Promise<{ bot: TestBot; block: string }> {
    const { bot, block } = await withCard({ answers: { parts: 'few', tools: 'own', screens: 'none' } });
    await bot.deliver(pressed('decide', block));
    bot.slack.next('files.getUploadURLExternal', UPLOAD);
    await bot.deliver(
      submitDialog(openedView(bot), {
        ...decided,
        rationale: { text: { type: 'plain_text_input', value: null } },
        revisit: { date: { type: 'datepicker', selected_date: '2026-11-26' } },
      }),
    );
    await later(bot, 4 * 86_400_000);
    bot.slack.calls.length = 0;
    return { bot, block };
  }

  it('asks only what could change the advice, and says that it stands where nothing did', async () => {
    const { bot, block } = await withReminder();
    await bot.deliver(pressed('revisit_check', block));
    const view = openedView(bot);
    expect(checkView(view)).toEqual([]);
    const asked = (view as { blocks: { type: string; block_id: string }[] }).blocks.filter(
      (b) => b.type === 'input',
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThan(3);
    const { acks } = await bot.deliver(submitAnswers(view, {}, 'U1'));
    expect(JSON.stringify(acks)).toContain('The decision stands.');
    expect(bot.slack.of('chat.postMessage')[0]).toMatchObject({ thread_ts: CARD_TS });
    expect(bot.slack.of('chat.postMessage')[0]?.text).toMatch(/Advice: .*, as before\./);
  });

  it('says that it does not rest on the advice any more where that changed', async () => {
    const { bot, block } = await withReminder();
    await bot.deliver(pressed('revisit_check', block));
    await bot.deliver(submitAnswers(openedView(bot), { screens: 'office' }, 'U1'));
    const said = String(bot.slack.of('chat.postMessage')[0]?.text);
    expect(said).toMatch(/Advice: too close to call, leans Django \(before: Flask/);
    expect(said).toContain('doesn’t support the decision');
  });

  it('can be put off by three months, by those who decide', async () => {
    const { bot, block } = await withReminder();
    await bot.deliver(pressed('snooze', block, 'U7'));
    expect(told(bot)[0]?.text).toContain('Only <@U1> can do this');
    bot.slack.next('users.info', { answer: { user: { tz: 'Europe/Berlin' } } });
    await bot.deliver(pressed('snooze', block));
    expect(told(bot)[1]?.text).toContain('2027-03-01');
    await later(bot);
    expect(bot.slack.of('chat.update').at(-1)?.text).toContain('Review on <!date^1803902400^');
    bot.slack.calls.length = 0;
    await later(bot, Date.UTC(2027, 2, 1, 7, 59) - bot.clock.now());
    expect(bot.slack.of('chat.postMessage')).toEqual([]);
    await later(bot, 120_000);
    expect(bot.slack.of('chat.postMessage')).toHaveLength(1);
  });

  it('is not possible once it is reopened', async () => {
    const { bot, block } = await withReminder();
    await bot.deliver(pressed('revisit_check', block));
    const view = openedView(bot);
    await bot.deliver(menu('reopen', block));
    await bot.deliver(pressed('revisit_check', block));
    expect(told(bot).at(-1)?.text).toContain('reopened');
    const { acks } = await bot.deliver(submitAnswers(view, {}, 'U1'));
    expect(JSON.stringify(acks)).toContain('reopened');
  });
});
