import { describe, expect, it } from 'vitest';
import {
  decodeDecisionBlock,
  decodeHistoryPage,
  decodeIntake,
  encodeDecisionBlock,
  encodeHistoryPage,
  encodeIntake,
} from '../../src/blocks/metadata.ts';

describe('what comes back from Slack', () => {
  it('is what was sent', () => {
    expect(decodeDecisionBlock(encodeDecisionBlock('abc-_1'))).toBe('abc-_1');
    expect(decodeIntake(encodeIntake({ page: 'all' }))).toEqual({ page: 'all' });
    const page = { offset: 5, words: ['billing', 'portal'] };
    expect(decodeHistoryPage(encodeHistoryPage(page))).toEqual(page);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"page":"third"}',
    '{"page":"all","admin":true}',
    '{"__proto__":{"page":"all"}}',
  ])('is refused as the state of a dialog: %s', (text) => expect(decodeIntake(text)).toBeNull());

  it.each([
    undefined,
    '',
    '{"offset":-1,"words":[]}',
    '{"offset":1.5,"words":[]}',
    '{"offset":0}',
    '{"offset":0,"words":[1]}',
  ])('is refused as a page: %s', (text) => expect(decodeHistoryPage(text)).toBeNull());

  it.each([
    undefined,
    '',
    'decision:',
    'decision:a b',
    'decision:../x',
    `decision:${'x'.repeat(65)}`,
    'more',
  ])('is refused as a decision: %s', (blockId) => expect(decodeDecisionBlock(blockId)).toBeNull());
});
