import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpReceiver } from '../../../src/slack/http/receiver.ts';
import { startBot, type TestBot } from '../../support/bot.ts';
import { homeOpened, mention, submit } from '../../support/payloads.ts';
import { pressed, withCard } from '../../support/posted-card.ts';
import { answerTo, aTurn, connectTo, requestOf, SECRET, signatureOf } from '../../support/receiver.ts';
import type { Answer } from '../../support/slack.ts';

const MVP = { parts: 'few', screens: 'office' } as const;

/** Puts the receiver in front of a bot. Other tests run the bot without it. */
async function overHttp(bot: TestBot): Promise<number> {
  const receiver = new HttpReceiver({
    signingSecret: SECRET,
    host: '127.0.0.1',
    port: 0,
    logger: bot.log.logger,
    clock: bot.clock,
  });
  receiver.init(bot.app);
  onTestFinished(() => receiver.stop());
  return (await receiver.start()).port;
}

/** A request as Slack signs it at the bot's own time. */
function signed(bot: TestBot, payload: Record<string, unknown>): Buffer {
  const timestamp = Math.floor(bot.clock.now() / 1_000);
  const isEvent = payload.type === 'event_callback';
  const json = JSON.stringify(payload);
  const body = isEvent ? json : `payload=${encodeURIComponent(json)}`;
  return requestOf(body, {
    ...(isEvent ? { 'content-type': 'application/json' } : {}),
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': signatureOf(body, timestamp),
  });
}

const cardsIn = ({ slack }: TestBot) =>
  slack.of('chat.postMessage').filter((message) => !('thread_ts' in message));

async function tally({ store, clock }: TestBot) {
  const page = { viewer: 'U1', words: [], offset: 0, limit: 10 };
  const rows = await store.decisions.listInChannel('T1', 'C1', page);
  const { decision } = rows[0] ?? {};
  if (rows.length !== 1 || !decision) throw new Error(`${rows.length} decisions at ${clock.now()}`);
  const discussion = await store.discussions.get({ tenant: 'T1', decision: decision.id });
  return (discussion?.votes ?? []).map(({ person, choice }) => [person, choice]);
}

// The same bytes: an attacker who saw a request can replay it while its timestamp is fresh. Slack itself retries events.
describe('a request that is sent again', () => {
  it.each([
    ['one after the other', false],
    ['at once', true],
  ])('with a submission in it leaves one decision and one card, %s', async (_, atOnce) => {
    const bot = await startBot();
    const port = await overHttp(bot);
    const bytes = signed(bot, submit({ answers: MVP }));
    const send = () => answerTo(port, bytes);
    const answers = atOnce
      ? await Promise.all([send(), send(), send()])
      : [await send(), await send(), await send()];
    await bot.bot.idle();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(cardsIn(bot)).toHaveLength(1);
    expect(await tally(bot)).toEqual([]);
  });

  it('with a vote in it leaves one vote, also beside other people’s', async () => {
    const { bot, block } = await withCard();
    const port = await overHttp(bot);
    const bytes = signed(bot, pressed('vote_flask', block, 'U2'));
    for (const request of [bytes, bytes, signed(bot, pressed('vote_django', block, 'U3')), bytes]) {
      expect((await answerTo(port, request)).status).toBe(200);
    }
    await bot.bot.idle();
    expect(await tally(bot)).toEqual([
      ['U2', 'flask'],
      ['U3', 'django'],
    ]);
  });

  it('with a question in it is answered once', async () => {
    const { bot } = await withCard();
    const port = await overHttp(bot);
    const bytes = signed(bot, mention('<@UBOT> what about security?', { threadTs: '1795424400.000001' }));
    const before = bot.slack.of('chat.postMessage').length;
    for (let n = 0; n < 3; n += 1) expect((await answerTo(port, bytes)).status).toBe(200);
    await bot.bot.idle();
    expect(bot.slack.of('chat.postMessage').length - before).toBe(1);
  });

  it('after five minutes is refused, and changes nothing', async () => {
    const { bot, block } = await withCard();
    const port = await overHttp(bot);
    const vote = signed(bot, pressed('vote_flask', block, 'U2'));
    const submission = signed(bot, submit({ answers: MVP, viewId: 'V2' }));
    const home = signed(bot, homeOpened());
    const calls = bot.slack.calls.length;
    bot.clock.advance(301_000);
    await bot.bot.idle();
    for (const request of [vote, submission, home]) {
      expect(await answerTo(port, request)).toEqual({ status: 401, body: '' });
    }
    await bot.bot.idle();
    expect(await tally(bot)).toEqual([]);
    expect(bot.slack.calls.slice(calls)).toEqual([]);
  });

  it('with another time than it was signed at is refused', async () => {
    const { bot, block } = await withCard();
    const port = await overHttp(bot);
    const bytes = signed(bot, pressed('vote_flask', block, 'U2')).toString('latin1');
    const later = String(Math.floor(bot.clock.now() / 1_000) + 60);
    const forged = bytes.replace(/(x-slack-request-timestamp: )\d+/, `$1${later}`);
    expect((await answerTo(port, Buffer.from(forged, 'latin1'))).status).toBe(401);
    expect(await tally(bot)).toEqual([]);
  });
});

describe('a submission whose sender hung up before it was acknowledged', () => {
  it('stands, and sent again it changes nothing', async () => {
    const bot = await startBot();
    const port = await overHttp(bot);
    const { promise: hold, resolve: answer } = Promise.withResolvers<Answer>();
    bot.slack.next('chat.postMessage', { hold });
    const connection = await connectTo(port);
    connection.write(signed(bot, submit({ answers: MVP })));
    while (bot.slack.calls.length === 0) await aTurn();
    connection.end();
    await connection.closed;
    answer({ answer: { ts: '1795424400.000001' } });
    await bot.bot.idle();
    expect(await answerTo(port, signed(bot, submit({ answers: MVP })))).toEqual({ status: 200, body: '' });
    await bot.bot.idle();
    expect(cardsIn(bot)).toHaveLength(1);
    expect(bot.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a signed request that makes no sense', () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

  it.each<[string, string]>([
    ['a submission', `{"type":"view_submission","user":{"id":"U1"},"team":{"id":"T1"},"view":${deep}}`],
    ['a press', `{"type":"block_actions","user":{"id":"U1"},"team":{"id":"T1"},"actions":${deep}}`],
    [
      'a step',
      `{"type":"event_callback","team_id":"T1","event_id":"Ev9","event":{"type":"function_executed","inputs":${deep}}}`,
    ],
    [
      'a question',
      `{"type":"event_callback","team_id":"T1","event_id":"Ev8","event":{"type":"app_mention","text":${deep}}}`,
    ],
  ])('%s, deeper than a stack, is answered, and the bot goes on', async (_, body) => {
    const bot = await startBot();
    const port = await overHttp(bot);
    const timestamp = Math.floor(bot.clock.now() / 1_000);
    const bytes = requestOf(body, {
      'content-type': 'application/json',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signatureOf(body, timestamp),
    });
    expect([200, 400, 500]).toContain((await answerTo(port, bytes)).status);
    expect((await answerTo(port, signed(bot, submit({ answers: MVP })))).status).toBe(200);
    await bot.bot.idle();
    expect(cardsIn(bot)).toHaveLength(1);
    expect(bot.log.raw().length).toBeLessThan(20_000);
  });
});
