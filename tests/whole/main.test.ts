import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fault } from '../../packages/local-slack/state/faults.ts';
import { temporaryFolder } from '../support/folder.ts';
import { type LocalSlack, type SlackOptions, startSlack } from '../support/local-slack.ts';
import { type BotProcess, startProcess } from '../support/process.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** A killed bot never answers over its socket, so tests that kill it wait this long instead of three seconds. */
const IMPATIENT: SlackOptions = { ackTimeoutMs: 1_000 };
const TIMERS = join(ROOT, 'tests/whole/client/timers.ts');
const SIGNING_SECRET = 'whole-process-secret';
const TRANSPORTS = ['http', 'socket'] as const;
type Transport = (typeof TRANSPORTS)[number];

async function localSlack(options: SlackOptions = {}): Promise<LocalSlack> {
  const slack = await startSlack(options);
  onTestFinished(() => slack.close());
  return slack;
}

function environment(slack: LocalSlack, transport: Transport): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: 'bot.db',
    HOST: '127.0.0.1',
    PORT: '0',
    ...(transport === 'http'
      ? { SLACK_SIGNING_SECRET: SIGNING_SECRET }
      : { SLACK_APP_TOKEN: slack.appToken }),
  };
}

/** Starts the bot and waits until it takes what Slack sends. Timers named in `sooner` end after fewer milliseconds. */
async function startBot(
  slack: LocalSlack,
  transport: Transport,
  folder: string,
  sooner?: Readonly<Record<string, number>>,
): Promise<BotProcess> {
  const bot = startProcess(folder, {
    ...environment(slack, transport),
    ...(sooner === undefined
      ? {}
      : { NODE_OPTIONS: `--import=${TIMERS}`, OUTSIDE_TIMERS: JSON.stringify(sooner) }),
  });
  const ready = await bot.log((line) => line.msg === 'ready');
  slack.sendTo(
    transport === 'http'
      ? { url: `http://127.0.0.1:${ready.port}/slack/events`, signingSecret: SIGNING_SECRET }
      : 'socket',
  );
  return bot;
}

/** Opens the dialog for a project and does not submit it yet. */
async function openDialog(slack: LocalSlack, channel = 'C0WEB'): Promise<void> {
  const { status } = await slack.as('U0ANA').command('/django-or-flask', 'Billing portal', { channel });
  expect(status).toBe(200);
  const view = await slack.until(() => slack.as('U0ANA').views()[0]);
  expect(view.callback_id).toBe('intake');
}

const MVP = { stage: 'mvp', admin: 'yes' };

