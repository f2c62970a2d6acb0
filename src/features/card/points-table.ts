import type { Block, DataTableBlock, KnownBlock } from '@slack/types';
import type { AdviceWithBasis, Contribution } from '../../advice/advice.ts';
import { INTERCEPT } from '../../advice/basis.ts';
import { formatSigned, truncate } from '../../blocks/text.ts';
import { capitalise, describePoints, optionName, questionName } from '../../blocks/wording.ts';

/** Slack's limits for charts: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
const LONGEST_LABEL = 20;
const MOST_CATEGORIES = 20;
/** Rows per page of the table, so that all questions fit on one. Slack's default is five. */
const ROWS_SHOWN = 15;

/** Slack's chart block, which `@slack/types` doesn't have yet. */
interface ChartBlock extends Block {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'bar';
    readonly series: readonly { name: string; data: readonly { label: string; value: number }[] }[];
    readonly axis_config: { categories: readonly string[]; x_label: string; y_label: string };
  };
}

/**
 * Renders each answer's points as Slack's table and chart. The reasons stay in a list, because on a phone a table cell
 * is one word wide. Some workspaces refuse these newer blocks; there, the list shows the points too.
 */
export function renderPoints(advice: AdviceWithBasis): (KnownBlock | Block)[] {
  const chart = pointsChart(advice);
  return [pointsTable(advice), ...(chart ? [chart] : [])];
}

const cell = (text: string) => ({ type: 'raw_text' as const, text });
const isStart = ({ trait }: Contribution): boolean => trait === INTERCEPT;

function pointsTable({ basis, contributions, margin }: AdviceWithBasis): DataTableBlock {
  const start = contributions.find(isStart);
  const rows = contributions
    .filter((c) => !isStart(c))
    .map((c) => [
      cell(capitalise(questionName(basis, c.trait))),
      cell(optionName(basis, c.trait, c.option)),
      cell(describePoints(c)),
    ]);
  return {
    type: 'data_table',
    caption: 'What each answer adds',
    page_size: ROWS_SHOWN,
    row_header_column_index: 0,
    rows: [
      ['Question', 'Answer', 'Points'].map(cell),
      ...(start ? [[cell('Start'), cell('for every project'), cell(formatSigned(start.points))]] : []),
      ...rows,
      [cell('Sum'), cell('of all'), cell(formatSigned(margin))],
    ],
  };
}

/** Null if no answer has points, or if two questions have the same truncated name. */
function pointsChart({ basis, contributions }: AdviceWithBasis): ChartBlock | null {
  const counting = contributions.filter((c) => !isStart(c) && c.points !== 0).slice(0, MOST_CATEGORIES);
  const categories = counting.map((c) => truncate(questionName(basis, c.trait), LONGEST_LABEL));
  if (categories.length === 0 || new Set(categories).size < categories.length) return null;
  const series = (name: string, value: (points: number) => number) => ({
    name,
    data: counting.map((c, i) => ({ label: categories[i] ?? '', value: value(c.points) })),
  });
  return {
    type: 'data_visualization',
    title: 'Points by question',
    chart: {
      type: 'bar',
      series: [
        series('For Django', (points) => Math.max(0, points)),
        series('For Flask', (points) => Math.max(0, -points)),
      ],
      axis_config: { categories, x_label: 'Question', y_label: 'Points' },
    },
  };
}
