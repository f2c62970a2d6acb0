// The points of an advice: as a table, as lines of text, and as a sum in words.
import type { DataTableBlock } from '@slack/types';
import type { AdviceWithBasis, Contribution } from '../../advice/advice.ts';
import { INTERCEPT } from '../../advice/basis.ts';
import { formatCount } from '../../blocks/text.ts';
import { capitalise, FRAMEWORK_NAMES, optionName } from '../../blocks/wording.ts';

/** Rows per page of the table, so that all questions fit on one. Slack's default is five. */
const ROWS_SHOWN = 15;

interface PointsRow {
  readonly name: string;
  readonly django: number;
  readonly flask: number;
}

/** Renders the points as Slack's table. Some workspaces refuse it; `pointsLines` replaces it there. */
export function renderPointsTable(advice: AdviceWithBasis): DataTableBlock {
  const cell = (text: string) => ({ type: 'raw_text' as const, text });
  const count = (points: number): string => (points === 0 ? '–' : String(points));
  const rows = pointsRows(advice).map(({ name, django, flask }) => [name, count(django), count(flask)]);
  return {
    type: 'data_table',
    caption: 'Points',
    page_size: ROWS_SHOWN,
    row_header_column_index: 0,
    rows: [['Answer', FRAMEWORK_NAMES.django, FRAMEWORK_NAMES.flask], ...rows].map((row) => row.map(cell)),
  };
}

/** Returns a line for each row of the table: "An app that grows: Django 2". */
export function pointsLines(advice: AdviceWithBasis): string[] {
  return pointsRows(advice).map(({ name, django, flask }) => {
    const sides = [django === 0 ? '' : `Django ${django}`, flask === 0 ? '' : `Flask ${flask}`];
    return `${name}: ${sides.filter((side) => side !== '').join(', ') || 'no points'}`;
  });
}

/** Returns the starting points, the answers with the most points first, and the total. */
function pointsRows({ basis, contributions }: AdviceWithBasis): PointsRow[] {
  const isStart = ({ trait }: Contribution): boolean => trait === INTERCEPT;
  const rowOf = (c: Contribution): PointsRow => ({
    name: isStart(c) ? 'Head start' : capitalise(optionName(basis, c.trait, c.option)),
    django: Math.max(0, c.points),
    flask: Math.max(0, -c.points),
  });
  const ordered = [...contributions.filter(isStart), ...contributions.filter((c) => !isStart(c))];
  const rows = ordered.map(rowOf);
  const total = {
    name: 'Total',
    django: rows.reduce((sum, { django }) => sum + django, 0),
    flask: rows.reduce((sum, { flask }) => sum + flask, 0),
  };
  return [...rows, total];
}

/** Returns what the points alone say: "Django leads by 11 points. A close call ends at 4 for Django, 0 for Flask." */
export function describeSum(advice: AdviceWithBasis): string {
  const { basis, contributions, margin, verdict } = advice;
  if (contributions.every(({ trait }) => trait === INTERCEPT)) return 'No question is answered yet.';
  const leader = margin > 0 ? 'django' : 'flask';
  const lead =
    margin === 0
      ? 'The points are level'
      : `${FRAMEWORK_NAMES[leader]} leads by ${formatCount(Math.abs(margin), 'point')}`;
  if (basis.rule) return `${lead}.`;
  if (verdict === 'undecided') {
    return advice.support.django + advice.support.flask === 0
      ? 'No answer counts for either framework yet.'
      : `${lead}, and too few questions are answered.`;
  }
  const { django, flask } = basis.tossUpUpTo;
  return `${lead}. A close call ends at ${django} for Django, ${flask} for Flask.`;
}
