import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../../src/advice/search/typos.ts';
import { stem, wordsOf } from '../../../src/advice/search/words.ts';

describe('words', () => {
  it('are lower case, without accents, and split at everything else', () => {
    expect(wordsOf('Café-style “Back office”: we’d use it!')).toEqual([
      'cafe',
      'style',
      'back',
      'office',
      'we',
      'd',
      'use',
      'it',
    ]);
    expect(wordsOf('???')).toEqual([]);
  });

  it.each([
    ['scale', 'scales', 'scaling', 'scalable', 'scalability'],
    ['secure', 'security'],
    ['maintain', 'maintains', 'maintained', 'maintaining', 'maintainable'],
    ['library', 'libraries'],
    ['hire', 'hires', 'hiring', 'hired'],
    ['template', 'templates', 'templating'],
    ['upgrade', 'upgrades', 'upgrading'],
    ['client', 'clients'],
    ['experiment', 'experiments', 'experimenting'],
  ])('%s has one stem with its kin', (word, ...kin) => {
    for (const other of kin) expect(stem(other), other).toBe(stem(word));
  });

  it.each(['use', 'user', 'is', 'go', 'css', 'rest', 'invest', 'test'])('leaves enough of %s', (word) => {
    expect(stem(word).length).toBeGreaterThanOrEqual(2);
  });

  it('keeps words apart that only look alike', () => {
    expect(stem('invest')).not.toBe(stem('invent'));
    expect(stem('rest')).not.toBe(stem('rust'));
    expect(stem('moderators')).not.toBe(stem('mode'));
  });
});

describe('typing errors', () => {
  const spellings = ['security', 'performance', 'launch', 'scaling'];

  it.each([
    ['secruity', 'security'],
    ['pefromance', 'performance'],
    ['scalling', 'scaling'],
  ])('%s means %s', (typed, meant) => {
    expect(nearestWord(typed, spellings)).toBe(meant);
  });

  it.each(['lunch', 'sec', 'weather', 'x'.repeat(1000), ''])('“%.20s” is left alone', (typed) => {
    expect(nearestWord(typed, spellings)).toBeNull();
  });
});