describe.each(TRANSPORTS)('over %s', (transport) => {
  it('command, dialog, submission, card and reasoning', async () => {
    const slack = await localSlack();
    const bot = await startBot(slack, transport, temporaryFolder());
    const ana = slack.as('U0ANA');
    await openDialog(slack);
    ana.fill({ size: 'grow' });
    await ana.clickInView('voting_options');
    await slack.until(() => ana.view().blocks.some((block) => block.block_id === 'channel'));
    await ana.clickInView('more_questions');
    await slack.until(() => ana.view().blocks.some((block) => block.block_id === 'audience'));
    const { status, body } = await ana.submit({ ...MVP, audience: 'general' });
    expect([status, body]).toEqual([200, undefined]);
    expect(ana.views()).toEqual([]);

    const card = await slack.until(() => slack.messages('C0WEB')[0]);
    expect(card.text).toMatch(/Billing portal.*: Django, /);
    expect(card.text).toMatch(/ · 4 of \d+ answered\./);
    const reply = await slack.until(() => slack.thread('C0WEB', card.ts)[0]);
    expect(reply.text).toContain('\nAn app that grows: Django 2.\n');

    await ana.click(card, 'card_menu', { value: 'reasons' });
    expect((await slack.until(() => ana.views()[0])).callback_id).toBe('reasons');

    await ana.command('/django-or-flask', 'history', { channel: 'C0WEB' });
    expect((await slack.until(() => slack.ephemerals('U0ANA')[0])).text).toContain('Billing portal');

    expect(slack.messages('C0WEB')).toHaveLength(1);
    expect(slack.complaints).toEqual([]);
    for (const secret of [slack.botToken, slack.appToken, SIGNING_SECRET, 'Billing', '/response/']) {
      expect(bot.stdout()).not.toContain(secret);
    }
    bot.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(bot.stderr()).toBe('');
  });

  it('a private channel that it is not in is corrected in the dialog', async () => {
    const slack = await localSlack();
    await startBot(slack, transport, temporaryFolder());
    const ana = slack.as('U0ANA');
    await openDialog(slack, 'C0SECRET');
    await ana.submit(MVP);
    expect(JSON.stringify(ana.view().blocks)).toContain('/invite @django-or-flask');
    await ana.submit({ channel: 'C0TEAM' });
    expect(ana.views()).toEqual([]);
    await slack.until(() => slack.messages('C0TEAM').length === 1);
    expect(slack.messages('C0SECRET')).toEqual([]);
  });

  it('killed once the decision is on disk and before the post leaves: the card appears exactly once', async () => {
    const slack = await localSlack(IMPATIENT);
    const folder = temporaryFolder();
    const bot = await startBot(slack, transport, folder);
    await openDialog(slack, 'C0OPEN');
    // A public channel that it isn't in: the first attempt is refused, so nothing is posted while it joins.
    const joining = slack.faults.hold('conversations.join');
    const submitted = slack.as('U0ANA').submit(MVP);
    await joining.arrived;
    bot.kill('SIGKILL');
    expect(await bot.ended).toBe('SIGKILL');
    joining.release();
    expect(slack.messages('C0OPEN')).toEqual([]);

    const again = await startBot(slack, transport, folder);
    const card = await slack.until(() => slack.messages('C0OPEN')[0]);
    await slack.until(() => slack.thread('C0OPEN', card.ts).length === 1);
    again.kill('SIGTERM');
    expect(await again.ended).toBe(0);
    await startBot(slack, transport, folder);
    await submitted;
    expect(slack.messages('C0OPEN')).toHaveLength(1);
    expect(slack.ephemerals('U0ANA')).toEqual([]);
  });

  it('killed between the post and its answer: no second card, the asker is asked', async () => {
    const slack = await localSlack(IMPATIENT);
    const folder = temporaryFolder();
    const bot = await startBot(slack, transport, folder);
    await openDialog(slack);
    const posting = slack.faults.hold('chat.postMessage', 'after');
    const submitted = slack.as('U0ANA').submit(MVP);
    await posting.arrived;
    bot.kill('SIGKILL');
    await bot.ended;
    posting.release();
    expect(slack.messages('C0WEB')).toHaveLength(1);

    await startBot(slack, transport, folder);
    const asked = await slack.until(() => slack.ephemerals('U0ANA')[0]);
    expect(asked.text).toContain('Slack didn’t confirm that it posted the card');
    expect(slack.messages('C0WEB')).toHaveLength(1);

    // Once somebody uses the card, it is found again and its thread gets the reasoning.
    const [card] = slack.messages('C0WEB');
    if (!card) throw new Error('no card');
    await slack.as('U0BEN').click(card, 'card_menu', { value: 'reasons' });
    await slack.until(() => slack.thread('C0WEB', card.ts).length === 1);
    await submitted;
    expect(slack.messages('C0WEB')).toHaveLength(1);
  });

  it('killed before Slack took the post: the asker lets it be posted, once', async () => {
    const slack = await localSlack(IMPATIENT);
    const folder = temporaryFolder();
    const bot = await startBot(slack, transport, folder);
    await openDialog(slack);
    const posting = slack.faults.hold('chat.postMessage', 'before');
    const submitted = slack.as('U0ANA').submit(MVP);
    await posting.arrived;
    bot.kill('SIGKILL');
    await bot.ended;
    slack.faults.plan('chat.postMessage', { drop: 'before' });

    await startBot(slack, transport, folder);
    const asked = await slack.until(() => slack.ephemerals('U0ANA')[0]);
    slack.faults.clear();
    const before = slack.messages('C0WEB').length;
    await slack.as('U0ANA').click(asked, 'post_again');
    await slack.until(() => slack.messages('C0WEB').length === before + 1);
    await submitted;
  });

  it('SIGTERM lets a submission end, and turns away what comes meanwhile', async () => {
    const slack = await localSlack();
    const bot = await startBot(slack, transport, temporaryFolder());
    await openDialog(slack);
    const posting = slack.faults.hold('chat.postMessage');
    const submitted = slack.as('U0ANA').submit(MVP);
    await posting.arrived;
    bot.kill('SIGTERM');
    await bot.log((line) => line.msg === 'stopping');
    bot.kill('SIGTERM'); // as npm does, which passes on what the process got already
    const turnedAway = await slack.as('U0BEN').command('/django-or-flask', 'Other', { channel: 'C0WEB' });
    expect(JSON.stringify(turnedAway.body)).toContain('restarting');
    posting.release();
    const { status, body, timedOut } = await submitted;
    expect([status, body, timedOut]).toEqual([200, undefined, false]);
    expect(await bot.ended).toBe(0);
    expect(slack.as('U0ANA').views()).toEqual([]);
    expect(slack.as('U0BEN').views()).toEqual([]);
    expect(slack.messages('C0WEB')).toHaveLength(1);
    expect(bot.stderr()).toBe('');
  });

  it('SIGTERM lets a refusal reach the dialog', async () => {
    const slack = await localSlack();
    const bot = await startBot(slack, transport, temporaryFolder());
    await openDialog(slack, 'C0SECRET');
    const posting = slack.faults.hold('chat.postMessage');
    const submitted = slack.as('U0ANA').submit(MVP);
    await posting.arrived;
    bot.kill('SIGTERM');
    await bot.log((line) => line.msg === 'stopping');
    posting.release();
    await submitted;
    expect(JSON.stringify(slack.as('U0ANA').view().blocks)).toContain('/invite');
    expect(await bot.ended).toBe(0);
  });
});

