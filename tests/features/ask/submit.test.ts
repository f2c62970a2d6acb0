import { describe, expect, it, vi } from 'vitest';
import { checkMessage, checkView } from '../../../packages/local-slack/rules/limits.ts';
import type { intakeModal } from '../../../src/features/ask/dialog.ts';
import { type Delivered, startBot, type TestBot } from '../../support/bot.ts';
import {
  command,
  filledIn,
  press,
  pressInDialog,
  RESPONSE_URL,
  submit,
  submittedView,
} from '../../support/payloads.ts';
import { blockOf } from '../../support/posted-card.ts';
import type { Answer } from '../../support/slack.ts';

const MVP = { parts: 'few', screens: 'office' };
const fieldErrors = (ack: unknown): Record<string, string> => JSON.parse(JSON.stringify(ack)).errors;

/** Time goes on until both have ended: a delivery looks into the database now and then, how the other one fares. */
const ended = async (bot: TestBot, both: readonly { done: Promise<Delivered> }[]) => {
  const delivered = Promise.all(both.map(({ done }) => done));
  let over = false;
  const end = (): void => {
    over = true;
  };
  delivered.then(end, end);
  await expect
    .poll(() => {
      if (!over) bot.clock.advance(50);
      return over;
    })
    .toBe(true);
  return delivered;
};

describe('submitting the dialog', () => {
  it('posts the card, closes the dialog, then replies with the reasoning', async () => {
    const bot = await startBot();
    const { acks } = await bot.deliver(submit({ answers: MVP }));
    expect(acks).toEqual([undefined]);
    expect(bot.slack.calls).toEqual([
      {
        method: 'chat.postMessage',
        args: {
          channel: 'C1',
          text: expect.stringMatching(/^\u2068Billing portal\u2069: too close to call\.\nLeans Django/),
          blocks: expect.any(Array),
          unfurl_links: false,
          unfurl_media: false,
          team_id: 'T1',
        },
      },
      {
        method: 'chat.postMessage',
        args: {
          channel: 'C1',
          thread_ts: '1795424400.000001',
          text: expect.stringContaining('why “'),
          blocks: expect.any(Array),
          unfurl_links: false,
          unfurl_media: false,
        },
      },
      { method: 'chat.getPermalink', args: { channel: 'C1', message_ts: '1795424400.000001' } },
    ]);
    for (const message of bot.slack.of('chat.postMessage')) expect(checkMessage(message)).toEqual([]);
  });

  it('is on disk before the card leaves', async () => {
    const bot = await startBot();
    const { promise: hold, resolve: answer } = Promise.withResolvers<Answer>();
    bot.slack.next('chat.postMessage', { hold });
    const { done } = bot.start(submit({ answers: MVP }));
    while (bot.slack.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const [row] = await bot.store.decisions.listInChannel('T1', 'C1', {
      viewer: 'U1',
      words: [],
      offset: 0,
      limit: 1,
    });
    expect(row).toMatchObject({ decision: { project: 'Billing portal' }, card: { state: 'sent' } });
    answer({ answer: { ts: '1795424400.000001' } });
    await done;
  });

  it('twice with the same dialog makes one decision and one card', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ answers: MVP }));
    bot.slack.calls.length = 0;
    const { acks } = await bot.deliver(submit({ answers: MVP, project: 'Renamed' }));
    expect(acks).toEqual([undefined]);
    expect(bot.slack.calls).toEqual([]);
  });

  it('twice at the same moment makes one decision and one card', async () => {
    const bot = await startBot();
    await ended(bot, [bot.start(submit({ answers: MVP })), bot.start(submit({ answers: MVP }))]);
    expect(bot.slack.of('chat.postMessage').filter((message) => !('thread_ts' in message))).toHaveLength(1);
  });

  it('names the deciders, or the asker where none was picked', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ viewId: 'V1', deciders: ['U7', 'U8'] }));
    await bot.deliver(submit({ viewId: 'V2', deciders: [] }));
    const cards = bot.slack.of('chat.postMessage').filter((message) => !('thread_ts' in message));
    expect(cards[0]?.text).toContain('<@U1> asked · <@U7>, <@U8> decide ');
    expect(cards[1]?.text).toContain('<@U1> asked and decides ');
  });
});

