import { describe, expect, it } from 'vitest';
import { checkView } from '../../../packages/local-slack/rules/limits.ts';
import { quoteText } from '../../../src/blocks/text.ts';
import { parseCommand } from '../../../src/features/ask/command.ts';
import { startBot, type TestBot } from '../../support/bot.ts';
import { command, press, RESPONSE_URL, submit, TRIGGER_ID } from '../../support/payloads.ts';

const project = (bot: TestBot): unknown => {
  const view = JSON.parse(JSON.stringify(bot.slack.of('views.open')[0]?.view));
  return view.blocks.find((b: { block_id?: string }) => b.block_id === 'project').element.initial_value;
};

describe('/django-or-flask', () => {
  it('acknowledges and opens the dialog, and calls nothing else', async () => {
    const bot = await startBot();
    const { acks } = await bot.deliver(command('Billing portal'));
    expect(acks).toEqual([undefined]);
    expect(bot.slack.calls).toEqual([
      {
        method: 'views.open',
        args: {
          trigger_id: TRIGGER_ID,
          team_id: 'T1',
          view: expect.objectContaining({ callback_id: 'intake' }),
        },
      },
    ]);
    expect(project(bot)).toBe('Billing portal');
    expect(checkView(bot.slack.of('views.open')[0]?.view)).toEqual([]);
  });

  it('opens the dialog without the channel’s name, which Slack need not send', async () => {
    const bot = await startBot();
    const { channel_name: _, ...body } = command('Billing portal');
    await bot.deliver(body);
    expect(project(bot)).toBe('Billing portal');
  });

  it('takes a name longer than allowed as far as it goes', async () => {
    const bot = await startBot();
    await bot.deliver(command('🍰'.repeat(200)));
    expect([...String(project(bot))]).toHaveLength(80);
    expect(checkView(bot.slack.of('views.open')[0]?.view)).toEqual([]);
  });

  it.each(['help', 'privacy', 'history'])(
    '%s answers privately with the acknowledgement, and calls nothing',
    async (word) => {
      const bot = await startBot();
      const { acks } = await bot.deliver(command(word));
      expect(acks).toEqual([{ text: expect.stringMatching(/\w/), blocks: expect.any(Array) }]);
      expect(bot.slack.calls).toEqual([]);
    },
  );

  it('says so and repeats what was typed when Slack does not open the dialog', async () => {
    const bot = await startBot();
    bot.slack.next('views.open', { error: 'trigger_expired' });
    await bot.deliver(command('R&amp;D portal'));
    expect(bot.slack.methods()).toEqual(['views.open', RESPONSE_URL]);
    const reply = bot.slack.calls[1]?.args;
    expect(reply).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('R&amp;D portal'),
    });
  });

  it.each(['token_revoked', 'account_inactive', 'missing_scope'])(
    'does not call it passing where only an admin can help: %s',
    async (error) => {
      const bot = await startBot();
      bot.slack.next('views.open', { error });
      await bot.deliver(command('Billing portal'));
      const sentence = String(bot.slack.calls[1]?.args.text);
      expect(sentence).toMatch(/Ask an admin to install it again, then type it again: .*Billing portal/);
      expect(sentence).not.toContain('over in a moment');
    },
  );

  it.each([
    ['my_project', { kind: 'new', project: 'my_project' }],
    ['new history', { kind: 'new', project: 'history' }],
    ['*Billing* R&amp;D', { kind: 'new', project: '*Billing* R&D' }],
    ['', { kind: 'new', project: '' }],
  ])('what it asks to type again after %j means the same when copied', async (typed, words) => {
    const bot = await startBot();
    bot.slack.next('views.open', { error: 'trigger_expired' });
    await bot.deliver(command(typed));
    const sentence = String(bot.slack.calls[1]?.args.text);
    const [, copied = ''] = /type it again: \/django-or-flask(.*)$/i.exec(sentence) ?? [];
    expect(parseCommand(copied)).toEqual(words);
    if (typed === '') expect(copied).toBe('');
  });

  it('a name of invisible characters is none', async () => {
    const bot = await startBot();
    await bot.deliver(command('\u2068\u2069'));
    expect(project(bot)).toBeUndefined();
    const { acks } = await bot.deliver(submit({ project: '\u3164\u200b' }));
    expect(acks).toMatchObject([{ errors: { project: expect.stringContaining('name') } }]);
  });

  it('under another name is not ours', async () => {
    const bot = await startBot();
    const { acks } = await bot.deliver(command('', { command: '/other' }));
    expect(acks).toEqual([undefined]);
    expect(bot.slack.methods()).toEqual([RESPONSE_URL]);
  });
});

