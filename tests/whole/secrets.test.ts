import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../bench/instances/free-port.ts';
import type { Fault } from '../../packages/local-slack/state/faults.ts';
import { temporaryFolder } from '../support/folder.ts';
import { type LocalSlack, startSlack } from '../support/local-slack.ts';
import { type BotProcess, startProcess } from '../support/process.ts';

const WORDS = {
  project: 'Project Nightjar',
  reason: 'because of Heron',
  question: 'Bittern security',
  rationale: 'We trust Plover',
};
const SECRETS = {
  SLACK_CLIENT_SECRET: 'client-secret-canary',
  SLACK_STATE_SECRET: 'state-secret-canary',
  SLACK_SIGNING_SECRET: 'signing-secret-canary',
  METRICS_TOKEN: 'metrics-token-canary',
  TOKEN_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
};

/** What Slack's client makes of an answer that breaks off; and Slack may say which value it did not like. */
const brokenOff = (text: string): Fault => ({
  error: `{"ok":true,${text}`,
  more: {
    response_metadata: { messages: [`[ERROR] no such value: "${WORDS.project}" [json-pointer:/text]`] },
  },
});

/** Everything that a team does, with Slack breaking off in between. */
async function play(slack: LocalSlack, bot: BotProcess): Promise<void> {
  const [ana, ben] = [slack.as('U0ANA'), slack.as('U0BEN')];
  const broken = brokenOff(`"text":"${WORDS.project}","token":"${slack.botToken}`);
  slack.faults.plan('views.open', broken);
  await ana.command('/django-or-flask', WORDS.project, { channel: 'C0WEB' });
  await ana.command('/django-or-flask', WORDS.project, { channel: 'C0WEB' });
  await slack.until(() => ana.views()[0]);
  await ana.submit({ stage: 'mvp', admin: 'yes' });
  const card = await slack.until(() => slack.messages('C0WEB')[0]);
  await slack.until(() => slack.thread('C0WEB', card.ts)[0]);
  slack.faults.plan('chat.update', broken, { status: 503 });
  await ben.click(card, 'vote_flask');
  const told = await slack.until(() => slack.ephemerals('U0BEN')[0]);
  await ben.click(told, 'add_reason');
  await slack.until(() => ben.views()[0]);
  await ben.submit({ reason: WORDS.reason });
  slack.faults.plan('chat.postMessage', broken);
  await ben.say(`<@U0BOT> ${WORDS.question}?`, { channel: 'C0WEB', threadTs: card.ts });
  await ana.click(card, 'decide');
  await slack.until(() => ana.views()[0]);
  slack.faults.plan('files.getUploadURLExternal', broken);
  await ana.submit({ outcome: 'flask', rationale: WORDS.rationale });
  await bot.log(({ kind, code }) => kind === 'file' && code === 'malformed_answer');
}

/** What is neither in the log nor on standard error. */
function expectNothingOf(bot: BotProcess, slack: LocalSlack, more: readonly string[] = []): void {
  const written = bot.stdout() + bot.stderr();
  const tokens = [
    slack.botToken,
    slack.appToken,
    slack.clientSecret,
    'xoxb-',
    'xoxe',
    'xapp-',
    '/response/',
    'ticket=',
  ];
  for (const secret of [...Object.values(WORDS), ...Object.values(SECRETS), ...tokens, ...more]) {
    expect(written.toLowerCase()).not.toContain(secret.toLowerCase());
  }
}

it('over Socket Mode, with the whole log', async () => {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const bot = startProcess(temporaryFolder(), {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: 'bot.db',
    LOG_LEVEL: 'debug',
  });
  await bot.log((line) => line.msg === 'ready');
  slack.sendTo('socket');
  await play(slack, bot);
  bot.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  expectNothingOf(bot, slack);
});

it('over HTTP, from the installation to a bug that ends the process', async () => {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const [folder, port] = [temporaryFolder(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  // As a bug would: an error that nobody waits for, with all that a library puts into errors.
  const bug = join(folder, 'bug.mjs');
  writeFileSync(
    bug,
    `process.on('SIGHUP', () => Promise.reject(Object.assign(new Error('a bug'), {
       data: { text: '${WORDS.project}' },
       config: { headers: { authorization: 'Bearer ${slack.botToken}' } },
       cause: new Error('${SECRETS.SLACK_CLIENT_SECRET}') })))`,
  );
  const bot = startProcess(folder, {
    ...SECRETS,
    SLACK_CLIENT_ID: slack.clientId,
    SLACK_CLIENT_SECRET: slack.clientSecret,
    PUBLIC_URL: url,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: 'bot.db',
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'debug',
    NODE_OPTIONS: `--import=${pathToFileURL(bug).href}`,
  });
  await bot.log((line) => line.msg === 'ready');
  slack.sendTo({ url: `${url}/slack/events`, signingSecret: SECRETS.SLACK_SIGNING_SECRET });
  const said: string[] = [];
  const install = async (): Promise<number> => {
    const begun = await fetch(`${url}/slack/install`);
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    const state = /state=([\w.-]+)/.exec(await begun.text())?.[1] ?? '';
    const { code } = slack.authorize({ redirectUri: `${url}/slack/oauth_redirect` });
    const query = new URLSearchParams({ code, state });
    const answer = await fetch(`${url}/slack/oauth_redirect?${query}`, { headers: { cookie } });
    said.push(await answer.text());
    return answer.status;
  };
  const team = `"access_token":"${slack.botToken}","team":{"name":"${WORDS.project}"`;
  slack.faults.plan('oauth.v2.access', brokenOff(team));
  expect(await install()).toBe(500);
  expect(await install()).toBe(200);
  await play(slack, bot);
  const metrics = await fetch(`${url}/metrics`, {
    headers: { authorization: `Bearer ${SECRETS.METRICS_TOKEN}` },
  });
  said.push(await metrics.text());
  for (const path of ['/metrics', '/readyz', '/slack/events', '/nothing', '/slack/oauth_redirect?code=x'])
    said.push(await (await fetch(url + path)).text());
  for (const secret of [
    ...Object.values(SECRETS),
    ...Object.values(WORDS),
    slack.botToken,
    slack.clientSecret,
  ])
    expect(said.join('\n')).not.toContain(secret);

  bot.kill('SIGHUP');
  expect(await bot.ended).toBe(1);
  expectNothingOf(bot, slack, ['code-']);
  expect(bot.stdout()).toMatch(/"message":"a bug","stack":" +at /);
  expect(bot.stderr()).toBe(
    'The bot stopped because of an unexpected error, which is in its log. Start it again.\n',
  );
});
