import type { ComponentChildren, VNode } from 'preact';
import { el } from './element.ts';
import { markdownInline } from './markdown-inline.ts';

/** The tag for a heading of this level. */
export type Heading = (level: number) => string;

const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)/;
const HEADING = /^ {0,3}(#{1,6})(?=\s|$)/;
const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( *)([-*+]|\d{1,9}[.)])( +|$)/;
const TASK = /^\[([ xX])\] /;
const DEEPEST = 8;

/** A safe part of CommonMark, with tables and tasks: elements only, never the source's own HTML. */
export function markdown(source: string, heading: Heading): VNode[] {
  return parsed(source.replaceAll('\t', '    ').split('\n'), heading, 0);
}

function parsed(lines: readonly string[], heading: Heading, depth: number): VNode[] {
  const shown: VNode[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
      continue;
    }
    const end = endOf(lines, at, depth);
    shown.push(block(lines.slice(at, end), heading, depth));
    at = end;
  }
  return shown;
}

type Kind = 'fence' | 'heading' | 'rule' | 'quote' | 'list' | 'table' | 'paragraph';

function kindAt(lines: readonly string[], at: number, depth: number): Kind {
  const line = lines[at] ?? '';
  if (FENCE.test(line)) return 'fence';
  if (HEADING.test(line)) return 'heading';
  if (RULE.test(line)) return 'rule';
  if (depth < DEEPEST && QUOTE.test(line)) return 'quote';
  if (depth < DEEPEST && ITEM.test(line)) return 'list';
  if (line.includes('|') && aligned(lines[at + 1]) !== null) return 'table';
  return 'paragraph';
}

/** Of an item of a list; null where there is none. */
function isOrdered(line = ''): boolean | null {
  const marker = ITEM.exec(line)?.[2];
  return marker === undefined ? null : /\d/.test(marker);
}

/** Where the block that begins here is over. */
function endOf(lines: readonly string[], at: number, depth: number): number {
  const kind = kindAt(lines, at, depth);
  const while_ = (goesOn: (line: string, place: number) => boolean, from = at + 1): number => {
    let end = from;
    while (end < lines.length && goesOn(lines[end] ?? '', end)) end += 1;
    return end;
  };
  switch (kind) {
    case 'heading':
    case 'rule':
      return at + 1;
    case 'fence': {
      const [, fence = ''] = FENCE.exec(lines[at] ?? '') ?? [];
      const closes = (line: string): boolean => line.trim().startsWith(fence) && !/[^`~]/.test(line.trim());
      return (
        Math.min(
          lines.length,
          while_((line) => !closes(line)),
        ) + 1
      );
    }
    case 'quote':
      return while_((line) => QUOTE.test(line));
    case 'list':
      return while_((line, place) => {
        const next = lines[place + 1] ?? '';
        if (line.trim() === '') return next.startsWith('  ') || isOrdered(next) === isOrdered(lines[at]);
        if (RULE.test(line)) return false;
        return line.startsWith('  ') || isOrdered(line) === isOrdered(lines[at]);
      });
    case 'table':
      return while_((line) => line.includes('|'), at + 2);
    case 'paragraph':
      return while_((line, place) => line.trim() !== '' && kindAt(lines, place, depth) === 'paragraph');
  }
}

function block(lines: readonly string[], heading: Heading, depth: number): VNode {
  const [first = ''] = lines;
  switch (kindAt(lines, 0, depth)) {
    case 'fence': {
      const [, fence = '', language = ''] = FENCE.exec(first) ?? [];
      const closed = lines.length > 1 && (lines.at(-1) ?? '').trim().startsWith(fence);
      const code = lines.slice(1, closed ? -1 : undefined).join('\n');
      return el(
        'pre',
        language ? { 'aria-label': `Code, ${language}`, role: 'group' } : {},
        el('code', {}, code),
      );
    }
    case 'heading': {
      const [whole = '', marks = '#'] = HEADING.exec(first) ?? [];
      const said = first
        .slice(whole.length)
        .trim()
        .replace(/(?:^|\s)#+$/, '');
      return el(heading(marks.length), {}, ...markdownInline(said));
    }
    case 'rule':
      return el('hr');
    case 'quote':
      return el(
        'blockquote',
        {},
        ...parsed(
          lines.map((line) => line.replace(QUOTE, '')),
          heading,
          depth + 1,
        ),
      );
    case 'list':
      return list(lines, heading, depth);
    case 'table':
      return table(lines);
    case 'paragraph':
      return el('p', {}, ...markdownInline(lines.map((line) => line.trim()).join('\n')));
  }
}

function list(lines: readonly string[], heading: Heading, depth: number): VNode {
  const [, indent = '', marker = '-'] = ITEM.exec(lines[0] ?? '') ?? [];
  const items: string[][] = [];
  for (const line of lines) {
    const [whole = '', spaces = ''] = ITEM.exec(line) ?? [];
    if (whole !== '' && spaces.length < indent.length + 2) items.push([line.slice(whole.length)]);
    else items.at(-1)?.push(line.replace(/^ {1,4}/, ''));
  }
  const start = Number.parseInt(marker, 10);
  return el(
    Number.isNaN(start) ? 'ul' : 'ol',
    start > 1 ? { start } : {},
    ...items.map((item) => listItem(item, heading, depth)),
  );
}

function listItem([first = '', ...rest]: readonly string[], heading: Heading, depth: number): VNode {
  const [task = '', mark = ''] = TASK.exec(first) ?? [];
  const done = mark !== ' ';
  const box: ComponentChildren =
    task === '' ? null : el('span', { role: 'img', 'aria-label': done ? 'Done' : 'To do' }, done ? '☑' : '☐');
  const content = parsed([first.slice(task.length), ...rest], heading, depth + 1);
  // A single line stands in its item without a paragraph of its own.
  const [only] = content;
  const children = only?.type === 'p' ? [only.props.children, ...content.slice(1)] : content;
  return el(task === '' ? 'li' : 'li.todo', {}, box, box === null ? null : ' ', ...children);
}

const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

/** How the columns are aligned, if the line is the one between a table's head and its rows. */
function aligned(line = ''): string[] | null {
  if (!line.includes('-')) return null;
  const cells = cellsOf(line);
  if (!cells.every((cell) => /^:?-+:?$/.test(cell))) return null;
  return cells.map((cell) =>
    cell.endsWith(':') ? (cell.startsWith(':') ? 'align-center' : 'align-right') : 'align-left',
  );
}

function table([head = '', line = '', ...rows]: readonly string[]): VNode {
  const classes = aligned(line) ?? [];
  const row = (cells: readonly string[], header: boolean): VNode =>
    el(
      'tr',
      {},
      ...classes.map((align, i) => {
        const words = markdownInline(cells[i] ?? '');
        return header && words.length > 0
          ? el(`th.${align}`, { scope: 'col' }, ...words)
          : el(`td.${align}`, {}, ...words);
      }),
    );
  return el(
    'div.wide',
    { tabIndex: 0, role: 'group', 'aria-label': 'Table' },
    el(
      'table',
      {},
      el('thead', {}, row(cellsOf(head), true)),
      el('tbody', {}, ...rows.map((one) => row(cellsOf(one), false))),
    ),
  );
}