describe('history', () => {
  it('lists the channel’s cards with links, in pages', async () => {
    const bot = await startBot();
    for (let i = 1; i <= 7; i++) {
      await bot.deliver(submit({ viewId: `V${i}`, project: `Project ${i}` }));
      bot.clock.advance(60_000);
    }
    const { acks } = await bot.deliver(command('history'));
    const first = JSON.stringify(acks[0]);
    expect(first).toContain('<https://acme.slack.com/archives/C1/p1795424400000001|\u2068Project 7\u2069>');
    expect(first).toContain('Project 3');
    expect(first).not.toContain('Project 2');

    const older = JSON.stringify({ offset: 5, words: [] });
    bot.slack.calls.length = 0;
    await bot.deliver(press({ actionId: 'history_older', value: older }));
    expect(bot.slack.methods()).toEqual([RESPONSE_URL]);
    const second = JSON.stringify(bot.slack.calls[0]?.args);
    expect(second).toContain('Project 1');
    expect(second).not.toContain('Project 3');
    expect(second).toContain('"replace_original":true');
  });

  it('finds by words, and says when there is nothing', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ viewId: 'V1', project: 'Billing portal' }));
    await bot.deliver(submit({ viewId: 'V2', project: 'Data API' }));
    const found = JSON.stringify((await bot.deliver(command('history billing'))).acks);
    expect(found).toContain('Billing portal');
    expect(found).not.toContain('Data API');
    expect(JSON.stringify((await bot.deliver(command('history nonsense'))).acks)).toContain(
      'No cards in this channel match',
    );
  });

  it('finds a name that was copied from where it is quoted', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ project: 'my_project' }));
    const { acks } = await bot.deliver(command(`history ${quoteText('my_project')}`));
    expect(JSON.stringify(acks)).toContain('newest first');
  });

  it('finds by words in any case, in every script', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ project: 'Über portal' }));
    expect(JSON.stringify((await bot.deliver(command('history über'))).acks)).toContain('newest first');
  });

  it('never shows another channel’s cards', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ project: 'Secret plan' }));
    const { acks } = await bot.deliver(command('history', { channel_id: 'C2' }));
    expect(JSON.stringify(acks)).not.toContain('Secret plan');
  });

  it.each([undefined, '{}', '{"offset":-5,"words":[]}', 'x'])(
    'answers a forged page (%s) with a sentence',
    async (value) => {
      const bot = await startBot();
      await bot.deliver(press({ actionId: 'history_older', ...(value === undefined ? {} : { value }) }));
      expect(bot.slack.calls[0]?.args).toMatchObject({ text: expect.stringContaining('out of date') });
    },
  );
});

describe('parseCommand', () => {
  it.each([
    ['', { kind: 'new', project: '' }],
    ['Billing portal', { kind: 'new', project: 'Billing portal' }],
    ['  Billing   portal ', { kind: 'new', project: 'Billing portal' }],
    ['R&amp;D &lt;tools&gt;', { kind: 'new', project: 'R&D <tools>' }],
    ['help', { kind: 'help' }],
    ['HELP', { kind: 'help' }],
    ['helpdesk', { kind: 'new', project: 'helpdesk' }],
    ['new help desk', { kind: 'new', project: 'help desk' }],
    ['new', { kind: 'new', project: '' }],
    ['newsletter', { kind: 'new', project: 'newsletter' }],
    ['history', { kind: 'history', words: [] }],
    ['history billing portal', { kind: 'history', words: ['billing', 'portal'] }],
    ['privacy', { kind: 'privacy' }],
  ])('%j', (text, words) => expect(parseCommand(text)).toEqual(words));
});
