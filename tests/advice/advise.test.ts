import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Advice, adviceSchema } from '../../src/advice/advice.ts';
import { advise } from '../../src/advice/advise.ts';
import type { Answers } from '../../src/advice/answers.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { type Argument, FRAMEWORKS } from '../../src/advice/rubric/schema.ts';
import { partialAnswers, runs } from '../support/arbitrary.ts';
import { GOLDEN } from './golden.ts';
import { meets } from './oracle.ts';

const rubric = loadRubric();
const { toss_up_up_to: tossUp, solid_from: solidFrom, min_coverage: minCoverage } = rubric.strength;

/** Everything for Django. */
const platform: Answers = {
  stage: 'product',
  audience: 'general',
  size: 'large',
  shape: 'one_product',
  interface: 'pages',
  admin: 'yes',
  unknowns: 'business',
  tech: 'standard',
  security: 'high',
  team: 'changing',
  priority: 'upkeep',
};
/** Everything for Flask. */
const logging: Answers = {
  stage: 'tool',
  audience: 'technical',
  size: 'simple',
  shape: 'single_service',
  interface: 'api_only',
  admin: 'no',
  unknowns: 'technical',
  tech: 'frontier',
  security: 'low',
  team: 'experts',
  priority: 'freedom',
};
const mixed: Answers = { stage: 'enterprise', shape: 'core_plus_services', admin: 'yes', tech: 'custom' };

const without = (answers: Answers, trait: string): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([id]) => id !== trait));
const pointsOf = (advice: Advice, trait: string): number | undefined =>
  advice.contributions.find((c) => c.trait === trait)?.points;
const samples = [...GOLDEN.map((s) => s.answers), ...fc.sample(partialAnswers(rubric), runs(200))].map(
  (answers) => ({ answers, advice: advise(rubric, answers) }),
);