describe('errors appear on the field', () => {
  it('a missing name or channel', async () => {
    const bot = await startBot();
    const { acks } = await bot.deliver(submit({ project: '', channel: null }));
    expect(acks).toEqual([
      { response_action: 'errors', errors: { project: expect.any(String), channel: expect.any(String) } },
    ]);
    expect(bot.slack.calls).toEqual([]);
  });

  it('no answer at all', async () => {
    const bot = await startBot();
    const { acks } = await bot.deliver(submit({ answers: {} }));
    expect(acks).toEqual([{ response_action: 'errors', errors: { parts: 'Answer at least one question.' } }]);
    expect(bot.slack.calls).toEqual([]);
  });

  it.each([
    ['channel_not_found', '/invite @django-or-flask'],
    ['is_archived', 'archived'],
    ['restricted_action', 'Apps can’t post'],
    ['msg_blocks_too_long', 'Shorten'],
    ['invalid_blocks', 'Report it'],
    ['token_revoked', 'install it again'],
    ['an_error_of_tomorrow', 'an_error_of_tomorrow'],
  ])('Slack’s %s keeps the dialog open and says what to do', async (error, words) => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { error });
    const { acks } = await bot.deliver(submit({ answers: MVP }));
    expect(acks).toHaveLength(1);
    expect(fieldErrors(acks[0]).channel).toContain(words);
    expect(bot.slack.methods()).toEqual(['chat.postMessage']);
  });

  it('and submitting again, corrected, posts one card with the corrections', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { error: 'is_archived' });
    await bot.deliver(submit({ answers: MVP }));
    bot.slack.calls.length = 0;
    const { acks } = await bot.deliver(submit({ answers: MVP, channel: 'C2', project: 'Billing' }));
    expect(acks).toEqual([undefined]);
    expect(bot.slack.calls[0]).toMatchObject({ method: 'chat.postMessage', args: { channel: 'C2' } });
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postMessage', 'chat.getPermalink']);
  });
});

describe('a public channel that the bot is not in', () => {
  it('is joined, then posted in', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { error: 'not_in_channel' });
    const { acks } = await bot.deliver(submit({ answers: MVP }));
    expect(acks).toEqual([undefined]);
    expect(bot.slack.methods()).toEqual([
      'chat.postMessage',
      'conversations.join',
      'chat.postMessage',
      'chat.postMessage',
      'chat.getPermalink',
    ]);
  });

  it('that cannot be joined is refused on the field', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { error: 'not_in_channel' });
    bot.slack.next('conversations.join', { error: 'missing_scope' });
    const { acks } = await bot.deliver(submit({ answers: MVP }));
    expect(fieldErrors(acks[0]).channel).toContain('permission');
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'conversations.join']);
  });
});

describe('when Slack is slow, busy or away', () => {
  it('closes the dialog after two seconds and finishes behind it', async () => {
    const bot = await startBot();
    const { promise: hold, resolve: answer } = Promise.withResolvers<Answer>();
    bot.slack.next('chat.postMessage', { hold });
    const { acknowledged, done } = bot.start(submit({ answers: MVP }));
    while (bot.slack.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    bot.clock.advance(1_999);
    await new Promise((resolve) => setImmediate(resolve));
    bot.clock.advance(1);
    expect(await acknowledged).toBeUndefined();
    answer({ answer: { ts: '1795424400.000009' } });
    await done;
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postMessage', 'chat.getPermalink']);
  });

  it('tells the asker privately when the refusal comes after the dialog is closed', async () => {
    const bot = await startBot();
    const { promise: hold, resolve: answer } = Promise.withResolvers<Answer>();
    bot.slack.next('chat.postMessage', { hold });
    const { acknowledged, done } = bot.start(submit({ answers: MVP }));
    while (bot.slack.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    bot.clock.advance(2_000);
    await acknowledged;
    answer({ error: 'channel_not_found' });
    await done;
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postEphemeral']);
    expect(bot.slack.of('chat.postEphemeral')[0]).toMatchObject({
      user: 'U1',
      channel: 'C1',
      text: expect.stringContaining('/invite @django-or-flask'),
    });
  });

  it.each<[string, Answer]>([
    ['is rate limited', { status: 429, retryAfter: 30 }],
    ['cannot be reached', { network: 'ECONNREFUSED' }],
  ])('posts the card later when Slack %s', async (_, answer) => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', answer);
    const { acks } = await bot.deliver(submit({ answers: MVP }));
    expect(acks).toEqual([undefined]);
    expect(bot.slack.methods()).toEqual(['chat.postMessage']);
    bot.clock.advance(40_000);
    await bot.bot.idle();
    expect(bot.slack.methods()).toEqual([
      'chat.postMessage',
      'chat.postMessage',
      'chat.postMessage',
      'chat.getPermalink',
    ]);
  });

  it.each<[string, Answer]>([
    ['the connection breaks', { network: 'ECONNRESET' }],
    ['Slack answers 500', { status: 500 }],
    ['Slack says internal_error', { error: 'internal_error' }],
    ['the answer makes no sense', { body: '<html>' }],
    ['the answer lacks what it must have', { body: '{"ok":true}' }],
  ])('asks the asker instead of guessing when %s', async (_, answer) => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', answer);
    const { acks } = await bot.deliver(submit({ answers: MVP }));
    expect(acks).toEqual([undefined]);
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postEphemeral']);
    expect(bot.slack.of('chat.postEphemeral')[0]?.text).toContain(
      'Slack didn’t confirm that it posted the card',
    );
    bot.clock.advance(24 * 60 * 60 * 1000);
    await bot.bot.idle();
    expect(bot.slack.of('chat.postMessage')).toHaveLength(1);
  });

  it('reaches the asker through the reply address where the bot is no member', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { network: 'ECONNRESET' });
    bot.slack.next('chat.postEphemeral', { error: 'not_in_channel' });
    await bot.deliver(submit({ answers: MVP }));
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postEphemeral', RESPONSE_URL]);
  });
});

