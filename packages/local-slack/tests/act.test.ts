import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSurfaces } from '../app-manifest.ts';
import { type PageAction, performAction } from '../people/act.ts';
import { describeError } from '../people/user-facing-error.ts';
import type { LocalSlack } from '../server/slack-server.ts';
import { takeSnapshot } from '../server/snapshot.ts';
import { type SmallBot, startBot } from './support/bot.ts';

const APP = readSurfaces(`
features:
  app_home: { home_tab_enabled: true }
  slash_commands:
    - { command: /say, description: Says it, should_escape: false }
    - { command: /form, description: A form, should_escape: true }
  shortcuts:
    - { name: Look, type: message, callback_id: look, description: Looks }
    - { name: Look, type: global, callback_id: look, description: Looks }
`);

let bot: SmallBot;
let slack: LocalSlack;

beforeEach(async () => {
  bot = await startBot('socket');
  slack = bot.slack;
});
afterEach(() => bot.stop());

/** What the page gets, as its server does it. */
const asked = (as: string, wanted: PageAction['act']): Promise<string | null> =>
  performAction(slack, APP, { as, act: wanted }).catch(describeError);
const send = (as: string, channel: string, text: string, thread?: string): Promise<string | null> =>
  asked(as, { do: 'send', channel, text, ...(thread === undefined ? {} : { thread }) });

describe('writing is refused with a sentence', () => {
  it.each([
    ['a person who isn’t in the channel', 'U0CLEO', 'C0SHARED', 'You’re not in #shared.'],
    ['a person in an archived channel', 'U0ANA', 'C0OLD', 'You can’t post in #old, because it’s archived.'],
    ['most people where only some may post', 'U0DAN', 'C0NEWS', 'Only admins can post in #news.'],
    ['an id that belongs to no one', 'U0NOBODY', 'C0WEB', 'This person isn’t in the workspace.'],
    ['a stranger', 'U0DAN', 'C0SECRET', 'This channel doesn’t exist, or you’re not in it.'],
  ])('to %s, on the page and in code', async (_name, as, channel, sentence) => {
    expect(await send(as, channel, 'hello')).toBe(sentence);
    expect(await send(as, channel, '/say hello')).toBe(sentence);
    const said = Promise.try(() => slack.as(as).say('hello', { channel }));
    expect(describeError(await said.catch((error: unknown) => error))).toBe(sentence);
    expect(slack.messages(channel)).toEqual([]);
  });

  it('but not to those who may, and the page knows beforehand', async () => {
    expect(await send('U0CLEO', 'C0NEWS', 'hello')).toBeNull();
    const knows = (as: string) =>
      takeSnapshot(slack, as, APP).channels.find(({ id }) => id === 'C0NEWS')?.postingProblem;
    expect([knows('U0CLEO'), knows('U0ANA')]).toEqual([null, 'Only admins can post in #news.']);
  });

  it('in a thread as in its channel', async () => {
    const { message } = await slack.as('U0ANA').say('hello', { channel: 'C0SHARED' });
    expect(await send('U0CLEO', 'C0SHARED', 'hello', message.ts)).toBe('You’re not in #shared.');
    expect(slack.thread('C0SHARED', message.ts)).toEqual([]);
  });

  it('and so is whatever else is not there any more', async () => {
    const press = { do: 'pressInView', view: 'V0', action: 'a', block: 'b' } as const;
    expect(await asked('U0ANA', press)).toMatch(/^[A-Z][^_]*\.$/);
    expect(await asked('U0ANA', { do: 'close' })).toMatch(/^[A-Z][^_]*\.$/);
  });
});

describe('the app is offered', () => {
  const everything = async (as: string, channel: string): Promise<(string | null)[]> => {
    const { message } = await slack.as('U0ANA').say('hello', { channel });
    return [
      await send(as, channel, '/say hello'),
      await asked(as, { do: 'shortcut', shortcut: 'look', channel, ts: message.ts }),
      await asked(as, { do: 'globalShortcut', shortcut: 'look' }),
      await asked(as, { do: 'openHome', tab: 'home' }),
    ];
  };
  const NOT_THERE = [
    '/say is not a valid command.',
    'This shortcut isn’t available.',
    'This shortcut isn’t available.',
    'The app has no Home tab for you.',
  ];
  const nothing = { name: '', commands: [], shortcuts: [], hasHome: false };

  it('while it is installed', async () => {
    expect(await everything('U0ANA', 'C0SHARED')).toEqual([null, null, null, null]);
    await slack.uninstall();
    const before = slack.deliveries.length;
    expect(await everything('U0ANA', 'C0SHARED')).toEqual(NOT_THERE);
    expect(takeSnapshot(slack, 'U0ANA', APP).app).toEqual(nothing);
    expect(slack.deliveries).toHaveLength(before);
    slack.reinstall();
    expect(await send('U0ANA', 'C0SHARED', '/say hello')).toBeNull();
  });

  it('to people of its own workspace; those from outside can press what they see', async () => {
    expect(await everything('U0EXT', 'C0SHARED')).toEqual(NOT_THERE);
    expect(takeSnapshot(slack, 'U0EXT', APP).app).toEqual(nothing);
    expect(slack.deliveries).toEqual([]);
    await bot.app.client.chat.postMessage({
      channel: 'C0SHARED',
      text: 'a',
      blocks: [
        {
          type: 'actions',
          block_id: 'b',
          elements: [{ type: 'button', action_id: 'menu', text: { type: 'plain_text', text: 'a' } }],
        },
      ],
    });
    const ts = slack.messages('C0SHARED').at(-1)?.ts ?? '';
    expect(
      await asked('U0EXT', { do: 'press', channel: 'C0SHARED', ts, action: 'menu', block: 'b' }),
    ).toBeNull();
  });
});

it('makes ids of the names in a command only where the manifest asks for it', async () => {
  await send('U0ANA', 'C0WEB', '/say Portal for @ben & <co>');
  expect(slack.deliveries.at(-1)?.payload.text).toBe('Portal for @ben &amp; &lt;co&gt;');
  await send('U0ANA', 'C0WEB', '/form Portal for @ben & <co>');
  expect(slack.deliveries.at(-1)?.payload.text).toBe('Portal for <@U0BEN> &amp; &lt;co&gt;');
});
