// The points of an advice: as a table, as lines of text, and as a sum in words.
import type { DataTableBlock } from '@slack/types';
import type { AdviceWithBasis, Contribution } from '../../advice/advice.ts';
import { INTERCEPT } from '../../advice/basis.ts';
import { formatCount } from '../../blocks/text.ts';
import { capitalise, FRAMEWORK_NAMES, optionName, questionName } from '../../blocks/wording.ts';

/** Rows per page of the table, so that all questions fit on one. Slack's default is five. */
const ROWS_SHOWN = 15;

interface PointsRow {
  readonly question: string;
  readonly answer: string;
  readonly points: string;
}

/** Renders the points as Slack's table. Some workspaces refuse it; `pointsLines` replaces it there. */
export function renderPointsTable(advice: AdviceWithBasis): DataTableBlock {
  const cell = (text: string) => ({ type: 'raw_text' as const, text });
  const rows = pointsRows(advice).map(({ question, answer, points }) => [question, answer, points]);
  return {
    type: 'data_table',
    caption: 'Points',
    page_size: ROWS_SHOWN,
    row_header_column_index: 0,
    rows: [['Question', 'Answer', 'Points'], ...rows].map((row) => row.map(cell)),
  };
}

/** Returns a line for each row of the table: "Size: an app that grows, Django 2". */
export function pointsLines(advice: AdviceWithBasis): string[] {
  return pointsRows(advice).map(({ question, answer, points }) => `${question}: ${answer}, ${points}`);
}

/** Returns the starting points, the answers with the most points first, and the total. */
function pointsRows({ basis, contributions, margin, support }: AdviceWithBasis): PointsRow[] {
  const isStart = ({ trait }: Contribution): boolean => trait === INTERCEPT;
  const start = contributions.filter(isStart).map(({ points }) => ({
    question: 'Head start',
    answer: 'every project',
    points: formatPoints(points),
  }));
  const answers = contributions
    .filter((c) => !isStart(c))
    .map(({ trait, option, points }) => ({
      question: capitalise(questionName(basis, trait)),
      answer: optionName(basis, trait, option),
      points: formatPoints(points),
    }));
  const [first = 0] = contributions.filter(isStart).map(({ points }) => points);
  const django = support.django + Math.max(0, first);
  const flask = support.flask + Math.max(0, -first);
  const total = { question: 'Total', answer: `${django} to ${flask}`, points: formatPoints(margin) };
  return [...start, ...answers, total];
}

/** Returns "Django 2", "Flask 3" or "0". */
function formatPoints(points: number): string {
  if (points === 0) return '0';
  return `${FRAMEWORK_NAMES[points > 0 ? 'django' : 'flask']} ${Math.abs(points)}`;
}

/** Returns how the points lead to the verdict: "Django leads by 11 points. It needs 10 to win, Flask 1." */
export function describeSum(advice: AdviceWithBasis): string {
  const { basis, contributions, margin, verdict } = advice;
  if (contributions.every(({ trait }) => trait === INTERCEPT)) return 'No question is answered yet.';
  const leader = margin > 0 ? 'django' : 'flask';
  const other = margin > 0 ? 'flask' : 'django';
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
  const needed = (framework: 'django' | 'flask'): number => basis.tossUpUpTo[framework] + 1;
  if (margin === 0) {
    return `${lead}. Django needs a lead of ${needed('django')} to win, Flask ${needed('flask')}.`;
  }
  const isEnough = Math.abs(margin) >= needed(leader);
  return isEnough
    ? `${lead}. It needs ${needed(leader)} to win, ${FRAMEWORK_NAMES[other]} ${needed(other)}.`
    : `${lead}, but needs ${needed(leader)} to win.`;
}
