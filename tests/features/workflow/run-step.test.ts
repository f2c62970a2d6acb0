import { describe, expect, it } from 'vitest';
import { NotInstalled } from '../../../src/slack/installation.ts';
import { startBot, type TestBot } from '../../support/bot.ts';

const INPUTS = {
  project: 'Billing portal',
  channel: 'C1',
  asker: 'U1',
  parts: 'few',
  screens: 'office',
  tools: 'unsure',
};

const executed = (inputs: Record<string, unknown> = INPUTS, run = 'Fx1') => ({
  type: 'event_callback',
  event_id: `Ev-${run}`,
  event_time: 1_795_424_400,
  team_id: 'T1',
  authorizations: [{ team_id: 'T1', enterprise_id: null, is_enterprise_install: false, user_id: 'U0BOT' }],
  event: {
    type: 'function_executed',
    function: { id: 'Fn1', callback_id: 'recommend_framework' },
    inputs,
    function_execution_id: run,
    workflow_execution_id: 'Wx1',
    bot_access_token: 'xwfp-secret-token',
  },
});

const calls = (bot: TestBot) => bot.slack.methods();
const ended = (bot: TestBot) => [
  ...bot.slack.of('functions.completeSuccess'),
  ...bot.slack.of('functions.completeError'),
];

/** The card is left to whoever took the step for a moment. */
async function settle(bot: TestBot): Promise<void> {
  bot.clock.advance(5_000);
  await bot.bot.idle();
}

