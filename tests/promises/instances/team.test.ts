import { expect, it, onTestFinished } from 'vitest';
import type { Message } from '../../../packages/local-slack/state/messages.ts';
import { threeInstances } from '../../support/instances.ts';
import { startSlack } from '../../support/local-slack.ts';

it('a team decides through three instances on one PostgreSQL, each request to the next one', async () => {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const { errors } = await threeInstances(slack);
  const [ana, ben, cleo] = ['U0ANA', 'U0BEN', 'U0CLEO'].map((id) => slack.as(id));
  if (!ana || !ben || !cleo) throw new Error('somebody is missing');
  const now = ({ ts }: Message): Message => {
    const found = slack.messages('C0WEB').find((message) => message.ts === ts);
    if (!found) throw new Error('the card is gone');
    return found;
  };
  const shows = (card: Message, words: RegExp) => slack.until(() => words.test(now(card).text), 15_000);

  // Asked, hidden until decided.
  await ana.command('/django-or-flask', 'Billing portal', { channel: 'C0WEB' });
  await slack.until(() => ana.views()[0]);
  await ana.clickInView('voting_options');
  await slack.until(() => ana.view().blocks.some((block) => block.block_id === 'hide'));
  await ana.submit({ stage: 'mvp', admin: 'yes', hide: ['until_decided'] });
  const card = await slack.until(() => slack.messages('C0WEB')[0]);
  await ben.click(card, 'vote_flask');
  await cleo.click(card, 'vote_flask');
  await ana.click(card, 'vote_django');
  await shows(card, /Hidden vote · 3 so far/);
  await ben.click(now(card), 'add_answers');
  await slack.until(() => ben.views()[0]);
  await ben.submit({ size: 'simple', shape: 'single_service', admin: 'no' });
  await shows(card, /2 people answered/);
  expect(now(card).text).not.toMatch(/Flask 2/);

  // Decided against the advice, and written down.
  await ana.click(now(card), 'decide');
  await slack.until(() => ana.views()[0]);
  await ana.submit({ outcome: 'flask', rationale: 'Two of three know it.' });
  await shows(card, /: Flask, decided\./);
  expect(now(card).text).toMatch(/Against the advice \(Django, likely\)|Flask 2/);
  await slack.until(() => slack.files.length === 1, 15_000);
  expect(slack.files[0]?.name).toBe('0001-flask-for-billing-portal.md');

  // Reopened, decided anew, and replaced by another one.
  await ana.click(now(card), 'card_menu', { value: 'reopen' });
  await shows(card, /Hidden vote · 3 so far/);
  await ana.click(now(card), 'decide');
  await slack.until(() => ana.views()[0]);
  await ana.submit({ outcome: 'django', rationale: 'On second thought.' });
  await shows(card, /: Django, decided\./);
  await ana.click(now(card), 'card_menu', { value: 'supersede' });
  await slack.until(() => ana.views()[0]);
  await ana.submit({ size: 'large' });
  const next = await slack.until(
    () => slack.messages('C0WEB').find(({ ts, text }) => ts > card.ts && text.includes('Replaces ')),
    15_000,
  );
  await ana.click(next, 'decide');
  await slack.until(() => ana.views()[0]);
  await ana.submit({ outcome: 'both' });
  await shows(next, /: both, decided\./);
  await shows(card, /replaced|Superseded|superseded/i);
  expect(slack.complaints).toEqual([]);
  expect(errors()).toEqual([]);
}, 90_000);
