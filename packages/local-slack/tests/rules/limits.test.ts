import { describe, expect, it } from 'vitest';
import {
  BLOCKS,
  checkBlocks,
  checkMessage,
  checkView,
  ELEMENTS,
  MAX_BLOCKS,
  MAX_MESSAGE_TEXT,
  type Problem,
  SAFE_MESSAGE_TEXT,
  textLength,
  visibleText,
} from '../../rules/limits.ts';
import { INVALID } from './invalid-blocks.ts';
import { actions, button, input, type Json, md, option, picture, pt, section, select } from './samples.ts';
import { VALID } from './valid-blocks.ts';

describe('blocks', () => {
  it('have samples of every block and element, taken and refused', () => {
    const typesIn = (value: unknown): unknown[] =>
      typeof value === 'object' && value !== null
        ? [Object(value).type, ...Object.values(value).flatMap(typesIn)]
        : [];
    const taken = new Set(VALID.flatMap(([, blocks]) => typesIn(blocks)));
    const refused = new Set(INVALID.flatMap(([, blocks]) => typesIn(blocks)));
    const all = [...Object.keys(BLOCKS), ...Object.keys(ELEMENTS)];
    // No surface takes a file block from an app.
    expect(all.filter((type) => !taken.has(type))).toEqual(['file']);
    expect(all.filter((type) => !refused.has(type))).toEqual([]);
  });

  it.each(VALID)('takes %s', (_name, blocks, surface = 'message') => {
    expect(checkBlocks(blocks, surface)).toEqual([]);
  });

  it.each(INVALID)('refuses %s', (_name, blocks, pointer, words, surface = 'message') => {
    const problems = checkBlocks(blocks, surface);
    expect(problems, JSON.stringify(problems)).toContainEqual({
      code: 'invalid_blocks',
      pointer,
      message: expect.stringContaining(words),
    });
    for (const problem of problems) expect(problem.message).toContain(`[json-pointer:${problem.pointer}]`);
  });

  it('names the block and the limit', () => {
    expect(checkBlocks([{ type: 'header', text: pt('a'.repeat(151)) }], 'message')).toEqual([
      {
        code: 'invalid_blocks',
        pointer: '/blocks/0/text/text',
        message: '[ERROR] must be less than 151 characters (header) [json-pointer:/blocks/0/text/text]',
      },
    ]);
  });

  it.each(['message', 'modal', 'home'] as const)('counts the blocks of a %s', (surface) => {
    const blocks = Array.from({ length: MAX_BLOCKS[surface] }, () => ({ type: 'divider' }));
    expect(checkBlocks(blocks, surface)).toEqual([]);
    expect(checkBlocks([...blocks, { type: 'divider' }], surface)).toHaveLength(1);
  });
});

describe('messages', () => {
  it('has one budget for the text of all blocks', () => {
    const of = (length: number) => ({
      text: 't',
      blocks: [
        section({ text: pt('a'.repeat(3000)) }),
        ...Array.from({ length: 4 }, (_, index) =>
          section({ text: pt('😀'.repeat(index < 3 ? 3000 : length - 12_000)) }),
        ),
      ],
    });
    expect(checkMessage(of(MAX_MESSAGE_TEXT))).toEqual([]);
    expect(checkMessage(of(MAX_MESSAGE_TEXT + 1)).map(({ code }) => code)).toEqual(['msg_blocks_too_long']);
    expect(SAFE_MESSAGE_TEXT).toBeLessThan(MAX_MESSAGE_TEXT);
  });

  it('needs text or blocks, and not too much text', () => {
    const codes = (message: Json) => checkMessage(message).map(({ code }) => code);
    expect(codes({})).toEqual(['no_text']);
    expect(codes({ text: '', blocks: [] })).toEqual(['no_text']);
    expect(codes({ text: 'a' })).toEqual([]);
    expect(codes({ blocks: [section()] })).toEqual([]);
    expect(codes({ text: 'a'.repeat(40_000) })).toEqual([]);
    expect(codes({ text: 'a'.repeat(40_001) })).toEqual(['msg_too_long']);
    expect(codes({ text: 5 })).toEqual(['invalid_arguments']);
    expect(codes({ text: 'a', blocks: [{}] })).toEqual(['invalid_blocks']);
  });

  it('counts what is seen or heard, in code points', () => {
    expect(textLength('a😀')).toBe(2);
    const blocks = [
      { type: 'header', text: pt('Head') },
      section({ accessory: { ...picture, alt_text: 'Alt' }, text: md('Text') }),
      actions(button({ value: 'hidden', url: 'https://hidden.example' })),
    ];
    expect(visibleText(blocks)).toBe('HeadTextAltPress');
    expect(visibleText(undefined)).toBe('');
  });
});

describe('views', () => {
  const modal = (extra: Json = {}) => ({ type: 'modal', title: pt('T'), blocks: [], ...extra });
  const asking = [input({ type: 'plain_text_input' })];

  it.each([
    ['an empty modal', modal()],
    ['a modal with an input', modal({ blocks: asking, submit: pt('Go'), close: pt('No') })],
    ['metadata', modal({ private_metadata: '', callback_id: 'c', external_id: 'e', notify_on_close: true })],
    ['a Home view', { type: 'home', blocks: [section()] }],
    ['an input on Home without submit', { type: 'home', blocks: asking }],
  ])('takes %s', (_name, view) => expect(checkView(view)).toEqual([]));

  it.each([
    ['a string', 'x', '/view', 'an object'],
    ['another type', { type: 'message', blocks: [] }, '/view', 'modal or home'],
    ['no title', modal({ title: undefined }), '/view', 'field: title'],
    ['a title in mrkdwn', modal({ title: md('T') }), '/view/title/type', 'plain_text'],
    ['no blocks', modal({ blocks: undefined }), '/view', 'field: blocks'],
    ['an input without submit', modal({ blocks: asking }), '/view', 'field: submit'],
    [
      'a bad block',
      modal({ blocks: [{ type: 'markdown', text: 'a' }] }),
      '/view/blocks/0/type',
      'in a modal',
    ],
    ['a title on Home', { type: 'home', title: pt('T'), blocks: [] }, '/view', 'property: title'],
    ['an id of Slack', modal({ id: 'V1' }), '/view', 'property: id'],
  ])('refuses %s', (_name, view, pointer, words) => {
    const expected: Problem = { code: 'invalid_arguments', pointer, message: expect.stringContaining(words) };
    expect(checkView(view)).toContainEqual(expected);
  });

  it('refuses a view of more than 250 KB', () => {
    const options = Array.from({ length: 100 }, (_, index) => option(`${index}`, '😀'.repeat(75)));
    const blocks = Array.from({ length: 20 }, () => input(select({ options })));
    expect(checkView(modal({ blocks, submit: pt('Go') })).map(({ code }) => code)).toEqual([
      'view_too_large',
    ]);
  });
});
