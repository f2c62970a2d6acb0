import { expect, it } from 'vitest';
import { memoizeRecent } from '../../../src/store/sql/memoize-recent.ts';

it('what was made of a text is made again only once others have pushed it out', () => {
  const made: string[] = [];
  const make = memoizeRecent(2, (text) => {
    made.push(text);
    return { text };
  });
  const a = make('a');
  expect(make('a')).toBe(a);
  make('b');
  // This text was used again, so it isn't the oldest.
  expect(make('a')).toBe(a);
  make('c');
  expect(make('a')).toBe(a);
  expect(make('b')).toEqual({ text: 'b' });
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});
