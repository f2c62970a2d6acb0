import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../people/person.ts';
import type { LocalSlack } from '../server/slack-server.ts';
import type { WorkflowStep } from '../state/executions.ts';
import { form, type SmallBot, startBot, TRANSPORTS } from './support/bot.ts';
import { errorOf } from './support/refused.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const city = (name: string) => ({ text: plain(name), value: name.toLowerCase() });

describe.each(TRANSPORTS)('a Bolt app over %s', (transport) => {
  let bot: SmallBot;
  let slack: LocalSlack;
  let ana: Person;

  beforeEach(async () => {
    bot = await startBot(transport);
    slack = bot.slack;
    ana = slack.as('U0ANA');
  });
  afterEach(() => bot.stop());

  describe('as a step of a workflow', () => {
    const step: WorkflowStep = {
      callbackId: 'recommend',
      inputs: { size: 'small' },
      inputParameters: [{ name: 'size', type: 'string', isRequired: true }],
      outputParameters: [
        { name: 'verdict', type: 'string', isRequired: true },
        { name: 'summary', type: 'string' },
      ],
    };
    const ended = (id: string) =>
      slack.until(({ executions }) => executions.find((run) => run.id === id && run.state !== 'running'));

    it('gets its inputs and gives its outputs, with a token of its own', async () => {
      bot.app.function('recommend', async ({ inputs, complete }) => {
        await complete({ outputs: { verdict: inputs.size === 'small' ? 'flask' : 'django' } });
      });
      const { id, delivered } = await slack.runStep(step);
      expect(delivered).toMatchObject({ status: 200 });
      expect(await ended(id)).toMatchObject({ state: 'succeeded', outputs: { verdict: 'flask' } });
      const call = slack.calls.find(({ method }) => method === 'functions.completeSuccess');
      expect(call?.token).toMatch(/^xwfp-/);
      expect(slack.deliveries.at(-1)?.payload.event).toMatchObject({
        type: 'function_executed',
        function: { callback_id: 'recommend', input_parameters: [{ name: 'size', is_required: true }] },
        inputs: { size: 'small' },
        function_execution_id: id,
      });
    });

    it('says that it has failed', async () => {
      bot.app.function('recommend', async ({ fail }) => void (await fail({ error: 'No such size' })));
      const { id } = await slack.runStep(step);
      expect(await ended(id)).toMatchObject({ state: 'failed', error: 'No such size' });
    });

    it('ends a run once, with outputs that fit', async () => {
      const { client } = bot.app;
      bot.app.function('nobody', async () => undefined);
      const { id: function_execution_id } = await slack.runStep({ ...step, callbackId: 'nobody' });
      const complete = (outputs: Record<string, unknown>, id = function_execution_id) =>
        client.functions.completeSuccess({ function_execution_id: id, outputs });
      expect(await errorOf(complete({}))).toBe('parameter_validation_failed');
      expect(await errorOf(complete({ verdict: 7 }))).toBe('parameter_validation_failed');
      expect(await errorOf(complete({ verdict: 'both' }, 'Fx0NONE'))).toBe('function_execution_not_found');
      await complete({ verdict: 'both' });
      expect(await errorOf(complete({ verdict: 'both' }))).toBe('execution_not_in_running_state');
      const late = client.functions.completeError({ function_execution_id, error: 'late' });
      expect(await errorOf(late)).toBe('execution_not_in_running_state');
    });
  });

  describe('with a select that asks it for options', () => {
    const cities = form({
      blocks: [
        {
          type: 'input',
          block_id: 'city',
          label: plain('City'),
          element: { type: 'external_select', action_id: 'choice', min_query_length: 2 },
        },
      ],
    });
    beforeEach(() => {
      bot.app.options('choice', async ({ ack, payload }) => {
        if (payload.value === 'none') return ack({ options: [] });
        if (payload.value === 'many') return ack({ options: Array(101).fill(city('Porto')) });
        if (payload.value === 'groups') {
          return ack({ option_groups: [{ label: plain('Portugal'), options: [city('Faro')] }] });
        }
        return ack({ options: ['Lisbon', 'London'].map(city) });
      });
    });
    const open = async (): Promise<void> => {
      bot.app.shortcut('cities', async ({ ack, shortcut, client }) => {
        await client.views.open({ trigger_id: shortcut.trigger_id, view: cities });
        await ack();
      });
      expect(await ana.globalShortcut('cities')).toMatchObject({ status: 200 });
    };

    it('offers them, and only they can be chosen', async () => {
      await open();
      expect(() => ana.fill({ city: 'lisbon' })).toThrow('offers no option "lisbon"');
      const offered = await ana.suggest('choice', 'lo');
      expect(offered.map(({ value }) => value)).toEqual(['lisbon', 'london']);
      ana.fill({ city: 'london' });
      expect(ana.view().state.city?.choice?.selected_option?.value).toBe('london');
      expect(slack.deliveries.at(-1)?.payload).toMatchObject({
        type: 'block_suggestion',
        action_id: 'choice',
        block_id: 'city',
        value: 'lo',
        container: { type: 'view', view_id: ana.view().id },
      });
      expect((await ana.suggest('choice', 'groups')).map(({ value }) => value)).toEqual(['faro']);
      expect(await ana.suggest('choice', 'none')).toEqual([]);
      expect(slack.complaints).toEqual([]);
      expect(await ana.suggest('choice', 'many')).toEqual([]);
      expect(slack.complaints[0]).toContain('invalid_suggestions');
    });

    it('asks only where the client would', async () => {
      await open();
      await expect(ana.suggest('choice', 'l')).rejects.toThrow('from 2 characters on');
      await expect(ana.suggest('nothing', 'lo')).rejects.toThrow('nothing to press');
    });
  });

  it('is used by a global shortcut, which has no channel', async () => {
    bot.app.shortcut('start', async ({ ack, shortcut, client }) => {
      await client.views.open({ trigger_id: shortcut.trigger_id, view: form() });
      await ack();
    });
    expect(await ana.globalShortcut('start')).toMatchObject({ status: 200 });
    expect(ana.view().state.channel?.conversation?.selected_conversation).toBe(null);
    const { payload } = slack.deliveries.at(-1) ?? {};
    expect(payload).toMatchObject({ type: 'shortcut', callback_id: 'start', user: { id: 'U0ANA' } });
    expect(payload).not.toHaveProperty('response_url');
    expect(payload).not.toHaveProperty('channel');
  });
});
