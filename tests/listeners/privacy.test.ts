import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../src/blocks/limits.ts';
import { personDataMessage, privacy } from '../../src/blocks/privacy.ts';
import type { PersonData } from '../../src/core/person-data.ts';
import { startBot, type TestBot } from '../support/bot.ts';
import { rubric } from '../support/decision.ts';
import { command, press, submit, submitAnswers, submitReason } from '../support/payloads.ts';
import { blockOf, menu, openedView, pressed, told, withCard } from '../support/posted-card.ts';

const DAY_MS = 86_400_000;

/** Somebody has voted with a reason, answered, and asked for a card of their own. */
async function withTraces(): Promise<{
  bot: TestBot;
  block: string;
  key: { tenant: string; decision: string };
}> {
  const bot = await startBot();
  await bot.deliver(submit({ answers: { size: 'simple', shape: 'single_service' } }));
  const block = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
  await bot.deliver(pressed('vote_flask', block, 'U2'));
  await bot.deliver(pressed('add_reason', block, 'U2'));
  await bot.deliver(submitReason(openedView(bot), 'We *know* it', 'U2'));
  await bot.deliver(pressed('add_answers', block, 'U2'));
  await bot.deliver(submitAnswers(openedView(bot), { stage: 'product', size: 'large', admin: 'yes' }, 'U2'));
  await bot.deliver(submit({ user: 'U2', deciders: ['U2'], project: 'Own one', viewId: 'V2' }));
  bot.clock.advance(2_000);
  await bot.bot.idle();
  return { bot, block, key: { tenant: 'T1', decision: block.slice('decision:'.length) } };
}

const button = (actionId: string, user: string) => press({ actionId, user });

describe('what is stored about somebody', () => {
  it('can be asked for under the words on privacy, and is shown to them alone', async () => {
    const { bot } = await withTraces();
    const { acks } = await bot.deliver(command('privacy'));
    expect(JSON.stringify(acks)).toMatch(/my_data.*forget_me/);
    expect(checkMessage(privacy())).toEqual([]);
    await bot.deliver(button('my_data', 'U2'));
    const answer = told(bot).at(-1);
    expect(answer?.response_type).toBe('ephemeral');
    expect(answer?.text).toContain('Stored about you, in 2 decisions:');
    expect(answer?.text).toMatch(/Own one.*you asked; you may decide/);
    expect(answer?.text).toMatch(/Billing portal.*you voted for Flask, because: .*know.*; you answered /);
    await bot.deliver(button('my_data', 'U9'));
    expect(told(bot).at(-1)?.text).toBe('Nothing is stored about you here.');
  });

  it('is within Slack’s limits, however much there is', () => {
    const one: PersonData = {
      decision: 'd1',
      project: '<!channel>&'.repeat(7),
      channel: 'C1',
      status: 'decided',
      createdAt: 0,
      asked: true,
      decides: true,
      decided: true,
      vote: { choice: 'both', reason: '<&>*_~`'.repeat(42) },
      answers: Object.fromEntries(rubric.questions.map(({ id, options }) => [id, options[0]?.id ?? ''])),
    };
    const message = personDataMessage(
      rubric,
      Array.from({ length: 500 }, () => one),
    );
    expect(checkMessage(message)).toEqual([]);
    expect(message.text).toContain('500 decisions');
  });

  it('is deleted everywhere: cards, the group’s advice, names', async () => {
    const { bot, key } = await withTraces();
    const other = (await bot.store.people.dataOf('T1', 'U2')).find(({ project }) => project === 'Own one');
    await bot.deliver(button('forget_me', 'U2'));
    expect(told(bot).at(-1)?.text).toMatch(/^Deleted in 2 decisions: your votes, reasons and answers/);
    bot.clock.advance(2_000);
    await bot.bot.idle();
    const after = await bot.store.discussions.get(key);
    expect(after).toMatchObject({ votes: [], ownAnswers: [], group: null });
    const updates = bot.slack
      .of('chat.update')
      .slice(-2)
      .map(({ text }) => String(text));
    expect(updates.join('\n')).not.toContain('U2');
    expect(updates.join('\n')).toContain('Asked by somebody');
    expect(await bot.store.people.dataOf('T1', 'U2')).toEqual([]);
    // What they asked for is the team's: whoever is there may go on with it.
    const own = { tenant: 'T1', decision: other?.decision ?? '' };
    expect((await bot.store.decisions.get(own.tenant, own.decision))?.deciders).toEqual([]);
    await bot.deliver(menu('delete', `decision:${own.decision}`, 'U7'));
    expect(openedView(bot)).toMatchObject({ callback_id: 'delete_decision' });
    await bot.deliver(button('forget_me', 'U2'));
    expect(told(bot).at(-1)?.text).toBe('Nothing was stored about you.');
  });

  it('of everybody who was to decide, the decision falls to its asker, and not to all', async () => {
    const { bot, block } = await withCard({ deciders: ['U2', 'U3'] });
    await bot.deliver(button('forget_me', 'U2'));
    await bot.deliver(button('forget_me', 'U3'));
    bot.clock.advance(2_000);
    await bot.bot.idle();
    expect(bot.slack.of('chat.update').at(-1)?.text).toContain('Decides: <@U1>');
    await bot.deliver(menu('delete', block, 'U7'));
    expect(told(bot).at(-1)?.text).toBe('Only the person who asked can delete this.');
    await bot.deliver(pressed('decide', block, 'U7'));
    expect(told(bot).at(-1)?.text).toBe('Only <@U1> can do this. You can vote, and say why.');
    await bot.deliver(pressed('decide', block, 'U1'));
    expect(openedView(bot)).toMatchObject({ callback_id: 'decide' });
  });
});

describe('with a time after which decisions go', () => {
  const days = async (bot: TestBot, count: number): Promise<void> => {
    for (let i = 0; i < count * 12; i++) {
      bot.clock.advance(DAY_MS / 12);
      await bot.bot.idle();
    }
  };
  const page = { viewer: 'U1', words: [], offset: 0, limit: 10 };

  it('one with which nothing happens goes, and another day counts from the last thing', async () => {
    const bot = await startBot({ retentionDays: 3 });
    await bot.deliver(submit());
    const block = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
    await days(bot, 2);
    await bot.deliver(pressed('vote_flask', block, 'U2'));
    await days(bot, 2);
    expect(await bot.store.decisions.inChannel('T1', 'C1', page)).toHaveLength(1);
    await days(bot, 2);
    expect(await bot.store.decisions.inChannel('T1', 'C1', page)).toEqual([]);
    // Its card stays in Slack, and says so where somebody uses it.
    expect(bot.slack.of('chat.delete')).toEqual([]);
    await bot.deliver(pressed('vote_flask', block, 'U2'));
    expect(told(bot).at(-1)?.text).toContain('I can’t find this decision');
  });

  it('one that is still to be looked at again stays until then', async () => {
    const bot = await startBot({ retentionDays: 3 });
    await bot.deliver(submit());
    const block = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
    const key = { tenant: 'T1', decision: block.slice('decision:'.length) };
    const revisitAt = bot.clock.now() + 9 * DAY_MS;
    const outcome = { outcome: 'django', rationale: '', revisit: '2026-12-02', revisitAt, by: 'U1' } as const;
    await bot.store.records.decide(key, outcome, bot.clock.now());
    await days(bot, 8);
    expect(await bot.store.decisions.inChannel('T1', 'C1', page)).toHaveLength(1);
  });
});
