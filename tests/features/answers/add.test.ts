import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { checkMessage, checkView } from '../../../packages/local-slack/rules/limits.ts';
import type { Answers } from '../../../src/advice/answers.ts';
import { startBot, type TestBot } from '../../support/bot.ts';
import { temporaryFolder } from '../../support/folder.ts';
import {
  command,
  filledIn,
  homeOpened,
  messageShortcut,
  press,
  submit,
  submitAnswers,
} from '../../support/payloads.ts';

const CARD_TS = '1795424400.000001';
/** The asker's: Flask. */
const SMALL = { parts: 'few', tools: 'own' };
/** Together with the asker's: Django, and what they say of the parts matters. */
const LARGE = { parts: 'many', screens: 'plain' };

/** A bot with one posted card, asked by U1; the calls of posting it are forgotten. */
async function withCard(
  submission: Parameters<typeof submit>[0] = {},
): Promise<{ bot: TestBot; block: string; folder: string; posted: { text: string; blocks: string } }> {
  const folder = temporaryFolder();
  const bot = await startBot({ folder });
  await bot.deliver(submit({ answers: SMALL, ...submission }));
  const [card] = bot.slack.of('chat.postMessage');
  const posted = { text: String(card?.text), blocks: JSON.stringify(card?.blocks) };
  const block = /decision:[\w-]+/.exec(posted.blocks)?.[0] ?? '';
  bot.slack.calls.length = 0;
  return { bot, block, folder, posted };
}

const pressAdd = (block: string, user = 'U2') =>
  press({ actionId: 'add_answers', blockId: block, user, ts: CARD_TS });

/** The dialog that opens for this person. */
async function opened(bot: TestBot, block: string, user = 'U2'): Promise<ModalView> {
  const before = bot.slack.of('views.open').length;
  await bot.deliver(pressAdd(block, user));
  const view = bot.slack.of('views.open')[before]?.view as ModalView | undefined;
  if (!view) throw new Error('no dialog was opened');
  expect(checkView(view)).toEqual([]);
  return view;
}

/** Somebody answers, and the card has been brought up to date. */
async function answer(bot: TestBot, block: string, answers: Answers, user = 'U2'): Promise<unknown[]> {
  const view = await opened(bot, block, user);
  const { acks } = await bot.deliver(submitAnswers(view, answers, user));
  bot.clock.advance(2_000);
  await bot.bot.idle();
  return acks;
}

/** Every question at "Not sure". */
const nothing = (view: ModalView): Answers =>
  Object.fromEntries(
    view.blocks.flatMap((b) => (b.type === 'input' && b.block_id ? [[b.block_id, 'unsure']] : [])),
  );

const chosen = (view: ModalView): Record<string, string> =>
  Object.fromEntries(
    JSON.parse(JSON.stringify(view.blocks)).flatMap(
      (b: { block_id: string; element?: { initial_option: { value: string } } }) =>
        b.element ? [[b.block_id, b.element.initial_option.value]] : [],
    ),
  );

const updates = (bot: TestBot) => bot.slack.of('chat.update');
const cardText = (bot: TestBot): string => String(updates(bot).at(-1)?.text);
const whispers = (bot: TestBot) => bot.slack.of('chat.postEphemeral');
/** Private answers by reply address. */
const told = (bot: TestBot) =>
  bot.slack.calls.filter(({ method }) => method.startsWith('https://')).map(({ args }) => args);
const refusal = (block: string, sentence: string) => [
  { response_action: 'errors', errors: { [block]: expect.stringContaining(sentence) } },
];