const TEN_MINUTES = 10 * 60 * 1000;
const later = async (bot: TestBot, ms = TEN_MINUTES): Promise<void> => {
  bot.clock.advance(ms);
  await bot.bot.idle();
};
const called = async (bot: TestBot, times: number): Promise<void> => {
  while (bot.slack.calls.length < times) await new Promise((resolve) => setImmediate(resolve));
};

describe('when the acknowledgement does not reach Slack', () => {
  it('a card that may be there is asked about all the same', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { network: 'ECONNRESET' });
    await bot.deliver(submit({ answers: MVP }), { ackFails: true });
    await later(bot);
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postEphemeral']);
    expect(bot.slack.of('chat.postEphemeral')[0]?.text).toContain(
      'Slack didn’t confirm that it posted the card',
    );
  });

  it('a refusal is said privately', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { error: 'channel_not_found' });
    await bot.deliver(submit({ answers: MVP }), { ackFails: true });
    await later(bot);
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postEphemeral']);
    expect(bot.slack.of('chat.postEphemeral')[0]?.text).toContain('/invite');
  });

  it('a refusal is said after a restart, where the process ends before', async () => {
    const first = await startBot();
    first.slack.next('chat.postMessage', { error: 'channel_not_found' });
    await first.deliver(submit({ answers: MVP }), { ackFails: true });
    const second = await first.restart();
    await later(second);
    expect(second.slack.methods()).toEqual(['chat.postEphemeral']);
  });

  it('a card that was posted gets its reasoning', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ answers: MVP }), { ackFails: true });
    await later(bot);
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postMessage', 'chat.getPermalink']);
  });
});

it('a refusal that the dialog showed is not said a second time', async () => {
  const first = await startBot();
  first.slack.next('chat.postMessage', { error: 'channel_not_found' });
  await first.deliver(submit({ answers: MVP }));
  await later(first);
  const second = await first.restart();
  await later(second);
  expect([...first.slack.methods(), ...second.slack.methods()]).toEqual(['chat.postMessage']);
});

describe('the same submission delivered again while the first is on its way', () => {
  const heldTwice = async (between: (bot: TestBot) => void = () => {}) => {
    const bot = await startBot();
    const { promise: hold, resolve: answer } = Promise.withResolvers<Answer>();
    bot.slack.next('chat.postMessage', { hold });
    const submits = bot.stores.map(({ decisions }) => vi.spyOn(decisions, 'submit'));
    const first = bot.start(submit({ answers: MVP }));
    await called(bot, 1);
    between(bot);
    const second = bot.start(submit({ answers: MVP }));
    const written = () => submits.flatMap(({ mock }) => mock.settledResults);
    await expect.poll(() => written().filter(({ type }) => type === 'fulfilled')).toHaveLength(2);
    return { bot, first, second, answer };
  };

  it('shows the refusal on both, and says it nowhere else', async () => {
    const { bot, first, second, answer } = await heldTwice();
    answer({ error: 'channel_not_found' });
    for (const { acks } of await ended(bot, [first, second])) {
      expect(acks).toHaveLength(1);
      expect(fieldErrors(acks[0]).channel).toContain('/invite');
    }
    await later(bot);
    expect(bot.slack.methods()).toEqual(['chat.postMessage']);
  });

  it('closes both with one card', async () => {
    const { bot, first, second, answer } = await heldTwice();
    answer({ answer: { ts: '1795424400.000001' } });
    const delivered = await ended(bot, [first, second]);
    expect(delivered.map(({ acks }) => acks)).toEqual([[undefined], [undefined]]);
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postMessage', 'chat.getPermalink']);
  });

  it('tells the asker privately, once, where the first closed the dialog before the refusal', async () => {
    const { bot, first, second, answer } = await heldTwice((b) => b.clock.advance(1_000));
    bot.clock.advance(1_000);
    expect(await first.acknowledged).toBeUndefined();
    answer({ error: 'channel_not_found' });
    await ended(bot, [first, second]);
    await later(bot);
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postEphemeral']);
  });
});

