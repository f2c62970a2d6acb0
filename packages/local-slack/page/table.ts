import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { asObject, asText, type Json } from './api.ts';
import { el } from './element.ts';
import type { DisplayNames } from './mrkdwn.ts';
import { renderRichText } from './rich-text.ts';

export const rowsOf = (block: Json): Json[][] =>
  Array.isArray(block.rows)
    ? block.rows.map((row: unknown) => (Array.isArray(row) ? row.map((cell: unknown) => asObject(cell)) : []))
    : [];

function renderCell(value: Json, names: DisplayNames): ComponentChildren {
  if (value.type === 'rich_text') return renderRichText(value, names);
  return asText(value.text) || (typeof value.value === 'number' ? String(value.value) : '');
}

const scrolling = (label: string, ...inside: ComponentChildren[]): VNode =>
  el('div.wide', { tabIndex: 0, role: 'group', 'aria-label': label }, ...inside);

/** Renders a table block. Its first row is the header. */
export function renderTable(block: Json, names: DisplayNames): VNode {
  const [head = [], ...rows] = rowsOf(block);
  const settings = Array.isArray(block.column_settings) ? block.column_settings.map(asObject) : [];
  const look = (column: number): string => {
    const { align, is_wrapped: wrapped } = asObject(settings[column]);
    return `.align-${align === 'right' || align === 'center' ? align : 'left'}${wrapped === true ? '' : '.one-line'}`;
  };
  const header = (value: Json, column: number): VNode => {
    const shown = renderCell(value, names);
    return shown === '' ? el(`td${look(column)}`) : el(`th${look(column)}`, { scope: 'col' }, shown);
  };
  const row = (cells: readonly Json[]): VNode =>
    el('tr', {}, ...cells.map((value, column) => el(`td${look(column)}`, {}, renderCell(value, names))));
  return scrolling(
    'Table',
    el('table', {}, el('thead', {}, el('tr', {}, ...head.map(header))), el('tbody', {}, ...rows.map(row))),
  );
}

interface Order {
  readonly column: number;
  readonly down: boolean;
}

/** A table that readers can sort, filter and page through. */
export function DataTable({ block, names }: { readonly block: Json; readonly names: DisplayNames }): VNode {
  const [order, setOrder] = useState<Order | null>(null);
  const [filter, setFilter] = useState('');
  const [page, setPage] = useState(0);
  const [head = [], ...rows] = rowsOf(block);
  const caption = asText(block.caption);
  const size = typeof block.page_size === 'number' ? block.page_size : 5;
  const named = typeof block.row_header_column_index === 'number' ? block.row_header_column_index : 0;
  const found = sortRows(
    rows.filter((row) => collectText(row).toLowerCase().includes(filter.trim().toLowerCase())),
    order,
  );
  const pages = Math.max(1, Math.ceil(found.length / size));
  const current = Math.min(page, pages - 1);
  const shown = found.slice(current * size, (current + 1) * size);
  const sort = (column: number): void =>
    setOrder({ column, down: order?.column === column ? !order.down : false });
  return el(
    'div.data-table',
    {},
    scrolling(
      caption,
      el(
        'table',
        {},
        el('caption', {}, caption),
        el(
          'thead',
          {},
          el('tr', {}, ...head.map((value, column) => renderColumnHeader(value, column, order, sort))),
        ),
        el(
          'tbody',
          {},
          ...shown.map((row) =>
            el(
              'tr',
              {},
              ...row.map((value, column) =>
                column === named
                  ? el('th.align-left', { scope: 'row' }, renderCell(value, names))
                  : el(value.type === 'raw_number' ? 'td.align-right' : 'td', {}, renderCell(value, names)),
              ),
            ),
          ),
        ),
      ),
    ),
    el(
      'div.leaf',
      {},
      el('input', {
        type: 'search',
        'aria-label': `Filter ${caption}`,
        placeholder: 'Filter',
        value: filter,
        // The filter text isn't sent to the app.
        onChange: (event: Event) => event.stopPropagation(),
        onInput: (event: Event) => event.target instanceof HTMLInputElement && setFilter(event.target.value),
      }),
      el(
        'span',
        { role: 'status' },
        `${found.length} ${found.length === 1 ? 'row' : 'rows'}, page ${current + 1} of ${pages}`,
      ),
      pageButton('Previous', current === 0, () => setPage(current - 1)),
      pageButton('Next', current === pages - 1, () => setPage(current + 1)),
    ),
  );
}

const pageButton = (label: string, disabled: boolean, go: () => void): VNode =>
  el('button', { type: 'button', disabled, onClick: go }, label);

function renderColumnHeader(
  value: Json,
  column: number,
  order: Order | null,
  sort: (column: number) => void,
): VNode {
  const here = order?.column === column ? (order.down ? 'descending' : 'ascending') : null;
  const arrow = here === null ? '' : here === 'descending' ? ' ↓' : ' ↑';
  return el(
    'th',
    { scope: 'col', 'aria-sort': here ?? 'none' },
    el(
      'button',
      { type: 'button', title: 'Sort', onClick: () => sort(column) },
      asText(value.text),
      el('span', { 'aria-hidden': 'true' }, arrow),
    ),
  );
}

const collectText = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(collectText).join(' ')
    : `${asText(asObject(value).text)} ${Array.isArray(asObject(value).elements) ? collectText(asObject(value).elements) : ''}`;

/** Sorts numerically if the column has only numbers, otherwise alphabetically. */
function sortRows(rows: Json[][], order: Order | null): Json[][] {
  if (order === null) return rows;
  const { column, down } = order;
  const numeric = rows.every((row) => row[column]?.type === 'raw_number');
  const compare = (a: Json | undefined, b: Json | undefined): number =>
    numeric ? Number(a?.value) - Number(b?.value) : collectText(a).localeCompare(collectText(b));
  return [...rows].sort((a, b) => compare(a[column], b[column]) * (down ? -1 : 1));
}
