import { createHash } from 'node:crypto';
import type { ActionsBlock, RichTextBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import type { Message } from '../../../src/blocks/message.ts';
import { mrkdwn, plain, section } from '../../../src/blocks/text.ts';
import { pageHeaders } from '../../../src/installs/pages/document.ts';
import { exampleCardMessage, renderExampleCard } from '../../../src/installs/pages/example-card.ts';
import { renderInstallFailedPage, statusOfFailure } from '../../../src/installs/pages/install-failed.ts';
import { FAILURES, gallery, SCOPES, USUAL } from './gallery.ts';

const PAGES = gallery(USUAL);
const page = (name: string): string => PAGES[name] ?? '';
/** What somebody reads: no tags, no style, typographic apostrophes or not. */
const read = (document: string): string =>
  document
    .replace(/^[\s\S]*<body/, '<body')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

/** Every text in blocks, at any depth. */
function textsIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : key === 'options' ? [] : textsIn(value),
  );
}

describe.each(Object.entries(PAGES))('the page %s', (_, document) => {
  it('is a whole document that needs nothing else', () => {
    expect(document).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(document).toMatch(/<\/html>\n$/);
    expect(document.match(/<h1>/g)).toHaveLength(1);
    expect(document).toMatch(/<title>[^<]*Django or Flask[^<]*<\/title>/);
    expect(document).not.toMatch(/<script|<img|@import|url\(| src=| style="| on\w+="/);
  });

  it('has only the style that the headers allow', () => {
    const styles = [...document.matchAll(/<style>([\s\S]*?)<\/style>/g)].map((m) => m[1] ?? '');
    expect(styles).toHaveLength(1);
    const hash = createHash('sha256')
      .update(styles[0] ?? '')
      .digest('base64');
    expect(pageHeaders('state')['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
  });
});

describe('the headers', () => {
  it('allow nothing and keep nothing where a state is involved', () => {
    expect(pageHeaders('state')).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none'; /),
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(pageHeaders('everybody')['cache-control']).toBe('public, max-age=300');
  });
});

describe('the page to install from', () => {
  it('has one way to install, gives a reason for each scope, and says what is stored and deleted', () => {
    expect(page('install').match(/class="button"/g)).toHaveLength(1);
    expect(page('install')).toContain(
      `<a class="button" href="${USUAL.addToSlackUrl.replaceAll('&', '&amp;')}">Add to Slack</a>`,
    );
    for (const scope of SCOPES) {
      expect(page('install')).toContain(`<dt><code>${scope.name}</code></dt><dd>${scope.reason}</dd>`);
    }
    expect(page('install')).toContain(
      'Removing the app deletes its tokens and all the workspace’s data at once.',
    );
    expect(page('install-bare')).toContain('365 days after its last change');
    expect(page('install-bare')).toContain(
      'deletes its tokens at once, and the workspace’s other data after 30 days.',
    );
  });

  it('links support and privacy where there are any', () => {
    expect(page('install')).toContain('href="https://bot.example/support"');
    expect(page('install')).toContain('href="/privacy"');
    expect(page('install-bare')).not.toContain('<nav');
  });

  it('takes two minutes to read, beside the example', () => {
    const words = read(page('install').replace(/<figure[\s\S]*<\/figure>/, '')).match(/\p{Letter}\S*/gu);
    expect(words?.length).toBeLessThan(2 * 220);
  });

  it('shows the whole card of a made-up project', () => {
    const { blocks } = exampleCardMessage(loadRubric());
    const figure = read(/<figure[\s\S]*<\/figure>/.exec(page('install'))?.[0] ?? '');
    const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];
    const shown = words(figure);
    const written = textsIn(blocks).flatMap((text) =>
      words(
        text
          .replace(/<@U(\w+)>/g, (_, who: string) => who.toLowerCase())
          .replace(/<[^<>]*\|([^<>]*)>/g, '$1'),
      ),
    );
    expect(written.length).toBeGreaterThan(50);
    expect(written.filter((word) => !shown.includes(word))).toEqual([]);
    expect(figure).toMatch(/Billing portal.*@ana.*@ben.*@cleo.*@dora.*Add my answers/);
    expect(figure).not.toMatch(/&lt;|\*|\u2068|@U[A-Z]/);
  });
});

describe('the example card', () => {
  const drawn = (...blocks: Message['blocks']): string =>
    renderExampleCard('Django or Flask', { text: '', blocks })
      .toString()
      .replace(/^[\s\S]*APP<\/span><\/div>\n|\n<\/div>\n<figcaption[\s\S]*$/g, '');

  it('draws mrkdwn: titles, lists, names, dates, links and typed markup', () => {
    expect(drawn(section('*Votes*\n•  Django: 2 (<@UBEN>)\n•  Flask: 1\nby <!date^1^{date}|Monday>'))).toBe(
      '<p class="part"><strong>Votes</strong></p>' +
        '<ul><li>Django: 2 (@ben)</li><li>Flask: 1</li></ul><p class="line">by Monday</p>',
    );
    expect(
      drawn({ type: 'context', elements: [mrkdwn('a_b_ <https://x.test|_here_>\n&amp; &lt;b&gt;')] }),
    ).toBe('<p class="small">a_b_ _here_</p><p class="small">&amp; &lt;b&gt;</p>');
  });

  it('draws rich text and buttons', () => {
    const list: RichTextBlock = {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [{ type: 'text', text: 'For Django', style: { bold: true } }],
        },
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'says ' },
                { type: 'user', user_id: 'UANA' },
              ],
            },
          ],
        },
      ],
    };
    const button: ActionsBlock = {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'a', text: plain('Decide…') }],
    };
    expect(drawn(list, { type: 'divider' }, button)).toBe(
      '<p class="part"><strong>For Django</strong></p><ul><li>says @ana</li></ul>' +
        '<ul class="buttons" aria-label="Buttons on the card"><li>Decide…</li></ul>',
    );
  });
});

