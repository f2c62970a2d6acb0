import { describe, expect, it } from 'vitest';
import { type Advice, adviceSchema } from '../../src/advice/advice.ts';
import { advise } from '../../src/advice/advise.ts';
import type { Answers } from '../../src/advice/answers.ts';
import { type Argument, FRAMEWORKS } from '../../src/advice/rubric/schema.ts';
import { everyAnswers } from '../support/arbitrary.ts';
import { smallRubric as rubric } from '../support/small-rubric.ts';
import { meets } from './oracle.ts';

const { toss_up_up_to: tossUp, solid_from: solidFrom, min_coverage: minCoverage } = rubric.strength;

/** Everything for Django. */
const office: Answers = { parts: 'many', screens: 'office', tools: 'usual' };
/** Everything for Flask. */
const api: Answers = { parts: 'few', screens: 'none', tools: 'new' };

const optionOf = (trait: string, id: string) =>
  rubric.questions.find((q) => q.id === trait)?.options.find((option) => option.id === id);
const pointsOf = (advice: Advice, trait: string): number | undefined =>
  advice.contributions.find((c) => c.trait === trait)?.points;
const samples = everyAnswers(rubric).map((answers) => ({ answers, advice: advise(rubric, answers) }));

describe('the points', () => {
  it('margin is the start plus what speaks for Django minus what speaks for Flask', () => {
    for (const { advice } of samples) {
      const { django, flask } = advice.support;
      expect(advice.margin).toBe((pointsOf(advice, 'intercept') ?? Number.NaN) + django - flask);
      expect(Math.min(django, flask)).toBeGreaterThanOrEqual(0);
    }
    expect(advise(rubric, office)).toMatchObject({ margin: 8, support: { django: 6, flask: 0 } });
    expect(advise(rubric, api)).toMatchObject({ margin: -10, support: { django: 0, flask: 12 } });
  });

  it('contributions list the default once and each answer once, largest first, and sum to the margin', () => {
    for (const { answers, advice } of samples) {
      const traits = advice.contributions.map((c) => c.trait);
      const sizes = advice.contributions.map((c) => Math.abs(c.points));
      expect(traits.toSorted()).toEqual(['intercept', ...Object.keys(answers)].sort());
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
      expect(advice.contributions.reduce((sum, c) => sum + c.points, 0)).toBe(advice.margin);
      for (const c of advice.contributions) {
        expect(c.option).toBe(c.trait === 'intercept' ? 'default' : answers[c.trait]);
        expect(c.claims.filter((id) => !rubric.claims.has(id))).toEqual([]);
        if (c.points !== 0) expect(c.claims).not.toEqual([]);
        expect(new Set(c.claims).size).toBe(c.claims.length);
      }
    }
  });

  it('change by an adjustment where it holds and nothing stands against it', () => {
    const tools = (answers: Answers): number | undefined =>
      pointsOf(advise(rubric, { tools: 'new', ...answers }), 'tools');
    expect(tools({})).toBe(-6);
    expect(tools({ screens: 'plain' })).toBe(-6);
    expect(tools({ screens: 'office' })).toBe(-2);
    expect(tools({ screens: 'office', parts: 'some' })).toBe(-2);
    expect(tools({ screens: 'office', parts: 'few' })).toBe(-6);
    const advice = advise(rubric, { tools: 'new', screens: 'office' });
    expect(advice.contributions.find((c) => c.trait === 'tools')?.claims).toEqual(
      expect.arrayContaining(['C07', 'C10']),
    );
  });

  it('coverage goes from 0 for nothing to 1 for everything, and weighs the questions', () => {
    expect(advise(rubric, {}).coverage).toBe(0);
    expect(advise(rubric, office).coverage).toBe(1);
    expect(advise(rubric, api).coverage).toBe(1);
    expect(advise(rubric, { parts: 'some' }).coverage).toBeCloseTo(3 / 8);
    expect(advise(rubric, { parts: 'some', screens: 'none' }).coverage).toBeCloseTo(5 / 8);
    for (const { answers } of samples) {
      let before = 0;
      for (let n = 1; n <= Object.keys(answers).length; n++) {
        const { coverage } = advise(rubric, Object.fromEntries(Object.entries(answers).slice(0, n)));
        expect(coverage).toBeGreaterThan(before);
        before = coverage;
      }
      expect(before).toBeLessThanOrEqual(1);
    }
  });
});