describe('the dialog for one’s own answers', () => {
  it('asks all questions and starts empty, whatever others said', async () => {
    const { bot, block } = await withCard();
    await answer(bot, block, LARGE, 'U3');
    const view = await opened(bot, block);
    expect(view).toMatchObject({
      callback_id: 'own_answers',
      private_metadata: expect.stringMatching(/id0/),
    });
    const options = Object.values(chosen(view));
    expect(options).toHaveLength(3);
    expect(new Set(options)).toEqual(new Set(['unsure']));
    expect(JSON.stringify(view)).toContain('Your answers are public. Skip what you don’t know.');
  });

  it('starts with what one answered before', async () => {
    const { bot, block } = await withCard();
    await answer(bot, block, LARGE);
    const view = await opened(bot, block);
    expect(chosen(view)).toMatchObject({ ...LARGE, tools: 'unsure' });
    expect(JSON.stringify(view)).toContain('Set all to “Not sure” to remove them.');
  });

  it('says that only deciders see hidden answers', async () => {
    const { bot, block } = await withCard({ hide: true });
    const view = await opened(bot, block);
    expect(JSON.stringify(view)).toContain('Only deciders see your answers until the decision.');
  });

  it('for the asker is the one that edits their answers', async () => {
    const { bot, block } = await withCard();
    const view = await opened(bot, block, 'U1');
    expect(view.callback_id).toBe('edit_answers');
    expect(chosen(view)).toMatchObject(SMALL);
    bot.slack.calls.length = 0;
    const { acks } = await bot.deliver(submitAnswers(view, LARGE, 'U1'));
    expect(acks).toEqual([undefined]);
    bot.clock.advance(2_000);
    await bot.bot.idle();
    expect(cardText(bot)).toContain('all 3 answered');
  });

  it('is not for somebody of another organisation', async () => {
    const { bot, block } = await withCard();
    await bot.deliver({ ...pressAdd(block, 'U9'), user: { id: 'U9', username: 'eve', team_id: 'T9' } });
    expect(bot.slack.methods()).toEqual([expect.stringContaining('https://')]);
    expect(told(bot)[0]?.text).toContain('Only people in the workspace');
  });

  it('that Slack does not open is told', async () => {
    const { bot, block } = await withCard();
    bot.slack.next('views.open', { error: 'trigger_expired' });
    await bot.deliver(pressAdd(block));
    expect(told(bot)[0]?.text).toContain('Press the button again');
  });
});

