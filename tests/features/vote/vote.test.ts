import { describe, expect, it } from 'vitest';
import { checkMessage, checkView } from '../../../packages/local-slack/rules/limits.ts';
import { startBot, type TestBot } from '../../support/bot.ts';
import { bulletsOf } from '../../support/card.ts';
import { press, RESPONSE_URL, submit, submitReason } from '../../support/payloads.ts';
import { blockOf, CARD_TS, menu, pressed, told, withCard } from '../../support/posted-card.ts';
import { openTestStores } from '../../support/store.ts';

const vote = (choice: string, block: string, user = 'U1') => pressed(`vote_${choice}`, block, user);

const updates = (bot: TestBot) => bot.slack.of('chat.update');
const lastCard = (bot: TestBot): string => JSON.stringify(updates(bot).at(-1));
describe('a vote', () => {
  it('is on the card at once, and is answered privately with what one can do about it', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(vote('django', block));
    expect(bot.slack.calls).toHaveLength(2);
    expect(told(bot)).toHaveLength(1);
    const [update] = updates(bot);
    expect(update).toMatchObject({ channel: 'C1', ts: CARD_TS });
    expect(checkMessage({ text: String(update?.text), blocks: update?.blocks as never })).toEqual([]);
    expect(update?.text).toContain('Vote. Django 1: <@U1>.');
    expect(bulletsOf({ blocks: update?.blocks as never }, 'Vote')).toEqual(['Django 1: <@U1>']);
    expect(told(bot)[0]).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    expect(told(bot)[0]?.text).toBe('You voted for Django. You can change it on the card.');
    expect(JSON.stringify(told(bot)[0]?.blocks)).toMatch(/add_reason.*withdraw_vote/);
  });

  it('pressed again changes nothing and says so', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(vote('django', block));
    bot.slack.calls.length = 0;
    bot.clock.advance(5_000);
    await bot.deliver(vote('django', block));
    expect(updates(bot)).toEqual([]);
    expect(told(bot)[0]?.text).toBe('You already voted for Django.');
  });

  it('can be changed and withdrawn; there is never more than one a person', async () => {
    const { bot, block } = await withCard();
    for (const choice of ['django', 'flask', 'both']) {
      await bot.deliver(vote(choice, block));
      bot.clock.advance(2_000);
      await bot.bot.idle();
    }
    expect(updates(bot).at(-1)?.text).toContain('Vote. Both 1: <@U1>.');
    await bot.deliver(press({ actionId: 'withdraw_vote', blockId: block }));
    bot.clock.advance(2_000);
    await bot.bot.idle();
    expect(updates(bot).at(-1)?.text).toContain('Vote · none yet.');
    expect(told(bot).at(-1)?.text).toContain('You withdrew your vote.');
    await bot.deliver(press({ actionId: 'withdraw_vote', blockId: block }));
    expect(told(bot).at(-1)?.text).toContain('no vote here');
  });

  it('may have a reason, which stays with the same choice only', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(vote('flask', block));
    await bot.deliver(press({ actionId: 'add_reason', blockId: block }));
    const view = bot.slack.of('views.open')[0]?.view;
    expect(checkView(view)).toEqual([]);
    const { acks } = await bot.deliver(submitReason(view, 'We *know* it <!channel>'));
    expect(acks).toEqual([undefined]);
    bot.clock.advance(2_000);
    await bot.bot.idle();
    expect(updates(bot).at(-1)?.text).toMatch(/Flask 1: <@U1> “.*&lt;!channel&gt;.*”\./);
    await bot.deliver(vote('django', block));
    bot.clock.advance(2_000);
    await bot.bot.idle();
    expect(updates(bot).at(-1)?.text).toContain('Django 1: <@U1>.');
  });

  it('a reason for a vote that was withdrawn meanwhile keeps what was typed and says what to do', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(vote('flask', block));
    await bot.deliver(press({ actionId: 'add_reason', blockId: block }));
    const view = bot.slack.of('views.open')[0]?.view;
    await bot.deliver(press({ actionId: 'withdraw_vote', blockId: block }));
    const { acks } = await bot.deliver(submitReason(view, 'We know it'));
    expect(acks).toEqual([
      { response_action: 'errors', errors: { reason: expect.stringContaining('vote again and add it') } },
    ]);
  });

  it('of somebody of another organisation is refused with a sentence, and nothing is recorded', async () => {
    const { bot, block } = await withCard();
    const external = vote('django', block, 'U9');
    await bot.deliver({ ...external, user: { id: 'U9', username: 'eve', team_id: 'T9' } });
    expect(updates(bot)).toEqual([]);
    expect(told(bot)[0]?.text).toContain('Only people in the workspace');
  });

  it('on a decision that does not exist, or of another tenant, is answered', async () => {
    const { bot } = await withCard();
    await bot.deliver(vote('django', 'decision:nosuch'));
    expect(told(bot)[0]?.text).toContain('I can’t find this decision');
  });

  it('names at most three people for each choice on the card, and everyone under “Who voted”', async () => {
    const { bot, block } = await withCard();
    for (let i = 1; i <= 12; i++) await bot.deliver(vote(i <= 11 ? 'django' : 'flask', block, `U${100 + i}`));
    bot.clock.advance(2_000);
    await bot.bot.idle();
    const text = String(updates(bot).at(-1)?.text);
    expect(text.match(/<@U1\d\d>/g)).toHaveLength(4);
    expect(text).toContain('Django 11: <@U101>, <@U102>, <@U103> and 8 more.');
    expect(text).toContain('Flask 1: <@U112>.');
    await bot.deliver(menu('who_voted', block));
    const view = bot.slack.of('views.open')[0]?.view;
    expect(checkView(view)).toEqual([]);
    expect(JSON.stringify(view).match(/"user_id":"U1\d\d"/g)).toHaveLength(12);
  });

  it('hidden until decided shows as a count and nothing else, to everybody but the voter', async () => {
    const { bot, block } = await withCard({ hide: true });
    await bot.deliver(vote('flask', block, 'U7'));
    const text = String(updates(bot)[0]?.text);
    expect(text).toContain('\nHidden vote · 1 so far.\n');
    expect(lastCard(bot)).not.toMatch(/U7|Flask 1/);
    expect(told(bot)[0]?.text).toContain(
      'You voted for Flask. Only the deciders see it before the decision.',
    );
    await bot.deliver(press({ actionId: 'who_voted', blockId: block }));
    expect(JSON.stringify(bot.slack.of('views.open')[0]?.view)).not.toContain('U7');
  });
});

