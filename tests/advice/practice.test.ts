import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advise } from '../../src/advice/advise.ts';
import type { Answers } from '../../src/advice/answers.ts';
import { practiceFor } from '../../src/advice/practice.ts';
import type { Project, Rubric } from '../../src/advice/rubric/schema.ts';
import { UNSURE } from '../../src/advice/rubric/schema.ts';
import { partialAnswers, runs } from '../support/arbitrary.ts';
import { doubledRubric } from '../support/small-rubric.ts';

/** Projects are alike from three answers in common on, so three questions are too few. */
const rubric = doubledRubric;
const known = (project: Project): Answers =>
  Object.fromEntries(Object.entries(project.answers).filter(([, option]) => option !== UNSURE));
const named = (id: string): Project => {
  const found = rubric.projects.find((project) => project.id === id);
  if (!found) throw new Error(`no project ${id}`);
  return found;
};
const nearest = (answers: Answers, of: Rubric = rubric): string[] =>
  practiceFor(of, answers, 'django')?.nearest.map(({ id }) => id) ?? [];

describe('practice', () => {
  it('each project is among the nearest to its own answers, first unless another gave the same', () => {
    for (const project of rubric.projects) {
      const practice = practiceFor(rubric, known(project), 'django');
      const own = practice?.nearest.findIndex(({ id }) => id === project.id) ?? -1;
      expect(own, project.name).toBeGreaterThanOrEqual(0);
      expect(practice?.nearest[own]?.shared).toEqual(Object.keys(known(project)));
      for (const before of practice?.nearest.slice(0, own) ?? []) {
        expect(before.shared).toEqual(Object.keys(known(project)));
      }
    }
  });

  it('compares on a scale: what lies one step off is nearer than what lies two off', () => {
    const base = named('almanac');
    const at = (parts: string, id: string): Project => ({
      ...base,
      id,
      answers: { ...base.answers, parts },
    });
    const projects = [at('many', 'far'), at('some', 'near'), at('few', 'same')];
    const three: Rubric = { ...rubric, projects };
    expect(nearest({ ...known(base), parts: 'few' }, three)).toEqual(['same', 'near', 'far']);
  });

  it('an uncertain answer of a project keeps it less apart than a certain one', () => {
    const base = named('almanac');
    const sure = (certainty: number, id: string): Project => ({
      ...base,
      id,
      certainty: { ...base.certainty, screens: certainty },
    });
    const projects = [sure(1, 'certain'), sure(0.2, 'uncertain'), sure(0.6, 'between')];
    const three: Rubric = { ...rubric, projects };
    expect(nearest({ ...known(base), screens: 'plain' }, three)).toEqual(['uncertain', 'between', 'certain']);
  });

  it('says nothing where too little is known, or nothing is alike', () => {
    expect(practiceFor(rubric, {}, 'undecided')).toBeNull();
    expect(practiceFor(rubric, { screens: 'office' }, 'django')).toBeNull();
    const opposite = { ...rubric, projects: Array(3).fill(named('almanac')) };
    expect(
      practiceFor(opposite, { ...known(named('kiosk')), tools: 'new', tools_2: 'new' }, 'django'),
    ).toBeNull();
  });

  it('says nothing of one or two projects, nor of any with fewer than three answers in common', () => {
    const base = named('almanac');
    const times = (count: number): Rubric => ({ ...rubric, projects: Array(count).fill(base) });
    expect(nearest(known(base), times(2))).toEqual([]);
    expect(nearest(known(base), times(3))).toHaveLength(3);
    fc.assert(
      fc.property(partialAnswers(rubric), (answers) => {
        for (const { shared } of practiceFor(rubric, answers, 'django')?.nearest ?? []) {
          expect(shared.length).toBeGreaterThanOrEqual(3);
        }
      }),
      runs(300),
    );
  });

  it('counts what the nearest chose, and names traits that are shared', () => {
    fc.assert(
      fc.property(partialAnswers(rubric), (answers) => {
        const { practice } = advise(rubric, answers);
        if (practice === null) return;
        const { nearest: near, chose } = practice;
        expect(near.length).toBeLessThanOrEqual(7);
        expect(chose.django + chose.flask + chose.both).toBe(near.length);
        for (const { id, shared } of near) {
          for (const trait of shared) expect(named(id).answers[trait]).toBe(answers[trait]);
        }
      }),
      runs(300),
    );
  });

  it('keeps a verdict from being solid if most of the nearest chose otherwise, and does nothing else', () => {
    const without: Rubric = { ...rubric, projects: [] };
    const seen = new Set<string>();
    const all = [...rubric.projects.map(known), ...fc.sample(partialAnswers(rubric), runs(800))];
    for (const answers of all) {
      const [alone, advice] = [advise(without, answers), advise(rubric, answers)];
      const { practice, verdict, strength } = advice;
      expect({ verdict, margin: advice.margin }).toEqual({ verdict: alone.verdict, margin: alone.margin });
      expect(strength).toBe(practice?.disagrees && alone.strength === 'solid' ? 'leaning' : alone.strength);
      if (practice) expect(practice.lowered).toBe(strength !== alone.strength);
      if (practice?.disagrees) seen.add(`${alone.strength} ${verdict}`);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['leaning django', 'leaning flask', 'solid flask']));
  });
});
