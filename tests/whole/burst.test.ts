import { expect, it, onTestFinished } from 'vitest';
import { crowd } from '../../bench/instances/crowd.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startSlack } from '../support/local-slack.ts';
import { startProcess } from '../support/process.ts';

const SIGNING_SECRET = 'whole-process-secret';
const PEOPLE = Array.from({ length: 1_000 }, (_, i) => `U0P${i}`);
const CHOICES = ['django', 'flask', 'both'] as const;
const AT_ONCE = 40;

it('a thousand people vote on one card at the same time: each vote counts, and Slack’s limits hold', async () => {
  const slack = await startSlack({ rateLimits: true, workspace: crowd(PEOPLE, 'C0WEB') });
  onTestFinished(() => slack.close());
  const bot = startProcess(temporaryFolder(), {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: 'bot.db',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
  });
  const { port } = await bot.log((line) => line.msg === 'ready');
  slack.sendTo({ url: `http://127.0.0.1:${port}/slack/events`, signingSecret: SIGNING_SECRET });
  const ana = slack.as('U0ANA');
  await ana.command('/django-or-flask', 'Billing portal', { channel: 'C0WEB' });
  await slack.until(() => ana.views()[0]);
  await ana.submit({ stage: 'mvp', admin: 'yes' });
  const card = await slack.until(() => slack.messages('C0WEB')[0]);

  const begun = Date.now();
  const waiting = PEOPLE.map((person, i) => [person, CHOICES[i % 3]] as const);
  const voters = Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [person, choice] = next;
      const { status } = await slack.as(person).click(card, `vote_${choice}`, { stale: true });
      expect(status).toBe(200);
    }
  });
  await Promise.all(voters);
  const shown = () => slack.messages('C0WEB')[0]?.text ?? '';
  await slack.until(() => /Django 334: .*Flask 333: .*Both 333: /s.test(shown()), 15_000);
  const seconds = Math.ceil((Date.now() - begun) / 1_000);
  const updates = slack.calls.filter(({ method }) => method === 'chat.update');
  expect(updates.length).toBeGreaterThan(1);
  expect(updates.length).toBeLessThanOrEqual(seconds + 1);
  const statuses = slack.calls.map(({ answer }) => (typeof answer === 'object' ? answer.status : 0));
  expect(statuses).not.toContain(429);
  expect(slack.complaints).toEqual([]);
}, 60_000);
