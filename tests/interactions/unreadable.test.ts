import { describe, expect, it } from 'vitest';
import { isSlackAddress } from '../../src/slack/addresses.ts';
import { startBot } from '../support/bot.ts';
import {
  command,
  filledIn,
  homeOpened,
  mention,
  messageShortcut,
  press,
  submit,
} from '../support/payloads.ts';
import { menu, openedView, pressed, told, withCard } from '../support/posted-card.ts';

const UNREADABLE = 'I can’t read what Slack sent me.';
const errors = (lines: readonly Record<string, unknown>[]) => lines.filter(({ level }) => level === 'error');

const homeOpenedIn = (channel: unknown) => ({
  ...homeOpened(),
  event: { type: 'app_home_opened', user: 'U1', tab: 'home', channel },
});

describe('a payload that lacks what its kind always has', () => {
  it.each<[string, Record<string, unknown>]>([
    [
      'a press without a person',
      { ...press({ actionId: 'decide', blockId: 'decision:x' }), user: undefined },
    ],
    ['a press of nothing', { ...press({ actionId: 'decide' }), actions: [] }],
    [
      'a menu of which nothing was chosen',
      { ...press({ actionId: 'card_menu' }), actions: [{ type: 'overflow', action_id: 'card_menu' }] },
    ],
    ['a press in no channel', { ...press({ actionId: 'decide' }), channel: null }],
    ['a dialog without a view', { ...submit(), view: undefined }],
    ['a workspace that is a prototype', { ...pressed('decide', 'decision:x'), team: { id: '__proto__' } }],
    ['a menu of no message', { ...messageShortcut(), message: null }],
    ['a mention of nobody', mention('hello', { user: null })],
    ['a mention of an item that is none', mention('hello', { item: 'x' })],
    ['a Home tab of nobody', { ...homeOpened(), event: { type: 'app_home_opened', user: {}, tab: 'home' } }],
    ['two payloads in one', { ...command('x'), event: { type: 'app_mention' } }],
    ['an event in no channel', mention('hello', { channel: null })],
    ['a Home tab in no channel', homeOpenedIn(null)],
    ['an authorization that is none', { ...homeOpened(), authorizations: [null] }],
  ])('%s is no bug, and nothing comes of it', async (_, body) => {
    const bot = await startBot();
    await bot.deliver(body);
    expect(errors(bot.log.lines)).toEqual([]);
    expect(bot.log.lines).toContainEqual(expect.objectContaining({ msg: 'an unreadable payload' }));
    expect(bot.slack.calls).toEqual([]);
  });

  it('is answered where the acknowledgement can carry words', async () => {
    const bot = await startBot();
    const { acks } = await bot.deliver({ ...command('x'), text: ['x'] });
    expect(acks).toMatchObject([{ response_type: 'ephemeral', text: expect.stringContaining(UNREADABLE) }]);
    const dialog = await bot.deliver({ ...submit(), user: { id: 7 } });
    expect(dialog.acks).toMatchObject([{ errors: { project: expect.stringContaining(UNREADABLE) } }]);
  });

  it('leaves no id in the log that is a secret', async () => {
    const bot = await startBot();
    await bot.deliver({ type: '1795424400.123456.0123456789abcdef0123456789abcdef' });
    expect(bot.log.raw()).not.toContain('0123456789abcdef');
  });
});

it('a shortcut that is not of a message is told that it is not known, as anything else is', async () => {
  const bot = await startBot();
  const { acks } = await bot.deliver({ ...messageShortcut(), type: 'shortcut' });
  expect(acks).toEqual([undefined]);
  expect(told(bot)[0]?.text).toContain('This button or command no longer works');
});

describe('addresses for private words', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data',
    'https://evil.test/commands/T1/1/x',
    'https://hooks.slack.test.evil.test/commands',
    'https://hooks.slack.test@evil.test/commands',
    'http://hooks.slack.test/commands',
  ])('nothing is posted to %s', async (response_url) => {
    const { bot, block } = await withCard();
    await bot.deliver({ ...pressed('vote_django', block), response_url });
    await bot.deliver({ ...submit({ viewId: 'V7' }), response_urls: [{ response_url }] });
    expect(bot.slack.methods().filter((method) => method.includes(':'))).toEqual([]);
  });

  it('nothing is posted to one that came with the metadata of a dialog', async () => {
    const bot = await startBot();
    await bot.deliver(messageShortcut());
    const view = JSON.parse(JSON.stringify(openedView(bot)).replaceAll('hooks.slack.test', 'evil.test'));
    bot.slack.next('chat.postMessage', { network: 'ECONNRESET' });
    bot.slack.next('chat.postEphemeral', { error: 'not_in_channel' });
    await bot.deliver(filledIn(view));
    expect(bot.slack.methods()).toContain('chat.postEphemeral');
    expect(bot.slack.methods().filter((method) => method.includes('evil'))).toEqual([]);
  });

  it.each<[string, string | undefined, boolean]>([
    ['https://hooks.slack.com/actions/T1/1/x', undefined, true],
    ['https://hooks.slack.com/actions/T1/1/x', 'https://slack.corp.example/api/', true],
    ['https://hooks.slack-gov.com/actions/T1/1/x', 'https://slack-gov.com/api/', true],
    ['http://127.0.0.1:3000/response/x', 'http://127.0.0.1:3000/api/', true],
    ['http://127.0.0.1:4000/response/x', 'http://127.0.0.1:3000/api/', false],
    ['http://127.0.0.1:4000/response/x', undefined, false],
    ['https://notslack.com/actions', undefined, false],
    ['https://slack.com.evil.test/actions', undefined, false],
    ['javascript:alert(1)', undefined, false],
    ['', undefined, false],
  ])('%s with the Web API at %s: %s', (address, api, isOurs) => {
    expect(isSlackAddress(address, api)).toBe(isOurs);
  });
});

describe('a press for which Slack has sent no address', () => {
  it.each(['history_older', 'my_data', 'forget_me', 'post_again', 'keep_card'])(
    '%s is no bug',
    async (actionId) => {
      const { bot, block } = await withCard();
      const { response_url: _, ...body } = press({
        actionId,
        blockId: block,
        value: '{"offset":0,"words":[]}',
      });
      const { acks } = await bot.deliver(body);
      expect(acks).toEqual([undefined]);
      expect(errors(bot.log.lines)).toEqual([]);
    },
  );
});

it('what is said of a field that a dialog does not have is said on its first one', async () => {
  const { bot, block } = await withCard();
  await bot.deliver(pressed('decide', block));
  const view = openedView(bot);
  const asked = { ...filledIn(JSON.parse(JSON.stringify(view))) };
  const changed = { ...JSON.parse(JSON.stringify(asked.view)), private_metadata: 'x' };
  changed.blocks = changed.blocks.filter(({ block_id }: { block_id?: string }) => block_id !== 'rationale');
  const { acks } = await bot.deliver({ ...asked, view: changed });
  expect(acks).toMatchObject([{ errors: { outcome: expect.stringContaining('I was updated') } }]);
  const { acks: without } = await bot.deliver({ ...asked, view: { ...changed, blocks: [] } });
  expect(without).toMatchObject([{ response_action: 'update' }]);
});

it('a menu’s choice that is none is told so', async () => {
  const { bot, block } = await withCard();
  const body = menu('reasons', block);
  await bot.deliver({ ...body, actions: [{ ...body.actions[0], selected_option: {} }] });
  expect(told(bot)[0]?.text).toContain('This menu entry no longer works');
});
