import { advise } from '../../src/advice/advise.ts';
import type { Rubric } from '../../src/advice/rubric/schema.ts';
import { answersOf, METHODS, type Method, reweigh, USED_METHOD } from './methods.ts';
import { scoreScenarios } from './scenarios.ts';
import { mean, wilsonInterval } from './statistics.ts';
import { adviseHeldOut, cutOffsFrom, type Reliability, reliability } from './strength.ts';
import { type DropResult, dropAnswers, questionsUntilSettled } from './unsure.ts';
import { crossValidate, type MethodResult } from './validation.ts';

/** Returns the calibration report as Markdown. Deterministic for a given rubric. */
export function renderReport(rubric: Rubric): string {
  const results = METHODS.map((method) => crossValidate(rubric, method));
  const used = results.find(({ method }) => method.name === USED_METHOD);
  const said = adviseHeldOut(rubric);
  return [
    `# How good is the advice?`,
    `Rubric ${rubric.version}, ${rubric.projects.length} documented projects. \`npm run calibrate -- --write\` makes this report. It judges each project with cut-offs and similar projects that come from the others only. The weight of three is an exception: it was chosen with all projects in view. The table also has a row that chooses it without the judged project.`,
    `## Methods`,
    methodTable(results),
    [
      `- **Right**: the verdict is what the project chose, with the 95 % interval.`,
      `- **AUC and Brier score**: for projects that chose only one framework, with the middle 95 % of 500 resamples. For the Brier score, a curve fitted to the training projects turns points into a probability.`,
      `- **Resamples**: the share of right verdicts among the projects left out of a resample, as the middle 90 % of 200 resamples.`,
      `- **Learned**: a method with several variants picks one without the judged project.`,
    ].join('\n'),
    `All intervals overlap. With ${rubric.projects.length} projects, a difference of three or four says little, so the next table decides.`,
    scenarioTable(rubric),
    `The first column counts the article's scenarios with the article's verdict. The second counts again after filling the open questions with answers that have no points. Some methods subtract points for such answers, or for every answer. They get more of these projects right, because such answers are more common in Flask projects. But answers that say nothing then turn Django into Flask, which isn't the article's advice. The bot's method leaves answers without points alone and keeps every point on the side that its claim supports.`,
    `## Why Flask's answers weigh more`,
    pointsTable(rubric),
    `Mean points of the documented projects, on the article's own scale. Both kinds of projects have many points for Django. Those that chose Django have few for Flask.`,
    ...(used ? [`## Verdicts and choices`, confusion(used)] : []),
    `## What strength means`,
    reliabilityTable(reliability(said)),
    `A curve fitted to the projects sets the cut-offs. A sum is a toss-up if fewer than two of three projects with it chose its framework. It is solid if at least 85 of 100 did. For Flask, that also takes the points of at least one answer. Each project was judged with cut-offs from the others. All projects together give the rubric's cut-offs: ${cutOffsInWords(rubric)}. The two shares were chosen with these projects in view, so expect slightly worse results on others.`,
    `By verdict:`,
    byVerdict(said),
    `## With answers missing`,
    droppedTable(dropAnswers(rubric), [null, 'django', 'flask', 'both']),
    `Each answer of each project is dropped with this probability, 40 times. "Same" is the verdict with all answers. "Wrong side" is another verdict that isn't a toss-up. A verdict for both depends on three answers, so losing one of them loses the verdict. For comparison, the article alone:`,
    droppedTable(dropAnswers(articleAlone(rubric)), [null]),
    `## Which question next`,
    table(
      ['order', 'questions until nothing can change the verdict'],
      questionsUntilSettled(rubric).map(({ order, questions }) => [order, questions.toFixed(1)]),
    ),
    `## Similar projects`,
    `The bot shows what the most similar projects chose. If most of them chose differently, the strength drops by one step. They never change the verdict: adding them to the sum predicted unseen projects no better (see Methods). ${practiceInWords(said)}`,
    `## What this is worth`,
    `A team's choice isn't proof that it was right. The projects are open or well documented, so they include more tools for technical people than usual. We read their answers from public material and knew the outcome. With ${rubric.projects.length} projects, a difference of two or three between methods says little. Of such methods, the bot uses the simplest that keeps all the article's scenarios.`,
  ].join('\n\n');
}

/** Returns the rubric with the article's own weights, and the strength thresholds for that scale. */
function articleAlone(rubric: Rubric): Rubric {
  const strength = {
    ...rubric.strength,
    toss_up_up_to: { django: 2, flask: 2 },
    solid_from: { django: 5, flask: 5 },
  };
  return { ...reweigh(rubric, 1), strength };
}