describe('own answers', () => {
  it('change the card to what everybody says together, and are confirmed privately', async () => {
    const { bot, block } = await withCard();
    const view = await opened(bot, block);
    bot.slack.calls.length = 0;
    const { acks } = await bot.deliver(submitAnswers(view, LARGE));
    expect(acks).toEqual([undefined]);
    expect(bot.slack.methods().toSorted()).toEqual(['chat.postEphemeral', 'chat.update']);
    const [update] = updates(bot);
    expect(update).toMatchObject({ channel: 'C1', ts: CARD_TS });
    expect(checkMessage({ text: update?.text, blocks: update?.blocks })).toEqual([]);
    const lines = cardText(bot).split('\n');
    expect(lines[0]).toMatch(/Billing portal.*: too close to call\.$/);
    expect(lines[1]).toBe('Leans Django · <@U1> asked and decides.');
    expect(lines[2]).toBe('2 people answered · they agree on 0 of 3.');
    expect(lines[3]).toBe('<@U1> alone would get: Flask, likely.');
    expect(cardText(bot)).toContain(
      'Settle this first: Parts: A few parts (<@U1>) would make it Flask. Many parts (<@U2>) would make it both.',
    );
    expect(cardText(bot)).toMatch(/^For Django: /m);
    expect(whispers(bot)).toEqual([
      expect.objectContaining({
        channel: 'C1',
        user: 'U2',
        text: 'I added your answers. The advice is now: too close to call, leans Django.',
      }),
    ]);
  });

  it('leave out disagreements that change nothing', async () => {
    const { bot, block } = await withCard({
      answers: { parts: 'some', screens: 'plain', tools: 'usual' },
    });
    await answer(bot, block, { parts: 'many' });
    expect(cardText(bot)).toContain('2 people answered');
    expect(JSON.stringify(updates(bot).at(-1))).not.toMatch(/Settle|U2/);
  });

  it('can be changed; the same again changes nothing and says so', async () => {
    const { bot, block } = await withCard();
    await answer(bot, block, LARGE);
    await answer(bot, block, { ...LARGE, parts: 'few' });
    expect(updates(bot)).toHaveLength(2);
    expect(cardText(bot)).toContain('2 people answered · they agree on 1 of 3.');
    expect(cardText(bot)).not.toContain('Settle this first');
    await answer(bot, block, {});
    expect(updates(bot)).toHaveLength(2);
    expect(whispers(bot).at(-1)?.text).toBe('These are already your answers.');
  });

  it('can be taken back: the card is the asker’s again', async () => {
    const { bot, block } = await withCard();
    await answer(bot, block, LARGE);
    const view = await opened(bot, block);
    await answer(bot, block, nothing(view));
    expect(cardText(bot).split('\n')[0]).toContain('Flask, likely');
    expect(cardText(bot)).toContain('<@U1> asked and decides · 2 of 3 answered.');
    expect(cardText(bot)).not.toContain('alone');
    expect(whispers(bot).at(-1)?.text).toBe('I removed your answers. The advice is now: Flask, likely.');
  });

  it('with “Not sure” everywhere are refused on the first question, and nothing is recorded', async () => {
    const { bot, block } = await withCard();
    expect(await answer(bot, block, {})).toEqual(refusal('parts', 'Answer at least one'));
    expect(bot.slack.methods()).toEqual(['views.open']);
  });

  it('of two people at the same moment both count', async () => {
    const { bot, block } = await withCard();
    const [second, third] = [await opened(bot, block, 'U2'), await opened(bot, block, 'U3')];
    await Promise.all([
      bot.deliver(submitAnswers(second, LARGE, 'U2')),
      bot.deliver(submitAnswers(third, { parts: 'many' }, 'U3')),
    ]);
    bot.clock.advance(2_000);
    await bot.bot.idle();
    expect(cardText(bot)).toContain('3 people answered');
  });

  it('hidden until decided are a count and nothing else, on the card and in what anybody is told', async () => {
    const { bot, block, posted } = await withCard({ hide: true });
    const menu = press({ actionId: 'card_menu', option: 'reasons', blockId: block, ts: CARD_TS, user: 'U3' });
    await bot.deliver(menu);
    await answer(bot, block, LARGE, 'U7');
    await answer(bot, block, { ...LARGE, screens: 'none' }, 'U8');
    await bot.deliver(menu);
    // But for the count, card and dialogs are what they were before anybody else had answered.
    const count = (people: number) => `${people} people answered · answers hidden until the decision`;
    const before = ' · 2 of 3 answered';
    const without = ({ text, blocks }: Record<string, unknown>, people: number) => ({
      text: String(text).replace(`.\n${count(people)}.\n`, `${before}.\n`),
      blocks: JSON.stringify(blocks).replace(`\\n${count(people)}`, before),
    });
    expect(updates(bot).map((update, i) => without(update, i + 2))).toEqual([posted, posted]);
    expect(cardText(bot)).toContain(`${count(3)}.`);
    const dialogs = bot.slack.of('views.open').map(({ view }) => view);
    expect(dialogs.at(-1)).toEqual(dialogs[0]);
    expect(chosen(await opened(bot, block, 'U3'))).toEqual(chosen(dialogs[1] as ModalView));
    expect(whispers(bot).map(({ user, text }) => [user, text])).toEqual(
      ['U7', 'U8'].map((user) => [
        user,
        'I added your answers. The card doesn’t show anyone’s answers before the decision.',
      ]),
    );
  });

  it('bring the reasons for everybody’s answers under “Show all reasons”', async () => {
    const { bot, block } = await withCard();
    await answer(bot, block, LARGE);
    await bot.deliver(press({ actionId: 'card_menu', option: 'reasons', blockId: block, ts: CARD_TS }));
    const view = bot.slack.of('views.open').at(-1)?.view;
    expect(checkView(view)).toEqual([]);
    expect(JSON.stringify(view)).toContain('too close to call, leans Django');
    expect(JSON.stringify(view)).toContain('2 people answered.');
    expect(bot.slack.of('chat.postMessage')).toEqual([]);
  });

  it('change what the history says of the card, but not while they are hidden', async () => {
    for (const [hide, verdict] of [
      [false, 'too close to call, leans Django'],
      [true, 'Flask, likely'],
    ] as const) {
      const { bot, block } = await withCard({ hide });
      await answer(bot, block, LARGE);
      const { acks } = await bot.deliver(command('history'));
      expect(JSON.stringify(acks)).toContain(` · open (${verdict}) · you asked · `);
    }
  });

  it('are confirmed in the thread where the card stands in one', async () => {
    const bot = await startBot();
    await bot.deliver(messageShortcut({ ts: '1795424400.000099' }));
    const intake = bot.slack.of('views.open')[0]?.view;
    await bot.deliver(filledIn(intake as ModalView));
    const block =
      /decision:[\w-]+/.exec(JSON.stringify(bot.slack.of('chat.postMessage')[0]?.blocks))?.[0] ?? '';
    await answer(bot, block, LARGE);
    expect(whispers(bot)[0]).toMatchObject({ channel: 'C1', thread_ts: '1795424400.000099', user: 'U2' });
  });

  it('stay recorded where the private word does not arrive; that is only logged', async () => {
    const { bot, block } = await withCard();
    bot.slack.next('chat.postEphemeral', { error: 'user_not_in_channel' });
    expect(await answer(bot, block, LARGE)).toEqual([undefined]);
    expect(cardText(bot)).toContain('2 people answered');
    expect(JSON.stringify(bot.log.lines)).toContain('a private reply was not posted');
  });

  it('refresh the Home tab of whoever answered, where they have looked at it', async () => {
    const { bot, block } = await withCard();
    await bot.deliver(homeOpened({ user: 'U2' }));
    bot.slack.calls.length = 0;
    await answer(bot, block, LARGE);
    expect(bot.slack.of('views.publish').map(({ user_id }) => user_id)).toEqual(['U2']);
  });
});

