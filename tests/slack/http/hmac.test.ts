import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hmacSha256 } from '../../../src/slack/http/hmac.ts';

const nodes = (key: string, first: string, rest: Uint8Array): string =>
  createHmac('sha256', key).update(first, 'latin1').update(rest).digest('hex');

// https://www.rfc-editor.org/rfc/rfc4231#section-4.3
it('has the value that the standard gives for its example', () => {
  const expected = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
  const [first, rest] = ['what do ya want ', 'for nothing?'];
  expect(hmacSha256('Jefe')(first, Buffer.from(rest))).toBe(expected);
});

it('is what Node computes, for keys and messages of any length, one after the other', () => {
  const key = fc.string({ maxLength: 140, unit: 'grapheme' });
  const message = fc.tuple(
    fc.stringMatching(/^[\x20-\xff]{0,40}$/),
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      // Around the length from which memory of its own is taken.
      fc.integer({ min: 16_200, max: 16_500 }).map((length) => new Uint8Array(length).fill(length)),
    ),
  );
  fc.assert(
    fc.property(key, fc.array(message, { minLength: 1, maxLength: 6 }), (secret, messages) => {
      const hmac = hmacSha256(secret);
      for (const [first, rest] of messages) expect(hmac(first, rest)).toBe(nodes(secret, first, rest));
    }),
    { seed: 20261129, numRuns: 300 },
  );
});