describe('the asker’s word on a card that may be there', () => {
  const unsure = async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { network: 'ECONNRESET' });
    await bot.deliver(submit({ answers: MVP }));
    const asked = JSON.parse(JSON.stringify(bot.slack.of('chat.postEphemeral')[0]));
    const blockId: string = asked.blocks.at(-1).block_id;
    bot.slack.calls.length = 0;
    return { bot, blockId };
  };

  it('"missing" posts it, once, however often it is pressed', async () => {
    const { bot, blockId } = await unsure();
    await Promise.all([
      bot.deliver(press({ actionId: 'post_again', blockId })),
      bot.deliver(press({ actionId: 'post_again', blockId })),
    ]);
    await bot.deliver(press({ actionId: 'post_again', blockId }));
    const cards = bot.slack.of('chat.postMessage').filter((message) => !('thread_ts' in message));
    expect(cards).toHaveLength(1);
    const replies = bot.slack.calls
      .filter((call) => call.method === RESPONSE_URL)
      .map((call) => String(call.args.text));
    expect(replies.filter((text) => text.includes('I’m posting'))).toHaveLength(1);
    expect(replies.filter((text) => text.includes('already posted or on its way'))).toHaveLength(2);
  });

  it('"there" leaves it, and the first use of the card brings the reasoning', async () => {
    const { bot, blockId } = await unsure();
    await bot.deliver(press({ actionId: 'keep_card', blockId }));
    expect(bot.slack.methods()).toEqual([RESPONSE_URL]);
    bot.slack.calls.length = 0;
    await bot.deliver(press({ actionId: 'card_menu', option: 'reasons', blockId, ts: '1795424400.000777' }));
    // The dialog and the reply do not wait for each other.
    expect(bot.slack.methods().sort()).toEqual(['chat.getPermalink', 'chat.postMessage', 'views.open']);
    expect(bot.slack.of('chat.postMessage')[0]).toMatchObject({ thread_ts: '1795424400.000777' });
  });

  it('counts only if it is the asker’s', async () => {
    const { bot, blockId } = await unsure();
    await bot.deliver(press({ actionId: 'post_again', blockId, user: 'U2' }));
    await bot.deliver(press({ actionId: 'keep_card', blockId, user: 'U2' }));
    expect(bot.slack.of('chat.postMessage')).toEqual([]);
    expect(bot.slack.calls.map((call) => call.args.text)).toEqual([
      expect.stringContaining('Only the person who asked'),
      expect.stringContaining('Only the person who asked'),
    ]);
  });

  it('is asked for in the history too, of the asker alone', async () => {
    const { bot, blockId } = await unsure();
    const [listed] = (await bot.deliver(command('history'))).acks;
    const list = JSON.parse(JSON.stringify(listed));
    expect(checkMessage(list)).toEqual([]);
    expect(list.text).toContain(' · card may be missing');
    const [buttons] = list.blocks.filter((block: { type: string }) => block.type === 'actions');
    expect(buttons.block_id).toBe(blockId);
    expect(buttons.elements.map((button: { action_id: string }) => button.action_id)).toEqual([
      'post_again',
      'keep_card',
    ]);
    const others = JSON.stringify((await bot.deliver(command('history', { user_id: 'U2' }))).acks);
    expect(others).not.toContain('Billing portal');
  });

  it('"there" about a card that is on its way again does not pretend to stop it', async () => {
    const { bot, blockId } = await unsure();
    bot.slack.next('chat.postMessage', { status: 429, retryAfter: 30 });
    await bot.deliver(press({ actionId: 'post_again', blockId }));
    bot.slack.calls.length = 0;
    await bot.deliver(press({ actionId: 'keep_card', blockId }));
    expect(bot.slack.calls).toMatchObject([
      { method: RESPONSE_URL, args: { text: expect.stringContaining('already posting') } },
    ]);
  });
});

