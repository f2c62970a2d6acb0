import { describe, expect, it } from 'vitest';
import { extractQuestion } from '../../../src/features/question/mention.ts';

describe('the question in a message', () => {
  it.each([
    ['<@U0BOT> what about security?', 'what about security?'],
    ['<@U0BOT|django-or-flask>: what about security?', 'what about security?'],
    ['what about security, <@U0BOT>?', 'what about security?'],
    ['hey <@U0BOT> and <@U2>,\nis   it fast?', 'hey and , is it fast?'],
    ['<@U0BOT> is C &lt; Python &amp; Go?', 'is C < Python & Go?'],
    [
      '<@U0BOT> does <https://example.com|this> scale like <https://example.com/x>?',
      'does this scale like https://example.com/x?',
    ],
    ['<!here> <@U0BOT> see <#C1|web> or <#C2>', 'see #web or #'],
    ['<@U0BOT> &lt;@U2&gt;', '<@U2>'],
    ['<@U0BOT>? what about security?', 'what about security?'],
    ['<@U0BOT>', ''],
  ])('%j is %j', (text, question) => {
    expect(extractQuestion(text)).toBe(question);
  });

  it('is read no further than anybody asks', () => {
    expect(extractQuestion(`is it safe? ${', '.repeat(20_000)}x`)).toMatch(/^is it safe\?[ ,]*$/);
  });
});
