import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { METHODS, type Method, USED_METHOD } from '../../bench/calibrate/methods.ts';
import { meanPoints, renderReport } from '../../bench/calibrate/report.ts';
import { scoreScenarios } from '../../bench/calibrate/scenarios.ts';
import { adviseHeldOut, cutOffsFrom, reliability } from '../../bench/calibrate/strength.ts';
import { dropAnswers, questionsUntilSettled } from '../../bench/calibrate/unsure.ts';
import { crossValidate } from '../../bench/calibrate/validation.ts';
import { advise } from '../../src/advice/advise.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';

const rubric = loadRubric();
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const method = (name: string): Method => {
  const found = METHODS.find((one) => one.name === name);
  if (!found) throw new Error(`no method ${name}`);
  return found;
};
const used = crossValidate(rubric, method(USED_METHOD));
const article = crossValidate(rubric, method('article alone'));
const said = adviseHeldOut(rubric);
const [solid, leaning, tossUp] = reliability(said);
const share = ({ right, of }: { right: number; of: number } = { right: 0, of: 0 }): number => right / of;

describe('the calibration', () => {
  it('docs/calibration.md is what it prints, to the letter; renew it with npm run calibrate -- --write', () => {
    expect(`${renderReport(rubric)}\n`).toBe(read('docs/calibration.md'));
  }, 120_000);

  it('the README tells the same figures', () => {
    const readme = read('README.md');
    expect(readme).toContain(`right for ${used.right} of ${rubric.projects.length}`);
    expect(readme).toContain(`the article alone: ${article.right}`);
    expect(readme).toContain(`solid verdicts for ${solid?.right} of ${solid?.of}`);
    expect(readme).toContain(`toss-ups for ${tossUp?.right} of ${tossUp?.of}`);
  });

  it('on projects that it has not seen, the method that the bot uses is right more often than the article alone', () => {
    expect(used.right).toBeGreaterThan(article.right + 3);
    expect(used.auc.value).toBeGreaterThan(0.85);
    expect(used.brier.value).toBeLessThan(0.16);
  });

  it('and leaves the article’s scenarios whole, answers without points added or not', () => {
    const [candidate] = method(USED_METHOD).candidates;
    if (!candidate) throw new Error('a method needs a candidate');
    const { right, of, rightFilled, ofFilled } = scoreScenarios(rubric, candidate);
    expect({ right, rightFilled }).toEqual({ right: of, rightFilled: ofFilled });
    expect(ofFilled).toBeGreaterThan(60);
  });

  it('the method that is measured is the one that the bot uses', () => {
    for (const { project, verdict } of used.predictions) {
      const advice = advise(rubric, Object.fromEntries(Object.entries(project.answers)));
      expect(advice.verdict, project.name).toBe(verdict);
    }
  });

  it('what the rubric says about the weighing is so', () => {
    const [chose, flask] = meanPoints(rubric);
    const percent = (part = 0, whole = 1): string => `${Math.round((part / whole) * 100)} %`;
    const text = read('src/advice/rubric/rules.yml').replace(/\n#\s*/g, ' ');
    expect(text).toContain(`had ${percent(flask?.django, chose?.django)} as many points for Django`);
    expect(text).toContain(`was ${percent(chose?.flask, flask?.flask)}.`);
  });

  it('the rubric’s cut-offs for the strength are those that follow from its projects', () => {
    expect(rubric.strength).toMatchObject(cutOffsFrom(rubric, rubric.projects));
  });

  it('solid verdicts about unseen projects agree with the choice in 92 %, and half are solid; toss-ups are near even', () => {
    expect(share(solid)).toBeGreaterThanOrEqual(0.92);
    expect(solid?.of).toBeGreaterThanOrEqual(rubric.projects.length / 2);
    expect(share(leaning)).toBeLessThan(share(solid));
    expect(share(tossUp)).toBeLessThanOrEqual(share(leaning));
    expect(Math.abs(share(tossUp) - 0.5)).toBeLessThanOrEqual(0.15);
  });

  it('with answers missing, one framework stays or becomes unclear far more often than it turns into the other', () => {
    for (const { verdict, same, unclear, wrong } of dropAnswers(rubric)) {
      expect(same + unclear + wrong).toBeCloseTo(1, 9);
      // A verdict for both rests on a rule that needs three answers.
      if (verdict !== 'both') expect(same + unclear).toBeGreaterThan(14 * wrong);
    }
  }, 60_000);

  it('nextQuestions settles the verdict about as fast as the dialog’s order and the heaviest first, and faster than chance', () => {
    const [next, ...others] = questionsUntilSettled(rubric);
    for (const { questions } of others) expect(questions).toBeGreaterThan((next?.questions ?? 0) - 0.1);
  }, 60_000);
});
