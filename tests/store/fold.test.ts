import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/store/fold.ts';

describe('fold', () => {
  it.each([
    ['Über', 'über'],
    ['U\u0308ber', 'über'],
    ['STRASSE', 'straße'],
    ['STRAẞE', 'strasse'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['ЗАКАЗЫ', 'заказы'],
    ['İstanbul', 'istanbul'],
    ['ＡＰＩ', 'api'],
    ['my\u2060_\u2060project', 'my_project'],
    ['نیم\u200cفاصله', 'نیمفاصله'],
  ])('%s and %s are the same', (one, other) => expect(fold(one)).toBe(fold(other)));

  it.each([
    ['Σίσυφος', 'σίσ'],
    ['Straßenbau', 'STRASS'],
  ])('%s is found by its beginning, %s', (name, word) => expect(fold(name)).toContain(fold(word)));

  it('is the same for a text in capitals, and for what it made already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(text.toUpperCase())).toBe(fold(text));
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });

  it.each(['a_b', '100 %', '中文'])('changes nothing else: %s', (text) => expect(fold(text)).toBe(text));
});