describe('own answers that can’t be taken', () => {
  it('of somebody of another organisation are refused, and nothing is recorded', async () => {
    const { bot, block } = await withCard();
    const view = await opened(bot, block);
    const theirs = {
      ...submitAnswers(view, LARGE, 'U9'),
      user: { id: 'U9', username: 'eve', team_id: 'T9' },
    };
    expect((await bot.deliver(theirs)).acks).toEqual(refusal('parts', 'Only people in the workspace'));
    expect(updates(bot)).toEqual([]);
  });

  it('of the asker are an edit, however they came by the dialog', async () => {
    const { bot, block } = await withCard();
    const view = await opened(bot, block);
    const { acks } = await bot.deliver(submitAnswers(view, LARGE, 'U1'));
    expect(acks).toEqual([undefined]);
    bot.clock.advance(2_000);
    await bot.bot.idle();
    expect(cardText(bot)).not.toContain('2 people answered');
    expect(cardText(bot)).toContain('2 of 3 answered');
  });

  it.each([
    [
      'metadata of no version',
      (view: ModalView) => ({ ...view, private_metadata: '{"decision":"../x"}' }),
      {},
    ],
    ['an option that is gone', (view: ModalView) => view, { parts: 'galactic' }],
  ])('in a dialog with %s keep what was chosen', async (_, changed, more) => {
    const { bot, block } = await withCard();
    const view = changed(await opened(bot, block));
    const { acks } = await bot.deliver(submitAnswers(view, { ...LARGE, ...more }));
    expect(acks).toEqual(refusal('parts', 'I was updated'));
    expect(updates(bot)).toEqual([]);
  });

  it('for a decision that does not exist are refused with a sentence', async () => {
    const { bot, block } = await withCard();
    const view = { ...(await opened(bot, block)), private_metadata: '{"decision":"nosuch"}' };
    expect((await bot.deliver(submitAnswers(view, LARGE))).acks).toEqual(
      refusal('parts', 'can’t find this decision'),
    );
  });

  it('after it is decided are refused in the dialog, and the button says so', async () => {
    const { bot, block } = await withCard();
    const view = await opened(bot, block);
    const outcome = { outcome: 'django', rationale: '', revisit: null, revisitAt: null, by: 'U1' } as const;
    await bot.store.records.decide(
      { tenant: 'T1', decision: block.slice('decision:'.length) },
      outcome,
      bot.clock.now(),
    );
    const { acks } = await bot.deliver(submitAnswers(view, LARGE));
    expect(acks).toEqual(refusal('parts', 'decided in the meantime'));
    await bot.deliver(pressAdd(block));
    expect(bot.slack.of('views.open')).toHaveLength(1);
    expect(told(bot)[0]?.text).toContain('This is decided, so answers are closed.');
  });
});
