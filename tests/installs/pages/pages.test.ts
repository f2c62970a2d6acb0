import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import type { Vote } from '../../../src/decision/ballot.ts';
import { pageHeaders } from '../../../src/installs/pages/document.ts';
import { EXAMPLE_CARD } from '../../../src/installs/pages/example-card.ts';
import { renderInstallFailedPage, statusOfFailure } from '../../../src/installs/pages/install-failed.ts';
import { asMarkdown } from '../../support/card-as-markdown.ts';
import { cardWith, decisionWith } from '../../support/decision.ts';
import { FAILURES, gallery, SCOPES, USUAL } from './gallery.ts';

const rubric = loadRubric();

const PAGES = gallery(USUAL);
const page = (name: string): string => PAGES[name] ?? '';
/** What somebody reads: no tags, no style, typographic apostrophes or not. */
const read = (document: string): string =>
  document
    .replace(/^[\s\S]*<body/, '<body')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

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
      'Removing the app deletes its tokens and all of the workspace’s data at once.',
    );
    expect(page('install-bare')).toContain('365 days after it last changed');
    expect(page('install-bare')).toContain(
      'deletes its tokens at once and all other data of the workspace after 30 days.',
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

  it('shows a card as the bot makes it', () => {
    const answers = {
      stage: 'product',
      audience: 'general',
      size: 'grow',
      shape: 'one_product',
      interface: 'rich_client',
      admin: 'maybe',
      unknowns: 'technical',
      tech: 'custom',
      security: 'high',
    };
    const votes: Vote[] = [
      { person: 'UBEN', choice: 'django', reason: null, round: 1, at: 1 },
      { person: 'UCLEO', choice: 'django', reason: 'we know it', round: 1, at: 2 },
      { person: 'UDORA', choice: 'flask', reason: null, round: 1, at: 3 },
    ];
    const { blocks, text } = cardWith(rubric, decisionWith(answers, {}, rubric), { votes });
    const named = JSON.stringify(blocks)
      .replace(/<@U1>/g, '@ana')
      .replace(/<@U(BEN|CLEO|DORA)>/g, (_, who: string) => `@${who.toLowerCase()}`);
    const plain = (words: string): string => words.replaceAll('’', "'").replace(/\s+/g, ' ');
    const card = plain(asMarkdown({ text, blocks: JSON.parse(named) }));
    const { headline, asked, why, against, flips, votes: counted, buttons } = EXAMPLE_CARD;
    for (const line of [headline, asked, ...why, ...against, ...flips, ...counted, ...buttons]) {
      expect(card).toContain(plain(line));
    }
  });
});

describe('the page after installing', () => {
  it('says what to type, and where', () => {
    expect(read(page('installed'))).toContain('Django or Flask is now in Acme Rockets');
    expect(page('installed')).toContain('<code>/django-or-flask Billing portal</code>');
    expect(page('installed')).toContain('<code>/invite @django-or-flask</code>');
    expect(page('installed')).toContain('href="slack://app?team=T0ACME&amp;id=A0BOT&amp;tab=home"');
    expect(page('installed')).not.toContain('organisation');
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
    expect(read(page('failed-server-bare'))).toContain('tell whoever sent you here this reference');
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
    expect(read(page('privacy'))).toContain('In a database of Example Ltd ( Frankfurt, Germany )');
    expect(read(page('privacy'))).toContain('is kept until someone deletes it');
    expect(read(page('privacy-bare'))).toContain('one day after it last changed');
    expect(read(page('privacy-bare'))).toContain('Ask the people who run the app.');
  });
});