describe('the private reply to a vote', () => {
  const REPLY_URL = 'https://hooks.slack.test/actions/T1/2/reply';
  /** A bot of one instance: others don't know the address. */
  const start = async () => {
    const bot = await startBot({ openStores: (folder) => openTestStores(folder, 1) });
    await bot.deliver(submit());
    const block = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
    bot.slack.calls.length = 0;
    return { bot, block };
  };
  /** A press on a button of the private reply. */
  const inReply = (actionId: string, block: string, user = 'U1') => {
    const body = pressed(actionId, block, user);
    return {
      ...body,
      response_url: REPLY_URL,
      container: { ...body.container, message_ts: '1795424500.000001', is_ephemeral: true },
    };
  };
  const replaced = (bot: TestBot) => bot.slack.of(REPLY_URL);
  const added = (bot: TestBot) => bot.slack.of(RESPONSE_URL);

  it('is replaced when the vote is withdrawn there, and by the next vote on the card', async () => {
    const { bot, block } = await start();
    await bot.deliver(vote('django', block));
    await bot.deliver(inReply('withdraw_vote', block));
    await bot.deliver(vote('flask', block));
    await bot.deliver(vote('both', block));
    expect(added(bot)).toHaveLength(1);
    expect(added(bot)[0]).toMatchObject({ replace_original: false });
    expect(replaced(bot).map(({ text }) => text)).toEqual([
      'You withdrew your vote. You can vote again on the card.',
      'You voted for Flask. You can change it on the card.',
      'You voted for both. You can change it on the card.',
    ]);
    for (const reply of replaced(bot)) {
      expect(reply).toMatchObject({ response_type: 'ephemeral', replace_original: true });
    }
    expect(JSON.stringify(replaced(bot)[0]?.blocks)).not.toContain('withdraw_vote');
    expect(JSON.stringify(replaced(bot)[2]?.blocks)).toMatch(/add_reason.*withdraw_vote/);
  });

  it('is replaced after “Add a reason” was pressed in it', async () => {
    const { bot, block } = await start();
    await bot.deliver(vote('django', block));
    await bot.deliver(inReply('add_reason', block));
    await bot.deliver(vote('flask', block));
    expect(added(bot)).toHaveLength(1);
    expect(replaced(bot)).toHaveLength(1);
  });

  it('comes again if no button in it was pressed: a press on the card would replace the card', async () => {
    const { bot, block } = await start();
    await bot.deliver(vote('django', block));
    await bot.deliver(vote('flask', block));
    expect(added(bot).map(({ replace_original }) => replace_original)).toEqual([false, false]);
  });

  it('comes again when its address has expired, is used up, or is refused', async () => {
    const { bot, block } = await start();
    const choices = ['django', 'flask'];
    const voteAgain = () => bot.deliver(vote(choices.reverse()[0] ?? '', block));
    await voteAgain();
    await bot.deliver(inReply('add_reason', block));
    bot.clock.advance(30 * 60_000);
    await voteAgain();
    expect([added(bot).length, replaced(bot).length]).toEqual([2, 0]);

    await bot.deliver(inReply('add_reason', block));
    for (let i = 0; i < 5; i++) await voteAgain();
    expect([added(bot).length, replaced(bot).length]).toEqual([3, 4]);

    await bot.deliver(inReply('add_reason', block));
    bot.slack.next(REPLY_URL, { status: 404 });
    await voteAgain();
    await voteAgain();
    expect([added(bot).length, replaced(bot).length]).toEqual([5, 5]);
  });

  it('of one person is never replaced by another one’s vote', async () => {
    const { bot, block } = await start();
    await bot.deliver(vote('django', block));
    await bot.deliver(inReply('add_reason', block));
    await bot.deliver(vote('flask', block, 'U2'));
    expect(replaced(bot)).toEqual([]);
    expect(added(bot)).toHaveLength(2);
  });
});

