import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { METHODS, type Method } from '../../bench/calibrate/methods.ts';
import { interval } from '../../bench/calibrate/statistics.ts';
import { nestedReliability, reliability, saidOfUnseen } from '../../bench/calibrate/strength.ts';
import { dropAnswers, questionsUntilSettled } from '../../bench/calibrate/unsure.ts';
import { type Result, validate } from '../../bench/calibrate/validation.ts';
import { advise } from '../../src/core/advise.ts';
import { loadRubric } from '../../src/rubric/rubric.ts';

const rubric = loadRubric();
const report = readFileSync(new URL('../../docs/calibration.md', import.meta.url), 'utf8');
const method = (name: string): Method => {
  const found = METHODS.find((one) => one.name === name);
  if (!found) throw new Error(`no method ${name}`);
  return found;
};
const [article, yardstick] = ['article alone', 'yardstick'].map((name) => validate(rubric, method(name)));

/** Its row in the report begins so. */
const figures = ({ right, predictions }: Result): string => {
  const { low, high } = interval(right, predictions.length);
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return `${right} of ${predictions.length}, ${percent(right / predictions.length)} (${percent(low)} to ${percent(high)})`;
};

describe('the calibration', () => {
  it('docs/calibration.md is of this rubric; renew it with npm run calibrate -- --write', () => {
    expect(report).toContain(`Rubric ${rubric.version}, ${rubric.projects.length} documented projects.`);
    for (const result of [article, yardstick]) expect(report).toContain(figures(result as Result));
  }, 60_000);

  it('the README tells the same figures', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [solid] = reliability(rubric.projects.map((project) => saidOfUnseen(rubric, project)));
    expect(readme).toContain(`right for ${yardstick?.right} of ${rubric.projects.length}`);
    expect(readme).toContain(`the article alone: ${article?.right}`);
    expect(readme).toContain(`solid verdicts for ${solid?.right} of ${solid?.of}`);
  });

  it('on projects that it has not seen, the method that the bot uses is right more often than the article alone', () => {
    expect(yardstick?.right).toBeGreaterThan((article?.right ?? 0) + 5);
    expect(yardstick?.right).toBeGreaterThanOrEqual(39);
    expect(yardstick?.auc).toBeGreaterThan(0.85);
    expect(yardstick?.brier).toBeLessThan(0.15);
  });

  it('the method that is measured is the one that the bot uses', () => {
    for (const { project, verdict } of yardstick?.predictions ?? []) {
      const said = advise(rubric, Object.fromEntries(Object.entries(project.answers)));
      expect(said.verdict, project.name).toBe(verdict);
    }
  });

  it('solid verdicts about unseen projects agree with the choice in 92 %, and at least half are solid', () => {
    const said = rubric.projects.map((project) => saidOfUnseen(rubric, project));
    for (const rows of [reliability(said), nestedReliability(rubric)]) {
      const solid = rows.find(({ strength }) => strength === 'solid');
      expect((solid?.right ?? 0) / (solid?.of ?? 1)).toBeGreaterThanOrEqual(0.92);
      expect(solid?.of).toBeGreaterThanOrEqual(rubric.projects.length / 2);
    }
  });

  it('with answers missing, the verdict stays or becomes unclear far more often than it turns', () => {
    for (const { same, unclear, wrong } of dropAnswers(rubric)) {
      expect(same + unclear + wrong).toBeCloseTo(1, 9);
      expect(same + unclear).toBeGreaterThan(7 * wrong);
    }
  }, 60_000);

  it('nextQuestions settles the verdict with fewer questions than any fixed order', () => {
    const [next, ...others] = questionsUntilSettled(rubric);
    for (const { questions } of others) expect(questions).toBeGreaterThan(next?.questions ?? 0);
  }, 60_000);
});