describe('history says how a card is doing that is not posted', () => {
  const listed = async (bot: TestBot) =>
    JSON.parse(JSON.stringify((await bot.deliver(command('history'))).acks[0]));

  it('one that Slack refused: a button posts it', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { error: 'is_archived' });
    await bot.deliver(submit({ answers: MVP }));
    const list = await listed(bot);
    expect(list.text).toContain(' · card not posted');
    expect(JSON.stringify(list.blocks)).toContain('post_again');
    expect(JSON.stringify(list.blocks)).not.toContain('keep_card');
  });

  it('one that waits for Slack: nothing to press', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { status: 429, retryAfter: 30 });
    await bot.deliver(submit({ answers: MVP }));
    const list = await listed(bot);
    expect(list.text).toContain(' · card on its way');
    expect(JSON.stringify(list.blocks)).not.toContain('post_again');
  });
});

describe('after a restart', () => {
  it('a card that was wanted is posted once', async () => {
    const first = await startBot();
    first.slack.next('chat.postMessage', { network: 'ECONNREFUSED' });
    await first.deliver(submit({ answers: MVP }));
    const second = await first.restart();
    second.clock.advance(60_000);
    await second.bot.idle();
    expect(second.slack.methods()).toEqual(['chat.postMessage', 'chat.postMessage', 'chat.getPermalink']);
    const third = await second.restart();
    third.clock.advance(60_000);
    await third.bot.idle();
    expect(third.slack.calls).toEqual([]);
  });

  it('a reasoning that was missed is made up for', async () => {
    const first = await startBot();
    first.slack.next(
      'chat.postMessage',
      { answer: { ts: '1795424400.000001' } },
      { network: 'ECONNREFUSED' },
    );
    await first.deliver(submit({ answers: MVP }));
    expect(first.slack.methods()).toEqual(['chat.postMessage', 'chat.postMessage']);
    const second = await first.restart();
    second.clock.advance(60_000);
    await second.bot.idle();
    expect(second.slack.methods()).toEqual(['chat.postMessage', 'chat.getPermalink']);
    expect(second.slack.of('chat.postMessage')[0]).toMatchObject({ thread_ts: '1795424400.000001' });
  });

  it('days later, a card that was wanted does not appear by itself: the asker decides', async () => {
    const first = await startBot();
    first.slack.next('chat.postMessage', { network: 'ECONNREFUSED' });
    await first.deliver(submit({ answers: MVP }));
    await first.bot.stop();
    first.clock.advance(3 * 24 * 60 * 60 * 1000);
    const second = await first.restart();
    await later(second);
    expect(second.slack.methods()).toEqual(['chat.postEphemeral']);
    const asked = JSON.parse(JSON.stringify(second.slack.of('chat.postEphemeral')[0]));
    expect(asked.text).toContain('24 hours');
    second.slack.calls.length = 0;
    await second.deliver(press({ actionId: 'post_again', blockId: asked.blocks.at(-1).block_id }));
    expect(second.slack.of('chat.postMessage').filter((message) => !('thread_ts' in message))).toHaveLength(
      1,
    );
  });

  it('gives up after a day, and says so', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', ...Array<Answer>(1_000).fill({ network: 'ECONNREFUSED' }));
    await bot.deliver(submit({ answers: MVP }));
    for (let quarter = 0; quarter < 25 * 4; quarter++) {
      bot.clock.advance(15 * 60 * 1000);
      await bot.bot.idle();
    }
    expect(bot.slack.of('chat.postEphemeral')).toMatchObject([{ text: expect.stringContaining('24 hours') }]);
  });
});

describe('"Show 6 more"', () => {
  it('shows all questions and keeps what was chosen', async () => {
    const bot = await startBot();
    const { acks } = await bot.deliver(
      pressInDialog('more_questions', { page: 'first', answers: { parts: 'some' }, project: 'P' }),
    );
    expect(acks).toEqual([undefined]);
    expect(bot.slack.calls).toMatchObject([
      {
        method: 'views.update',
        args: { view_id: 'V1', hash: '1795424400.abcdef', view: { callback_id: 'intake' } },
      },
    ]);
    const view = JSON.parse(JSON.stringify(bot.slack.of('views.update')[0]?.view));
    expect(checkView(view)).toEqual([]);
    const initial = Object.fromEntries(
      view.blocks.map((b: { block_id?: string; element?: { initial_option?: { value: string } } }) => [
        b.block_id,
        b.element?.initial_option?.value,
      ]),
    );
    expect(initial).toMatchObject({ parts: 'some', screens: 'unsure', tools: 'unsure' });
  });

  it('pressed twice is no error', async () => {
    const bot = await startBot();
    bot.slack.next('views.update', { error: 'hash_conflict' });
    await bot.deliver(pressInDialog('more_questions', { page: 'first' }));
    expect(bot.slack.methods()).toEqual(['views.update']);
  });

  it('says so when Slack does not show them', async () => {
    const bot = await startBot();
    bot.slack.next('views.update', { network: 'ECONNRESET' });
    await bot.deliver(pressInDialog('more_questions', { page: 'first' }));
    expect(bot.slack.methods()).toEqual(['views.update', 'views.push']);
    expect(checkView(bot.slack.of('views.push')[0]?.view)).toEqual([]);
  });
});