describe('the page after installing', () => {
  it('says what to type, and where', () => {
    expect(read(page('installed'))).toContain('Django or Flask is now in Acme Rockets');
    expect(page('installed')).toContain('<code>/django-or-flask Billing portal</code>');
    expect(page('installed')).toContain('<code>/invite @django-or-flask</code>');
    expect(page('installed')).toContain('href="slack://app?team=T0ACME&amp;id=A0BOT&amp;tab=home"');
    expect(page('installed')).not.toContain('organization');
  });

  it('says for an organisation that workspaces come first', () => {
    expect(read(page('installed-org-wide'))).toMatch(
      /is installed for Acme Rockets Add it to workspaces .* Go to a channel/,
    );
  });
});

describe('pages for installations that fail', () => {
  it.each(FAILURES)('%s: says it in its own words, with a way to start again', (kind) => {
    const others = FAILURES.filter((other) => other !== kind);
    const headline = (of: string): string => /<h1>(.*)<\/h1>/.exec(page(`failed-${of}`))?.[1] ?? '';
    expect(headline(kind)).not.toBe('');
    expect(others.map(headline)).not.toContain(headline(kind));
    expect(page(`failed-${kind}`)).toContain('href="/slack/install"');
  });

  it('come with a status', () => {
    expect(Object.fromEntries(FAILURES.map((kind) => [kind, statusOfFailure(kind)]))).toEqual({
      state_missing: 400,
      state_expired: 400,
      state_forged: 400,
      denied: 403,
      code_refused: 400,
      scopes_missing: 403,
      server: 500,
      not_approved: 403,
      request_sent: 200,
    });
  });

  it('names the reference, and whom to tell it', () => {
    expect(read(page('failed-server'))).toContain('tell support this reference: k3v9-Qm2x_7aPz');
    expect(read(page('failed-server-bare'))).toContain('tell the person who sent you here this reference');
    expect(read(page('failed-denied'))).not.toContain('reference');
    const document = renderInstallFailedPage({ ...USUAL, kind: 'code_refused', reference: 'ref-1' });
    expect(document).toContain('<code>ref-1</code>');
  });

  it('names the scopes that were not granted', () => {
    expect(read(page('failed-scopes_missing'))).toContain('files:write users:read');
    expect(page('failed-scopes-unnamed')).not.toContain('<ul');
  });
});

describe('the privacy page', () => {
  it('says what whoever runs the bot has set', () => {
    expect(read(page('privacy'))).toContain('In the database of Example Ltd ( Frankfurt, Germany )');
    expect(read(page('privacy'))).toContain('is kept until someone deletes it');
    expect(read(page('privacy-bare'))).toContain('one day after its last change');
    expect(read(page('privacy-bare'))).toContain('Ask the people who run the app.');
  });
});