describe('the verdict', () => {
  it('names the hard rule that decided, and none where the points did', () => {
    expect(advise(rubric, { parts: 'few', screens: 'office' }).rule).toBe('django_for_small_back_office');
    expect(advise(rubric, { parts: 'few' }).rule).toBeNull();
    for (const { advice } of samples) {
      const rule = rubric.rules.find((r) => r.id === advice.rule);
      expect(rule?.id ?? null).toBe(advice.rule);
      if (rule) expect(advice.verdict).toBe(rule.verdict);
      else expect(advice.verdict).not.toBe('both');
    }
  });

  it('is undecided when too little is known and it says nothing or exactly cancels the default', () => {
    const verdict = (answers: Answers): string => advise(rubric, answers).verdict;
    expect(verdict({})).toBe('undecided');
    expect(verdict({ parts: 'some' })).toBe('undecided');
    expect(verdict({ screens: 'none' })).toBe('undecided');
    expect(verdict({ screens: 'none', tools: 'usual' })).toBe('django');
    expect(verdict({ screens: 'none', tools: 'own' })).toBe('flask');
  });

  it('is undecided when nothing that was answered counts, however much that is', () => {
    const advice = advise(rubric, { parts: 'some', tools: 'any' });
    expect(advice.coverage).toBeGreaterThanOrEqual(minCoverage);
    expect(advice).toMatchObject({ verdict: 'undecided', strength: 'toss-up' });
  });

  it('is Flask at a tie, as a toss-up, once enough was answered', () => {
    const tie = { parts: 'few', screens: 'plain', tools: 'usual' };
    expect(advise(rubric, tie)).toMatchObject({ verdict: 'flask', strength: 'toss-up', margin: 0 });
    expect(advise(rubric, tie).coverage).toBeGreaterThanOrEqual(minCoverage);
  });

  it('counts Flask’s answers and the default as often as the weighing says, and others not at all', () => {
    const answers = { parts: 'some', screens: 'office', tools: 'own' };
    const points = ['intercept', 'parts', 'screens', 'tools'].map((t) =>
      pointsOf(advise(rubric, answers), t),
    );
    expect(points).toEqual([2, 0, 2, -2]);
  });

  it('an answer that carries no points changes neither the sum nor a verdict by points', () => {
    for (const { answers, advice } of samples.filter((s) => s.advice.verdict !== 'undecided')) {
      for (const { id, options } of rubric.questions.filter((q) => answers[q.id] === undefined)) {
        for (const option of options.filter((o) => o.points === 0)) {
          const more = advise(rubric, { ...answers, [id]: option.id });
          if (more.rule !== advice.rule) continue;
          expect(more.margin).toBe(advice.margin);
          // A tie that said nothing may say Flask once enough is known; it never becomes Django.
          expect(more.verdict).toBe(advice.verdict);
        }
      }
    }
  });

  it('undecided advice claims nothing', () => {
    const undecided = samples.filter(({ advice }) => advice.verdict === 'undecided');
    expect(undecided.length).toBeGreaterThan(3);
    for (const { advice } of undecided) {
      expect(advice).toMatchObject({ strength: 'toss-up', settled: false, pros: [], cons: [] });
      expect(advice.counterArgument).toBeNull();
      expect(advice.nextQuestions).not.toEqual([]);
      expect(advice.flips).not.toEqual([]);
    }
  });

  it('a clear case is still open to the one answer that would bring a rule into play', () => {
    const advice = advise(rubric, { parts: 'few', tools: 'new' });
    expect(advice).toMatchObject({ verdict: 'flask', settled: false, nextQuestions: ['screens'] });
    expect(advice.flips).toEqual([
      { changes: [{ trait: 'screens', from: 'unsure', to: 'office' }], verdict: 'django' },
    ]);
  });

  it('with everything answered nothing is open', () => {
    for (const answers of [office, api]) {
      const { bounds, margin, nextQuestions, settled } = advise(rubric, answers);
      expect({ bounds, nextQuestions, settled }).toEqual({
        bounds: { low: margin, high: margin },
        nextQuestions: [],
        settled: true,
      });
    }
  });
});

