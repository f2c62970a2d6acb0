import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { createBoltLogger, scrub } from '../../src/runtime/logging.ts';
import { recordingLogger } from '../support/log.ts';

// Put together here, so that no tool that looks for leaked tokens takes these for real ones.
const BOT_TOKEN = ['xoxb', '123456789012', 'abcdefGHIJKL'].join('-');
const ROTATED = ['xoxe.xoxb', '1', 'Mi0yLTE'].join('-');
const APP_TOKEN = ['xapp', '1', 'A012', '345', 'abcdef'].join('-');
const RESPONSE_URL = 'https://hooks.slack.com/commands/T1/123/secretpath';
const TRIGGER_ID = '1795424400.123456.0123456789abcdef0123456789abcdef';
const SOCKET_URL = 'wss://wss-primary.slack.com/link/?ticket=secret&app_id=A1';

const WORDS = 'Our secret project';
const ANSWER = `{"ok":true,"message":{"text":"${WORDS}","url":"wss:\\/\\/wss-primary.slack.com\\/link\\/?ticket=ticket-of-ours`;

function thrownBy(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

/** As some HTTP clients throw. */
const withAll = (error: Error): Error =>
  Object.assign(error, {
    config: { headers: { authorization: `Bearer ${WORDS}` }, data: WORDS },
    response: { data: ANSWER },
  });

describe('scrub', () => {
  it.each([BOT_TOKEN, ROTATED, APP_TOKEN, RESPONSE_URL, TRIGGER_ID, SOCKET_URL, `v0=${'a'.repeat(64)}`])(
    'removes %s wherever it stands',
    (secret) => {
      const text = scrub(`before "${secret}" after`);
      expect(text).not.toContain(secret.slice(8));
      expect(text).toMatch(/^before .* after$/);
    },
  );

  it('leaves ordinary text alone', () => {
    const text = 'decision abc-123 in C123, 1795424400.000100, took 12.5 ms; see https://docs.slack.dev/x';
    expect(scrub(text)).toBe(text);
  });
});

describe('the log', () => {
  it('shows no secret and no message text, whatever it is handed', () => {
    const { logger, raw } = recordingLogger();
    logger.info({ token: BOT_TOKEN, response_url: RESPONSE_URL, trigger_id: TRIGGER_ID }, 'flat');
    logger.info(
      { body: { text: 'Our secret project' }, args: { text: 'Our secret project', token: BOT_TOKEN } },
      'nested',
    );
    logger.error({ err: new Error(`failed with ${BOT_TOKEN} at ${RESPONSE_URL}`) }, 'error');
    const answer = { ok: false as const, error: 'fatal_error', message: 'Our secret project' };
    const platform = new webApi.WebAPIPlatformError(answer);
    logger.error({ err: platform }, 'error of Slack');
    for (const secret of [BOT_TOKEN, 'secretpath', TRIGGER_ID, 'Our secret project'])
      expect(raw()).not.toContain(secret);
    expect(raw()).toContain('"type":"WebAPIPlatformError","message":"An API error occurred: fatal_error"');
  });

  it.each<[string, () => unknown]>([
    // The client takes an answer that is no JSON, since it broke off, for Slack's code of the error.
    ['an answer that broke off', () => new webApi.WebAPIPlatformError({ ok: false, error: ANSWER })],
    ['an answer with a status', () => new webApi.WebAPIHTTPError(500, 'x', { 'x-said': WORDS }, ANSWER)],
    ['what could not be parsed', () => thrownBy(() => JSON.parse(`${WORDS} is none`))],
    [
      'a request with all that it held',
      () => new webApi.WebAPIRequestError(withAll(new Error('fetch failed'))),
    ],
    [
      'a value that PostgreSQL refused',
      () =>
        Object.assign(new Error(`invalid input syntax for type bigint: "${WORDS}"`), {
          severity: 'ERROR',
          code: '22P02',
          detail: `Key (project)=(${WORDS}) is not there.`,
          where: `unnamed portal parameter $1 = '${WORDS}'`,
        }),
    ],
    ['an error of an error', () => new Error('outer', { cause: new Error(WORDS) })],
    ['several at once', () => new AggregateError([new Error(WORDS)], 'several')],
  ])('shows of %s only what kind it is', (_, make) => {
    const { logger, raw } = recordingLogger();
    logger.error({ err: make() }, 'as it is logged');
    logger.error({ error: make(), reason: { cause: make() } }, 'under another name');
    createBoltLogger(logger).error(make());
    createBoltLogger(logger).error(`An unhandled error occurred (type: event_callback, error: ${make()})`);
    expect(raw()).not.toContain(WORDS);
    expect(raw()).not.toContain('ticket-of-ours');
    expect(raw().split('\n')).toHaveLength(5);
  });

  it('takes what Bolt logs, without its debug lines, which hold whole requests', () => {
    const { logger, raw } = recordingLogger('debug');
    const bolt = createBoltLogger(logger);
    bolt.debug('http request body: {"text":"Our secret project"}');
    bolt.warn('http request failed', new Error(`bearer ${APP_TOKEN}`));
    bolt.error(`could not use ${SOCKET_URL}`);
    expect(raw()).not.toContain('Our secret project');
    expect(raw()).not.toContain(APP_TOKEN);
    expect(raw()).not.toContain('ticket=secret');
    expect(raw()).toContain('http request failed');
  });
});
