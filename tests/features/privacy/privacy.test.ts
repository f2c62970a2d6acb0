import { describe, expect, it, vi } from 'vitest';
import { checkMessage, checkView } from '../../../packages/local-slack/rules/limits.ts';
import type { PersonInDecision } from '../../../src/decision/person-data.ts';
import { forgetModal, forgettingModal, forgottenModal } from '../../../src/features/privacy/forget-dialog.ts';
import { personDataMessage, privacyMessage } from '../../../src/features/privacy/message.ts';
import { startBot, type TestBot } from '../../support/bot.ts';
import {
  command,
  homeOpened,
  press,
  submit,
  submitAnswers,
  submitDialog,
  submitForget,
  submitReason,
} from '../../support/payloads.ts';
import { blockOf, menu, openedView, pressed, told, withCard } from '../../support/posted-card.ts';
import { smallRubric as rubric } from '../../support/small-rubric.ts';

const DAY_MS = 86_400_000;
const NOTHING = { decisions: [], openedHome: false, installedApp: false, waiting: 0 };

/** Somebody has voted with a reason, answered, and asked for a card of their own. */
async function withTraces(): Promise<{
  bot: TestBot;
  block: string;
  key: { tenant: string; decision: string };
}> {
  const bot = await startBot();
  await bot.deliver(submit({ answers: { parts: 'few', tools: 'own' } }));
  const block = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
  await bot.deliver(pressed('vote_flask', block, 'U2'));
  await bot.deliver(pressed('add_reason', block, 'U2'));
  await bot.deliver(submitReason(openedView(bot), 'We *know* it', 'U2'));
  await bot.deliver(pressed('add_answers', block, 'U2'));
  await bot.deliver(submitAnswers(openedView(bot), { parts: 'many', screens: 'plain' }, 'U2'));
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
    expect(checkMessage(privacyMessage())).toEqual([]);
    await bot.deliver(button('my_data', 'U2'));
    const answer = told(bot).at(-1);
    expect(answer?.response_type).toBe('ephemeral');
    expect(answer?.text).toContain('Stored about you, in 2 decisions:');
    expect(answer?.text).toMatch(/Own one.*you asked; you’re a decider/);
    expect(answer?.text).toMatch(
      /Billing portal.*you voted for Flask: .*know.*\n.*Billing portal.*you answered /,
    );
    await bot.deliver(button('my_data', 'U9'));
    expect(told(bot).at(-1)?.text).toBe('Nothing is stored about you here.');
  });

  it('has the answers on the cards they asked for, what they decided, and that they looked at Home', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(pressed('decide', block));
    await bot.deliver(
      submitDialog(openedView(bot), {
        outcome: { choice: { selected_option: { value: 'both' } } },
        rationale: { text: { value: 'Both teams know theirs' } },
        revisit: { date: { selected_date: null } },
      }),
    );
    await bot.deliver(homeOpened());
    await bot.deliver(button('my_data', 'U1'));
    const text = String(told(bot).at(-1)?.text);
    expect(text).toMatch(/you answered when you asked: /);
    expect(text).toMatch(/you decided for both: .*Both teams know theirs/);
    expect(text).toContain('You opened my Home tab');
  });

  it('is within Slack’s limits, however much there is', () => {
    const answers = Object.fromEntries(rubric.questions.map(({ id, options }) => [id, options[0]?.id ?? '']));
    const one: PersonInDecision = {
      decision: 'd1',
      project: '<!channel>&'.repeat(7),
      channel: 'C1',
      status: 'decided',
      createdAt: 0,
      asked: true,
      refused: false,
      rounds: Array.from({ length: 5 }, (_, i) => ({ number: i + 1, answers })),
      decides: true,
      decidesNext: 'admins',
      decided: true,
      record: { outcome: 'both', rationale: '<&>*_~`'.repeat(400) },
      reopened: true,
      vote: { choice: 'both', reason: '<&>*_~`'.repeat(42) },
      answers,
    };
    for (const count of [1, 500]) {
      const decisions = Array.from({ length: count }, () => one);
      const data = { decisions, openedHome: true, installedApp: true, waiting: 3 };
      expect(checkMessage(personDataMessage(rubric, data))).toEqual([]);
      expect(checkView(forgetModal(data))).toEqual([]);
      expect(checkView(forgottenModal(data, false))).toEqual([]);
      expect(checkView(forgottenModal(data, true))).toEqual([]);
    }
    expect(checkView(forgettingModal())).toEqual([]);
  });
});