describe('the strength', () => {
  const strength = (answers: Answers): string => advise(rubric, answers).strength;

  it('is a toss-up for points up to the limit of each framework', () => {
    expect(tossUp).toEqual({ django: 2, flask: 0 });
    const below = { screens: 'office', tools: 'new' };
    expect(advise(rubric, below)).toMatchObject({ margin: 2, strength: 'toss-up' });
    expect(advise(rubric, { screens: 'plain', tools: 'any' })).toMatchObject({
      margin: 3,
      strength: 'leaning',
    });
    expect(advise(rubric, { screens: 'none', tools: 'own' })).toMatchObject({
      margin: -2,
      strength: 'leaning',
    });
  });

  it('is solid only with enough answered, however clear the points are', () => {
    const clear = { tools: 'new' };
    expect(-advise(rubric, clear).margin).toBeGreaterThanOrEqual(solidFrom.flask);
    expect(advise(rubric, clear).coverage).toBeLessThan(minCoverage);
    expect(strength(clear)).toBe('leaning');
    const known = { ...clear, screens: 'none' };
    expect(advise(rubric, known)).toMatchObject({ margin: -6, strength: 'solid' });
    expect(advise(rubric, known).coverage).toBeGreaterThanOrEqual(minCoverage);
  });

  it('is solid for everything on one side', () => {
    expect(strength(office)).toBe('solid');
    expect(strength(api)).toBe('solid');
  });

  it('is at most leaning while an open answer could bring a rule into play', () => {
    expect(advise(rubric, { parts: 'few', tools: 'new' })).toMatchObject({
      margin: -8,
      verdict: 'flask',
      strength: 'leaning',
    });
    expect(strength({ screens: 'office', tools: 'usual' })).toBe('leaning');
    expect(strength({ screens: 'office', parts: 'many' })).toBe('leaning');
  });

  it('of a rule for one framework is solid only where the points agree with it as clearly', () => {
    const ruled = { parts: 'few', screens: 'office', tools: 'usual' };
    const from = (django: number): Advice =>
      advise({ ...rubric, strength: { ...rubric.strength, solid_from: { django, flask: 4 } } }, ruled);
    expect(from(1)).toMatchObject({ verdict: 'django', margin: 1, strength: 'solid' });
    expect(from(2).strength).not.toBe('solid');
    // The answers alone favor Flask, so the rule decides a close call.
    expect(advise(rubric, { ...ruled, tools: 'new' })).toMatchObject({
      verdict: 'django',
      margin: -6,
      strength: 'toss-up',
    });
  });

  it('follows from verdict, rule, margin, coverage and practice for all kinds of answers', () => {
    for (const { advice } of samples) {
      const { verdict, margin, practice } = advice;
      const forVerdict = verdict === 'django' ? margin : -margin;
      if (verdict === 'undecided') expect(advice.strength).toBe('toss-up');
      // Below the limit it is a toss-up, and above it only while an open answer could turn it.
      if (verdict === 'django' || verdict === 'flask') {
        if (forVerdict <= tossUp[verdict]) expect(advice.strength).toBe('toss-up');
        else if (advice.strength === 'toss-up') expect(advice.why?.missing).toMatch(/^Unanswered: /);
      }
      if (advice.strength === 'solid') {
        expect(practice?.disagrees ?? false).toBe(false);
        if (verdict === 'django' || verdict === 'flask') {
          expect(forVerdict).toBeGreaterThanOrEqual(solidFrom[verdict]);
        }
        expect(advice.coverage).toBeGreaterThanOrEqual(minCoverage);
      }
    }
  });
});

