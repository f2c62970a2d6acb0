import { expect, it } from 'vitest';
import { readEvents } from '../app-manifest.ts';
import { startBot } from './support/bot.ts';

it('brings only the events that the manifest subscribes to', async () => {
  const events = readEvents(`
features: {}
settings: { event_subscriptions: { bot_events: [app_home_opened] } }
`);
  const bot = await startBot('socket', { events });
  const ana = bot.slack.as('U0ANA');
  const { delivered } = await ana.say('hey <@U0BOT>', { channel: 'C0WEB' });
  expect(delivered).toMatchObject({ body: 'not_subscribed' });
  expect(bot.slack.deliveries).toEqual([]);
  expect(await ana.openHome()).toMatchObject({ status: 200 });
  expect(await ana.command('/say', 'a', { channel: 'C0WEB' })).toMatchObject({ status: 200 });
  await bot.stop();
});