it('a broken socket is opened again', async () => {
  const slack = await localSlack();
  await startBot(slack, 'socket', temporaryFolder(), { 'setTimeout 5000': 500 });
  const connections = () => slack.calls.filter((call) => call.method === 'apps.connections.open').length;
  slack.sockets.refresh();
  await slack.until(() => connections() === 2 && slack.sockets.count === 1, 15_000);
  await openDialog(slack);
}, 30_000);

it('a Slack that never answers: the dialog closes in time, and the asker is asked in the end', async () => {
  const slack = await localSlack();
  // Still longer than the dialog waits for the post.
  await startBot(slack, 'http', temporaryFolder(), { 'AbortSignal.timeout 8000': 3_000 });
  await openDialog(slack);
  slack.faults.plan('chat.postMessage', { hang: 'before' });
  const { status, timedOut } = await slack.as('U0ANA').submit(MVP);
  expect([status, timedOut]).toEqual([200, false]);
  const asked = await slack.until(() => slack.ephemerals('U0ANA')[0], 15_000);
  expect(asked.text).toContain('Slack didn’t confirm that it posted the card');
});

it('an event delivered twice is acknowledged twice, and the Home tab is the same after it', async () => {
  const slack = await localSlack();
  const bot = await startBot(slack, 'http', temporaryFolder());
  const event = { type: 'app_home_opened', user: 'U0ANA', channel: 'D1', tab: 'home', event_ts: '1.1' };
  const first = await slack.sendEvent(event);
  const again = await slack.sendEvent(event, { retry: { num: 1, reason: 'http_timeout' } });
  expect([first.status, again.status]).toEqual([200, 200]);
  const published = await slack.until(({ calls }) => {
    const answered = calls.filter(({ method, answer }) => method === 'views.publish' && answer !== undefined);
    return answered.length === 2 ? answered : null;
  });
  expect(published[1]?.args).toEqual(published[0]?.args);
  expect(bot.stderr()).toBe('');
});

it('a question in a card’s thread is answered there once, also when it is delivered twice', async () => {
  const slack = await localSlack();
  const bot = await startBot(slack, 'http', temporaryFolder());
  const ana = slack.as('U0ANA');
  await openDialog(slack);
  await ana.submit(MVP);
  const card = await slack.until(() => slack.messages('C0WEB')[0]);
  await slack.until(() => slack.thread('C0WEB', card.ts).length === 1);
  const at = { channel: 'C0WEB', threadTs: card.ts };
  const { message, delivered } = await ana.say('<@U0BOT> do we need an admin panel?', at);
  expect(delivered?.status).toBe(200);
  const answer = await slack.until(() => slack.thread('C0WEB', card.ts)[2]);
  expect(answer.text).toMatch(/\n.*Billing portal.*: A back office for staff, \d for Django\.\n/);
  const { ts, user, text } = message;
  const event = { type: 'app_mention', channel: 'C0WEB', thread_ts: card.ts, ts, user, text };
  await slack.sendEvent(event, { retry: { num: 1, reason: 'http_timeout' } });
  await bot.log(({ outcome }) => outcome === 'repeated');
  expect(slack.thread('C0WEB', card.ts)).toHaveLength(3);
  expect(slack.complaints).toEqual([]);
  expect(bot.stderr()).toBe('');
});

