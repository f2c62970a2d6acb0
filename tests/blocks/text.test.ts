import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clamp, escapeMrkdwn, mention, oneLine, quoted, unescapeIncoming } from '../../src/blocks/text.ts';

describe('escapeMrkdwn', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U123> & <https://evil.test|bank>', '&lt;@U123&gt; &amp; &lt;https://evil.test|bank&gt;'],
    ['&lt;', '&amp;lt;'],
  ])('%s', (typed, escaped) => expect(escapeMrkdwn(typed)).toBe(escaped));

  it('leaves nothing that Slack would read as markup, and loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        expect(escapeMrkdwn(typed)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
        expect(unescapeIncoming(escapeMrkdwn(typed))).toBe(typed);
      }),
    );
  });
});

describe('quoted', () => {
  it('keeps formatting characters from formatting', () => {
    expect(quoted('*bold*')).not.toMatch(/(^|[\s\u2068])\*\w/);
    expect(quoted('a_b')).toContain('_');
  });

  it('keeps a right-to-left name from turning the rest around', () => {
    expect(quoted('مشروع')).toBe('\u2068مشروع\u2069');
  });
});

describe('oneLine', () => {
  it.each([
    ['  two\n lines\t', 'two lines'],
    ['\u202egnp.exe\u202c', 'gnp.exe'],
    ['\u0000\u0007', ''],
    ['👩‍👩‍👧 family', '👩‍👩‍👧 family'],
  ])('%j becomes %j', (typed, line) => expect(oneLine(typed)).toBe(line));
});

describe('clamp', () => {
  it('counts characters as Slack does and never cuts one in half', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, most) => {
        const cut = clamp(text, most);
        expect([...cut].length).toBeLessThanOrEqual(most);
        if ([...text].length <= most) expect(cut).toBe(text);
      }),
    );
    expect(clamp('🍰🍰🍰', 2)).toBe('🍰…');
  });
});

describe('mention', () => {
  it('mentions ids and shows anything else as text', () => {
    expect(mention('U123')).toBe('<@U123>');
    expect(mention('!channel')).toBe('!channel');
    expect(mention('U1> <!channel')).toBe('U1&gt; &lt;!channel');
  });
});
