import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';

it('that Slack holds events back is acknowledged and logged', async () => {
  const bot = await startBot();
  const body = {
    token: 'old-verification-token',
    type: 'app_rate_limited',
    team_id: 'T1',
    minute_rate_limited: 1_795_424_400,
    api_app_id: 'A1',
  };
  expect(await bot.deliver(body)).toEqual({ acks: [undefined] });
  expect(bot.log.lines).toMatchObject([
    { level: 'warn', tenant: 'T1', msg: expect.stringContaining('Slack holds events back') },
  ]);
  expect(bot.log.raw()).not.toContain('old-verification-token');
});
