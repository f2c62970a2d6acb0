import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../people/person.ts';
import type { LocalSlack } from '../server/slack-server.ts';
import { type SmallBot, startBot, TRANSPORTS } from './support/bot.ts';

describe.each(TRANSPORTS)('a Bolt app over %s', (transport) => {
  let bot: SmallBot;
  let slack: LocalSlack;
  let ana: Person;

  beforeEach(async () => {
    bot = await startBot(transport);
    slack = bot.slack;
    ana = slack.as('U0ANA');
  });
  afterEach(async () => {
    expect(slack.deliveries.every(({ result }) => result !== undefined)).toBe(true);
    await bot.stop();
  });

  const openForm = async (): Promise<void> => {
    const answer = await ana.command('/form', 'Billing portal', { channel: 'C0WEB' });
    expect(answer).toMatchObject({ status: 200, body: undefined, timedOut: false });
  };

  it('opens a dialog, takes its answers and posts', async () => {
    await openForm();
    expect(ana.view()).toMatchObject({ callback_id: 'form', private_metadata: 'Billing portal' });

    const answer = await ana.submit({
      name: 'Portal',
      colour: { choice: 'green' },
      people: ['U0BEN'],
      flags: { boxes: ['red', 'blue'] },
      one: 'blue',
      day: '2026-12-01',
    });
    expect(answer).toMatchObject({ status: 200, timedOut: false });
    expect(ana.views()).toEqual([]);
    expect(slack.messages('C0WEB')).toMatchObject([
      { text: 'Portal by <@U0ANA>', user: 'U0BOT', botId: 'B0APP' },
    ]);

    const payload = slack.deliveries.at(-1)?.payload;
    expect(payload).toMatchObject({
      type: 'view_submission',
      user: { id: 'U0ANA', team_id: 'T0ACME' },
      view: {
        state: {
          values: {
            name: { text: { type: 'plain_text_input', value: 'Portal' } },
            channel: { conversation: { type: 'conversations_select', selected_conversation: 'C0WEB' } },
            colour: { choice: { type: 'static_select', selected_option: { value: 'green' } } },
            people: { users: { type: 'multi_users_select', selected_users: ['U0BEN'] } },
            flags: { boxes: { selected_options: [{ value: 'red' }, { value: 'blue' }] } },
            one: { radio: { selected_option: { value: 'blue' } } },
            day: { date: { type: 'datepicker', selected_date: '2026-12-01' } },
          },
        },
      },
      response_urls: [{ block_id: 'channel', action_id: 'conversation', channel_id: 'C0WEB' }],
    });
    expect(
      slack.calls.map(({ method }) => method).filter((method) => !/auth|connections/.test(method)),
    ).toEqual(['views.open', 'chat.postMessage']);
    expect(slack.complaints).toEqual([]);
  });

  it('shows errors on their fields and keeps what was entered', async () => {
    await openForm();
    await ana.submit({ name: 'bad', colour: 'blue' });
    expect(ana.view().errors).toEqual({ name: 'Not that one' });
    expect(ana.view().state.colour?.choice?.selected_option?.value).toBe('blue');
    await ana.submit({ name: 'Good' });
    expect(ana.views()).toEqual([]);
  });

  it('replaces, stacks and clears views as the answer says', async () => {
    await openForm();
    await ana.submit({ name: 'again' });
    expect(ana.view().title.text).toBe('Again');
    await ana.submit({ name: 'push' });
    expect(ana.views().map(({ title }) => title.text)).toEqual(['Again', 'Second']);
    expect(ana.view()).toMatchObject({ previousViewId: ana.views()[0]?.id, rootViewId: ana.views()[0]?.id });
    await ana.submit({ name: 'clear' });
    expect(ana.views()).toEqual([]);
  });

  it('complains of answers that Slack does not understand', async () => {
    await openForm();
    await ana.submit({ name: 'lost' });
    await ana.submit({ name: 'invalid' });
    expect(slack.complaints).toHaveLength(2);
    expect(slack.complaints[0]).toContain('error_without_input_block');
    expect(slack.complaints[1]).toContain('must be less than 25 characters');
    expect(ana.view().title.text).toBe('Form');
  });

  it('keeps what was entered over an update with the same ids, and forgets the rest', async () => {
    await openForm();
    ana.fill({ name: 'Kept', colour: 'green', day: '2026-12-01' });
    await ana.clickInView('add');
    const view = await slack.until(() => (ana.view().title.text === 'Longer' ? ana.view() : null));
    expect(view.state.name?.text?.value).toBe('Kept');
    expect(view.state.colour?.choice?.selected_option?.value).toBe('green');
    expect(view.state.day).toBeUndefined();
    expect(slack.calls.at(-1)?.answer).toMatchObject({ body: { ok: true } });
  });

  it('refuses an update with the hash of an older view', async () => {
    await openForm();
    const held = slack.faults.hold('views.update');
    await ana.clickInView('add');
    await held.arrived;
    await bot.app.client.views.update({
      view_id: ana.view().id,
      view: { type: 'modal', title: { type: 'plain_text', text: 'Newer' }, blocks: [] },
    });
    held.release();
    const refused = await slack.until(({ calls }) =>
      calls.find(
        ({ method, answer }) => method === 'views.update' && JSON.stringify(answer)?.includes('conflict'),
      ),
    );
    expect(refused.answer).toEqual({ status: 200, body: { ok: false, error: 'hash_conflict' } });
  });

  it('clicks in messages, with an ephemeral answer and an update', async () => {
    await openForm();
    await ana.submit({ name: 'Portal' });
    const message = slack.messages('C0WEB')[0];
    if (message === undefined) throw new Error('nothing was posted');
    const ben = slack.as('U0BEN');
    await ben.click(message, 'vote');
    await slack.until(() => slack.messages('C0WEB')[0]?.text === 'voted');
    expect(slack.messages('C0WEB')).toMatchObject([{ ts: message.ts, edits: 1 }]);
    expect(slack.ephemerals('U0BEN')).toMatchObject([{ text: 'counted', channel: 'C0WEB' }]);
    expect(slack.ephemerals('U0ANA')).toEqual([]);
    expect(slack.deliveries.at(-1)?.payload).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0BEN' },
      channel: { id: 'C0WEB', name: 'web' },
      container: { type: 'message', message_ts: message.ts, is_ephemeral: false },
      actions: [{ type: 'button', block_id: 'votes', action_id: 'vote', value: 'yes' }],
    });

    await ben.click(message, 'menu', { value: 'blue' });
    expect(slack.deliveries.at(-1)?.payload).toMatchObject({
      actions: [{ type: 'overflow', selected_option: { value: 'blue' } }],
    });
  });

  it('shows what a command answers, to one person or to all', async () => {
    await ana.command('/say', 'hello', { channel: 'C0SECRET' });
    await slack.until(() => slack.messages('C0SECRET').length === 1);
    expect(slack.ephemerals('U0ANA')).toMatchObject([{ text: 'you said hello', channel: 'C0SECRET' }]);
    expect(slack.messages('C0SECRET')).toMatchObject([{ text: 'and more' }]);
    expect(slack.deliveries[0]?.payload).toMatchObject({ channel_name: 'privategroup', text: 'hello' });
  });

  it('brings shortcuts, mentions and the opening of Home', async () => {
    const { message, delivered } = await ana.say('hey <@U0BOT>', { channel: 'C0WEB' });
    expect(delivered).toMatchObject({ status: 200 });
    const reply = await slack.until(() => slack.thread('C0WEB', message.ts)[0]);
    expect(reply.text).toBe('yes?');
    expect(slack.messages('C0WEB')).toHaveLength(1);

    await ana.shortcut('look', message);
    await slack.until(() => ana.views()[0]);

    await ana.openHome();
    const home = await slack.until(() => ana.home());
    await ana.clickInView('menu', { value: 'red' }, home.id);
    expect(slack.deliveries.at(-1)?.payload).toMatchObject({ container: { type: 'view', view_id: home.id } });
  });

  it('tells of a closed dialog without what was entered', async () => {
    await openForm();
    ana.fill({ name: 'Draft' });
    expect(await ana.close()).toMatchObject([{ status: 200 }]);
    expect(slack.deliveries.at(-1)?.payload).toMatchObject({
      type: 'view_closed',
      is_cleared: false,
      view: { state: { values: {} } },
    });
    expect(ana.views()).toEqual([]);
  });

  it('says that the app was too slow', async () => {
    const other = await startBot(transport, { ackTimeoutMs: 100 });
    const answer = await other.slack.as('U0ANA').command('/silent', '', { channel: 'C0WEB' });
    expect(answer).toMatchObject({ status: 0, timedOut: true });
    await other.stop();
  });

  it('repeats an event with what Slack says about it', async () => {
    const { message } = await ana.say('hi', { channel: 'C0WEB' });
    const { ts, text, user, channel } = message;
    const retry = { num: 1, reason: 'http_timeout' };
    const event = { type: 'app_mention', ts, text, user, channel };
    expect(await slack.sendEvent(event, { eventId: 'Ev1', retry })).toMatchObject({ status: 200 });
    expect(await slack.sendEvent(event, { eventId: 'Ev1', retry })).toMatchObject({ status: 200 });
    // A Bolt app on its own does not notice that it has seen the event before.
    await slack.until(() => slack.thread(channel, ts).length === 2);
    expect(slack.deliveries.at(-1)?.payload).toMatchObject({ event_id: 'Ev1', type: 'event_callback' });
  });
});