describe('for and against', () => {
  const texts = (statements: Advice['pros']): string[] => statements.map((s) => s.text);
  /** For `both` a statement begins with the framework it is about. */
  const argumentSaid = (text: string): Argument | undefined =>
    rubric.arguments.find(
      (a) => text === a.text || text.toLowerCase() === `${a.framework}: ${a.text.toLowerCase()}`,
    );

  it('each statement cites claims that exist', () => {
    for (const { advice } of samples) {
      const counter = advice.counterArgument ? [advice.counterArgument] : [];
      for (const statement of [...advice.pros, ...advice.cons, ...counter]) {
        expect(statement.text.length).toBeGreaterThanOrEqual(10);
        expect(statement.claims.length === 0).toBe(statement.text === rubric.costOfBoth.text);
        expect(statement.claims.filter((id) => !rubric.claims.has(id))).toEqual([]);
      }
      expect(new Set(texts([...advice.pros, ...advice.cons])).size).toBe(
        advice.pros.length + advice.cons.length,
      );
    }
  });

  it('pros and cons are those of the recommended framework, and touched by the answers', () => {
    for (const { answers, advice } of samples) {
      for (const [kind, said] of [
        ['advantage', advice.pros],
        ['disadvantage', advice.cons],
      ] as const) {
        for (const text of texts(said).filter((text) => text !== rubric.costOfBoth.text)) {
          const argument = argumentSaid(text);
          expect(argument?.kind).toBe(kind);
          expect(argument?.matters.some((condition) => meets(condition, answers))).toBe(true);
          if (advice.verdict !== 'both') expect(argument).toMatchObject({ text, framework: advice.verdict });
        }
      }
    }
  });

  it('the most telling comes first', () => {
    const first = (answers: Answers): string | undefined => advise(rubric, answers).pros[0]?.text;
    const textOf = (id: string): string | undefined => rubric.arguments.find((a) => a.id === id)?.text;
    expect(first({ parts: 'many', screens: 'plain' })).toBe(textOf('django_order'));
    expect(first({ parts: 'some', screens: 'office' })).toBe(textOf('django_screens'));
    expect(first({ parts: 'few', tools: 'new' })).toBe(textOf('flask_any_tool'));
  });

  it('different projects hear different things: there is no list for all', () => {
    const heard = (answers: Answers): string[] => texts(advise(rubric, answers).pros);
    const many = heard({ parts: 'many' });
    const pages = heard({ screens: 'plain' });
    expect(many).not.toEqual([]);
    expect(pages).not.toEqual([]);
    expect(many).not.toEqual(pages);
    const lists = samples.map(({ advice }) => JSON.stringify([texts(advice.pros), texts(advice.cons)]));
    expect(new Set(lists).size).toBeGreaterThan(samples.length / 4);
  });

  it('the counter-argument is the answer that pulls hardest the other way', () => {
    const advice = advise(rubric, { ...office, screens: 'none' });
    const option = optionOf('screens', 'none');
    expect(advice.verdict).toBe('django');
    const { reason, bullet, claims } = option ?? {};
    expect(advice.counterArgument).toEqual({ text: reason, bullet, claims });
  });

  it('the counter-argument gives the reason of the adjustment where one changed the points', () => {
    const advice = advise(rubric, { screens: 'office', tools: 'new' });
    const adjustment = rubric.adjustments.find((a) => a.trait === 'tools');
    expect(advice).toMatchObject({ verdict: 'django', counterArgument: { text: adjustment?.reason } });
  });

  it('there is always another side, unless nothing was decided', () => {
    for (const { advice } of samples) {
      expect(advice.counterArgument === null).toBe(advice.verdict === 'undecided');
    }
    expect(advise(rubric, { tools: 'new' }).counterArgument?.text).toBe(rubric.intercept.reason);
    expect(advise(rubric, { parts: 'many' }).counterArgument?.text).toMatch(/^Flask: /);
  });

  it('the first con is what using both costs, for both and for nothing else', () => {
    for (const { advice } of samples) {
      expect(texts(advice.cons).indexOf(rubric.costOfBoth.text)).toBe(advice.verdict === 'both' ? 0 : -1);
    }
  });

  it('for both, either framework has its say by name, and the stronger one alone is the other side', () => {
    const advice = advise(rubric, { parts: 'many', screens: 'office', tools: 'own' });
    // Not the many parts, which count more: the rule for both asks for them.
    expect(advice.counterArgument?.text).toBe(optionOf('screens', 'office')?.reason);
    for (const said of [texts(advice.pros), texts(advice.cons).slice(1)]) {
      expect(new Set(said.map((text) => argumentSaid(text)?.framework))).toEqual(new Set(FRAMEWORKS));
      for (const text of said) expect(text).toMatch(/^(Django|Flask): /);
    }
  });
});