describe('keeping cards up to date', () => {
  it('a burst of votes costs a call at once and one a second, and ends with the exact tally', async () => {
    const { bot, block } = await withCard();
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        bot.deliver(vote(i % 4 === 0 ? 'flask' : 'django', block, `U${200 + i}`)),
      ),
    );
    expect(updates(bot).length).toBeLessThanOrEqual(2);
    bot.clock.advance(1_000);
    await bot.bot.idle();
    expect(updates(bot).length).toBeLessThanOrEqual(3);
    expect(updates(bot).at(-1)?.text).toContain('Django 30:');
    expect(updates(bot).at(-1)?.text).toContain('Flask 10:');
    bot.clock.advance(60_000);
    await bot.bot.idle();
    expect(updates(bot).length).toBeLessThanOrEqual(3);
  });

  it('twenty cards voted on at once stay within fifty calls a minute, and every one is exact in the end', async () => {
    const bot = await startBot();
    const blocks: string[] = [];
    for (let i = 0; i < 20; i++) {
      await bot.deliver(submit({ project: `Project ${i}`, viewId: `V${i}` }));
      bot.clock.advance(10);
    }
    for (const call of bot.slack.of('chat.postMessage')) {
      const block = /decision:[\w-]+/.exec(JSON.stringify(call.blocks))?.[0];
      if (block) blocks.push(block);
    }
    expect(blocks).toHaveLength(20);
    bot.slack.calls.length = 0;
    const times: number[] = [];
    let seen = 0;
    const look = (): void => {
      for (; seen < updates(bot).length; seen++) times.push(bot.clock.now());
    };
    for (let second = 0; second < 60; second++) {
      await Promise.all(blocks.map((block, i) => bot.deliver(vote('django', block, `U${second}X${i}`))));
      look();
      bot.clock.advance(1_000);
      await bot.bot.idle();
      look();
    }
    for (let second = 0; second < 90; second++) {
      bot.clock.advance(1_000);
      await bot.bot.idle();
      look();
    }
    for (const start of times) {
      expect(times.filter((at) => at >= start && at < start + 60_000).length).toBeLessThanOrEqual(50);
    }
    const latest = new Map(updates(bot).map((call) => [call.ts, String(call.text)]));
    expect(latest.size).toBe(20);
    for (const text of latest.values()) expect(text).toContain('Django 60:');
  }, 60_000);

  it('what failed is repeated until it succeeds, with the state of then', async () => {
    const { bot, block } = await withCard();
    bot.slack.next(
      'chat.update',
      { network: 'ECONNRESET' },
      { status: 500 },
      { status: 429, retryAfter: 40 },
    );
    await bot.deliver(vote('django', block));
    await bot.deliver(vote('flask', block, 'U2'));
    for (let i = 0; i < 30; i++) {
      bot.clock.advance(5_000);
      await bot.bot.idle();
    }
    expect(updates(bot)).toHaveLength(4);
    expect(updates(bot).at(-1)?.text).toContain('Django 1: <@U1>. Flask 1: <@U2>.');
  });

  it('survives a restart', async () => {
    const { bot, block } = await withCard();
    bot.slack.next('chat.update', { status: 503 });
    await bot.deliver(vote('django', block));
    const next = await bot.restart();
    next.clock.advance(60_000);
    await next.bot.idle();
    expect(updates(next)).toHaveLength(1);
    expect(updates(next)[0]?.text).toContain('Django 1: <@U1>.');
  });

  it('a card that can never be updated is told to its asker once; a later vote tries again', async () => {
    const { bot, block } = await withCard();
    bot.slack.next('chat.update', { error: 'message_not_found' });
    await bot.deliver(vote('django', block, 'U2'));
    await bot.bot.idle();
    const private1 = bot.slack.of('chat.postEphemeral');
    expect(private1).toHaveLength(1);
    expect(private1[0]).toMatchObject({ user: 'U1', channel: 'C1' });
    expect(private1[0]?.text).toContain('its message was deleted');
    bot.clock.advance(600_000);
    await bot.bot.idle();
    expect(updates(bot)).toHaveLength(1);
    bot.slack.next('chat.update', { error: 'message_not_found' });
    await bot.deliver(vote('flask', block, 'U3'));
    await bot.bot.idle();
    expect(updates(bot)).toHaveLength(2);
    expect(bot.slack.of('chat.postEphemeral')).toHaveLength(1);
  });
});

