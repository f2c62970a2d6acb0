import { type ComponentChildren, isValidElement } from 'preact';
import { markdown } from '../../../../packages/local-slack/page/markdown.ts';
import { renderMrkdwn } from '../../../../packages/local-slack/page/mrkdwn.ts';

/**
 * Typed marks stand between word joiners, which is taken to keep Slack from reading them; see `quoteText` in
 * src/blocks/text.ts. Here they are letters then, so that any place that forgets to disarm them is found. Whether all
 * of Slack's clients keep to it can only be seen in Slack.
 */
const disarmed = (text: string): string => text.replace(/\u2060([*_~`])\u2060/g, 'x');

/** The same for reading: letters that nothing else is written with. */
const LETTERS: Readonly<Record<string, string>> = { '*': 'ꙮ', _: 'ꙭ', '~': 'Ꙭ', '`': 'ꙫ' };

/** What comes out at a place, by what it is there. */
export interface Rendered {
  readonly mrkdwn?: readonly string[];
  readonly plain?: readonly string[];
  /** What stands in a field, for whoever may change it. */
  readonly inputs?: readonly string[];
  /** Types of the elements of rich text. */
  readonly rich?: readonly string[];
  readonly markdown?: string;
  readonly html?: string;
  /** Nothing may be made of it by anybody. */
  readonly raw?: string;
}

/** Of a message, a view, or the arguments of a call. */
export function renderedOf(shown: unknown): Rendered {
  const found = {
    mrkdwn: [] as string[],
    plain: [] as string[],
    inputs: [] as string[],
    rich: [] as string[],
  };
  const { text }: { text?: unknown } = typeof shown === 'object' && shown !== null ? { ...shown } : {};
  if (typeof text === 'string') found.mrkdwn.push(text);
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) look(one);
    if (Array.isArray(value) || typeof value !== 'object' || value === null) return;
    const { type, text: words }: { type?: unknown; text?: unknown } = { ...value };
    if (type === 'mrkdwn' && typeof words === 'string') found.mrkdwn.push(words);
    else if (type === 'plain_text' && typeof words === 'string') found.plain.push(words);
    else {
      if (typeof type === 'string' && /^(rich_text|text$|link|user|broadcast|emoji|channel)/.test(type)) {
        found.rich.push(type);
        if (typeof words === 'string') found.plain.push(words);
      }
      Object.entries(value).forEach(([name, inner]) => {
        if (name === 'initial_value' && typeof inner === 'string') found.inputs.push(inner);
        // A bare text of a table's cell.
        else if (name === 'text' && typeof inner === 'string' && type === 'raw_text') found.plain.push(inner);
        else look(inner);
      });
    }
  };
  look(shown);
  return found;
}

/** Elements of which there may be more where there are more lines. */
const OF_LINES = new Set(['br', 'p']);

/** Everything that is more than text, without the text. */
export function structureOf(rendered: Rendered): readonly string[] {
  const nodes = [
    ...(rendered.mrkdwn ?? []).flatMap((text) => renderMrkdwn(disarmed(text), new Map())),
    ...(rendered.markdown === undefined
      ? []
      : markdown(withoutFrontMatter(rendered.markdown), (level) => `h${level}`)),
  ];
  const tags = nodes.flatMap(tagsIn);
  const html = [...(rendered.html ?? '').matchAll(/<\/?[a-z][^>]*>/gi)].map(([tag]) => tag);
  return [...tags, ...html, ...(rendered.rich ?? []), ...frontMatterOf(rendered.markdown)].sort();
}

/** All that is read. */
export function wordsOf(rendered: Rendered): string {
  const nodes = [
    ...(rendered.mrkdwn ?? []).map((text) =>
      renderMrkdwn(
        text.replace(/\u2060([*_~`])\u2060/g, (_, mark: string) => LETTERS[mark] ?? mark),
        new Map(),
      ),
    ),
    ...(rendered.markdown === undefined
      ? []
      : markdown(withoutFrontMatter(rendered.markdown), (level) => `h${level}`)),
  ];
  const html = (rendered.html ?? '')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
  const words = [...nodes.map(said), ...(rendered.plain ?? []), html, rendered.raw ?? ''].join('\n');
  return Object.entries(LETTERS).reduce((text, [mark, letter]) => text.replaceAll(letter, mark), words);
}

const FRONT = /^---\n([\s\S]*?)\n---\n/;
const withoutFrontMatter = (text: string): string => text.replace(FRONT, '');

/** Its keys: a typed one would be one more. */
function frontMatterOf(text = ''): string[] {
  const [, front = ''] = FRONT.exec(text) ?? [];
  return front.split('\n').map((line) => /^\s*[\w-]+:|^\s*-/.exec(line)?.[0] ?? '');
}

function tagsIn(node: ComponentChildren): string[] {
  if (Array.isArray(node)) return node.flatMap(tagsIn);
  if (!isValidElement(node)) return [];
  const { href, children }: { href?: string; children?: ComponentChildren } = node.props;
  // An address that somebody has typed is a link to just that.
  if (href !== undefined && said(children) === href) return [];
  const own = OF_LINES.has(String(node.type)) ? [] : [`${String(node.type)} ${href ?? ''}`];
  return [...own, ...tagsIn(children)];
}

function said(node: ComponentChildren): string {
  if (Array.isArray(node)) return node.map(said).join('');
  if (isValidElement(node)) {
    const { children }: { children?: ComponentChildren } = node.props;
    return node.type === 'br' ? '\n' : said(children);
  }
  return typeof node === 'string' || typeof node === 'number' ? String(node) : '';
}
