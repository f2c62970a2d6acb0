import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkView } from '../../packages/local-slack/rules/limits.ts';
import type { Discussion } from '../../src/decision/discussion.ts';
import { editAnswersModal } from '../../src/features/answers/edit-dialog.ts';
import { intakeModal } from '../../src/features/ask/dialog.ts';
import { deleteModal } from '../../src/features/decide/delete-dialog.ts';
import { revisitModal } from '../../src/features/revisit/dialog.ts';
import { startBot, type TestBot } from '../support/bot.ts';
import {
  command,
  filledIn,
  messageShortcut,
  pressAtHome,
  submit,
  submitAnswers,
  submitDialog,
} from '../support/payloads.ts';
import { blockOf, openedView, pressed, told, withCard } from '../support/posted-card.ts';
import { smallRubric as rubric } from '../support/small-rubric.ts';

const MEMBERS_ONLY = 'Only people in the workspace that installed this app can do this.';

/** The same, sent by somebody of another organisation, to whom a channel of ours is shared. */
const external = (body: Record<string, unknown>) => ({
  ...body,
  user: { id: 'U9', username: 'eve', team_id: 'T9' },
});

/** A workflow's step that names nobody: the decision is every member's. */
async function ofEverybody(): Promise<{ bot: TestBot; discussion: Discussion }> {
  const bot = await startBot();
  await bot.deliver({
    type: 'event_callback',
    event_id: 'Ev1',
    team_id: 'T1',
    authorizations: [{ team_id: 'T1', enterprise_id: null, is_enterprise_install: false, user_id: 'U0BOT' }],
    event: {
      type: 'function_executed',
      function: { id: 'Fn1', callback_id: 'recommend_framework' },
      inputs: { project: 'Billing portal', channel: 'C1' },
      function_execution_id: 'Fx1',
    },
  });
  const page = { viewer: 'U1', words: [], offset: 0, limit: 1 };
  const [listed] = await bot.store.decisions.listInChannel('T1', 'C1', page);
  const key = { tenant: 'T1', decision: listed?.decision.id ?? '' };
  const discussion = await bot.store.discussions.get(key);
  if (!discussion) throw new Error('there is no decision');
  return { bot, discussion };
}

const keyOf = ({ decision: { id, tenant } }: Discussion) => ({ tenant, decision: id });

describe('what is every member’s, but nobody’s of another organisation', () => {
  it('answers are not edited by them, though a dialog comes from them', async () => {
    const { bot, discussion } = await ofEverybody();
    const view = editAnswersModal(rubric, discussion);
    const { acks } = await bot.deliver(external(submitAnswers(view, { screens: 'office' })));
    expect(JSON.stringify(acks)).toContain(MEMBERS_ONLY);
    expect(await bot.store.discussions.get(keyOf(discussion))).toEqual(discussion);
  });

  it('it is not deleted by them', async () => {
    const { bot, discussion } = await ofEverybody();
    const { acks } = await bot.deliver(external(submitDialog(deleteModal(discussion), {})));
    expect(JSON.stringify(acks)).toContain(MEMBERS_ONLY);
    expect(await bot.store.discussions.get(keyOf(discussion))).toEqual(discussion);
  });

  it('whether it still holds is not posted for them', async () => {
    const { bot, discussion: before } = await ofEverybody();
    const outcome = { outcome: 'django', rationale: '', revisit: null, revisitAt: null, by: 'U1' } as const;
    await bot.store.records.decide(keyOf(before), outcome, bot.clock.now());
    const discussion = await bot.store.discussions.get(keyOf(before));
    if (!discussion) throw new Error('there is no decision');
    bot.slack.calls.length = 0;
    const { acks } = await bot.deliver(external(submitAnswers(revisitModal(rubric, discussion), {})));
    expect(JSON.stringify(acks)).toContain(MEMBERS_ONLY);
    expect(bot.slack.methods()).toEqual([]);
  });
});

describe('asking about a project is for members', () => {
  it.each([
    ['the command', command('Billing portal', { user_id: 'U9', team_id: 'T9' })],
    ['a message’s menu', external(messageShortcut())],
    ['the Home tab', external(pressAtHome('home_start'))],
    ['the dialog', external(submit())],
  ])('with %s, somebody of another organisation is told so, and nothing happens', async (_, payload) => {
    const here = { botToken: 'xoxb-test-token', botId: 'B0BOT', botUserId: 'U0BOT', teamId: 'T1' };
    const bot = await startBot({ authorize: async () => here });
    const { acks } = await bot.deliver(payload);
    expect(JSON.stringify([acks, bot.slack.calls])).toContain(MEMBERS_ONLY);
    expect(bot.slack.of('views.open')).toEqual([]);
    expect(bot.slack.of('chat.postMessage')).toEqual([]);
    expect(await bot.store.decisions.listOfPerson('T1', 'U1', 1)).toEqual([]);
    expect(await bot.store.decisions.listOfPerson('T1', 'U9', 1)).toEqual([]);
  });
});

