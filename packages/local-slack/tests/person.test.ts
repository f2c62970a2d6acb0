import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../people/person.ts';
import { type LocalSlack, startSlack } from '../server/slack-server.ts';
import { card, form, quiet } from './support/bot.ts';

let slack: LocalSlack;
let client: webApi.WebClient;
let ana: Person;

beforeEach(async () => {
  slack = await startSlack();
  client = new webApi.WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: quiet,
  });
  ana = slack.as('U0ANA');
});
afterEach(() => slack.close());

async function open(view = form(), channel = 'C0WEB'): Promise<void> {
  await ana.command('/form', '', { channel });
  await client.views.open({ trigger_id: String(slack.deliveries.at(-1)?.payload.trigger_id), view });
}

describe('a person', () => {
  it('finds initial values in a fresh dialog', async () => {
    await open(form(), 'C0SECRET');
    expect(ana.view().state).toEqual({
      name: { text: { type: 'plain_text_input', value: null } },
      channel: { conversation: { type: 'conversations_select', selected_conversation: 'C0SECRET' } },
      colour: {
        choice: {
          type: 'static_select',
          selected_option: { text: { type: 'plain_text', text: 'red' }, value: 'red' },
        },
      },
      people: { users: { type: 'multi_users_select', selected_users: [] } },
      flags: { boxes: { type: 'checkboxes', selected_options: [] } },
      one: { radio: { type: 'radio_buttons', selected_option: null } },
      day: { date: { type: 'datepicker', selected_date: null } },
    });
  });

  it.each([
    ['nothing in a required field', {}, 'name/text is required'],
    ['empty text', { name: '' }, 'name/text is required'],
    ['too long a text', { name: 'x'.repeat(21) }, 'name/text is too long'],
    ['no conversation', { name: 'a', channel: null }, 'channel/conversation is required'],
    ['an option that is not there', { colour: 'pink' }, 'offers no option "pink"'],
    ['a block that is not there', { size: 'big' }, 'nothing to fill in at size'],
    ['an action that is not there', { name: { other: 'a' } }, 'nothing to fill in at name/other'],
    ['a button', { more: { add: 'a' } }, 'nothing to fill in at more/add'],
    ['too many people', { people: ['U0ANA', 'U0BEN', 'U0DAN'] }, 'takes at most 2'],
    ['one where several go', { people: 'U0ANA' }, 'takes a list'],
  ])('cannot submit %s', async (_name, entries, words) => {
    await open();
    const before = slack.deliveries.length;
    await expect(ana.submit(entries)).rejects.toThrow(words);
    expect(slack.deliveries).toHaveLength(before);
  });

  it('keeps a dialog that could not be delivered', async () => {
    await open();
    expect(await ana.submit({ name: 'a' })).toMatchObject({ status: 0 });
    expect(ana.view().state.name?.text?.value).toBe('a');
  });

  it('sees a field anew when its block_id has changed', async () => {
    await open();
    ana.fill({ name: 'mine', colour: 'green' });
    const blocks = form().blocks.map((block) =>
      block.block_id === 'name' ? { ...block, block_id: 'name2' } : block,
    );
    await client.views.update({ view_id: ana.view().id, view: form({ blocks }) });
    expect(ana.view().state.name2?.text?.value).toBe(null);
    expect(ana.view().state.colour?.choice?.selected_option?.value).toBe('green');
  });

  it('does only what is possible', async () => {
    expect(() => slack.as('U0NOBODY')).toThrow('user_not_found');
    expect(() => ana.view()).toThrow('sees no modal');
    await open();
    const ben = slack.as('U0BEN');
    expect(() => ben.fill({ name: 'a' }, ana.view().id)).toThrow('does not see view');
    await expect(ana.clickInView('nothing')).rejects.toThrow('there is: text, conversation');
    await expect(ana.clickInView('choice', { value: 'green' })).rejects.toThrow('dispatch_action');
    await expect(slack.as('U0EXT').command('/form', '', { channel: 'C0TEAM' })).rejects.toThrow(
      'channel_not_found',
    );
    await expect(slack.as('U0EXT').say('hi', { channel: 'C0WEB' })).rejects.toThrow('You’re not in #web.');
  });

  it('may still see what has changed since', async () => {
    await client.chat.postMessage({ channel: 'C0WEB', text: 'a', blocks: card });
    const [before] = slack.messages('C0WEB');
    if (before === undefined) throw new Error('nothing was posted');
    await client.chat.update({ channel: 'C0WEB', ts: before.ts, text: 'b' });
    await expect(ana.click(before, 'vote')).rejects.toThrow('nothing to press');
    await expect(ana.click(before, 'menu', { value: 'pink', stale: true })).rejects.toThrow(
      'offers no option',
    );
    await ana.click(before, 'vote', { stale: true });
    expect(slack.deliveries.at(-1)?.payload).toMatchObject({
      message: { text: 'b' },
      actions: [{ value: 'yes' }],
    });
    await client.chat.delete({ channel: 'C0WEB', ts: before.ts });
    await expect(ana.click(before, 'vote')).rejects.toThrow('message_not_found');
  });

  it('closes a whole stack', async () => {
    await open(form({ notify_on_close: false }));
    await ana.clickInView('add');
    const trigger_id = String(slack.deliveries.at(-1)?.payload.trigger_id);
    await client.views.push({ trigger_id, view: form() });
    expect(await ana.close(true)).toHaveLength(1);
    expect(slack.deliveries.at(-1)?.payload).toMatchObject({ type: 'view_closed', is_cleared: true });
    expect(ana.views()).toEqual([]);
  });
});