describe('what keeps it from starting is said in a line, without a stack trace', () => {
  async function refused(
    env: Record<string, string>,
    folder = temporaryFolder(),
    main?: string,
  ): Promise<string> {
    const bot = startProcess(folder, env, main);
    expect(await bot.ended).toBe(1);
    expect(bot.stderr()).not.toMatch(/^\s+at /m);
    return bot.stderr();
  }

  it('no variables at all', async () => {
    const said = await refused({});
    expect(said).toContain('SLACK_BOT_TOKEN is missing');
    expect(said).toContain('SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing');
  });

  it('variables from .env are read', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), 'SLACK_BOT_TOKEN=xoxb-1\nSLACK_SIGNING_SECRET=abcdefgh\nPORT=many\n');
    const said = await refused({}, folder);
    expect(said.trim().split('\n')).toHaveLength(2);
    expect(said).toContain('PORT must be');
  });

  it('a token that Slack refuses', async () => {
    const slack = await localSlack();
    slack.faults.plan('auth.test', { error: 'invalid_auth' });
    expect(await refused(environment(slack, 'http'))).toContain(
      'Slack rejected SLACK_BOT_TOKEN (invalid_auth)',
    );
  });

  it('an app token that Slack refuses', async () => {
    const slack = await localSlack();
    slack.faults.plan('apps.connections.open', { error: 'invalid_auth' });
    expect(await refused(environment(slack, 'socket'))).toContain(
      'Slack rejected SLACK_APP_TOKEN (invalid_auth)',
    );
  });

  it('a database that another one uses', async () => {
    const slack = await localSlack();
    const folder = temporaryFolder();
    await startBot(slack, 'http', folder);
    expect(await refused(environment(slack, 'http'), folder)).toContain('in use by another running bot');
  });

  it('a database that is none', async () => {
    const slack = await localSlack();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'bot.db'), 'not a database at all '.repeat(300));
    expect(await refused(environment(slack, 'http'), folder)).toContain('damaged or not an SQLite file');
  });

  it('a rubric with an id that points nowhere, with file and line', async () => {
    const slack = await localSlack();
    const copy = temporaryFolder();
    cpSync(join(ROOT, 'src'), join(copy, 'src'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
    const file = join(copy, 'src/advice/rubric/questions.yml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('[C10]', '[C99]'));
    const said = await refused(environment(slack, 'http'), copy, join(copy, 'src/main.ts'));
    expect(said).toMatch(/questions\.yml:\d+ .*there is no claim C99/);
  });

  it('a port that is taken', async () => {
    const slack = await localSlack();
    const { promise, resolve } = Promise.withResolvers<void>();
    const server = createServer().listen(0, '127.0.0.1', resolve);
    await promise;
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const said = await refused({ ...environment(slack, 'http'), PORT: String(port) });
    expect(said).toContain(`uses port ${port}`);
  });
});

it('SIGTERM ends it while it still waits for Slack to come back', async () => {
  const slack = await localSlack();
  const bot = startProcess(temporaryFolder(), environment(slack, 'socket'));
  slack.faults.plan('auth.test', { drop: 'before' });
  slack.faults.plan('apps.connections.open', ...Array<Fault>(50).fill({ drop: 'before' }));
  await slack.until(() => slack.calls.some((call) => call.method === 'apps.connections.open'), 15_000);
  bot.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(bot.stderr()).toBe('');
});

it('starts while Slack is away, and works when it is back', async () => {
  const slack = await localSlack();
  slack.faults.plan('auth.test', { drop: 'before' });
  await startBot(slack, 'http', temporaryFolder());
  await openDialog(slack);
});
