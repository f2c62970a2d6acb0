import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Html, html, link, nameHtml, trustedHtml } from '../../../src/installs/pages/html.ts';
import { anyNasty } from '../../support/nasty.ts';

/** Tags with the names of their attributes, as a browser would find them; and the text between them. */
function taken(page: Html): { tags: string[]; text: string } {
  const tags: string[] = [];
  const text = page
    .toString()
    .replace(/<(\/?\w+)((?: [\w-]+="[^"]*")*)>/g, (_, tag: string, given: string) => {
      tags.push([tag, ...[...given.matchAll(/ ([\w-]+)="/g)].map((m) => m[1])].join(' '));
      return '';
    });
  return { tags, text };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescaped = (text: string): string =>
  text.replace(/&([^;]*);/g, (_, entity) => ENTITIES[entity] ?? '?');

const hostile = fc.oneof(
  anyNasty,
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '"><script>alert(1)</script>',
    "' onclick='alert(1)",
    '" onmouseover="alert(1)',
    '</title></style></head><img src=x onerror=alert(1)>',
    '&quot;&gt;&lt;b&gt;',
    '`',
  ),
);

describe('html', () => {
  it('makes text of whatever stands between', () => {
    const page = html`<p title="${'a "b" <c>'}">${'<b>'} &amp; ${"it's"} ${7}${null}</p>`;
    expect(page.toString()).toBe('<p title="a &quot;b&quot; &lt;c&gt;">&lt;b&gt; &amp; it&#39;s 7</p>');
  });

  it('keeps HTML of its own as it is, alone and in lists', () => {
    const items = ['a', '<'].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}</ul>${html`<hr>`}`.toString()).toBe('<ul><li>a</li><li>&lt;</li></ul><hr>');
  });

  it('has no tag and no attribute, whatever it is given, that is not in the program', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (a, b, c) => {
        const page = html`<section id="${a}" class="x ${b}"><p>${b}${nameHtml(c)}</p>${[html`<em title="${c}">${a}</em>`]}</section>`;
        const { tags, text } = taken(page);
        expect(tags).toEqual(['section id class', 'p', 'bdi', '/bdi', '/p', 'em title', '/em', '/section']);
        expect(text).not.toMatch(/[<>"']/);
      }),
      { numRuns: 1000 },
    );
  });

  it('shows any text as it was given, but for what nobody can read', () => {
    fc.assert(
      fc.property(hostile, (given) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
        const readable = given.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '\ufffd');
        expect(unescaped(html`${given}`.toString())).toBe(readable);
      }),
    );
  });

  it('refuses to put a value where escaping does not help', () => {
    expect(() => html`<p ${'onclick'}="x">`).toThrow('double quotes');
    expect(() => html`<p title=${'x'}>`).toThrow('double quotes');
    expect(() => html`<${'p'}>`).toThrow('double quotes');
    expect(() => html`<p title='${'x'}'>`).toThrow('double quotes');
    expect(() => html`<p title="${trustedHtml('"')}">`).toThrow('attribute');
    expect(() => html`<p title="${[html`x`]}">`).toThrow('attribute');
  });
});

describe('link', () => {
  it('leads to pages, mail and Slack, and says only its words otherwise', () => {
    for (const address of [
      'https://a.example/',
      'mailto:a@b.example',
      'slack://app?id=A1',
      '/slack/install',
    ]) {
      expect(link(address, 'go').toString()).toContain(`href="${address}"`);
    }
    for (const address of [
      'javascript:alert(1)',
      ' java\nscript:alert(1)',
      'data:text/html,x',
      'file:///etc',
    ]) {
      expect(link(address, '<go>').toString()).toBe('&lt;go&gt;');
    }
  });

  it('is a link or text, whatever address it is given', () => {
    fc.assert(
      fc.property(hostile, hostile, (address, text) => {
        const { tags } = taken(link(address, text, 'button'));
        expect([[], ['a class href', '/a']]).toContainEqual(tags);
      }),
    );
  });
});
