import type { VNode } from 'preact';
import { asObjects, asText, type Json } from './api.ts';
import { el } from './element.ts';

const SIZE = 200;
const RADIUS = 92;

/** Renders a pie chart, clockwise from the top, with each segment's label and share. */
export function renderPie(inside: Json, title: string): VNode {
  const segments = asObjects(inside.segments).map(({ label, value }) => ({
    label: asText(label),
    value: typeof value === 'number' && value > 0 ? value : 0,
  }));
  const total = segments.reduce((sum, { value }) => sum + value, 0) || 1;
  const share = (value: number): string => `${Math.round((value / total) * 100)} %`;
  let turned = 0;
  const slices = segments.map(({ value }, i) => {
    const from = turned;
    turned += value / total;
    return el(`g.series-${i % 6}`, {}, renderSlice(from, turned));
  });
  const said = segments.map(({ label, value }) => `${label}: ${share(value)}`);
  return el(
    'div.pie',
    {},
    el(
      'svg',
      { viewBox: `0 0 ${SIZE} ${SIZE}`, role: 'img', 'aria-label': `${title}: ${said.join(', ')}` },
      ...slices,
    ),
    renderLegend(said),
  );
}

function renderSlice(from: number, to: number): VNode {
  const middle = SIZE / 2;
  if (to - from > 0.9999) return el('circle', { cx: middle, cy: middle, r: RADIUS });
  const point = (turn: number): string => {
    const angle = 2 * Math.PI * (turn - 0.25);
    return `${middle + RADIUS * Math.cos(angle)} ${middle + RADIUS * Math.sin(angle)}`;
  };
  const large = to - from > 0.5 ? 1 : 0;
  return el('path', {
    d: `M ${middle} ${middle} L ${point(from)} A ${RADIUS} ${RADIUS} 0 ${large} 1 ${point(to)} Z`,
    class: 'slice',
  });
}

/** Renders the names of the colours. */
export function renderLegend(names: readonly string[]): VNode {
  const sign = (i: number): VNode =>
    el(
      `svg.series-${i % 6}`,
      { width: 12, height: 12, 'aria-hidden': 'true' },
      el('rect', { width: 12, height: 12, rx: 2 }),
    );
  return el('ul.legend', {}, ...names.map((name, i) => el('li', {}, sign(i), name)));
}