describe('a deadline', () => {
  const UNTIL = Date.UTC(2026, 10, 26, 17);
  const said = (bot: TestBot) => bot.slack.of('chat.postMessage').map(({ text }) => String(text));

  it('is on the card, and the thread is reminded a day before and when it is reached', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ voteUntil: UNTIL }));
    expect(said(bot)[0]).toMatch(/^Vote by <!date\^1795712400\^.* · none yet\.$/m);
    const block = blockOf(bot.slack.of('chat.postMessage')[0]);
    await bot.deliver(vote('flask', block, 'U2'));
    bot.slack.calls.length = 0;
    bot.clock.advance(UNTIL - 86_400_000 - 60_000 - bot.clock.now());
    await bot.bot.idle();
    expect(said(bot)).toEqual([]);
    bot.clock.advance(120_000);
    await bot.bot.idle();
    expect(said(bot)).toEqual([
      expect.stringMatching(/^Vote on .* by <!date\^1795712400\^.*>\. Flask 1: <@U2>\.$/),
    ]);
    expect(bot.slack.of('chat.postMessage')[0]).toMatchObject({ thread_ts: CARD_TS });
    bot.clock.advance(86_400_000);
    await bot.bot.idle();
    expect(said(bot)).toHaveLength(2);
    expect(said(bot)[1]).toMatch(/has passed\. .*<@U1>, you can decide now/);
    await bot.deliver(vote('django', block, 'U3'));
    expect(updates(bot).at(-1)?.text).toContain('Django 1: <@U3>.');
  });

  it('less than a day ahead reminds once; one that has passed is refused on its field', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ voteUntil: bot.clock.now() + 3_600_000 }));
    bot.slack.calls.length = 0;
    bot.clock.advance(2 * 3_600_000);
    await bot.bot.idle();
    expect(said(bot)).toHaveLength(1);
    const { acks } = await bot.deliver(submit({ viewId: 'V2', voteUntil: bot.clock.now() - 60_000 }));
    expect(acks).toEqual([
      { response_action: 'errors', errors: { deadline: expect.stringContaining('in the future') } },
    ]);
  });

  it('of votes that are hidden tells how many there are, and no more', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ voteUntil: UNTIL, hide: true }));
    const block = blockOf(bot.slack.of('chat.postMessage')[0]);
    await bot.deliver(vote('flask', block, 'U2'));
    bot.slack.calls.length = 0;
    bot.clock.advance(UNTIL - 86_400_000 + 60_000 - bot.clock.now());
    await bot.bot.idle();
    bot.clock.advance(86_400_000);
    await bot.bot.idle();
    expect(said(bot)).toEqual([
      expect.stringMatching(/^Vote on .*>\. 1 vote so far, hidden until the decision\.$/),
      expect.stringContaining('has passed. 1 vote so far, hidden until the decision. '),
    ]);
    expect(said(bot).join()).not.toMatch(/U2|Flask/);
  });
});
