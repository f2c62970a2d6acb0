import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkView } from '../../../packages/local-slack/rules/limits.ts';
import { startBot, type TestBot } from '../../support/bot.ts';
import { filledIn, messageShortcut, RESPONSE_URL } from '../../support/payloads.ts';

const view = z.custom<ModalView>((value) => typeof value === 'object' && value !== null);
const opened = ({ slack }: TestBot): ModalView => view.parse(slack.of('views.open').at(-1)?.view);
const blockIds = ({ blocks }: ModalView): (string | undefined)[] => blocks.map((block) => block.block_id);

describe('"Django or Flask?" in a message’s menu', () => {
  it('opens the same dialog, which asks for no channel', async () => {
    const bot = await startBot();
    await bot.deliver(messageShortcut());
    expect(bot.slack.methods()).toEqual(['views.open']);
    expect(checkView(opened(bot))).toEqual([]);
    expect(blockIds(opened(bot))).toContain('project');
    expect(blockIds(opened(bot))).not.toContain('channel');
    expect(JSON.stringify(opened(bot).blocks)).toContain('Posts a card in this message’s thread.');
  });

  it.each([
    ['a message in the channel', {}, '1795424400.000002'],
    ['a reply', { threadTs: '1795424399.000001' }, '1795424399.000001'],
  ])('puts card and reasoning into the thread of %s', async (_, at, parent) => {
    const bot = await startBot();
    await bot.deliver(messageShortcut(at));
    const dialog = opened(bot);
    bot.slack.calls.length = 0;
    const { acks } = await bot.deliver(filledIn(dialog));
    expect(acks).toEqual([undefined]);
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postMessage', 'chat.getPermalink']);
    const [card, reasoning] = bot.slack.of('chat.postMessage');
    expect(card).toMatchObject({ channel: 'C1', thread_ts: parent });
    expect(reasoning).toMatchObject({ channel: 'C1', thread_ts: parent });
  });

  it('where the bot cannot post, the dialog comes back with a channel to pick and everything that was entered', async () => {
    const bot = await startBot();
    await bot.deliver(messageShortcut());
    bot.slack.next('chat.postMessage', { error: 'channel_not_found' });
    const { acks } = await bot.deliver(filledIn(opened(bot), { project: 'Data API' }));
    const answer = z.object({ response_action: z.literal('update'), view }).parse(acks[0]);
    expect(checkView(answer.view)).toEqual([]);
    expect(blockIds(answer.view)).toContain('channel');
    expect(JSON.stringify(answer.view.blocks)).toMatch(/I can’t see this channel.*\/invite/);
    expect(JSON.stringify(answer.view.blocks)).toContain('"initial_value":"Data API"');

    bot.slack.calls.length = 0;
    await bot.deliver(filledIn(answer.view, { project: 'Data API', channel: 'C2' }));
    const [card] = bot.slack.of('chat.postMessage');
    expect(card).toMatchObject({ channel: 'C2' });
    expect(card).not.toHaveProperty('thread_ts');
  });

  it('after an invitation, the same channel picked there means the thread again', async () => {
    const bot = await startBot();
    await bot.deliver(messageShortcut());
    bot.slack.next('chat.postMessage', { error: 'channel_not_found' });
    const { acks } = await bot.deliver(filledIn(opened(bot)));
    const { view: again } = z.object({ view }).parse(acks[0]);
    bot.slack.calls.length = 0;
    await bot.deliver(filledIn(again, { channel: 'C1' }));
    expect(bot.slack.of('chat.postMessage')[0]).toMatchObject({
      channel: 'C1',
      thread_ts: '1795424400.000002',
    });
  });

  it('refuses a dialog without answers', async () => {
    const bot = await startBot();
    await bot.deliver(messageShortcut());
    const { acks } = await bot.deliver(filledIn(opened(bot), { answers: {} }));
    expect(acks).toEqual([{ response_action: 'errors', errors: { parts: 'Answer at least one question.' } }]);
  });

  it('keeps the thread when the other questions are asked for', async () => {
    const bot = await startBot();
    await bot.deliver(messageShortcut());
    const { view: shown } = z
      .object({ view: z.record(z.string(), z.unknown()) })
      .parse(filledIn(opened(bot)));
    await bot.deliver({
      ...filledIn(opened(bot)),
      type: 'block_actions',
      container: { type: 'view', view_id: 'V1' },
      view: shown,
      actions: [{ type: 'button', action_id: 'more_questions', block_id: 'more', action_ts: '1' }],
    });
    const longer = view.parse(bot.slack.of('views.update')[0]?.view);
    expect(blockIds(longer)).toContain('tools');
    expect(blockIds(longer)).not.toContain('channel');
    expect(longer.private_metadata).toContain('1795424400.000002');
  });

  it('in a conversation between two people says so, and asks for a channel', async () => {
    const bot = await startBot();
    await bot.deliver(messageShortcut({ channel: 'D1' }));
    expect(blockIds(opened(bot))).toContain('channel');
    expect(JSON.stringify(opened(bot).blocks)).toContain('can’t post in a direct message');
    await bot.deliver(filledIn(opened(bot), { channel: 'C1' }));
    expect(bot.slack.of('chat.postMessage')[0]).not.toHaveProperty('thread_ts');
  });

  it('a message that is gone is said so on the dialog', async () => {
    const bot = await startBot();
    await bot.deliver(messageShortcut());
    bot.slack.next('chat.postMessage', { error: 'thread_not_found' });
    const { acks } = await bot.deliver(filledIn(opened(bot)));
    expect(JSON.stringify(acks[0])).toContain(
      'The message was deleted, so it has no thread. Pick a channel.',
    );
  });

  it('a dialog that Slack does not open is said so privately', async () => {
    const bot = await startBot();
    bot.slack.next('views.open', { error: 'trigger_expired' });
    await bot.deliver(messageShortcut());
    expect(bot.slack.methods()).toEqual(['views.open', RESPONSE_URL]);
    expect(bot.slack.calls[1]?.args).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('Pick “Django or Flask?” in the message’s menu again'),
    });
  });

  it('the asker hears of a card that may be missing by the address that came with the message', async () => {
    const bot = await startBot();
    await bot.deliver(messageShortcut());
    bot.slack.next('chat.postMessage', { network: 'ECONNRESET' });
    bot.slack.next('chat.postEphemeral', { error: 'not_in_channel' });
    const dialog = opened(bot);
    bot.slack.calls.length = 0;
    await bot.deliver(filledIn(dialog));
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postEphemeral', RESPONSE_URL]);
  });
});
