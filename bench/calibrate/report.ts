/** Writes the calibration report, which is docs/calibration.md. */
import type { Rubric } from '../../src/advice/rubric/schema.ts';
import { documented } from './documented.ts';
import { compareMethods, judgeByPoints, type Results } from './methods.ts';
import { dropAnswers } from './missing-answers.ts';
import { brier, resampledInterval, seededRandom, wilsonInterval } from './statistics.ts';
import { calibrationOf, LEVELS, type UnseenAdvice } from './unseen.ts';

const SEED = 20_261_123;
const STRENGTHS = ['solid', 'leaning', 'toss-up'] as const;

/** Returns the calibration report as Markdown. Deterministic for a given rubric. */
export function renderReport(rubric: Rubric, results = compareMethods(rubric)): string {
  const { today, withoutExisting, nested } = results;
  const teams = documented(rubric);
  const neither = today.filter(({ team }) => team.chose === 'neither');
  const others = today.filter(({ team }) => team.chose !== 'neither');
  const named = (said: readonly UnseenAdvice[]): string => outOf(said, ({ thirdWay }) => thirdWay);
  const cuts = calibrationOf(rubric, teams).cutOffs();
  const weights = [1, 2, 3, 4, 5, 6].map((times) => right(judgeByPoints(rubric, times)).length);
  const dropped = dropAnswers(rubric, teams, 0.3);
  const became = (kind: string, verdict?: string): string =>
    percent(
      share(
        dropped.filter((d) => d.verdict === (verdict ?? d.verdict)),
        (d) => d.became === kind,
      ),
    );
  const django = withoutExisting.filter(({ verdict }) => verdict === 'django');
  const tools = django.filter(({ team }) => team.answers.stage === 'tool');
  const otherStages = django.filter(({ team: { answers } }) => answers.stage && answers.stage !== 'tool');
  const wrong = (said: readonly UnseenAdvice[]): string => outOf(said, (one) => !one.right);
  return [
    `# How good is the advice?`,
    `**Right verdicts: ${rightWithInterval(today)}. Right when “solid”: ${rightWithInterval(solid(today))}.** The misses include ${neither.length} teams that chose neither framework.`,
    `The ${teams.length} teams are ${rubric.projects.length} documented projects and ${teams.length - rubric.projects.length} [public cases](../bench/calibrate/cases.yml). The bot judges each team with cut-offs and similar projects from the others only. Brackets hold 95% intervals. \`npm run calibrate -- --write\` makes this page.`,
    `## Before and after`,
    methodTable(results, rubric.version),
    `Brier scores judge the probability of being right: 0 is perfect, 0.25 is guessing. These teams hardly test what rubric ${rubric.version} adds: the starting point and other frameworks.`,
    `## Verdicts`,
    confusion(today),
    `## Strength`,
    `Two curves give the share of teams that chose each framework, by points. “Neither” counts against both. Below ${whole(LEVELS.tossUp)} of 100, a sum is a toss-up; from ${whole(LEVELS.solid)}, it is solid. So toss-ups end at ${cuts.toss_up_up_to.django} points for Django and ${cuts.toss_up_up_to.flask} for Flask, and solid verdicts start at ${cuts.solid_from.django} and ${cuts.solid_from.flask}. Django is never solid for tools (see Limits). We chose all of this with these teams in view. If the other teams choose both levels, ${rightOf(nested)} verdicts are right, and of the solid ones ${rightWithInterval(solid(nested))}.`,
    `## Starting point`,
    `${existingInWords(today, withoutExisting)} The rule isn’t learned from these teams, because people write about moving, not about staying.`,
    `## Other frameworks`,
    `The bot names one for ${named(neither)} teams that chose neither, and for ${named(others)} others.`,
    `## Limits`,
    [
      `- Other weights don’t help: with Flask’s points times 1 to 6, ${weights.join(', ')} verdicts are right. The questions set the limit.`,
      `- Most misses are Django verdicts on internal, community or side tools: without the starting point, ${wrong(tools)} are wrong, but only ${wrong(otherStages)} at other stages. The projects don’t say what their teams knew.`,
      `- With three in ten answers missing, ${became('same')} of verdicts stay, and ${became('wrong')} become another that isn’t a toss-up. “Both” rests on three answers: ${became('wrong', 'both')} change.`,
      `- A team’s choice isn’t proof that it was right. We knew it when we read the answers. Tools for technical people are over-represented.`,
    ].join('\n'),
  ].join('\n\n');
}

