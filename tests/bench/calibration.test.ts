import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documented, readCases, readRubric3 } from '../../bench/calibrate/documented.ts';
import { compareMethods, judgeByPoints, meanPoints } from '../../bench/calibrate/methods.ts';
import { dropAnswers, questionsUntilSettled } from '../../bench/calibrate/missing-answers.ts';
import { renderReport } from '../../bench/calibrate/report.ts';
import { brier, wilsonInterval } from '../../bench/calibrate/statistics.ts';
import { calibrationOf, SOLID_RIGHT, type UnseenAdvice } from '../../bench/calibrate/unseen.ts';
import { advise } from '../../src/advice/advise.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';

const rubric = loadRubric();
const teams = documented(rubric);
const calibration = calibrationOf(rubric, teams);
const results = compareMethods(rubric);
const { today, withoutExisting, article } = results;
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const report = renderReport(rubric, results);
const right = (said: readonly UnseenAdvice[]): number => said.filter((one) => one.right).length;
const share = (said: readonly UnseenAdvice[]): number => right(said) / said.length;
const ofStrength = (said: readonly UnseenAdvice[], strength: UnseenAdvice['strength']) =>
  said.filter((one) => one.strength === strength);
const solid = ofStrength(today, 'solid');
const percent = (part: number): string => `${Math.round(part * 100)}%`;

describe('the data of the calibration', () => {
  it('has every team once, and the strength that rubric 3 gave each', () => {
    const ids = teams.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(readRubric3())).toEqual(ids);
    expect(teams).toHaveLength(74);
  });

  it('has only answers that the rubric knows, and the outcome “neither”', () => {
    expect(readCases(rubric).filter(({ chose }) => chose === 'neither')).not.toEqual([]);
    const questions = rubric.questions.filter(({ id }) => id !== 'existing');
    expect(() => readCases({ ...rubric, questions })).toThrow('has no answer existing');
  });
});

describe('the calibration', () => {
  it('docs/calibration.md is what `npm run calibrate -- --write` writes', () => {
    expect(`${report}\n`).toBe(read('docs/calibration.md'));
  });

  it('the report has at most 600 words, with all tables', () => {
    expect(report.split(/\s+/).length).toBeLessThanOrEqual(600);
  });

  it('the README gives the same figures', () => {
    const { low, high } = wilsonInterval(right(solid), solid.length);
    expect(read('README.md')).toContain(
      `on ${today.length} documented teams, the verdict was right for ${right(today)} (${percent(share(today))}; ` +
        `the article alone: ${right(article)}), and solid verdicts were right for ${right(solid)} of ${solid.length} ` +
        `(${percent(share(solid))}, with a 95% interval from ${percent(low)} to ${percent(high)})`,
    );
  });

  it('the comments in rules.yml give the same figures', () => {
    const [django, flask] = [meanPoints(rubric, 'django'), meanPoints(rubric, 'flask')];
    const text = read('src/advice/rubric/rules.yml').replace(/\n#\s*/g, ' ');
    expect(text).toContain(`had ${percent(flask.django / django.django)} as many points for Django`);
    expect(text).toContain(`was ${percent(django.flask / flask.flask)}.`);
  });

  it('the cut-offs in rules.yml are those that the documented teams give', () => {
    expect(rubric.strength).toMatchObject(calibration.cutOffs());
  });

  it('measures the advice that the bot gives', () => {
    for (const { team, verdict, strength } of today) {
      const without = {
        ...rubric,
        projects: rubric.projects.filter((project) => project !== team.project),
        strength: { ...rubric.strength, ...calibration.cutOffs([team]) },
      };
      expect(advise(without, team.answers), team.id).toMatchObject({ verdict, strength });
    }
  });

  it('judges a team without knowing its choice', () => {
    const [team] = teams.filter(({ project }) => project === null);
    if (!team) throw new Error('no public case');
    const changed = teams.map((one) => (one === team ? { ...one, chose: 'neither' as const } : one));
    const about = (said: readonly UnseenAdvice[]) => {
      const found = said.find((one) => one.team.id === team.id);
      return { verdict: found?.verdict, strength: found?.strength, probability: found?.probability };
    };
    expect(team.chose).not.toBe('neither');
    expect(about(calibrationOf(rubric, changed).unseen())).toEqual(about(today));
  });
});

describe('on teams that it has not seen, the bot', () => {
  it('is right more often than the article alone', () => {
    const projects = ({ team }: UnseenAdvice): boolean => team.project !== null;
    expect(right(today.filter(projects))).toBeGreaterThan(right(article.filter(projects)) + 3);
    expect(right(withoutExisting)).toBeGreaterThan(right(article) + 3);
  });

  it('gives nearly a third solid verdicts, of which at least 92% are right', () => {
    expect(share(solid)).toBeGreaterThanOrEqual(SOLID_RIGHT);
    expect(solid.length).toBeGreaterThanOrEqual(0.32 * today.length);
  });

  it('is right less often when leaning, and near even in a toss-up, before the starting point lowers verdicts', () => {
    const [firm, leaning, tossUp] = (['solid', 'leaning', 'toss-up'] as const).map((strength) =>
      share(ofStrength(withoutExisting, strength)),
    );
    expect(leaning).toBeLessThan(firm ?? 0);
    expect(tossUp).toBeLessThan(leaning ?? 0);
    expect(Math.abs((tossUp ?? 0) - 0.5)).toBeLessThanOrEqual(0.15);
  });

  it('gives better probabilities than the article alone and guessing', () => {
    const score = (said: readonly UnseenAdvice[]): number =>
      brier(said.map(({ probability, right: positive }) => ({ probability, positive })));
    expect(score(today)).toBeLessThan(score(article));
    expect(score(article)).toBeLessThan(0.25);
  });

  it('names another framework for teams that chose neither, and for at most a quarter of the others', () => {
    const named = today.filter(({ thirdWay }) => thirdWay);
    const others = today.filter(({ team }) => team.chose !== 'neither');
    expect(named.some(({ team }) => team.chose === 'neither')).toBe(true);
    expect(named.filter(({ team }) => team.chose !== 'neither').length).toBeLessThan(others.length / 4);
    for (const { strength } of named) expect(strength).not.toBe('solid');
  });

  it('would not be right much more often with any other weight', () => {
    const used = right(judgeByPoints(rubric, rubric.weighing.flask));
    for (const times of [1, 2, 4, 5, 6]) {
      expect(right(judgeByPoints(rubric, times))).toBeLessThanOrEqual(used + 1);
    }
  });

  it('keeps a verdict or becomes unclear far more often than it turns to the other side, with answers missing', () => {
    for (const missing of [0.1, 0.3, 0.5]) {
      const dropped = dropAnswers(rubric, teams, missing);
      // A verdict for both rests on a rule that needs three answers.
      for (const verdict of ['django', 'flask'] as const) {
        const matching = dropped.filter((one) => one.verdict === verdict);
        const wrong = matching.filter(({ became }) => became === 'wrong').length;
        expect(matching.length - wrong).toBeGreaterThan(10 * wrong);
      }
    }
  }, 60_000);

  it('settles the verdict with `nextQuestions` faster than with any other order', () => {
    const { nextQuestions, ...others } = questionsUntilSettled(rubric, teams);
    for (const questions of Object.values(others)) expect(questions).toBeGreaterThan(nextQuestions);
  }, 60_000);
});
