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
    `Rubric ${rubric.version}, ${rubric.projects.length} documented projects. Made by \`npm run calibrate -- --write\`; every project is judged by cut-offs and neighbours that were learned from the others. The weight of three was set with all of them in view; where it is chosen anew without the one that is judged, the table says so.`,
    `## Methods`,
    methodTable(results),
    `Right: the verdict is what the project chose, with the 95 % interval. AUC and Brier score: over the projects that chose one of the two, with the middle 95 % of 500 resamples; for the Brier score each method's points are turned into a probability by a curve fitted to the training projects. Resamples: the share of right ones among projects that were left out of 200 resamples, middle 90 %. A method that chooses between ways does so without the project that it then judges.`,
    `The intervals overlap throughout: ${rubric.projects.length} projects cannot tell methods apart that differ by three or four. So the next table decides.`,
    scenarioTable(rubric),
    `Of the article's own scenarios, how many come out as it says; and how many still do once the open questions are answered with something that the article has no points for. A method that takes points off for such answers, or for all, turns Django into Flask by answers that say nothing. It gets a few more of these projects right that way, since here such answers are commoner in Flask's, but it is not the article's advice any more. The scale that the bot uses leaves answers without points alone, and every point on the side that its claim speaks for.`,
    `## Why Flask's answers weigh more`,
    pointsTable(rubric),
    `Points on the article's own scale, mean of the documented projects. Much speaks for Django in projects of either kind, little for Flask in those that chose Django.`,
    ...(used ? [`## What it said, and what was chosen`, confusion(used)] : []),
    `## What strength means`,
    reliabilityTable(reliability(said)),
    `A toss-up is where, on a curve fitted to the projects, fewer than two of three with such a sum chose what it says; solid where at least 85 of 100 did, and as far as a single answer for Flask. For each project that was judged, both were found without it. From all of them together follows what the rubric has: ${cutOffsInWords(rubric)}. Those two shares were set with these projects in view, so expect other ones to do somewhat worse.`,
    `By verdict:`,
    byVerdict(said),
    `## With answers missing`,
    droppedTable(dropAnswers(rubric), [null, 'django', 'flask', 'both']),
    `Each answer of each project is left out with this chance, 40 times; "same" is the verdict with all answers, "wrong side" another one that is not called a toss-up. A verdict for both rests on three answers, so that it is lost with any of them. The article alone, for comparison:`,
    droppedTable(dropAnswers(articleAlone(rubric)), [null]),
    `## Which question next`,
    table(
      ['order', 'questions until nothing can change the verdict'],
      questionsUntilSettled(rubric).map(({ order, questions }) => [order, questions.toFixed(1)]),
    ),
    `## Practice`,
    `What the most similar projects chose is told, and lowers the strength by a step where most of them chose otherwise. It moves no verdict: as a term of the sum it was no better on projects that were left out (see the table of methods). ${practiceInWords(said)}`,
    `## What this is worth`,
    `What a team chose is not what was right for it. The projects are open or well documented ones, so there are more tools for technical people among them than in the world, and their answers were read from public material by people who knew the outcome. With ${rubric.projects.length} of them, two methods that differ by two or three projects cannot be told apart; of such the simplest is used that leaves the article's scenarios whole.`,
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
  return `a toss-up up to ${tossUp.django} points for Django and ${tossUp.flask} for Flask, solid from ${solid.django} and ${solid.flask} on`;
}

function practiceInWords(said: ReturnType<typeof adviseHeldOut>): string {
  const differed = said.filter(({ practice }) => practice?.disagrees);
  const lowered = differed.filter(({ practice }) => practice?.lowered);
  const agreed = differed.filter(({ right }) => right);
  return (
    `Of the projects that were left out, it differed from the verdict for ${differed.length} and lowered the strength ` +
    `for ${lowered.length}; the verdict was what was chosen for ${agreed.length} of the ${differed.length}.`
  );
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
    return eight && method.chosenBy === 'right ones' ? [{ label: 'cut-off 8', candidate: eight }] : [];
  });
  return table(
    ['method', 'scenarios of the article', 'with answers without points added'],
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
    ['left out', 'verdict', 'same', 'undecided or toss-up', 'wrong side'],
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
  const { low, high } = wilsonInterval(right, of);
  return `${right} of ${of}, ${percent(right / of)} (${percent(low)} to ${percent(high)})`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
