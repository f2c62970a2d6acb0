import type { JsonObject, ReportProblem, Shape } from './rule.ts';
import { arrayItems, arrayOf, isJsonObject, number, object, optional, string } from './rule.ts';

/**
 * Most segments or series of a chart in a data_visualization block. Copies of Slack's page disagree: 6 (June 2026) or
 * 12 (September). The smaller number counts, because a workspace may still refuse more.
 */
const MAX_PARTS = 6;
const MAX_POINTS = 20;
const LABEL = 20;

const point = object({ label: string(LABEL), value: number() });
const segment = object({ label: string(LABEL), value: number() }, (part, report) => {
  if (typeof part.value === 'number' && part.value <= 0) report('must be greater than 0', '/value');
});

const series: Shape = {
  fields: {
    series: arrayOf(object({ name: string(LABEL), data: arrayOf(point, MAX_POINTS) }), MAX_PARTS),
    axis_config: object({
      categories: arrayOf(string(LABEL), MAX_POINTS),
      x_label: optional(string(50)),
      y_label: optional(string(50)),
    }),
  },
  crossCheck: checkSeriesFitAxis,
};

export const CHARTS: Readonly<Record<string, Shape>> = {
  pie: { fields: { segments: arrayOf(segment, MAX_PARTS) } },
  bar: series,
  line: series,
  area: series,
};

/** Requires unique series names, and exactly one point per category in each series. */
function checkSeriesFitAxis(chart: JsonObject, report: ReportProblem): void {
  const axis = chart.axis_config;
  const categories = isJsonObject(axis) ? arrayItems(axis.categories) : [];
  const names = new Set<unknown>();
  arrayItems(chart.series).forEach((one, index) => {
    if (!isJsonObject(one)) return;
    if (names.has(one.name)) report('series names must be unique', `/series/${index}/name`);
    names.add(one.name);
    const labels = arrayItems(one.data).map((datum) => (isJsonObject(datum) ? datum.label : undefined));
    const complete = categories.every((category) => labels.includes(category));
    if (!complete || labels.length !== categories.length) {
      report('must have exactly one point for every category', `/series/${index}/data`);
    }
  });
}