type View = ReturnType<typeof intakeModal>;
const shownIn = (bot: TestBot): View => {
  const [view] = bot.slack.of('views.update').slice(-1);
  return JSON.parse(JSON.stringify(view?.view));
};
const ids = ({ blocks }: View) => blocks.map((block) => block.block_id).filter(Boolean);
const PLACE = { channel: 'C5', replyUrl: RESPONSE_URL };

describe('"Voting options"', () => {
  /** The dialog after a press, as Slack has it: with what was typed in it before. */
  const pressIn = async (bot: TestBot, actionId: string, body: Record<string, unknown>): Promise<View> => {
    const press = { type: 'button', action_id: actionId, block_id: 'more', action_ts: '1' };
    await bot.deliver({
      ...body,
      type: 'block_actions',
      container: { type: 'view', view_id: 'V1' },
      actions: [press],
    });
    const view = shownIn(bot);
    expect(checkView(view)).toEqual([]);
    return view;
  };
  const typed = { project: 'Typed', answers: { parts: 'some' }, channel: 'C5' };

  it.each([
    ['after', ['more_questions', 'voting_options']],
    ['before', ['voting_options', 'more_questions']],
  ] as const)('pressed %s "Show 6 more" shows everything and keeps what was entered', async (_, actions) => {
    const bot = await startBot();
    await bot.deliver(command('Data API', { channel_id: 'C5' }));
    let view: View = JSON.parse(JSON.stringify(bot.slack.of('views.open')[0]?.view));
    expect(ids(view)).toEqual(['project', 'parts', 'more']);
    for (const action of actions) view = await pressIn(bot, action, filledIn(view, typed));
    expect(ids(view)).toEqual([
      'project',
      'parts',
      'screens',
      'tools',
      'channel',
      'deciders',
      'deadline',
      'hide',
    ]);
    const shown = JSON.stringify(view.blocks);
    expect(shown).toContain('"initial_value":"Typed"');
    expect(shown).toContain('"initial_conversation":"C5"');
    expect(shown).toContain('"initial_users":["U1"]');

    bot.slack.calls.length = 0;
    await bot.deliver(filledIn(view, { ...typed, channel: 'C6' }));
    expect(bot.slack.of('chat.postMessage')[0]).toMatchObject({ channel: 'C6' });
    expect(bot.slack.of('chat.postMessage')[0]?.text).toContain('Typed');
  });

  it('keeps what was picked in them when "Show 6 more" comes later', async () => {
    const bot = await startBot();
    const voteUntil = bot.clock.now() + 86_400_000;
    await bot.deliver(
      pressInDialog('more_questions', {
        page: 'first',
        place: PLACE,
        channel: 'C6',
        deciders: ['U7'],
        hide: true,
        voteUntil,
      }),
    );
    const shown = JSON.stringify(shownIn(bot).blocks);
    for (const part of ['"initial_conversation":"C6"', '"initial_users":["U7"]', '"initial_options"'])
      expect(shown).toContain(part);
    expect(shown).toContain(`"initial_date_time":${Math.floor(voteUntil / 1000)}`);
  });

  it('that stay hidden mean the channel of the command, and the asker decides', async () => {
    const bot = await startBot();
    await bot.deliver(command('Data API', { channel_id: 'C5' }));
    const view: View = JSON.parse(JSON.stringify(bot.slack.of('views.open')[0]?.view));
    bot.slack.calls.length = 0;
    await bot.deliver(filledIn(view));
    expect(bot.slack.of('chat.postMessage')[0]).toMatchObject({ channel: 'C5' });
    expect(bot.slack.of('chat.postMessage')[0]?.text).toContain('<@U1>');
  });

  it.each([
    ['a direct message', { channel_id: 'D1', channel_name: 'directmessage' }],
    ['a group conversation', { channel_id: 'C8', channel_name: 'mpdm-ana--ben-1' }],
  ])('need not be opened in %s: the dialog asks for the channel right away', async (_, where) => {
    const bot = await startBot();
    await bot.deliver(command('Data API', where));
    const view: View = JSON.parse(JSON.stringify(bot.slack.of('views.open')[0]?.view));
    expect(ids(view)).toContain('channel');
    expect(ids(await pressIn(bot, 'voting_options', filledIn(view, typed)))).toEqual([
      'project',
      'channel',
      'parts',
      'more',
      'deciders',
      'deadline',
      'hide',
    ]);
  });

  it('open by themselves as far as the channel if Slack refuses the card there', async () => {
    const bot = await startBot();
    await bot.deliver(command('Data API', { channel_id: 'C5' }));
    const view: View = JSON.parse(JSON.stringify(bot.slack.of('views.open')[0]?.view));
    bot.slack.next('chat.postMessage', { error: 'is_archived' });
    const { acks } = await bot.deliver(filledIn(view, { ...typed, project: 'Kept' }));
    const update = JSON.parse(JSON.stringify(acks[0]));
    expect(update.response_action).toBe('update');
    expect(checkView(update.view)).toEqual([]);
    expect(ids(update.view)).toEqual(['project', 'channel', 'parts', 'more']);
    const shown = JSON.stringify(update.view.blocks);
    expect(shown).toContain('This channel is archived. Pick another one.');
    expect(shown).toContain('"initial_value":"Kept"');
    expect(shown).toContain('"initial_conversation":"C5"');

    // The field stays, also when more of the dialog is shown.
    const longer = await pressIn(bot, 'more_questions', filledIn(update.view, { ...typed, channel: 'C6' }));
    expect(ids(longer).slice(0, 2)).toEqual(['project', 'channel']);
    bot.slack.calls.length = 0;
    await bot.deliver(filledIn(longer, { ...typed, channel: 'C6' }));
    expect(bot.slack.of('chat.postMessage')[0]).toMatchObject({ channel: 'C6' });
    const listed = JSON.stringify((await bot.deliver(command('history', { channel_id: 'C5' }))).acks);
    expect(listed).not.toContain('Kept');
  });

  it('the asker hears of a card that may be missing by the command’s own address', async () => {
    const bot = await startBot();
    await bot.deliver(command('Data API', { channel_id: 'C5' }));
    const view: View = JSON.parse(JSON.stringify(bot.slack.of('views.open')[0]?.view));
    bot.slack.next('chat.postMessage', { network: 'ECONNRESET' });
    bot.slack.next('chat.postEphemeral', { error: 'not_in_channel' });
    bot.slack.calls.length = 0;
    await bot.deliver(filledIn(view));
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postEphemeral', RESPONSE_URL]);
  });

  it('in a dialog that an earlier version opened, everything is shown already', async () => {
    const bot = await startBot();
    const press = pressInDialog('more_questions', { page: 'first', channel: 'C6', deciders: ['U7'] });
    const view = { ...JSON.parse(JSON.stringify(press.view)), private_metadata: '{"page":"first"}' };
    await bot.deliver({ ...press, view });
    expect(ids(shownIn(bot))).toEqual(expect.arrayContaining(['channel', 'tools', 'deciders', 'hide']));
    expect(JSON.stringify(shownIn(bot).blocks)).toContain('"initial_users":["U7"]');
  });
});

