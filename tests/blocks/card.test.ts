import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { card } from '../../src/blocks/card.ts';
import { blockText, checkMessage, SAFE_MESSAGE_TEXT, textLength } from '../../src/blocks/limits.ts';
import { reasoningMessage } from '../../src/blocks/reasoning.ts';
import { anyAnswers, decisionWith, longestAnswers, NASTY_NAMES, rubric } from '../support/decision.ts';

const MEET_MBA = {
  stage: 'mvp',
  audience: 'general',
  size: 'grow',
  shape: 'one_product',
  priority: 'delivery',
};
const PAGES = {
  stage: 'product',
  size: 'grow',
  shape: 'one_product',
  interface: 'pages',
  admin: 'yes',
  tech: 'standard',
};

describe('the card', () => {
  it('says the verdict, its strength and the project in the first line', () => {
    const { blocks, text } = card(rubric, decisionWith(PAGES));
    expect(blocks[0]).toMatchObject({
      type: 'header',
      text: { text: expect.stringMatching(/Billing portal.*: Django, /) },
    });
    expect(text.split('\n')[0]).toMatch(/Billing portal.*: Django, /);
  });

  it('reads aloud everything that it shows', () => {
    const { text } = card(rubric, decisionWith(MEET_MBA, { deciders: ['U7'] }));
    for (const part of [
      'Asked by <@U1>',
      'Why:',
      'For Django:',
      'Against it, and for Flask:',
      'A case to compare:',
      'What would change',
      'Decides: <@U7>',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('meet.mba');
  });

  it('names at most three reasons, each pointing to the verdict', () => {
    const { blocks } = card(
      rubric,
      decisionWith({
        size: 'simple',
        shape: 'single_service',
        audience: 'technical',
        admin: 'no',
        stage: 'tool',
      }),
    );
    const why = JSON.stringify(blocks).match(/\*Why\*[^"]*/)?.[0] ?? '';
    expect(why.split('•').length - 1).toBeLessThanOrEqual(3);
    expect(why).toContain('for Flask');
    expect(why).not.toContain('for Django');
  });

  it('draws the boundary when the answer is both', () => {
    const answers = { stage: 'enterprise', shape: 'core_plus_services', admin: 'yes' };
    const { text } = card(rubric, decisionWith(answers));
    expect(text).toContain('What goes to Django:');
    expect(text).toContain('What goes to Flask:');
  });

  it('says what to settle when it is too early', () => {
    const { text } = card(rubric, decisionWith({}));
    expect(text).toContain('Too early to say');
    expect(text).toContain('Settle these first:');
    expect(text).not.toContain('For Too early');
  });

  it('offers its menu under the decision’s id', () => {
    const { blocks } = card(rubric, decisionWith(PAGES));
    expect(blocks.at(-1)).toMatchObject({
      type: 'actions',
      block_id: 'decision:abcDEF123-_x',
      elements: [{ action_id: 'card_menu', options: [{ value: 'reasons' }, { value: 'article' }] }],
    });
  });

  it('looks like this', () => {
    expect(card(rubric, decisionWith(MEET_MBA))).toMatchSnapshot();
  });
});

describe.each([
  ['the card', card],
  ['the reasoning', reasoningMessage],
] as const)('%s stays within Slack’s limits', (_, build) => {
  const check = (decision: ReturnType<typeof decisionWith>): void => {
    const message = build(rubric, decision);
    expect(checkMessage(message)).toEqual([]);
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    expect(textLength(blockText(message.blocks))).toBeLessThan(SAFE_MESSAGE_TEXT);
    expect(textLength(message.text)).toBeLessThanOrEqual(4_000);
  };

  it.each(NASTY_NAMES)('named %s', (project) => {
    const deciders = Array.from({ length: 10 }, (_, i) => `U0123456789${i}`);
    check(decisionWith(longestAnswers, { project, deciders }));
  });

  it('for any answers', () => {
    fc.assert(
      fc.property(anyAnswers, fc.constantFrom(...NASTY_NAMES), (answers, project) => {
        check(decisionWith(answers, { project }));
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});

describe.each([
  ['the card', card],
  ['the reasoning', reasoningMessage],
] as const)('%s and typed text', (_, build) => {
  it('never lets a name mention anybody or pose as a link', () => {
    for (const project of NASTY_NAMES) {
      const { text, blocks } = build(rubric, decisionWith(longestAnswers, { project }));
      const markup = [text, ...mrkdwnIn(blocks)].join('\n');
      expect(markup).not.toMatch(/<!(channel|here|everyone)|<@U123>|<https:\/\/evil/);
    }
  });

  it('shows the name as it was typed', () => {
    const project = '<!channel> & friends';
    const { text, blocks } = build(rubric, decisionWith({}, { project }));
    expect(text).toContain('&lt;!channel&gt; &amp; friends');
    expect(JSON.stringify(blocks[0])).toContain('<!channel> & friends');
  });
});

/** Every text in which Slack would read markup. */
function mrkdwnIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)];
  return Object.values(value).flatMap(mrkdwnIn);
}