describe('the boundary', () => {
  it('is drawn for both, with something on either side, and for nothing else', () => {
    const drawn = samples.filter(({ advice }) => advice.verdict === 'both');
    expect(drawn).toHaveLength(4);
    for (const { advice } of samples) {
      expect(advice.boundary !== null).toBe(advice.verdict === 'both');
      if (!advice.boundary) continue;
      expect(advice.boundary.django).not.toEqual([]);
      expect(advice.boundary.flask).not.toEqual([]);
      const lines = [...advice.boundary.django, ...advice.boundary.flask];
      expect(new Set(lines).size).toBe(lines.length);
    }
  });

  it('says each line of the rule that holds for these answers, and no other', () => {
    for (const { answers, advice } of samples) {
      const rule = rubric.rules.find((r) => r.id === advice.rule);
      for (const framework of FRAMEWORKS) {
        const lines = rule?.boundary?.[framework].filter((line) => !line.when || meets(line.when, answers));
        expect(advice.boundary?.[framework]).toEqual(lines?.map((line) => line.text));
      }
    }
  });
});

describe('the cases', () => {
  it('share the named traits, and the counter-case supports another verdict', () => {
    for (const { answers, advice } of samples) {
      const counter = rubric.cases.find((c) => c.id === advice.counterCase?.id);
      expect(counter?.supports).not.toBe(advice.verdict);
      for (const match of [advice.caseStudy, advice.counterCase]) {
        if (match === null) continue;
        expect(match.matches).not.toEqual([]);
        const told = rubric.cases.find((c) => c.id === match.id);
        const shared = Object.keys(told?.traits ?? {}).filter((t) =>
          told?.traits[t]?.includes(answers[t] ?? ''),
        );
        expect(match.matches).toEqual(shared);
      }
    }
  });

  it('is the closest of all, whichever side it supports', () => {
    const compare = (id: string, answers: Answers): { shared: number; different: number } => {
      const traits = rubric.cases.find((c) => c.id === id)?.traits ?? {};
      const known = Object.entries(traits).filter(([trait]) => answers[trait] !== undefined);
      const shared = known.filter(([trait, options]) => options.includes(answers[trait] ?? '')).length;
      return { shared, different: known.length - shared };
    };
    for (const { answers, advice } of samples) {
      const chosen = compare(advice.caseStudy?.id ?? '', answers);
      for (const { id } of rubric.cases) {
        const { shared, different } = compare(id, answers);
        const noWorse = shared >= chosen.shared && different <= chosen.different;
        expect(noWorse && (shared > chosen.shared || different < chosen.different)).toBe(false);
      }
    }
  });
});

describe('the notes', () => {
  it('are shown only where the answers touch them', () => {
    expect(advise(rubric, {}).notes).toEqual([]);
    for (const { answers, advice } of samples) {
      const touched = rubric.notes.filter((note) => note.when.some((condition) => meets(condition, answers)));
      expect(advice.notes.map((n) => n.text)).toEqual(touched.map((n) => n.text));
    }
  });

  it('each has a date, and its sources have addresses', () => {
    const notes = samples.flatMap(({ advice }) => advice.notes);
    expect(notes.length).toBeGreaterThan(20);
    for (const note of notes) {
      expect(note.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
      for (const source of note.sources) {
        expect(source.title).not.toBe('');
        expect(source.url).toMatch(/^https?:\/\//);
      }
    }
  });
});

describe('the advice as a document', () => {
  it('carries the version of the rubric', () => {
    for (const { advice } of samples) expect(advice.rubricVersion).toBe(rubric.version);
  });

  it('comes back from JSON as it was', () => {
    for (const { advice } of samples) {
      expect(adviceSchema.parse(JSON.parse(JSON.stringify(advice)))).toEqual(advice);
    }
  });

  it('is the same text each time', () => {
    for (const { answers, advice } of samples) {
      expect(JSON.stringify(advise(rubric, answers))).toBe(JSON.stringify(advice));
    }
  });
});
