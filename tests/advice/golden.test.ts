import { describe, expect, it } from 'vitest';
import { advise } from '../../src/advice/advise.ts';
import { parseAnswers } from '../../src/advice/answers.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { GOLDEN } from './golden.ts';
import { appliedAdjustments } from './oracle.ts';

const rubric = loadRubric();
const advised = GOLDEN.map((scenario) => ({ scenario, advice: advise(rubric, scenario.answers) }));

describe('the article is never contradicted', () => {
  it.each(advised)('$scenario.name → $scenario.verdict', ({ scenario, advice }) => {
    expect(parseAnswers(rubric, scenario.answers)).toMatchObject({ ok: true });
    expect(advice.verdict, scenario.because).toBe(scenario.verdict);
    if (scenario.rule !== undefined) expect(advice.rule).toBe(scenario.rule);
    if (scenario.caseStudy !== undefined) expect(advice.caseStudy?.id).toBe(scenario.caseStudy);
    if (scenario.counterCase !== undefined) expect(advice.counterCase?.id).toBe(scenario.counterCase);
    // A verdict never stands without an argument.
    if (scenario.verdict !== 'undecided') expect(advice.pros).not.toEqual([]);
    if (scenario.notStrength !== undefined) expect(advice.strength).not.toBe(scenario.notStrength);
  });

  it.each(advised)('$scenario.name: cites $scenario.claims', ({ scenario, advice }) => {
    const rule = rubric.rules.find((r) => r.id === advice.rule);
    const cited = new Set([...advice.contributions.flatMap((c) => c.claims), ...(rule?.claims ?? [])]);
    expect(scenario.claims.filter((id) => !rubric.claims.has(id))).toEqual([]);
    expect(scenario.claims.filter((id) => !cited.has(id))).toEqual([]);
  });
});

describe('the table', () => {
  it('has 45 scenarios or more, each with a name and answers of its own', () => {
    const answers = GOLDEN.map((s) => JSON.stringify(Object.entries(s.answers).sort()));
    expect(GOLDEN.length).toBeGreaterThanOrEqual(45);
    expect(new Set(GOLDEN.map((s) => s.name)).size).toBe(GOLDEN.length);
    expect(new Set(answers).size).toBe(GOLDEN.length);
  });

  it('has a dozen or more that follow from one to three answers', () => {
    const short = GOLDEN.filter((s) => [1, 2, 3].includes(Object.keys(s.answers).length));
    expect(short.length).toBeGreaterThanOrEqual(12);
  });

  it('covers every hard rule', () => {
    const covered = new Set(GOLDEN.map((s) => s.rule));
    expect(rubric.rules.map((r) => r.id).filter((id) => !covered.has(id))).toEqual([]);
  });

  it('covers every adjustment', () => {
    const covered = new Set(GOLDEN.flatMap((s) => appliedAdjustments(rubric, s.answers)).map((a) => a.id));
    expect(rubric.adjustments.map((a) => a.id).filter((id) => !covered.has(id))).toEqual([]);
  });

  it('covers every case of the article', () => {
    const covered = new Set(GOLDEN.map((s) => s.caseStudy));
    expect(rubric.cases.map((c) => c.id).filter((id) => !covered.has(id))).toEqual([]);
  });

  it('covers every option that carries points', () => {
    const covered = new Set(GOLDEN.flatMap((s) => Object.entries(s.answers).map((pair) => pair.join('='))));
    const options = rubric.questions.flatMap((q) =>
      q.options.filter((o) => o.points !== 0).map((o) => `${q.id}=${o.id}`),
    );
    expect(options.filter((o) => !covered.has(o))).toEqual([]);
  });
});
