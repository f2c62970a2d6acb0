import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../packages/local-slack/rules/limits.ts';
import {
  bulletList,
  type Line,
  lineText,
  paragraph,
  quotation,
  richText,
} from '../../src/blocks/rich-text.ts';
import { ERASED } from '../../src/decision/decision.ts';

const AT = Date.UTC(2026, 10, 26, 17);

const LINE: Line = [
  { bold: 'Vote' },
  ' by ',
  { date: AT, format: '{date_short}' },
  ': ',
  { person: 'U1' },
  ' “',
  { typed: '<!channel> *now*' },
  '” ',
  { url: 'https://acme.slack.test/p1', text: 'Flask' },
];

describe('a line', () => {
  it('escapes the bot’s own text for screen readers', () => {
    const text = 'R&D <b>';
    const line: Line = [text, { bold: text }, { italic: text }, { url: 'https://a.test/?a&b', text }];
    expect(lineText(line)).toBe(
      `${'R&amp;D &lt;b&gt;'.repeat(3)}<https://a.test/?a&amp;b|R&amp;D &lt;b&gt;>`,
    );
  });

  it('becomes elements, in which typed text needs no escaping', () => {
    expect(paragraph(LINE)).toEqual({
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: 'Vote', style: { bold: true } },
        { type: 'text', text: ' by ' },
        { type: 'date', timestamp: 1_795_712_400, format: '{date_short}', fallback: '2026-11-26' },
        { type: 'text', text: ': ' },
        { type: 'user', user_id: 'U1' },
        { type: 'text', text: ' “' },
        { type: 'text', text: '<!channel> *now*' },
        { type: 'text', text: '” ' },
        { type: 'link', url: 'https://acme.slack.test/p1', text: 'Flask' },
      ],
    });
    const message = { text: 'x', blocks: [richText(paragraph(LINE), bulletList([LINE]), quotation(LINE))] };
    expect(checkMessage(message)).toEqual([]);
  });

  it('becomes mrkdwn for screen readers, in which typed text mentions no one', () => {
    expect(lineText(LINE)).toMatch(
      /^Vote by <!date\^1795712400\^\{date_short\}\|2026-11-26>: <@U1> “.*” <https:\/\/acme\.slack\.test\/p1\|Flask>$/,
    );
    expect(lineText(LINE)).not.toContain('<!channel>');
  });

  it('names people without a Slack id in words, because Slack refuses such an id', () => {
    expect(paragraph([{ person: ERASED }]).elements).toEqual([{ type: 'text', text: 'someone' }]);
    expect(paragraph([{ person: 'no id' }]).elements).toEqual([{ type: 'text', text: 'no id' }]);
  });

  it('loses direction marks that would change the text around it', () => {
    expect(paragraph([{ typed: 'a\u202eb' }]).elements).toEqual([{ type: 'text', text: 'ab' }]);
  });
});