function cutOffsInWords(rubric: Rubric): string {
  const { toss_up_up_to: tossUp, solid_from: solid } = cutOffsFrom(rubric, rubric.projects);
  return `a toss-up up to ${tossUp.django} points for Django and ${tossUp.flask} for Flask, solid from ${solid.django} and ${solid.flask}`;
}

function practiceInWords(said: ReturnType<typeof adviseHeldOut>): string {
  const differed = said.filter(({ practice }) => practice?.disagrees);
  const lowered = differed.filter(({ practice }) => practice?.lowered);
  const agreed = differed.filter(({ right }) => right);
  return `On unseen projects, they disagreed with ${differed.length} verdicts (${agreed.length} right) and lowered the strength of ${lowered.length}.`;
}

function methodTable(results: readonly MethodResult[]): string {
  return table(
    ['method', 'learned', 'right', 'AUC', 'Brier', 'resamples'],
    results.map(({ method, predictions, right, auc, brier, spread }) => [
      name(method),
      method.about,
      shareWithInterval(right, predictions.length),
      `${auc.value.toFixed(2)} (${auc.low.toFixed(2)} to ${auc.high.toFixed(2)})`,
      `${brier.value.toFixed(3)} (${brier.low.toFixed(2)} to ${brier.high.toFixed(2)})`,
      `${percent(spread.low)} to ${percent(spread.high)}`,
    ]),
  );
}

/** Covers the methods with a single variant, and the cut-off that is best on all projects. */
function scenarioTable(rubric: Rubric): string {
  const rows = METHODS.flatMap((method) => {
    const [only, ...more] = method.candidates;
    if (only && more.length === 0) return [{ label: name(method), candidate: only }];
    const eight = method.candidates.find((candidate) => candidate.name === 'cut-off 8');
    return eight && method.chosenBy === 'accuracy' ? [{ label: 'cut-off 8', candidate: eight }] : [];
  });
  return table(
    ['method', 'scenarios of the article', 'with answers without points'],
    rows.map(({ label, candidate }) => {
      const { right, of, rightFilled, ofFilled } = scoreScenarios(rubric, candidate);
      return [label, `${right} of ${of}`, `${rightFilled} of ${ofFilled}`];
    }),
  );
}

const name = (method: Method): string => (method.name === USED_METHOD ? `**${method.name}**` : method.name);

export interface MeanPoints {
  readonly chose: 'django' | 'flask';
  readonly django: number;
  readonly flask: number;
}

/** Returns the mean points for each framework, on the article's scale, by what the projects chose. */
export function meanPoints(rubric: Rubric): MeanPoints[] {
  return (['django', 'flask'] as const).map((chose) => {
    const supports = rubric.projects
      .filter((project) => project.chose === chose)
      .map((project) => advise(reweigh(rubric, 1), answersOf(project)).support);
    return {
      chose,
      django: mean(supports.map(({ django }) => django)),
      flask: mean(supports.map(({ flask }) => flask)),
    };
  });
}

function pointsTable(rubric: Rubric): string {
  return table(
    ['projects that chose', 'points for Django', 'points for Flask'],
    meanPoints(rubric).map(({ chose, django, flask }) => [chose, django.toFixed(1), flask.toFixed(1)]),
  );
}

function byVerdict(said: ReturnType<typeof adviseHeldOut>): string {
  const cell = ({ right, of }: Reliability): string => (of === 0 ? '' : `${right} of ${of}`);
  return table(
    ['verdict', 'solid', 'leaning', 'toss-up'],
    (['django', 'flask', 'both'] as const).map((verdict) => [
      verdict,
      ...reliability(said.filter((one) => one.verdict === verdict)).map(cell),
    ]),
  );
}

function droppedTable(rows: readonly DropResult[], verdicts: readonly DropResult['verdict'][]): string {
  return table(
    ['dropped', 'verdict', 'same', 'undecided or toss-up', 'wrong side'],
    rows
      .filter(({ verdict }) => verdicts.includes(verdict))
      .map(({ share, verdict, same, unclear, wrong }) => [
        percent(share),
        verdict ?? 'all',
        ...[same, unclear, wrong].map(percent),
      ]),
  );
}

function confusion({ predictions }: MethodResult): string {
  const outcomes = ['django', 'flask', 'both'] as const;
  return table(
    ['chose', ...outcomes.map((verdict) => `verdict ${verdict}`)],
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
    ['strength', 'projects', 'right'],
    rows.map(({ strength, right, of }) => [
      strength,
      `${of} (${percent(of / all)})`,
      of === 0 ? '' : shareWithInterval(right, of),
    ]),
  );
}

function shareWithInterval(right: number, of: number): string {
  const { low, high } = wilsonInterval(right, of);
  return `${right} of ${of}, ${percent(right / of)} (${percent(low)} to ${percent(high)})`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
