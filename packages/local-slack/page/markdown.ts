// Markdown of messages as elements. HTML in it stays text.
import { Marked, type MarkedToken, type Token, Tokenizer, type Tokens } from 'marked';
import type { ComponentChildren, VNode } from 'preact';
import { el } from './element.ts';
import { emojiCharacter } from './emoji.ts';
import { link } from './link.ts';

/** The tag for a heading of this level. */
export type Heading = (level: number) => string;

const marked = new Marked({
  gfm: true,
  breaks: true,
  tokenizer: {
    html: () => undefined,
    tag: () => undefined,
    // Only URLs become links automatically. Mail addresses stay text.
    url(source) {
      const link = Tokenizer.prototype.url.call(this, source);
      return link?.href.startsWith('mailto:') ? undefined : link;
    },
  },
});
const EMOJI = /:([a-z0-9_+-]{1,60}):/g;

/** A line that nests deeper than a person would; parsing thousands of levels would overflow the stack. */
const TOO_DEEP = /^ *(?:> *|(?:[-*+]|\d{1,9}[.)]) +){16}/m;

export function markdown(source: string, heading: Heading): ComponentChildren[] {
  return TOO_DEEP.test(source) ? [el('p', {}, source)] : rendered(marked.lexer(source), heading);
}

function rendered(tokens: readonly Token[] = [], heading: Heading): ComponentChildren[] {
  // Without extensions there are no other tokens.
  return (tokens as readonly MarkedToken[]).map((token) => element(token, heading));
}

function element(token: MarkedToken, heading: Heading): ComponentChildren {
  const children = 'tokens' in token ? rendered(token.tokens, heading) : [];
  switch (token.type) {
    case 'heading':
      return el(heading(token.depth), {}, ...children);
    case 'paragraph':
      return el('p', {}, ...children);
    case 'blockquote':
      return el('blockquote', {}, ...children);
    case 'list':
      return list(token, heading);
    case 'list_item':
      return el(token.task ? 'li.todo' : 'li', {}, ...children);
    case 'checkbox':
      return [checkbox(token), ' '];
    case 'table':
      return table(token, heading);
    case 'code':
      return code(token);
    case 'strong':
      return el('b', {}, ...children);
    case 'em':
      return el('i', {}, ...children);
    case 'del':
      return el('s', {}, ...children);
    case 'codespan':
      return el('code', {}, token.text);
    case 'link':
    case 'image': // Slack shows a link instead of a picture.
      return link(token.href, children.length > 0 ? children : token.href);
    case 'br':
    case 'hr':
      return el(token.type);
    case 'text':
      return children.length > 0
        ? children
        : token.text.replaceAll(EMOJI, (_, name: string) => emojiCharacter(name));
    case 'escape':
    case 'html':
      return token.text;
    case 'def':
    case 'space':
      return null;
  }
}

function list({ ordered, start, items }: Tokens.List, heading: Heading): VNode {
  const attributes = typeof start === 'number' && start > 1 ? { start } : {};
  return el(ordered ? 'ol' : 'ul', attributes, ...rendered(items, heading));
}

function checkbox({ checked }: Tokens.Checkbox): VNode {
  return el('span', { role: 'img', 'aria-label': checked ? 'Done' : 'To do' }, checked ? '☑' : '☐');
}

function code({ text, lang = '' }: Tokens.Code): VNode {
  const [language] = lang.split(' ');
  const label = language ? { 'aria-label': `Code, ${language}`, role: 'group' } : {};
  return el('pre', label, el('code', {}, text));
}

function table({ header, rows }: Tokens.Table, heading: Heading): VNode {
  const row = (cells: readonly Tokens.TableCell[]): VNode => el('tr', {}, ...cells.map(cell));
  const cell = ({ header: isHeader, align, tokens }: Tokens.TableCell): VNode => {
    const words = rendered(tokens, heading);
    const isTitle = isHeader && words.length > 0;
    return el(`${isTitle ? 'th' : 'td'}.align-${align ?? 'left'}`, isTitle ? { scope: 'col' } : {}, ...words);
  };
  return el(
    'div.wide',
    { tabIndex: 0, role: 'group', 'aria-label': 'Table' },
    el('table', {}, el('thead', {}, row(header)), el('tbody', {}, ...rows.map(row))),
  );
}