function methodTable(results: Results, version: string): string {
  const methods = [results.article, results.rubric3, results.today, results.withoutExisting];
  const row = (name: string, cell: (said: readonly UnseenAdvice[]) => string): string[] => [
    name,
    ...methods.map(cell),
  ];
  const strength = (name: string, cell: (said: readonly UnseenAdvice[]) => string): string[] =>
    row(name, (said) => (said === results.article ? '' : cell(said)));
  return table(
    ['', 'article alone', 'rubric 3', `**rubric ${version}**`, 'without starting point'],
    [
      row('projects', (said) => rightInTable(said.filter(({ team }) => team.project))),
      row('cases', (said) => rightInTable(said.filter(({ team }) => !team.project))),
      row('all', rightInTable),
      ...STRENGTHS.map((name) =>
        strength(name, (said) => rightInTable(said.filter((one) => one.strength === name))),
      ),
      strength('share solid', (said) => percentWithInterval(solid(said).length, said.length)),
      row('Brier', brierWithInterval),
    ],
  );
}

/** Counts verdicts by what the teams chose, solid ones in brackets. */
function confusion(said: readonly UnseenAdvice[]): string {
  const verdicts = ['django', 'flask', 'both', 'undecided'] as const;
  return table(
    ['chose', 'django (solid)', 'flask (solid)', 'both (solid)', 'undecided'],
    (['django', 'flask', 'both', 'neither'] as const).map((chose) => [
      chose,
      ...verdicts.map((verdict) => {
        const matching = said.filter((one) => one.team.chose === chose && one.verdict === verdict);
        const firm = solid(matching).length;
        return `${matching.length || ''}${firm === 0 ? '' : ` (${firm})`}`;
      }),
    ]),
  );
}

/** Says what the answers to `existing` did to the verdicts. */
function existingInWords(today: readonly UnseenAdvice[], without: readonly UnseenAdvice[]): string {
  return (['knows_', 'runs_flask', 'runs_django'] as const)
    .map((kind) => {
      const given = today.flatMap((said, i) => {
        const before = without[i];
        const fits = said.effect !== null && said.team.answers.existing?.startsWith(kind);
        return before && fits ? [{ said, before }] : [];
      });
      const decided = given.filter(({ said }) => said.effect === 'decides');
      const lowered = given.filter(({ said }) => said.effect === 'lowers').map(({ said }) => said);
      const after = decided.map(({ said }) => said);
      const before = decided.map((one) => one.before);
      const effects = [
        ...(decided.length > 0
          ? [`decides ${decided.length} (${right(after).length} right, ${right(before).length} without it)`]
          : []),
        ...(lowered.length > 0 ? [`lowers ${lowered.length} (${right(lowered).length} right)`] : []),
      ];
      return `\`${kind.replace(/_$/, '_*')}\` (${given.length} teams) ${effects.join(' and ') || 'changes no verdict'}.`;
    })
    .join(' ');
}

const right = (said: readonly UnseenAdvice[]): readonly UnseenAdvice[] => said.filter((one) => one.right);
const solid = (said: readonly UnseenAdvice[]): readonly UnseenAdvice[] =>
  said.filter(({ strength }) => strength === 'solid');

function share<T>(all: readonly T[], holds: (one: T) => boolean): number {
  return all.filter(holds).length / all.length;
}

function outOf<T>(all: readonly T[], holds: (one: T) => boolean): string {
  return `${all.filter(holds).length} of ${all.length}`;
}

const rightOf = (said: readonly UnseenAdvice[]): string => outOf(said, (one) => one.right);

function rightWithInterval(said: readonly UnseenAdvice[]): string {
  return `${rightOf(said)}, ${percentWithInterval(right(said).length, said.length)}`;
}

function rightInTable(said: readonly UnseenAdvice[]): string {
  return rightWithInterval(said).replace(' of ', '/');
}

function percentWithInterval(count: number, of: number): string {
  const { low, high } = wilsonInterval(count, of);
  return `${percent(count / of)} (${whole(low)}–${whole(high)})`;
}

function brierWithInterval(said: readonly UnseenAdvice[]): string {
  const predicted = said.map((one) => ({ probability: one.probability, positive: one.right }));
  const { low, high } = resampledInterval(predicted, brier, seededRandom(SEED));
  return `${brier(predicted).toFixed(3)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

const whole = (part: number): string => String(Math.round(part * 100));
const percent = (part: number): string => `${whole(part)}%`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