describe('the points', () => {
  it('margin is the start plus what speaks for Django minus what speaks for Flask', () => {
    for (const { advice } of samples) {
      const { django, flask } = advice.support;
      expect(advice.margin).toBe((pointsOf(advice, 'intercept') ?? Number.NaN) + django - flask);
      expect(Math.min(django, flask)).toBeGreaterThanOrEqual(0);
    }
    expect(advise(rubric, platform)).toMatchObject({ margin: 23, support: { django: 20, flask: 0 } });
    expect(advise(rubric, logging)).toMatchObject({ margin: -48, support: { django: 0, flask: 51 } });
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

  it('the pull of novelty shrinks for the general public, unless it is a start-up', () => {
    const frontier = { tech: 'frontier' };
    const tech = (answers: Answers): number | undefined =>
      pointsOf(advise(rubric, { ...frontier, ...answers }), 'tech');
    expect(tech({})).toBe(-9);
    expect(tech({ audience: 'general' })).toBe(-3);
    expect(tech({ audience: 'general', stage: 'enterprise' })).toBe(-3);
    expect(tech({ audience: 'general', stage: 'mvp' })).toBe(-9);
    expect(tech({ audience: 'technical' })).toBe(-9);
    expect(tech({ audience: 'mixed' })).toBe(-9);
    const advice = advise(rubric, { ...frontier, audience: 'general' });
    expect(advice.contributions.find((c) => c.trait === 'tech')?.claims).toEqual(
      expect.arrayContaining(['C43', 'C44']),
    );
  });

  it('open technology stops pulling to Flask where a back office may be needed', () => {
    const unknowns = (answers: Answers): number | undefined =>
      pointsOf(advise(rubric, { unknowns: 'technical', ...answers }), 'unknowns');
    expect(unknowns({})).toBe(-6);
    expect(unknowns({ admin: 'no' })).toBe(-6);
    for (const admin of ['yes', 'maybe', 'end_user']) expect(unknowns({ admin })).toBe(0);
  });

  it('coverage goes from 0 for nothing to 1 for everything, and weighs the questions', () => {
    expect(advise(rubric, {}).coverage).toBe(0);
    expect(advise(rubric, platform).coverage).toBe(1);
    expect(advise(rubric, logging).coverage).toBe(1);
    expect(advise(rubric, { stage: 'tool' }).coverage).toBeCloseTo(3 / 27);
    expect(advise(rubric, { stage: 'tool', team: 'stable' }).coverage).toBeCloseTo(5 / 27);
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
    expect(advise(rubric, { stage: 'mvp' }).rule).toBe('django_startup');
    expect(advise(rubric, { stage: 'tool' }).rule).toBeNull();
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
    expect(verdict({ team: 'stable' })).toBe('undecided');
    expect(verdict({ interface: 'thin' })).toBe('undecided');
    expect(verdict({ interface: 'thin', security: 'normal' })).toBe('django');
    expect(verdict({ interface: 'thin', team: 'experts' })).toBe('flask');
  });

  it('is undecided when nothing that was answered counts, however much that is', () => {
    const answers = {
      stage: 'tool',
      audience: 'general',
      shape: 'core_plus_services',
      unknowns: 'settled',
      security: 'low',
      team: 'stable',
    };
    const advice = advise(rubric, answers);
    expect(advice.coverage).toBeGreaterThanOrEqual(minCoverage);
    expect(advice).toMatchObject({ verdict: 'undecided', strength: 'toss-up' });
  });

  it('is Flask at a tie, as a toss-up, once enough was answered', () => {
    const answers = { stage: 'tool', audience: 'general', shape: 'core_plus_services', size: 'large' };
    const tie = { ...answers, interface: 'thin', team: 'experts', size: 'large' };
    expect(advise(rubric, tie)).toMatchObject({ verdict: 'flask', strength: 'toss-up', margin: 0 });
    expect(advise(rubric, tie).coverage).toBeGreaterThanOrEqual(minCoverage);
  });

  it('counts Flask’s answers and the default three times, Django’s once, and others not at all', () => {
    const answers = { stage: 'tool', team: 'experts', admin: 'yes' };
    const points = ['intercept', 'stage', 'team', 'admin'].map((t) => pointsOf(advise(rubric, answers), t));
    expect(points).toEqual([3, 0, -3, 3]);
  });

  it('an answer that carries no points changes neither the sum nor a verdict by points', () => {
    for (const { answers, advice } of samples.filter((s) => s.advice.verdict !== 'undecided')) {
      for (const { id, options } of rubric.questions.filter((q) => answers[q.id] === undefined)) {
        for (const option of options.filter((o) => o.points === 0)) {
          const more = advise(rubric, { ...answers, [id]: option.id });
          if (more.rule !== advice.rule || id === 'audience') continue;
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
    const advice = advise(rubric, { ...without(logging, 'stage'), tech: 'custom' });
    expect(advice).toMatchObject({ verdict: 'flask', settled: false, nextQuestions: ['stage'] });
    expect(advice.flips).toEqual([
      { changes: [{ trait: 'stage', from: 'unsure', to: 'mvp' }], verdict: 'django' },
    ]);
  });

  it('with everything answered nothing is open', () => {
    for (const answers of [platform, logging]) {
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
  const tossUpFor = (verdict: Advice['verdict']): number =>
    verdict === 'django' || verdict === 'flask' ? tossUp[verdict] : 0;

  it('is a toss-up for points up to the limit of each framework', () => {
    expect(tossUp).toEqual({ django: 9, flask: 0 });
    const below = { size: 'large', admin: 'yes' };
    expect(advise(rubric, below)).toMatchObject({ margin: 9, strength: 'toss-up' });
    expect(advise(rubric, { ...below, tech: 'standard' })).toMatchObject({ margin: 10, strength: 'leaning' });
    expect(advise(rubric, { team: 'experts', interface: 'thin' })).toMatchObject({
      margin: -3,
      strength: 'leaning',
    });
  });

  it('is solid only with enough answered, however clear the points are', () => {
    const clear = { stage: 'tool', tech: 'frontier', interface: 'api_only' };
    expect(-advise(rubric, clear).margin).toBeGreaterThanOrEqual(solidFrom.flask);
    expect(advise(rubric, clear).coverage).toBeLessThan(minCoverage);
    expect(strength(clear)).toBe('leaning');
    const known = { ...clear, shape: 'core_plus_services', security: 'low', team: 'stable' };
    expect(advise(rubric, known)).toMatchObject({ margin: -12, strength: 'solid' });
    expect(advise(rubric, known).coverage).toBeGreaterThanOrEqual(minCoverage);
  });

  it('is solid for everything on one side', () => {
    expect(strength(platform)).toBe('solid');
    expect(strength(logging)).toBe('solid');
  });

  it('is at most leaning while an open answer could bring a rule into play', () => {
    expect(advise(rubric, without(logging, 'stage'))).toMatchObject({
      verdict: 'flask',
      strength: 'leaning',
    });
    expect(strength({ stage: 'mvp' })).toBe('leaning');
    expect(strength({ stage: 'mvp', shape: 'one_product' })).toBe('leaning');
    expect(strength({ ...without(platform, 'tech'), stage: 'mvp' })).toBe('leaning');
    expect(strength({ ...platform, stage: 'mvp' })).toBe('solid');
  });

  it('of a rule for one framework is solid only where the points agree with it as clearly', () => {
    const startup = { ...platform, stage: 'mvp' };
    expect(advise(rubric, startup)).toMatchObject({ verdict: 'django', strength: 'solid' });
    const against = { audience: 'technical', size: 'simple', interface: 'api_only', admin: 'no' };
    expect(advise(rubric, { ...startup, ...against }).verdict).toBe('django');
    expect(strength({ ...startup, ...against })).not.toBe('solid');
    const experiments = { stage: 'mvp', tech: 'frontier' };
    expect(advise(rubric, { ...experiments, admin: 'yes' })).toMatchObject({ verdict: 'flask' });
    expect(strength({ ...experiments, admin: 'yes' })).toBe('leaning');
  });

  it('follows from verdict, rule, margin, coverage and practice for all kinds of answers', () => {
    for (const { advice } of samples) {
      const { verdict, rule, margin, practice } = advice;
      const forVerdict = verdict === 'django' ? margin : -margin;
      if (verdict === 'undecided') expect(advice.strength).toBe('toss-up');
      if (advice.strength === 'toss-up' && verdict !== 'undecided') {
        expect(practice?.disagrees === true || (rule === null && forVerdict <= tossUpFor(verdict))).toBe(
          true,
        );
      }
      if (advice.strength === 'solid') {
        expect(practice?.disagrees ?? false).toBe(false);
        if (verdict === 'django' || verdict === 'flask') {
          expect(forVerdict).toBeGreaterThanOrEqual(solidFrom[verdict]);
        }
        expect(advice.coverage >= minCoverage || advice.settled).toBe(true);
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
        expect(statement.claims).not.toEqual([]);
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
        for (const text of texts(said)) {
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
    expect(first({ tech: 'standard', security: 'high' })).toBe(textOf('django_security'));
    expect(first({ tech: 'standard', security: 'normal', size: 'large' })).toBe(
      textOf('django_scales_complex'),
    );
    expect(first({ priority: 'freedom', tech: 'frontier' })).toBe(textOf('flask_novelties'));
  });

  it('different projects hear different things: there is no list for all', () => {
    const heard = (answers: Answers): string[] => texts(advise(rubric, answers).pros);
    const security = heard({ security: 'high', size: 'grow' });
    const backOffice = heard({ admin: 'yes', tech: 'standard' });
    expect(security).not.toEqual([]);
    expect(backOffice).not.toEqual([]);
    expect(security).not.toEqual(backOffice);
    const lists = samples.map(({ advice }) => JSON.stringify([texts(advice.pros), texts(advice.cons)]));
    expect(new Set(lists).size).toBeGreaterThan(samples.length / 3);
  });

  it('says something for each decided scenario of the article', () => {
    const silent = GOLDEN.filter(
      (s) => s.verdict !== 'undecided' && advise(rubric, s.answers).pros.length === 0,
    );
    expect(silent.map((s) => s.name)).toEqual([]);
  });

  it('the counter-argument is the answer that pulls hardest the other way', () => {
    const advice = advise(rubric, { ...platform, shape: 'many_services' });
    const option = rubric.questions
      .find((q) => q.id === 'shape')
      ?.options.find((o) => o.id === 'many_services');
    expect(advice.verdict).toBe('django');
    expect(advice.counterArgument).toEqual({ text: option?.reason, claims: option?.claims });
  });

  it('the counter-argument gives the reason of the adjustment where one changed the points', () => {
    const advice = advise(rubric, { stage: 'product', audience: 'general', tech: 'frontier' });
    const adjustment = rubric.adjustments.find((a) => a.trait === 'tech');
    expect(advice).toMatchObject({ verdict: 'django', counterArgument: { text: adjustment?.reason } });
  });

  it('there is always another side, unless nothing was decided', () => {
    for (const { advice } of samples) {
      expect(advice.counterArgument === null).toBe(advice.verdict === 'undecided');
    }
    expect(advise(rubric, { shape: 'many_services' }).counterArgument?.text).toBe(rubric.intercept.reason);
    expect(advise(rubric, { size: 'large' }).counterArgument?.text).toMatch(/^Flask: /);
  });

  it('for both, either framework has its say by name, and the stronger one alone is the other side', () => {
    const advice = advise(rubric, { ...mixed, security: 'high' });
    // Not the back office, which counts more: the rule for both asks for it.
    const security = rubric.questions.find((q) => q.id === 'security')?.options.find((o) => o.id === 'high');
    expect(advice.counterArgument?.text).toBe(security?.reason);
    for (const said of [texts(advice.pros), texts(advice.cons)]) {
      expect(new Set(said.map((text) => argumentSaid(text)?.framework))).toEqual(new Set(FRAMEWORKS));
      for (const text of said) expect(text).toMatch(/^(Django|Flask): /);
    }
  });
});

describe('the boundary', () => {
  it('is drawn for both, with something on either side, and for nothing else', () => {
    const drawn = samples.filter(({ advice }) => advice.verdict === 'both');
    expect(drawn.length).toBeGreaterThan(4);
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
  it('exist, support what they are told for, and match in the traits that are named', () => {
    for (const { answers, advice } of samples) {
      for (const [match, same] of [
        [advice.caseStudy, true],
        [advice.counterCase, false],
      ] as const) {
        if (match === null) {
          expect(advice.verdict).toBe('undecided');
          continue;
        }
        const told = rubric.cases.find((c) => c.id === match.id);
        expect(told).toBeDefined();
        if (advice.verdict !== 'undecided') expect(told?.supports === advice.verdict).toBe(same);
        const shared = Object.keys(told?.traits ?? {}).filter((t) =>
          told?.traits[t]?.includes(answers[t] ?? ''),
        );
        expect(match.matches).toEqual(shared);
      }
    }
  });

  it('no other case on the same side is closer', () => {
    const compare = (id: string, answers: Answers): { shared: number; different: number } => {
      const traits = rubric.cases.find((c) => c.id === id)?.traits ?? {};
      const known = Object.entries(traits).filter(([trait]) => answers[trait] !== undefined);
      const shared = known.filter(([trait, options]) => options.includes(answers[trait] ?? '')).length;
      return { shared, different: known.length - shared };
    };
    for (const { answers, advice } of samples) {
      if (advice.verdict === 'undecided') continue;
      for (const match of [advice.caseStudy, advice.counterCase]) {
        const chosen = compare(match?.id ?? '', answers);
        const supports = rubric.cases.find((c) => c.id === match?.id)?.supports === advice.verdict;
        for (const other of rubric.cases.filter((c) => (c.supports === advice.verdict) === supports)) {
          const { shared, different } = compare(other.id, answers);
          const noWorse = shared >= chosen.shared && different <= chosen.different;
          expect(noWorse && (shared > chosen.shared || different < chosen.different)).toBe(false);
        }
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

  it('constant experiments with an API bring up that today it may be neither', () => {
    const { notes } = advise(rubric, { tech: 'frontier', interface: 'api_only' });
    expect(notes.map((n) => n.text).join(' ')).toContain('FastAPI');
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
