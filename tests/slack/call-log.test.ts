import { expect, it } from 'vitest';
import { TOKEN_CODES } from '../../src/runtime/token-codes.ts';
import { createTokenErrorLog } from '../../src/slack/call-log.ts';
import { TestClock } from '../support/clock.ts';
import { recordingLogger } from '../support/log.ts';

it('a refused token is logged at error, at most once a minute for each code', () => {
  const clock = new TestClock();
  const { logger, lines } = recordingLogger();
  const called = createTokenErrorLog(clock, logger);
  const count = (): number => lines.length;
  called('chat.update', null);
  called('chat.update', 'is_archived');
  expect(count()).toBe(0);
  for (let i = 0; i < 100; i++) for (const code of TOKEN_CODES) called('chat.update', code);
  expect(count()).toBe(TOKEN_CODES.size);
  clock.advance(59_999);
  called('chat.update', 'token_revoked');
  expect(count()).toBe(TOKEN_CODES.size);
  clock.advance(1);
  called('views.open', 'token_revoked');
  expect(lines.at(-1)).toMatchObject({
    level: 'error',
    method: 'views.open',
    code: 'token_revoked',
    msg: 'Slack does not accept the token',
  });
  // The clock was ahead and is corrected.
  clock.set(-3_600_000);
  clock.advance(60_000);
  called('views.open', 'token_revoked');
  expect(count()).toBe(TOKEN_CODES.size + 2);
});
