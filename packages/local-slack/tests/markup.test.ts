import { type ComponentChildren, isValidElement } from 'preact';
import { describe, expect, it } from 'vitest';
import { formatDate } from '../page/date.ts';
import { markdown } from '../page/markdown.ts';
import { renderMrkdwn } from '../page/mrkdwn.ts';

/** Elements as they would be written down; attributes only where they lead somewhere. */
function written(node: ComponentChildren): string {
  if (Array.isArray(node)) return node.map(written).join('');
  if (!isValidElement(node)) {
    return typeof node === 'string' ? node.replaceAll('<', '‹').replaceAll('>', '›') : '';
  }
  const { href, children, start }: { href?: string; children?: ComponentChildren; start?: number } =
    node.props;
  const attributes = (href ? ` ${href}` : '') + (start ? ` ${start}` : '');
  return node.type === 'br' ? '↵' : `<${node.type}${attributes}>${written(children)}</${node.type}>`;
}

const names = new Map([
  ['U1', 'ana'],
  ['C1', 'web'],
]);
const slack = (source: string): string => written(renderMrkdwn(source, names));
const common = (source: string): string => written(markdown(source, (level) => `h${level}`));

describe('mrkdwn', () => {
  it.each([
    ['*b* _i_ ~s~ `c`', '<b>b</b> <i>i</i> <s>s</s> <code>c</code>'],
    ['*_~all~_*', '<b><i><s>all</s></i></b>'],
    ['`*no*`', '<code>*no*</code>'],
    ['2*3*4 snake_case_name', '2*3*4 snake_case_name'],
    ['* no * _ no _', '* no * _ no _'],
    ['*open _open ~open `open', '*open _open ~open `open'],
    ['*one\ntwo*', '*one↵two*'],
    ['&lt;b&gt; &amp;amp;', '‹b› &amp;'],
    [
      '<@U1> <@U2|ben> <#C1> <#C2|open>',
      '<span>@ana</span> <span>@ben</span> <span>#web</span> <span>#open</span>',
    ],
    ['<!here> <!subteam^S1|@devs>', '<span>@here</span> <span>@devs</span>'],
    ['<https://a.org?a=1&amp;b=2|A &amp; B>', '<a https://a.org?a=1&b=2>A & B</a>'],
    ['<mailto:a@b.org>', '<a mailto:a@b.org>a@b.org</a>'],
    ['see https://a.org/x.', 'see <a https://a.org/x>https://a.org/x</a>.'],
    ['> quoted\n&gt; again\nnot', '<blockquote>quoted↵again</blockquote>not'],
    ['a\n```\nx = *1*\n```\nb', 'a<pre>x = *1*</pre>b'],
    ['```never closed', '```never closed'],
    [':tada: :no_such: 10:30:00', '🎉 :no_such: 10:30:00'],
    ['<>', '‹›'],
    ['a < b > c', 'a ‹ b › c'],
    ['<!date^0^{nothing}|then>', '<time>{nothing}</time>'],
    ['<!date^x^{date}|then>', '<time>then</time>'],
  ])('%j', (source, expected) => expect(slack(source)).toBe(expected));

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    ' javascript:x',
  ])('leads nowhere for %s', (address) => {
    expect(slack(`<${address}|click>`)).toBe('<span>click</span>');
    expect(slack(`<!date^0^{date}^${address}|then>`)).not.toContain('<a');
  });
});