describe('"Show all reasons"', () => {
  it('opens them in a dialog', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ answers: MVP }));
    const blockId = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
    bot.slack.calls.length = 0;
    const { acks } = await bot.deliver(press({ actionId: 'card_menu', option: 'reasons', blockId }));
    expect(acks).toEqual([undefined]);
    expect(bot.slack.methods()).toEqual(['views.open']);
    expect(checkView(bot.slack.of('views.open')[0]?.view)).toEqual([]);
  });

  it('of a decision that is gone, or of another workspace, is a sentence', async () => {
    const bot = await startBot();
    await bot.deliver(press({ actionId: 'card_menu', option: 'reasons', blockId: 'decision:nothing' }));
    expect(bot.slack.calls).toMatchObject([
      { method: RESPONSE_URL, args: { text: expect.stringContaining('can’t find this decision') } },
    ]);
  });
});

describe('what no dialog of ours ever sent', () => {
  it.each<[string, Record<string, unknown>]>([
    ['tampered metadata', { private_metadata: '{"page":"all","admin":true}' }],
    ['metadata that is no JSON', { private_metadata: 'x' }],
    ['an option that is not in the rubric', { option: ['parts', 'gigantic'] }],
  ])('%s is answered on the dialog, logged, and changes nothing', async (_, change) => {
    const bot = await startBot();
    const body = JSON.parse(JSON.stringify(submit({ answers: MVP })));
    if ('private_metadata' in change) body.view.private_metadata = change.private_metadata;
    else body.view.state.values.parts.answer.selected_option.value = 'gigantic';
    const { acks } = await bot.deliver(body);
    expect(fieldErrors(acks[0]).project).toContain('I was updated');
    expect(bot.slack.calls).toEqual([]);
    expect(bot.log.lines.some((line) => line.level === 'warn')).toBe(true);
    expect(
      await bot.store.decisions.listInChannel('T1', 'C1', { viewer: 'U1', words: [], offset: 0, limit: 1 }),
    ).toEqual([]);
  });

  it('an unknown button gets a private sentence', async () => {
    const bot = await startBot();
    const { acks } = await bot.deliver(press({ actionId: 'launch_rocket' }));
    expect(acks).toEqual([undefined]);
    expect(bot.slack.calls).toMatchObject([
      {
        method: RESPONSE_URL,
        args: { response_type: 'ephemeral', text: expect.stringContaining('/django-or-flask') },
      },
    ]);
  });

  it('an unknown button in a dialog gets one above it', async () => {
    const bot = await startBot();
    await bot.deliver(pressInDialog('launch_rocket'));
    expect(bot.slack.methods()).toEqual(['views.push']);
  });

  it('an unknown dialog is answered on its first field', async () => {
    const bot = await startBot();
    const body = { ...submit(), view: { ...submittedView(), callback_id: 'unknown' } };
    const { acks } = await bot.deliver(body);
    expect(fieldErrors(acks[0])).toEqual({ project: expect.stringContaining('no longer works') });
  });

  it('an unknown menu entry gets a sentence', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ answers: MVP }));
    const card = JSON.parse(JSON.stringify(bot.slack.of('chat.postMessage')[0]));
    bot.slack.calls.length = 0;
    await bot.deliver(
      press({ actionId: 'card_menu', option: 'explode', blockId: card.blocks.at(-1).block_id }),
    );
    expect(bot.slack.calls).toMatchObject([{ method: RESPONSE_URL }]);
  });
});

