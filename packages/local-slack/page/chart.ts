import type { VNode } from 'preact';
import { asObject, asObjects, asText, type Json } from './api.ts';
import { el } from './element.ts';
import { renderLegend, renderPie } from './pie.ts';

const WIDTH = 480;
const HEIGHT = 220;
const LEFT = 44;
const BOTTOM = 28;
const TOP = 14;

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Renders a chart with its title, its legend, and its numbers as a table. */
export function renderChart(block: Json): VNode {
  const title = asText(block.title);
  const inside = asObject(block.chart);
  const drawn = inside.type === 'pie' ? renderPie(inside, title) : renderAxes(inside, title);
  return el(
    'figure.chart',
    {},
    el('figcaption', {}, el('b', {}, title)),
    drawn,
    renderNumbers(inside, title),
  );
}

interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

const categoriesOf = (inside: Json): string[] => {
  const { categories } = asObject(inside.axis_config);
  return Array.isArray(categories) ? categories.map(asText) : [];
};

function seriesOf(inside: Json): Series[] {
  return asObjects(inside.series).map((one) => {
    const points = new Map(asObjects(one.data).map((point) => [asText(point.label), number(point.value)]));
    return { name: asText(one.name), values: categoriesOf(inside).map((name) => points.get(name) ?? 0) };
  });
}

function renderAxes(inside: Json, title: string): VNode {
  const series = seriesOf(inside);
  const categories = categoriesOf(inside);
  const all = series.flatMap(({ values }) => values);
  const high = Math.max(0, ...all);
  const low = Math.min(0, ...all);
  const span = high - low || 1;
  const y = (value: number): number => TOP + ((high - value) / span) * (HEIGHT - BOTTOM - TOP);
  const step = (WIDTH - LEFT) / Math.max(1, categories.length);
  const middle = (i: number): number => LEFT + step * (i + 0.5);
  const { x_label: below, y_label: beside } = asObject(inside.axis_config);
  const each = Math.max(1, Math.ceil(categories.length / 8));
  return el(
    'div',
    {},
    asText(beside) ? el('p.hint', {}, asText(beside)) : null,
    el(
      'svg',
      {
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        role: 'img',
        'aria-label': `${title}: ${asText(inside.type)} chart. The table below has the numbers.`,
      },
      ...[high, low, 0]
        .filter((value, i, them) => them.indexOf(value) === i)
        .map((value) => renderGridLine(value, y(value))),
      ...series.map((one, i) =>
        inside.type === 'bar'
          ? renderBars(one, i, series.length, middle, y, step)
          : renderLine(one, i, middle, y, inside.type === 'area'),
      ),
      ...categories.map((name, i) =>
        i % each === 0
          ? el('text', { x: middle(i), y: HEIGHT - 8, 'text-anchor': 'middle', 'font-size': 12 }, short(name))
          : null,
      ),
    ),
    asText(below) ? el('p.hint', {}, asText(below)) : null,
    renderLegend(series.map(({ name }) => name)),
  );
}

const short = (name: string): string => (name.length > 10 ? `${name.slice(0, 9)}…` : name);

const renderGridLine = (value: number, y: number): VNode =>
  el(
    'g',
    {},
    el('line', { x1: LEFT, x2: WIDTH, y1: y, y2: y, class: 'scale' }),
    el('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end', 'font-size': 12 }, value.toLocaleString()),
  );

function renderBars(
  { values }: Series,
  index: number,
  count: number,
  middle: (i: number) => number,
  y: (value: number) => number,
  step: number,
): VNode {
  const width = (step * 0.8) / count;
  return el(
    `g.series-${index % 6}`,
    {},
    ...values.map((value, i) =>
      el('rect', {
        x: middle(i) - step * 0.4 + index * width,
        y: Math.min(y(value), y(0)),
        width: Math.max(1, width - 2),
        height: Math.max(1, Math.abs(y(value) - y(0))),
      }),
    ),
  );
}

function renderLine(
  { values }: Series,
  index: number,
  middle: (i: number) => number,
  y: (value: number) => number,
  filled: boolean,
): VNode {
  const points = values.map((value, i) => `${middle(i)},${y(value)}`);
  const ground = [`${middle(values.length - 1)},${y(0)}`, `${middle(0)},${y(0)}`];
  return el(
    `g.series-${index % 6}`,
    {},
    filled ? el('polygon', { points: [...points, ...ground].join(' '), 'fill-opacity': 0.3 }) : null,
    el('polyline', { points: points.join(' '), class: 'trace' }),
    ...values.map((value, i) => el('circle', { cx: middle(i), cy: y(value), r: 3 })),
  );
}

/** Renders the chart's numbers as a table for people who can't see the chart. */
function renderNumbers(inside: Json, title: string): VNode {
  const head = (name: string, scope: string): VNode => el('th.align-left', { scope }, name);
  const isPie = inside.type === 'pie';
  const columns = isPie ? ['Share', 'Value'] : ['', ...seriesOf(inside).map(({ name }) => name)];
  const rows: (readonly [string, readonly number[]])[] = isPie
    ? asObjects(inside.segments).map((one) => [asText(one.label), [number(one.value)]] as const)
    : categoriesOf(inside).map(
        (name, i) => [name, seriesOf(inside).map(({ values }) => values[i] ?? 0)] as const,
      );
  return el(
    'details',
    {},
    el('summary', {}, 'Numbers'),
    el(
      'div.wide',
      { tabIndex: 0, role: 'group', 'aria-label': `Numbers of ${title}` },
      el(
        'table',
        {},
        el('thead', {}, el('tr', {}, ...columns.map((name) => (name === '' ? el('td') : head(name, 'col'))))),
        el(
          'tbody',
          {},
          ...rows.map(([name, values]) =>
            el(
              'tr',
              {},
              head(name, 'row'),
              ...values.map((value) => el('td.align-right', {}, value.toLocaleString())),
            ),
          ),
        ),
      ),
    ),
  );
}
