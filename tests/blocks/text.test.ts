import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeMrkdwn,
  mention,
  mentions,
  quoteText,
  section,
  toOneLine,
  truncate,
  unescapeCommandText,
} from '../../src/blocks/text.ts';

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
        expect(unescapeCommandText(escapeMrkdwn(typed))).toBe(typed);
      }),
    );
  });
});

describe('quoted', () => {
  it('keeps formatting characters from formatting', () => {
    expect(quoteText('*bold*')).not.toMatch(/(^|[\s\u2068])\*\w/);
    expect(quoteText('a_b')).toContain('_');
  });

  it('keeps a right-to-left name from turning the rest around', () => {
    expect(quoteText('مشروع')).toBe('\u2068مشروع\u2069');
  });
});

describe('quoted text', () => {
  it.each([
    ['\u202egnp.exe', 'an override'],
    ['\u2069\u202egnp.exe', 'an override outside of what isolates it'],
    ['\u2067gnp.exe', 'an isolate without its end'],
    ['\u200egnp.exe', 'a mark'],
    ['\u001bgnp.exe\0', 'control characters'],
  ])('%j turns nothing around: %s', (typed) => expect(quoteText(typed)).toBe('\u2068gnp.exe\u2069'));
});

describe('oneLine', () => {
  it.each([
    ['  two\n lines\t', 'two lines'],
    ['\u202egnp.exe\u202c', 'gnp.exe'],
    ['\u0000\u0007', ''],
    ['\u200b', ''],
    ['\u2068\u2069', ''],
    ['\u3164\u115f\u1160\uffa0 \u00ad\ufeff\u034f\u180e', ''],
    ['\u200d\u200c\ufe0f\u{e0067}', ''],
    ['my\u2060_\u2060project', 'my_project'],
    ['\u2066pass\u200bword\u2069 \u200e\u200f', 'password'],
    ['a\u200cb\u200dc', 'abc'],
  ])('%j becomes %j', (typed, line) => expect(toOneLine(typed)).toBe(line));

  it.each([
    ['a family', '👩‍👩‍👧 family'],
    ['skin and profession', '👩🏽‍🚀🕵🏽‍♂️'],
    ['a heart on fire and a rainbow', '❤️‍🔥 🏳️‍🌈'],
    ['keycaps', '1️⃣ #️⃣ *️⃣'],
    ['a flag of tags', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['a flag of letters', '🇵🇱'],
    ['Persian', 'نیم\u200cفاصله می\u200cخواهم'],
    ['Hindi', 'क्\u200dष क्\u200cष'],
    ['Sinhala', 'ශ්\u200dරී'],
    ['a Japanese name', '葛\u{e0100}城'],
    ['Mongolian', 'ᠪᠠᠭ\u180eᠠ ᠬᠢ\u180b'],
  ])('keeps what %s is made of', (_, name) => expect(toOneLine(name)).toBe(name));

  it.each([
    ['نیم\u200c', 'نیم'],
    ['\u200cنیم \u200d', 'نیم'],
    ['👩\u200d', '👩'],
    ['👩\u200d 👧', '👩 👧'],
  ])('drops joiners that join nothing: %j', (typed, line) => expect(toOneLine(typed)).toBe(line));

  it('brings back a name that was quoted, copied and typed again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        const name = toOneLine(typed);
        expect(toOneLine(name)).toBe(name);
        expect(toOneLine(unescapeCommandText(quoteText(name)))).toBe(name);
      }),
      { examples: [['my_project'], ['*️⃣ *bold* `x`'], ['نیم\u200cفاصله'], ['👩‍👩‍👧']] },
    );
  });
});

describe('clamp', () => {
  it('counts characters as Slack does and never cuts one in half', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, most) => {
        const cut = truncate(text, most);
        expect([...cut].length).toBeLessThanOrEqual(most);
        if ([...text].length <= most) expect(cut).toBe(text);
      }),
    );
    expect(truncate('🍰🍰🍰', 2)).toBe('🍰…');
  });
});

describe('section', () => {
  it('is never folded', () => {
    expect(section('Words')).toEqual({
      type: 'section',
      text: { type: 'mrkdwn', text: 'Words' },
      expand: true,
    });
  });
});

describe('mentions', () => {
  it('lists people as a sentence would', () => {
    expect(mentions([])).toBe('');
    expect(mentions(['U1'])).toBe('<@U1>');
    expect(mentions(['U1', 'U2'])).toBe('<@U1> and <@U2>');
    expect(mentions(['U1', 'U2', 'U3'])).toBe('<@U1>, <@U2> and <@U3>');
  });
});

describe('mention', () => {
  it('mentions ids and shows anything else as text', () => {
    expect(mention('U123')).toBe('<@U123>');
    expect(mention('!channel')).toBe('!channel');
    expect(mention('U1> <!channel')).toBe('U1&gt; &lt;!channel');
  });
});
