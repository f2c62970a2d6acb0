import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { advise } from '../../src/advice/advise.ts';
import { draftRound } from '../../src/decision/decision.ts';
import { isSlackAddress, restrictToSlack } from '../../src/slack/addresses.ts';
import { draft } from '../store/draft.ts';
import { startBot } from '../support/bot.ts';
import { recordingLogger } from '../support/log.ts';
import { command, press, submit } from '../support/payloads.ts';
import { smallRubric as rubric } from '../support/small-rubric.ts';

describe('an address is Slack’s', () => {
  it.each([
    'https://slack.com/api/chat.postMessage',
    'https://hooks.slack.com/commands/T1/1/x',
    'https://files.slack.com/upload/v1/x',
    'https://FILES.slack.com:443/upload/v1/x',
  ])('%s', (address) => expect(isSlackAddress(address)).toBe(true));

  it.each([
    'http://hooks.slack.com/commands/T1/1/x',
    'https://hooks.slack.com:8443/commands/T1/1/x',
    'https://hooks.slack.com.example.org/x',
    'https://hooks.slack.com@example.org/x',
    'https://example.org\\@hooks.slack.com/x',
    'https://user:password@hooks.slack.com/x',
    'https://evilslack.com/x',
    'https://example.org/https://hooks.slack.com/x',
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:3000/metrics',
    'http://[::1]/x',
    'file:///etc/passwd',
    '//hooks.slack.com/x',
    '',
  ])('not %s', (address) => expect(isSlackAddress(address)).toBe(false));

  it('where another Web API is configured, only that one’s', () => {
    const api = 'http://127.0.0.1:4000/api/';
    expect(isSlackAddress('http://127.0.0.1:4000/response/x', api)).toBe(true);
    for (const other of ['http://127.0.0.1:4001/x', 'https://127.0.0.1:4000/x', 'https://hooks.slack.com/x'])
      expect(isSlackAddress(other, api)).toBe(false);
    expect(isSlackAddress('https://hooks.slack-gov.com/x', 'https://slack-gov.com/api/')).toBe(true);
  });
});

describe('what the bot sends', () => {
  const METADATA = 'http://169.254.169.254/latest/meta-data';

  it('goes to no address in a payload that is none of Slack’s', async () => {
    const { deliver, slack, log } = await startBot();
    await deliver(command('help'));
    await deliver(command('history', { response_url: METADATA }));
    await deliver(submit());
    await deliver({
      ...press({ actionId: 'vote_django', blockId: 'decision:id000002_1', user: 'U2' }),
      response_url: METADATA,
    });
    expect(slack.methods()).toContain('chat.postMessage');
    expect(slack.methods().filter((method) => method.includes('169.254'))).toEqual([]);
    expect(log.lines.filter(({ msg }) => msg === 'an unreadable payload')).toHaveLength(2);
    expect(log.raw()).not.toContain('169.254');
  });

  it('goes to no such address later either, when the asker is to be told', async () => {
    const { store, slack, clock, bot, log } = await startBot();
    slack.next('chat.postMessage', { network: 'ECONNRESET' });
    slack.next('chat.postEphemeral', { error: 'not_in_channel' });
    const answers = { screens: 'office' };
    const round = draftRound({ answers, advice: advise(rubric, answers), by: 'U1', at: clock.now() });
    await store.decisions.submit(draft({ round, replyUrl: METADATA }));
    clock.advance(60_000);
    await bot.idle();
    expect(slack.of('chat.postEphemeral')).not.toEqual([]);
    expect(slack.methods().filter((method) => method.includes('169.254'))).toEqual([]);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: 'not an address of Slack' }),
    );
  });

  it('goes nowhere else because somebody there says so', async () => {
    const reached: string[] = [];
    const server = createServer((req, res) => {
      reached.push(req.url ?? '');
      res.writeHead(307, { location: '/elsewhere' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const root = `http://127.0.0.1:${address.port}`;
    const { logger } = recordingLogger();
    const send = restrictToSlack(globalThis.fetch, `${root}/api/`, logger);
    await expect(send(`${root}/upload`, { method: 'POST', body: Uint8Array.of(1) })).rejects.toThrow();
    expect(reached).toEqual(['/upload']);
  });
});
