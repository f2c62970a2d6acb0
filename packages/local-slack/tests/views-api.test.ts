import { describe, expect, it } from 'vitest';
import { card, form } from './support/bot.ts';
import { errorOf } from './support/refused.ts';
import { client, pass, raw, slack, startSlackBeforeEachTest, trigger } from './support/web-api.ts';

startSlackBeforeEachTest();

describe('views', () => {
  const open = async (view = form()) => client.views.open({ trigger_id: await trigger(), view });

  it('opens once, within three seconds', async () => {
    const id = await trigger();
    await client.views.open({ trigger_id: id, view: form() });
    expect(await errorOf(client.views.open({ trigger_id: id, view: form() }))).toBe('trigger_exchanged');
    const late = await trigger();
    pass(3_001);
    expect(await errorOf(client.views.open({ trigger_id: late, view: form() }))).toBe('trigger_expired');
    expect(await errorOf(client.views.open({ trigger_id: 'made.up', view: form() }))).toBe(
      'invalid_trigger_id',
    );
  });

  it('says what is wrong with a view', async () => {
    const { title: _, ...untitled } = form();
    const { body } = await raw('views.open', { trigger_id: await trigger(), view: untitled });
    expect(body).toEqual({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: title (modal) [json-pointer:/view]'] },
    });
    const option = (value: number) => ({
      text: { type: 'plain_text' as const, text: '😀'.repeat(75) },
      value: `${value}`,
    });
    const options = Array.from({ length: 100 }, (_, index) => option(index));
    const section = {
      type: 'section' as const,
      text: { type: 'plain_text' as const, text: 'a' },
      accessory: { type: 'static_select' as const, options },
    };
    expect(await errorOf(open(form({ blocks: Array.from({ length: 20 }, () => section) })))).toBe(
      'view_too_large',
    );
  });

  it('updates by id or external id, not against a newer view', async () => {
    const { view } = await open(form({ external_id: 'mine' }));
    const { id = '', hash = '' } = view ?? {};
    const updated = await client.views.update({ view_id: id, hash, view: form({ external_id: 'mine' }) });
    expect(updated.view?.hash).not.toBe(hash);
    expect(await errorOf(client.views.update({ view_id: id, hash, view: form() }))).toBe('hash_conflict');
    await client.views.update({ external_id: 'mine', view: form({ external_id: 'mine' }) });
    expect(await errorOf(client.views.update({ external_id: 'other', view: form() }))).toBe('not_found');
    await slack.as('U0ANA').close(true);
    expect(await errorOf(client.views.update({ view_id: id, view: form() }))).toBe('not_found');
  });

  it('wants external ids to be unique', async () => {
    await open(form({ external_id: 'mine' }));
    await slack.as('U0BEN').command('/form', '', { channel: 'C0WEB' });
    const trigger_id = String(slack.deliveries.at(-1)?.payload.trigger_id);
    const again = client.views.open({ trigger_id, view: form({ external_id: 'mine' }) });
    expect(await errorOf(again)).toBe('duplicate_external_id');
  });

  it('pushes from inside a modal, two times', async () => {
    expect(await errorOf(client.views.push({ trigger_id: await trigger(), view: form() }))).toBe(
      'invalid_trigger_id',
    );
    await open();
    const ana = slack.as('U0ANA');
    const push = async () => {
      await ana.clickInView('add');
      return client.views.push({
        trigger_id: String(slack.deliveries.at(-1)?.payload.trigger_id),
        view: form(),
      });
    };
    await push();
    await push();
    expect(await errorOf(push())).toBe('push_limit_reached');
    expect(ana.views()).toHaveLength(3);
  });

  it('publishes Home', async () => {
    const publish = (extra: object = {}) =>
      client.views.publish({ user_id: 'U0ANA', view: { type: 'home', blocks: card }, ...extra });
    const { view } = await publish();
    await publish({ hash: view?.hash });
    expect(await errorOf(publish({ hash: view?.hash }))).toBe('hash_conflict');
    expect(await errorOf(publish({ user_id: 'U0NOBODY' }))).toBe('user_not_found');
    expect(await errorOf(publish({ view: form() }))).toBe('invalid_arguments');
    expect(slack.as('U0ANA').home()?.id).toBe(view?.id);
  });
});

describe('response_url', () => {
  const responseUrl = async (): Promise<string> => {
    await trigger();
    return String(slack.deliveries.at(-1)?.payload.response_url);
  };

  it('works five times', async () => {
    const url = await responseUrl();
    for (let use = 0; use < 5; use += 1) {
      expect(await raw(url, { text: `${use}` })).toEqual({ status: 200, body: { ok: true } });
    }
    expect(await raw(url, { text: 'six' })).toEqual({ status: 404, body: { ok: false, error: 'used_url' } });
    expect(slack.ephemerals('U0ANA')).toHaveLength(5);
    expect(slack.calls.at(-1)).toMatchObject({ method: 'response_url', args: { text: 'six' } });
  });

  it('works for half an hour', async () => {
    const url = await responseUrl();
    pass(30 * 60_000 + 1);
    expect((await raw(url, { text: 'late' })).body.error).toBe('expired_url');
    expect((await raw(`${url}x`, { text: 'a' })).status).toBe(404);
  });

  it('refuses what cannot be shown', async () => {
    const url = await responseUrl();
    expect(await raw(url, {})).toMatchObject({ status: 400, body: { error: 'no_text' } });
    expect(await raw(url, { blocks: [{ type: 'alert' }] })).toMatchObject({
      status: 400,
      body: { error: 'invalid_blocks' },
    });
    expect(await raw(url, { text: 'a', response_type: 'everywhere' })).toMatchObject({ status: 400 });
  });

  it('replaces or deletes the message that was clicked', async () => {
    await client.chat.postEphemeral({ channel: 'C0WEB', user: 'U0ANA', text: 'psst', blocks: card });
    const ana = slack.as('U0ANA');
    const [whispered] = slack.ephemerals('U0ANA');
    if (whispered === undefined) throw new Error('nothing was whispered');
    await ana.click(whispered, 'vote');
    const { payload } = slack.deliveries.at(-1) ?? {};
    expect(payload).toMatchObject({ container: { is_ephemeral: true } });
    expect(payload).not.toHaveProperty('message');
    const url = String(payload?.response_url);
    await raw(url, { text: 'changed', replace_original: true });
    expect(slack.ephemerals('U0ANA')).toMatchObject([{ text: 'changed', ts: whispered.ts }]);
    await raw(url, { delete_original: true });
    expect(slack.ephemerals('U0ANA')).toEqual([]);
  });
});