describe('a workflow that comes to the step', () => {
  it('gets the card posted, and verdict, strength, permalink and a summary back', async () => {
    const bot = await startBot();
    expect((await bot.deliver(executed())).acks).toEqual([undefined]);
    await settle(bot);
    const [card] = bot.slack.of('chat.postMessage');
    expect(card).toMatchObject({ channel: 'C1' });
    expect(card?.text).toMatch(/Billing portal[^\n]*\nLeans Django/);
    expect(card?.text).toContain('2 of 3 answered');
    expect(ended(bot)).toEqual([
      {
        function_execution_id: 'Fx1',
        outputs: {
          verdict: 'django',
          strength: expect.stringMatching(/^(solid|leaning|toss-up)$/),
          permalink: 'https://acme.slack.com/archives/C1/p1795424400000001',
          summary: expect.stringMatching(/^Billing portal: too close to call, leans Django\./),
        },
      },
    ]);
  });

  it('of a workspace that has uninstalled the app leaves nothing behind', async () => {
    const clientFor = (tenant: string) => Promise.reject(new NotInstalled(tenant));
    const bot = await startBot({ clientFor });
    await bot.deliver(executed());
    const page = { viewer: 'U1', words: [], offset: 0, limit: 10 };
    expect(await bot.store.decisions.listInChannel('T1', 'C1', page)).toEqual([]);
    expect(await bot.store.inbox.nextDue()).toBeNull();
    expect(calls(bot)).toEqual([]);
  });

  it('whose card is deleted before Slack takes the word of it is ended all the same', async () => {
    const bot = await startBot();
    bot.slack.next('functions.completeSuccess', { status: 429, retryAfter: 120 });
    await bot.deliver(executed());
    await settle(bot);
    const page = { viewer: 'U1', words: [], offset: 0, limit: 10 };
    const [listed] = await bot.store.decisions.listInChannel('T1', 'C1', page);
    const key = { tenant: 'T1', decision: listed?.decision.id ?? '' };
    expect(await bot.store.records.remove(key, bot.clock.now())).toBe('done');
    for (let i = 0; i < 4; i++) {
      bot.clock.advance(60_000);
      await bot.bot.idle();
    }
    expect(bot.slack.of('functions.completeError')).toEqual([
      { function_execution_id: 'Fx1', error: expect.stringContaining('was deleted') },
    ]);
  });

  it('with bad input is ended, though a token was not good at first', async () => {
    const bot = await startBot();
    bot.slack.next('functions.completeError', { error: 'token_revoked' });
    await bot.deliver(executed({ ...INPUTS, project: ' ' }));
    for (let i = 0; i < 4; i++) {
      bot.clock.advance(60_000);
      await bot.bot.idle();
    }
    expect(bot.slack.taken.map(({ method }) => method)).toEqual(['functions.completeError']);
  });

  it('delivered twice makes one card', async () => {
    const bot = await startBot();
    await bot.deliver(executed());
    await bot.deliver(executed());
    await settle(bot);
    await bot.deliver(executed());
    await settle(bot);
    expect(calls(bot).filter((method) => method === 'chat.postMessage')).toHaveLength(2); // card and reasoning
    expect(ended(bot)).toHaveLength(1);
  });

  it.each([
    ['no project', { ...INPUTS, project: ' ' }, '“Project” is empty: give the project a name'],
    [
      'a name that is too long',
      { ...INPUTS, project: 'x'.repeat(81) },
      'longer than 80 characters: shorten it',
    ],
    ['no channel', { ...INPUTS, channel: '' }, '“Channel” isn’t a channel'],
    ['an asker that isn’t a person', { ...INPUTS, asker: 'Ana' }, '“Asked by” isn’t a person'],
    ['an unknown option', { ...INPUTS, parts: 'gigantic' }, 'parts: "gigantic" is not one of'],
    ['an unknown input', { ...INPUTS, colour: 'red' }, '"colour" is not a trait'],
    ['nothing at all', null, '“Project” is empty'],
  ])('with %s ends with a sentence that says what to do', async (_, inputs, sentence) => {
    const bot = await startBot();
    await bot.deliver(executed(inputs as never));
    expect(ended(bot)).toEqual([{ function_execution_id: 'Fx1', error: expect.stringContaining(sentence) }]);
    expect(bot.slack.of('chat.postMessage')).toEqual([]);
  });

  it('may leave questions empty: then they are not answered', async () => {
    const bot = await startBot();
    await bot.deliver(executed({ project: 'P', channel: 'C1', parts: '', screens: null }));
    await settle(bot);
    expect(ended(bot)).toMatchObject([{ outputs: { verdict: 'undecided' } }]);
    // Nobody was named who stands for it, so the app does.
    expect(bot.slack.of('chat.postMessage')[0]?.text).toContain('A workflow asked · anyone here decides');
  });

  it('whose channel takes no card is told so, and nobody else', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { error: 'channel_not_found' });
    await bot.deliver(executed());
    await settle(bot);
    await settle(bot);
    expect(ended(bot)).toEqual([
      { function_execution_id: 'Fx1', error: expect.stringMatching(/^The card wasn’t posted\. .*\/invite/) },
    ]);
    expect(calls(bot)).not.toContain('chat.postEphemeral');
  });

  it('while Slack is down is completed later', async () => {
    const bot = await startBot();
    const down = { network: 'ECONNREFUSED' };
    bot.slack.next('chat.postMessage', down, down);
    await bot.deliver(executed());
    await settle(bot);
    expect(ended(bot)).toEqual([]);
    for (let i = 0; i < 20; i++) await settle(bot);
    expect(ended(bot)).toMatchObject([{ outputs: { verdict: 'django' } }]);
  });

  it('that Slack did not confirm says that one has to look', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { network: 'ECONNRESET' });
    await bot.deliver(executed());
    await settle(bot);
    expect(ended(bot)).toMatchObject([{ error: expect.stringContaining('Look for it in the channel') }]);
  });

  it('keeps no token in the database, and survives a restart', async () => {
    const bot = await startBot();
    await bot.store.inbox.put({ id: 'x', tenant: 'T1', body: executed() }, 0);
    const after = await bot.restart();
    await settle(after);
    expect(after.slack.of('functions.completeSuccess')).toHaveLength(1);
    const log = JSON.stringify([...bot.log.lines, ...after.log.lines]);
    expect(log).not.toContain('xwfp-secret-token');
  });

  it('of another app is left alone', async () => {
    const bot = await startBot();
    const event = executed();
    event.event.function.callback_id = 'something_else';
    await bot.deliver(event);
    await settle(bot);
    expect(calls(bot)).toEqual([]);
  });
});

it.each([
  ['a name that is no text', { project: { toString: 1 }, channel: 'C1' }, 'completeError'],
  ['a name in endless lists', { project: JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) }, null],
])('%s breaks nothing', async (_, inputs, ending) => {
  const bot = await startBot();
  await bot.deliver({
    type: 'event_callback',
    event_id: 'Ev-hostile',
    team_id: 'T1',
    event: {
      type: 'function_executed',
      function: { callback_id: 'recommend_framework' },
      inputs,
      function_execution_id: 'Fx-hostile',
    },
  });
  expect(bot.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  if (ending !== null) expect(bot.slack.methods().join()).toContain(ending);
});

it('a run that names no step is passed over once and for all', async () => {
  const bot = await startBot();
  await bot.deliver({
    type: 'event_callback',
    event_id: 'Ev-nothing',
    team_id: 'T1',
    event: { type: 'function_executed' },
  });
  expect(bot.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  expect(await bot.store.inbox.nextDue()).toBeNull();
});