describe('when something breaks on our side', () => {
  it('the dialog stays filled and says so with a reference that is in the log', async () => {
    const bot = await startBot();
    await bot.loseDatabase();
    const { acks } = await bot.deliver(submit({ answers: MVP }));
    const sentence = fieldErrors(acks[0]).project ?? '';
    const ref = /reference: (\w+)/.exec(sentence)?.[1];
    expect(ref).toBeDefined();
    expect(bot.log.lines).toContainEqual(expect.objectContaining({ ref, outcome: 'failed', id: 'intake' }));
    expect(bot.slack.calls).toEqual([]);
  });

  it('a command is answered privately', async () => {
    const bot = await startBot();
    await bot.loseDatabase();
    await bot.deliver(command('history'));
    expect(bot.slack.calls).toMatchObject([
      { method: RESPONSE_URL, args: { text: expect.stringContaining('reference') } },
    ]);
  });

  it('the link on cards posted earlier needs no database and gets no reply', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ answers: MVP }));
    const blockId = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
    bot.slack.calls.length = 0;
    await bot.loseDatabase();
    const link = press({ actionId: 'card_menu', option: 'article', blockId });
    expect((await bot.deliver(link)).acks).toEqual([undefined]);
    expect(bot.slack.calls).toEqual([]);
  });
});

describe('the log', () => {
  it('has one line an interaction, with what it was, how it ended and how long it took', async () => {
    const bot = await startBot();
    await bot.deliver(command('Billing portal'));
    await bot.deliver(submit({ answers: MVP }));
    const lines = bot.log.lines.filter((line) => line.msg === 'interaction');
    expect(lines).toMatchObject([
      {
        kind: 'command',
        id: '/django-or-flask',
        outcome: 'ok',
        team: 'T1',
        ms: expect.any(Number),
        ref: expect.any(String),
      },
      { kind: 'view_submission', id: 'intake', outcome: 'created' },
    ]);
  });

  it('has nothing in it that was typed, and no secret, even when everything fails', async () => {
    const bot = await startBot();
    const project = 'Operation Moonlight';
    bot.slack.next('views.open', { error: 'trigger_expired' });
    await bot.deliver(command(project));
    bot.slack.next('chat.postMessage', { error: 'internal_error' });
    bot.slack.next('chat.postEphemeral', { error: 'fatal_error' });
    await bot.deliver(submit({ project, answers: MVP }));
    bot.slack.next('chat.postMessage', { network: 'ECONNRESET' });
    await bot.deliver(submit({ project, answers: MVP, viewId: 'V2' }));
    await bot.deliver(press({ actionId: 'launch_rocket', value: project }));
    for (const secret of [project, 'Moonlight', 'xoxb-test-token', 'secretpath', '0123456789abcdef']) {
      expect(bot.log.raw()).not.toContain(secret);
    }
  });
});
