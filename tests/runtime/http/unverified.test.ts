// The receiver drops unsigned senders that take too much, and keeps the rest.
import { describe, expect, it, onTestFinished } from 'vitest';
import { PageServer } from '../../../src/runtime/http/page-server.ts';
import { TestClock } from '../../support/clock.ts';
import { recordingLogger } from '../../support/log.ts';
import {
  answerTo,
  aTurn,
  command,
  connectTo,
  type RawConnection,
  requestOf,
  startReceiver,
} from '../../support/receiver.ts';

const LARGE = 700_000;
const USUAL_CONNECTIONS = 500;
const MOST_CONNECTIONS = 2_000;
const unfinished = requestOf('x'.repeat(LARGE), { 'x-slack-signature': null }).subarray(0, -1);
const GOOD = { status: 200, body: 'here' };

/** Connections that each hold most of a large body. */
async function attackers(port: number, count: number): Promise<RawConnection[]> {
  const all: RawConnection[] = [];
  for (let n = 0; n < count; n += 1) {
    const connection = await connectTo(port);
    connection.write(unfinished);
    all.push(connection);
  }
  return all;
}

describe('when unfinished bodies take too much memory', () => {
  it('the oldest gets 408 and is closed', async () => {
    const { port, log } = await startReceiver();
    const [oldest] = await attackers(port, 40);
    expect((await oldest?.answer())?.status).toBe(408);
    await oldest?.closed;
    expect(await answerTo(port, requestOf(command('here')))).toEqual(GOOD);
    expect(log.lines).toMatchObject([{ level: 'warn', dropped: 1 }]);
  });

  it('a request older than Slack needs is dropped sooner', async () => {
    const { port, clock } = await startReceiver();
    const [oldest] = await attackers(port, 20);
    clock.advance(1_000);
    expect(await answerTo(port, requestOf(command('here')))).toEqual(GOOD);
    expect((await oldest?.answer())?.status).toBe(408);
  });

  it('twenty of Slack’s largest requests at once are all answered', async () => {
    const { port } = await startReceiver();
    const large = requestOf(`${command('here')}&more=${'x'.repeat(LARGE)}`);
    const answers = await Promise.all(Array.from({ length: 20 }, () => answerTo(port, large)));
    expect(answers).toEqual(answers.map(() => GOOD));
  });

  it('a slow sender of a small body is not dropped', async () => {
    const { port } = await startReceiver();
    const slow = await connectTo(port);
    const bytes = requestOf(command('here'));
    slow.write(bytes.subarray(0, -1));
    const [oldest] = await attackers(port, 40);
    await oldest?.closed;
    slow.write(bytes.subarray(-1));
    expect(await slow.answer()).toEqual(GOOD);
  });

  it('the rest of a flood is logged in one line', async () => {
    const { port, log, clock } = await startReceiver();
    const all = await attackers(port, 60);
    await all[10]?.closed;
    expect(log.lines).toHaveLength(1);
    clock.advance(10_000);
    expect(log.lines).toHaveLength(2);
    expect(Number(log.lines[1]?.dropped)).toBeGreaterThan(1);
  });
});

describe('when there are too many connections', () => {
  it('the oldest without a verified request is closed, and verified ones stay open', async () => {
    const { port } = await startReceiver();
    const slack = await connectTo(port);
    slack.write(requestOf(command('here')));
    expect(await slack.answer()).toEqual(GOOD);
    const silent: RawConnection[] = [];
    for (let n = 0; n <= MOST_CONNECTIONS; n += 1) silent.push(await connectTo(port));
    await silent[0]?.closed;
    slack.write(requestOf(command('here')));
    expect(await slack.answer()).toEqual(GOOD);
  });

  it('new ones have time to send their request', async () => {
    const { port, clock } = await startReceiver();
    const slack: RawConnection[] = [];
    for (let n = 0; n < 2 * USUAL_CONNECTIONS; n += 1) slack.push(await connectTo(port));
    for (const connection of slack) connection.write(requestOf(command('here')));
    for (const connection of slack) expect(await connection.answer()).toEqual(GOOD);
    const silent: RawConnection[] = [];
    for (let n = 0; n <= USUAL_CONNECTIONS; n += 1) silent.push(await connectTo(port));
    clock.advance(1_000);
    await connectTo(port);
    await silent[0]?.closed;
  });
});

it('a page server, which has no verified requests, closes the oldest connection as well', async () => {
  const server = new PageServer({}, recordingLogger().logger, new TestClock(0));
  onTestFinished(() => server.stop());
  const { port } = await server.start('127.0.0.1', 0);
  const oldest = await connectTo(port);
  for (let n = 0; n < MOST_CONNECTIONS; n += 1) await connectTo(port);
  await oldest.closed;
  expect((await answerTo(port, 'GET /nowhere HTTP/1.1\r\nhost: bot.test\r\n\r\n')).status).toBe(404);
});

describe('one packet', () => {
  it('with too many unanswered requests closes the connection', async () => {
    const { port } = await startReceiver();
    const connection = await connectTo(port);
    connection.write('GET / HTTP/1.1\r\nhost: bot.test\r\n\r\n'.repeat(2_000));
    await connection.closed;
    expect(await answerTo(port, requestOf(command('here')))).toEqual(GOOD);
  });

  it('with thousands of chunks of one byte closes the connection', async () => {
    const { port } = await startReceiver();
    const connection = await connectTo(port);
    connection.write(requestOf('', { 'content-length': null, 'transfer-encoding': 'chunked' }));
    connection.write('1\r\nx\r\n'.repeat(5_000));
    await connection.closed;
  });
});

it.each(['GET /page', 'POST /page', 'POST /nowhere', 'PUT /slack/events'])(
  'the response to %s does not wait for the body',
  async (line) => {
    const { port } = await startReceiver({ pages: { '/page': async () => {} } });
    const connection = await connectTo(port);
    connection.write(requestOf('', { 'content-length': '100000' }, `${line} HTTP/1.1`));
    expect((await connection.answer()).status).toBeGreaterThanOrEqual(400);
    await connection.closed;
  },
);

// A shortcut on a message of 40,000 characters: as text and in blocks, escaped by PHP's json_encode or not.
it.each([
  ['escaped', (text: string) => text.replaceAll(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)],
  ['as UTF-8', (text: string) => text],
])('the longest message that Slack can send arrives, %s', async (_, written) => {
  const { port } = await startReceiver();
  const text = '中'.repeat(40_000);
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  const payload = {
    command: '/echo',
    text: 'here',
    team_id: 'T1',
    user_id: 'U2',
    message: { text, blocks: [{ type: 'rich_text', elements: [section] }] },
  };
  const body = `payload=${encodeURIComponent(written(JSON.stringify(payload)))}`;
  const connection = await connectTo(port);
  const bytes = requestOf(body);
  // Cut in the middle, as networks do.
  connection.write(bytes.subarray(0, 100_000));
  await aTurn();
  connection.write(bytes.subarray(100_000));
  expect(await connection.answer()).toEqual(GOOD);
});
