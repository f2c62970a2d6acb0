import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { describeStuckCode } from '../../src/blocks/message.ts';
import { TOKEN_CODES } from '../../src/runtime/token-codes.ts';
import {
  cardFailureSentence,
  deliveryFailureOf,
  dialogFailureSentence,
  failureOf,
  replyFailureSentence,
} from '../../src/slack/failures.ts';

const platform = (error: string) => new webApi.WebAPIPlatformError({ ok: false, error });
const network = (code: string) =>
  new webApi.WebAPIRequestError(
    new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }),
  );

describe('failureOf', () => {
  it.each(['not_in_channel', 'is_archived', 'invalid_blocks', 'token_revoked', 'something_new'])(
    'Slack’s %s is a refusal: nothing was posted',
    (code) => expect(failureOf(platform(code))).toEqual({ kind: 'refused', code }),
  );

  it('a rate limit is waited out', () => {
    expect(failureOf(new webApi.WebAPIRateLimitedError(7))).toEqual({
      kind: 'later',
      code: 'ratelimited',
      afterMs: 7000,
    });
    expect(failureOf(platform('ratelimited')).kind).toBe('later');
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('%s never reached Slack', (code) => {
    expect(failureOf(network(code))).toMatchObject({ kind: 'later', code });
  });

  it.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT'])(
    'after %s nobody knows',
    (code) => {
      expect(failureOf(network(code))).toEqual({ kind: 'unclear', code });
    },
  );

  it('too many calls, from a proxy that does not say how long to wait, are waited out', () => {
    expect(failureOf(new webApi.WebAPIHTTPError(429, 'Too Many Requests', {}, ''))).toMatchObject({
      kind: 'later',
      code: 'ratelimited',
    });
  });

  it('a timeout leaves it open', () => {
    const error = new webApi.WebAPIRequestError(new DOMException('timed out', 'TimeoutError'));
    expect(failureOf(error)).toEqual({ kind: 'unclear', code: 'timeout' });
  });

  it.each(['fatal_error', 'internal_error'])('%s may come after the post was made', (code) => {
    expect(failureOf(platform(code))).toEqual({ kind: 'unclear', code });
  });

  it('tells broken servers from proxies that refuse', () => {
    expect(failureOf(new webApi.WebAPIHTTPError(502, 'Bad Gateway', {}, '')).kind).toBe('unclear');
    expect(failureOf(new webApi.WebAPIHTTPError(403, 'Forbidden', {}, '')).kind).toBe('refused');
  });

  it('a proxy’s page instead of an answer leaves it open, and is not repeated', () => {
    expect(failureOf(platform('<html>Bad Gateway</html>'))).toEqual({
      kind: 'unclear',
      code: 'malformed_answer',
    });
  });

  it('does not hide bugs', () => {
    expect(() => failureOf(new TypeError('x is not a function'))).toThrow('x is not a function');
  });
});

describe('cardFailureSentence', () => {
  it.each([
    'not_in_channel',
    'channel_not_found',
    'is_archived',
    'restricted_action',
    'msg_blocks_too_long',
    'invalid_blocks',
    'token_revoked',
    'missing_scope',
    'something_new',
  ])('%s gets a sentence that says what to do and fits on a field', (code) => {
    const sentence = cardFailureSentence(code, '@djangoflask');
    expect(sentence).toMatch(/invite|pick|ask|shorten|report|try|tell/i);
    expect(sentence.length).toBeLessThan(200);
  });

  it('names the bot to invite', () => {
    expect(cardFailureSentence('channel_not_found', '@djangoflask')).toContain('/invite @djangoflask');
  });
});

it.each(['constructor', '__proto__'])(
  'a word of Slack’s that every object has, %s, is a word like any other',
  (code) => {
    const said = [
      cardFailureSentence(code, '@bot'),
      dialogFailureSentence(code, 'Try again.'),
      replyFailureSentence({ kind: 'refused', code }, '@bot'),
      describeStuckCode(code),
    ];
    for (const sentence of said) expect(sentence).toEqual(expect.stringContaining(`(${code})`));
  },
);

it.each([...TOKEN_CODES])(
  '%s never counts as over in a moment, and only delays what no one waits for',
  (code) => {
    expect(dialogFailureSentence(code, 'Try again.')).not.toContain('Try again.');
    expect(deliveryFailureOf(platform(code))).toMatchObject({ kind: 'later', code });
  },
);