describe('markdown', () => {
  it.each([
    ['# One\n### Three ###', '<h1>One</h1><h3>Three</h3>'],
    ['#no heading', '<p>#no heading</p>'],
    [
      '**b** __b__ *i* _i_ ~~s~~ ***both***',
      '<p><b>b</b> <b>b</b> <i>i</i> <i>i</i> <s>s</s> <i><b>both</b></i></p>',
    ],
    ['**open *open ~~open `open', '<p>**open *open ~~open `open</p>'],
    ['*a **b** c*', '<p><i>a <b>b</b> c</i></p>'],
    ['snake_case_name 2*3', '<p>snake_case_name 2*3</p>'],
    ['\\*no\\*', '<p>*no*</p>'],
    ['``a ` b``', '<p><code>a ` b</code></p>'],
    [
      '[a *b*](https://a.org "title") ![pic](https://a.org/p.png)',
      '<p><a https://a.org>a <i>b</i></a> <a https://a.org/p.png>pic</a></p>',
    ],
    ['[w](https://a.org/x_(y))', '<p><a https://a.org/x_(y)>w</a></p>'],
    [
      '<https://a.org> https://b.org',
      '<p><a https://a.org>https://a.org</a> <a https://b.org>https://b.org</a></p>',
    ],
    [
      '<script>alert(1)</script> <img src=x onerror=y>',
      '<p>‹script›alert(1)‹/script› ‹img src=x onerror=y›</p>',
    ],
    ['one\ntwo\n\nthree', '<p>one↵two</p><p>three</p>'],
    ['- a\n  - b\n- c', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'],
    ['- a\n1. b', '<ul><li>a</li></ul><ol><li>b</li></ol>'],
    ['3. c\n4. d', '<ol 3><li>c</li><li>d</li></ol>'],
    ['- [ ] to do\n- [x] done', '<ul><li><span>☐</span> to do</li><li><span>☑</span> done</li></ul>'],
    ['> a\n> > b', '<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>'],
    ['```js\n<b>*x*\n```\nafter', '<pre><code>‹b›*x*</code></pre><p>after</p>'],
    ['```\nnever closed', '<pre><code>never closed</code></pre>'],
    ['---', '<hr></hr>'],
    [
      '| a | b |\n|---|:-:|\n| *1* |',
      '<div><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><i>1</i></td><td></td></tr></tbody></table></div>',
    ],
    ['a | b', '<p>a | b</p>'],
  ])('%j', (source, expected) => expect(common(source)).toBe(expected));

  it.each(['javascript:alert(1)', 'JAVASCRIPT:x', 'data:text/html,x', '//a.org', 'vbscript:x'])(
    'leads nowhere for %s',
    (address) => {
      for (const source of [`[click](${address})`, `![click](${address})`, `<${address}>`]) {
        expect(common(source)).not.toContain('<a');
      }
    },
  );
});

describe('hostile text', () => {
  const pieces = [
    '*',
    '_',
    '~',
    '`',
    '<',
    '[',
    '![',
    '](',
    '> ',
    '- ',
    '#',
    ':',
    '**',
    '*a ',
    '_a ',
    '[a](',
    '<http://',
    'https://',
    '```\n',
    '| a |\n',
    '\\',
    '<!date^',
    ':a',
    '1. ',
    '  - ',
    '[a](x "',
    '*a*_',
  ];

  it.each(pieces)('a lot of %j takes no time', (piece) => {
    const long = piece.repeat(Math.ceil(12_000 / piece.length));
    const before = performance.now();
    slack(long);
    slack(`${long}\n${long}`);
    common(long);
    common(long.replaceAll(' ', '\n'));
    expect(performance.now() - before).toBeLessThan(1_500);
  });
});

describe('dates', () => {
  const noon = new Date(2026, 10, 23, 12).getTime();
  const words = (format: string, ms: number) => formatDate(ms / 1000, format, noon);

  it('have names when they are near', () => {
    const day = 24 * 60 * 60 * 1000;
    expect(words('{date_short_pretty}!', noon)).toBe('today!');
    expect(words('{date_pretty}', noon - day)).toBe('yesterday');
    expect(words('{date_long_pretty}', noon + day)).toBe('tomorrow');
    expect(words('{date_pretty}', noon + 5 * day)).toContain('28');
    expect(words('{ago}', noon - 2 * 3_600_000)).toBe('2 hours ago');
    expect(words('{date_num} {time_secs} {unknown}', noon)).toContain('{unknown}');
    expect(formatDate(Number.NaN, '{date}')).toBeNull();
  });
});
