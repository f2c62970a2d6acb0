import { describe, expect, it } from 'vitest';
import { checkView } from '../../../packages/local-slack/rules/limits.ts';
import { startBot } from '../../support/bot.ts';
import { homeOpened, pressAtHome, submit } from '../../support/payloads.ts';

describe('the Home tab', () => {
  it('is published when somebody opens it, and not for the Messages tab', async () => {
    const bot = await startBot();
    await bot.deliver(homeOpened({ tab: 'messages' }));
    expect(bot.slack.methods()).toEqual([]);
    await bot.deliver(homeOpened());
    expect(bot.slack.methods()).toEqual(['views.publish']);
    expect(bot.slack.of('views.publish')[0]).toMatchObject({ user_id: 'U1', view: { type: 'home' } });
    expect(checkView(bot.slack.of('views.publish')[0]?.view)).toEqual([]);
  });

  it('shows a new decision to those whom it concerns and who have ever opened theirs', async () => {
    const bot = await startBot();
    await bot.deliver(homeOpened());
    await bot.deliver(homeOpened({ user: 'U3' }));
    bot.slack.calls.length = 0;
    await bot.deliver(submit({ project: 'Data API', deciders: ['U2', 'U3'] }));
    const published = bot.slack.of('views.publish');
    expect(published.map((call) => call.user_id).sort()).toEqual(['U1', 'U3']);
    for (const { view } of published) expect(JSON.stringify(view)).toContain('Data API');
  });

  it('shows nobody else’s decisions', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ project: 'Data API' }));
    bot.slack.calls.length = 0;
    await bot.deliver(homeOpened({ user: 'U2' }));
    expect(JSON.stringify(bot.slack.calls)).not.toContain('Data API');
  });

  it('starts the dialog, in which a channel is to be picked', async () => {
    const bot = await startBot();
    await bot.deliver(pressAtHome('home_start'));
    expect(bot.slack.methods()).toEqual(['views.open']);
    expect(JSON.stringify(bot.slack.of('views.open')[0]?.view)).toContain('"block_id":"channel"');
  });

  it('says on itself when Slack does not open the dialog', async () => {
    const bot = await startBot();
    bot.slack.next('views.open', { error: 'trigger_expired' });
    await bot.deliver(pressAtHome('home_start'));
    expect(bot.slack.methods()).toEqual(['views.open', 'views.publish']);
    expect(JSON.stringify(bot.slack.calls[1])).toContain('Press the button again');
  });

  it('that cannot be published keeps nothing else from happening', async () => {
    const bot = await startBot();
    await bot.deliver(homeOpened());
    bot.slack.next('views.publish', { error: 'not_enabled' });
    bot.slack.calls.length = 0;
    await bot.deliver(submit());
    expect(bot.slack.methods()).toEqual([
      'chat.postMessage',
      'chat.postMessage',
      'chat.getPermalink',
      'views.publish',
    ]);
  });
});