describe('“Delete my data”', () => {
  const text = (view: unknown): string => JSON.stringify(view);
  const project = (bot: TestBot, name: string) =>
    bot.store.people
      .dataOf('T1', 'U2')
      .then(({ decisions }) => decisions.find((one) => one.project === name));

  it('says what it deletes and what stays, with this person’s counts', async () => {
    const { bot } = await withTraces();
    await bot.deliver(button('forget_me', 'U2'));
    const view = openedView(bot);
    expect(view).toMatchObject({ callback_id: 'forget_me', submit: { text: 'Delete' } });
    expect(checkView(view)).toEqual([]);
    expect(text(view)).toContain('Your vote and reason');
    expect(text(view)).toContain('Your answers on a card that another person asked for');
    expect(text(view)).toContain('1 card you asked for: the answers stay, without your name');
    expect(text(view)).toContain('On 1 card where you’re the only decider: workspace admins');
    expect(text(view)).toMatch(
      /"block_id":"forget","optional":true.*"type":"checkboxes","action_id":"cards"/,
    );
  });

  it('names a refused card also where the person deletes the others', () => {
    const one = {
      decision: 'd1',
      project: 'Shop',
      channel: 'C1',
      status: 'open',
      createdAt: 0,
      asked: true,
      refused: false,
      rounds: [],
      decides: false,
      decidesNext: null,
      decided: false,
      record: null,
      reopened: false,
      vote: null,
      answers: null,
    } as const satisfies PersonInDecision;
    const data = { openedHome: false, installedApp: false, waiting: 0 };
    const both = forgottenModal({ ...data, decisions: [one, { ...one, refused: true }] }, true);
    expect(text(both)).toContain('1 card you asked for that Slack refused to post');
    expect(text(both)).toContain('1 card you asked for, with votes and answers');
    const onlyRefused = forgetModal({ ...data, decisions: [{ ...one, refused: true }] });
    expect(text(onlyRefused)).not.toContain('Your name');
  });

  it('names the asker if the person is the only decider of another’s card', async () => {
    const { bot } = await withCard({ deciders: ['U2'] });
    await bot.deliver(button('forget_me', 'U2'));
    const view = openedView(bot);
    expect(text(view)).toContain('On 1 card where you’re the only decider: the person who asked');
    expect(text(view)).not.toContain('Cards you asked for');
  });

  it('says so if nothing is stored, and again after a second confirmation', async () => {
    const { bot } = await withTraces();
    await bot.deliver(button('forget_me', 'U9'));
    const view = openedView(bot);
    expect(text(view)).toContain('Nothing is stored about you here.');
    expect(view).not.toHaveProperty('submit');
    await bot.deliver(submitForget('U2'));
    const { acks } = await bot.deliver(submitForget('U2'));
    expect(text(acks)).toContain('Nothing is stored about you here.');
  });

  it('deletes everywhere: cards, the group’s advice, names', async () => {
    const { bot, key } = await withTraces();
    const other = await project(bot, 'Own one');
    const { acks } = await bot.deliver(submitForget('U2'));
    expect(acks).toMatchObject([{ response_action: 'update', view: { title: { text: 'Delete my data' } } }]);
    expect(text(acks)).toMatch(/What I deleted.*Your vote and reason.*What stays.*1 card you asked for/);
    bot.clock.advance(2_000);
    await bot.bot.idle();
    const after = await bot.store.discussions.get(key);
    expect(after).toMatchObject({ votes: [], ownAnswers: [], group: null });
    const updates = text(bot.slack.of('chat.update').slice(-2));
    expect(updates).not.toMatch(/U2|somebody/);
    expect(updates).toContain('Someone asked · a workspace admin decides');
    expect(await bot.store.people.dataOf('T1', 'U2')).toEqual(NOTHING);
    // No member may act on a card that has lost its asker and its only decider.
    const own = `decision:${other?.decision}`;
    await bot.deliver(menu('delete', own, 'U7'));
    expect(told(bot).at(-1)?.text).toContain('only workspace admins can delete this');
    await bot.deliver(pressed('decide', own, 'U7'));
    expect(told(bot).at(-1)?.text).toContain('only workspace admins can do this');
    bot.slack.people.set('U8', { id: 'U8', is_admin: true });
    await bot.deliver(pressed('decide', own, 'U8'));
    expect(openedView(bot)).toMatchObject({ callback_id: 'decide' });
    await bot.deliver(menu('delete', own, 'U8'));
    expect(openedView(bot)).toMatchObject({ callback_id: 'delete_decision' });
  });

  it('also deletes the cards they asked for if they tick that, as “Delete” does', async () => {
    const { bot, key } = await withTraces();
    const own = await project(bot, 'Own one');
    const { acks } = await bot.deliver(submitForget('U2', { cards: true }));
    expect(text(acks)).toContain('1 card you asked for, with votes and answers');
    bot.clock.advance(2_000);
    await bot.bot.idle();
    expect(await bot.store.decisions.isDeleted('T1', own?.decision ?? '')).toBe(true);
    // The card and the reply in its thread.
    expect(bot.slack.of('chat.delete')).toHaveLength(2);
    expect((await bot.store.decisions.get(key.tenant, key.decision))?.status).toBe('open');
    expect(await bot.store.people.dataOf('T1', 'U2')).toEqual(NOTHING);
  });

  it('once all deciders are erased, the asker decides and no one else', async () => {
    const { bot, block } = await withCard({ deciders: ['U2', 'U3'] });
    await bot.deliver(submitForget('U2'));
    await bot.deliver(submitForget('U3'));
    bot.clock.advance(2_000);
    await bot.bot.idle();
    expect(bot.slack.of('chat.update').at(-1)?.text).toContain('<@U1> asked and decides');
    await bot.deliver(menu('delete', block, 'U7'));
    expect(told(bot).at(-1)?.text).toBe('Only the person who asked can delete this.');
    await bot.deliver(pressed('decide', block, 'U7'));
    expect(told(bot).at(-1)?.text).toContain('only <@U1> can do this');
    await bot.deliver(pressed('decide', block, 'U1'));
    expect(openedView(bot)).toMatchObject({ callback_id: 'decide' });
  });

  it('that takes longer than two seconds says so, and is finished from the inbox', async () => {
    const { bot } = await withTraces();
    const { promise: disk, resolve: goOn } = Promise.withResolvers<number>();
    const held = bot.stores.map(({ people }) => vi.spyOn(people, 'forget').mockReturnValueOnce(disk));
    const kept = bot.stores.map(({ inbox }) => vi.spyOn(inbox, 'put'));
    const { acknowledged, done } = bot.start(submitForget('U2', { cards: true }));
    await vi.waitFor(() => expect(held.some(({ mock }) => mock.calls.length > 0)).toBe(true));
    bot.clock.advance(1_500);
    expect(text(await acknowledged)).toContain('There’s a lot to delete');
    const [request] = kept.flatMap(({ mock }) => mock.calls);
    expect(request?.[0]).toMatchObject({ tenant: 'T1', body: { type: 'forget', person: 'U2', cards: true } });
    goOn(20);
    await done;
    await bot.bot.idle();
    expect(await bot.store.people.dataOf('T1', 'U2')).toEqual(NOTHING);
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
    expect(await bot.store.decisions.listInChannel('T1', 'C1', page)).toHaveLength(1);
    await days(bot, 2);
    expect(await bot.store.decisions.listInChannel('T1', 'C1', page)).toEqual([]);
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
    expect(await bot.store.decisions.listInChannel('T1', 'C1', page)).toHaveLength(1);
  });
});
