import type { Rubric } from '../../src/rubric/schema.ts';
import { METHODS } from './methods.ts';
import { interval } from './statistics.ts';
import { byCutOff, nestedReliability, type Reliability, reliability, saidOfUnseen } from './strength.ts';
import { dropAnswers, questionsUntilSettled } from './unsure.ts';
import { type Result, validate } from './validation.ts';

/** Everything that is measured, as Markdown; the same for the same rubric. */
export function report(rubric: Rubric): string {
  const results = METHODS.map((method) => validate(rubric, method));
  const used = results.find(({ method }) => method.name === USED);
  return [
    `# How good is the advice?`,
    `Rubric ${rubric.version}, ${rubric.projects.length} documented projects. Made by \`npm run calibrate -- --write\`; every project is judged by what was learned from the others.`,
    `## Methods`,
    methodTable(results),
    `Right: the verdict is what the project chose, with the 95 % interval. AUC and Brier score: over the projects that chose one of the two. Resamples: the share of right ones among projects that were left out of 200 resamples, middle 90 %. A method that chooses between ways does so without the project that it then judges.`,
    ...(used ? [`## What it said, and what was chosen`, confusion(used)] : []),
    `## What strength means`,
    reliabilityTable(reliability(rubric.projects.map((project) => saidOfUnseen(rubric, project)))),
    `The cut-off for solid is the strictest that still calls half of the projects solid. Chosen so each time without the project that is judged:`,
    reliabilityTable(nestedReliability(rubric)),
    `Other cut-offs, for comparison:`,
    table(
      ['solid from', 'right', 'of', 'share'],
      byCutOff(rubric).map(({ from, right, of }) => [`${from}`, `${right}`, `${of}`, percent(right / of)]),
    ),
    `## With answers missing`,
    table(
      ['left out', 'same verdict', 'undecided or toss-up', 'wrong side'],
      dropAnswers(rubric).map(({ share, same, unclear, wrong }) =>
        [share, same, unclear, wrong].map(percent),
      ),
    ),
    `Each answer of each project is left out with this chance, 40 times; "same" is the verdict with all answers.`,
    `## Which question next`,
    table(
      ['order', 'questions until nothing can change the verdict'],
      questionsUntilSettled(rubric).map(({ order, questions }) => [order, questions.toFixed(1)]),
    ),
    `## What this is worth`,
    `What a team chose is not what was right for it. The projects are open or well documented ones, so there are more tools for technical people among them than in the world, and their answers were read from public material by people who knew the outcome. With ${rubric.projects.length} of them, two methods that differ by two or three projects cannot be told apart; of such the simplest is used.`,
  ].join('\n\n');
}

const USED = 'yardstick';

function methodTable(results: readonly Result[]): string {
  return table(
    ['method', 'learned', 'right', 'AUC', 'Brier', 'resamples'],
    results.map(({ method, predictions, right, auc, brier, spread }) => [
      method.name === USED ? `**${method.name}**` : method.name,
      method.about,
      shareWithInterval(right, predictions.length),
      auc.toFixed(2),
      brier.toFixed(3),
      `${percent(spread.low)} to ${percent(spread.high)}`,
    ]),
  );
}

function confusion({ predictions }: Result): string {
  const outcomes = ['django', 'flask', 'both'] as const;
  return table(
    ['chose', ...outcomes.map((verdict) => `said ${verdict}`)],
    outcomes.map((chose) => [
      chose,
      ...outcomes.map((verdict) =>
        String(predictions.filter((p) => p.project.chose === chose && p.verdict === verdict).length),
      ),
    ]),
  );
}

function reliabilityTable(rows: readonly Reliability[]): string {
  const all = rows.reduce((sum, { of }) => sum + of, 0);
  return table(
    ['strength', 'said of', 'right'],
    rows.map(({ strength, right, of }) => [
      strength,
      `${of} (${percent(of / all)})`,
      of === 0 ? '' : shareWithInterval(right, of),
    ]),
  );
}

function shareWithInterval(right: number, of: number): string {
  const { low, high } = interval(right, of);
  return `${right} of ${of}, ${percent(right / of)} (${percent(low)} to ${percent(high)})`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