describe('the dialog that is to replace a decision', () => {
  /** Decided by U2, whom U1 had named. */
  async function decided() {
    const { bot, block } = await withCard({ deciders: ['U2'] });
    const key = { tenant: 'T1', decision: block.slice('decision:'.length) };
    const outcome = { outcome: 'django', rationale: '', revisit: null, revisitAt: null, by: 'U2' } as const;
    await bot.store.records.decide(key, outcome, bot.clock.now());
    bot.slack.calls.length = 0;
    const view = intakeModal(rubric, {
      page: 'all',
      project: 'Billing portal, again',
      channel: 'C1',
      answers: { screens: 'office' },
      deciders: ['U1'],
      supersedes: key.decision,
    });
    return { bot, key, filled: filledIn(view, { viewId: 'V7', project: 'Billing portal, again' }) };
  }

  it('is for those who decide, when it is submitted, too', async () => {
    const { bot, filled } = await decided();
    const { acks } = await bot.deliver(filled);
    expect(acks).toEqual([
      {
        response_action: 'errors',
        errors: { project: 'Only the deciders can do this.' },
      },
    ]);
    expect(bot.slack.of('chat.postMessage')).toEqual([]);
  });

  it('says where that is gone, and keeps what was entered for asking afresh', async () => {
    const { bot, key, filled } = await decided();
    await bot.store.records.remove(key, bot.clock.now());
    const { acks } = await bot.deliver(filled);
    const view = z.custom<ModalView>((value) => checkView(value).length === 0);
    const answer = z.array(z.object({ response_action: z.literal('update'), view })).parse(acks);
    const again = answer[0]?.view;
    expect(JSON.stringify(again)).toContain('The decision to replace was deleted.');
    expect(JSON.stringify(again)).toContain('Billing portal, again');
    expect(bot.slack.of('chat.postMessage')).toEqual([]);
    if (again) await bot.deliver(filledIn(again, { viewId: 'V7', project: 'Billing portal, again' }));
    expect(bot.slack.of('chat.postMessage')[0]?.text).toContain('Billing portal, again');
  });
});

describe('who has left, in an organisation', () => {
  const ORG = { enterprise: { id: 'E1' }, is_enterprise_install: true };
  const inOrg = (body: Record<string, unknown>) => ({ ...body, ...ORG });

  async function startInOrg(): Promise<TestBot> {
    const here = { botToken: 'xoxb-test-token', botId: 'B0BOT', botUserId: 'U0BOT', enterpriseId: 'E1' };
    const bot = await startBot({ authorize: async ({ teamId = 'T1' }) => ({ ...here, teamId }) });
    bot.slack.people.set('U5', { id: 'U5', team_id: 'T1', is_admin: true });
    return bot;
  }

  it('is not whoever was named in a workflow’s step, which tells no workspace', async () => {
    const bot = await startInOrg();
    bot.slack.people.set('U1', { id: 'U1', team_id: 'T1' });
    await bot.deliver({
      type: 'event_callback',
      event_id: 'Ev1',
      team_id: null,
      enterprise_id: 'E1',
      authorizations: [{ team_id: null, enterprise_id: 'E1', is_enterprise_install: true, user_id: 'U0BOT' }],
      event: {
        type: 'function_executed',
        function: { id: 'Fn1', callback_id: 'recommend_framework' },
        inputs: { project: 'Billing portal', channel: 'C1', asker: 'U1' },
        function_execution_id: 'Fx1',
      },
    });
    const block = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
    bot.slack.calls.length = 0;
    await bot.deliver(inOrg(pressed('decide', block, 'U5')));
    expect(told(bot)[0]?.text).toBe('Only <@U1> can do this. You can still vote.');
    await bot.deliver(inOrg(pressed('decide', block, 'U1')));
    expect(openedView(bot)).toMatchObject({ callback_id: 'decide' });
  });

  it('is not whoever Slack says belongs to the organisation, where one workspace has the app', async () => {
    const bot = await startInOrg();
    bot.slack.people.set('U2', { id: 'U2', team_id: 'E1' });
    const inWorkspace = (body: Record<string, unknown>) => ({ ...body, enterprise: { id: 'E1' } });
    await bot.deliver(inWorkspace(submit({ deciders: ['U2'] })));
    const block = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
    bot.slack.calls.length = 0;
    await bot.deliver(inWorkspace(pressed('decide', block, 'U1')));
    expect(told(bot)[0]?.text).toBe('Only <@U2> can do this. You can still vote.');
  });
});
