import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advise } from '../../../src/advice/advise.ts';
import type { Answers } from '../../../src/advice/answers.ts';
import { selectArguments } from '../../../src/advice/arguments.ts';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { partialAnswers, runs } from '../../support/arbitrary.ts';
import { meets } from '../oracle.ts';

const rubric = loadRubric();
const anyAnswers = partialAnswers(rubric);

/** Is this argument among what is said for and against its framework, given these answers? */
function isSaid(id: string, answers: Answers): boolean {
  const argument = rubric.arguments.find((a) => a.id === id);
  if (!argument) throw new Error(`there is no argument ${id}`);
  const { pros, cons } = selectArguments(rubric, answers, argument.framework, null, []);
  return [...pros, ...cons].some((statement) => statement.text === argument.text);
}

/** What somebody who knows both frameworks would and would not say to such a project. */
const SAID: readonly [id: string, answers: Answers, because: string][] = [
  ['django_batteries', { admin: 'maybe' }, 'the admin area is one of the usual parts'],
  ['django_batteries', { interface: 'pages' }, 'templates are'],
  ['django_batteries', { tech: 'standard' }, 'the usual is what is there'],
  ['django_stability', { unknowns: 'business' }, 'the direction may change'],
  ['django_stability', { stage: 'product' }, 'a business is to live with it'],
  ['django_scales_complex', { size: 'grow' }, 'it will grow'],
  ['django_complete_features', { priority: 'delivery' }, 'complete features are the aim'],
  ['django_security', { security: 'high' }, 'a mistake would hurt'],
  ['django_mvp', { stage: 'mvp' }, 'it is a first version'],
  ['django_standard_stack', { team: 'changing' }, 'people come and go'],
  ['django_maintenance', { size: 'large' }, 'it is a larger system'],
  ['django_maintenance', { priority: 'upkeep' }, 'upkeep is the aim'],
  ['django_inflexible', { tech: 'custom' }, 'parts will be replaced'],
  ['django_inflexible', { interface: 'pages' }, 'many templates will be bent'],
  ['django_novelties', { tech: 'frontier' }, 'new technology is the core'],
  ['django_novelties', { unknowns: 'technical' }, 'the technology is not chosen yet'],
  ['django_monolith', { shape: 'many_services' }, 'it is many pieces'],
  ['django_monolith', { shape: 'integration' }, 'it joins what stands elsewhere'],
  ['django_entry', { size: 'simple' }, 'it is a simple thing'],
  ['django_code_base', { admin: 'no', interface: 'api_only' }, 'little of it would be used'],
  ['flask_flexible', { priority: 'freedom' }, 'freedom is the aim'],
  ['flask_novelties', { tech: 'frontier' }, 'new technology is the core'],
  ['flask_scales_simple', { shape: 'many_services' }, 'each service is small'],
  ['flask_experiments', { unknowns: 'technical' }, 'the technology is open'],
  ['flask_custom', { tech: 'custom' }, 'there are unusual parts'],
  ['flask_speed', { priority: 'speed' }, 'fast requests are the aim'],
  ['flask_easy', { size: 'simple' }, 'it is a simple case'],
  ['flask_small', { admin: 'no', interface: 'thin' }, 'few functions are needed'],
  ['flask_security', { security: 'normal' }, 'there are logins to keep safe'],
  ['flask_slow_mvp', { stage: 'mvp' }, 'it is a first version'],
  ['flask_complex_stack', { team: 'changing' }, 'newcomers will have to learn it'],
  ['flask_upkeep_complex', { tech: 'frontier' }, 'many young libraries'],
  ['flask_upkeep_large', { size: 'grow' }, 'it will grow'],
];

const NOT_SAID: readonly [id: string, answers: Answers, because: string][] = [
  [
    'django_batteries',
    { tech: 'standard', interface: 'api_only', admin: 'no' },
    'no templates, no admin area',
  ],
  ['django_stability', { stage: 'product', unknowns: 'settled' }, 'the direction will not change'],
  ['django_stability', { audience: 'general', size: 'simple' }, 'one simple job has no direction'],
  ['django_scales_complex', { size: 'small_complete' }, 'it stays small'],
  ['django_scales_complex', { size: 'grow', shape: 'single_service' }, 'a narrow part is no complex system'],
  [
    'django_complete_features',
    { priority: 'delivery', size: 'simple' },
    'one simple job has no many features',
  ],
  ['django_security', { security: 'low' }, 'little is at stake'],
  ['django_mvp', { stage: 'enterprise' }, 'it is no first version to try'],
  ['django_standard_stack', { team: 'stable' }, 'nobody joins or leaves'],
  ['django_maintenance', { shape: 'one_product' }, 'one product need not be large'],
  [
    'django_maintenance',
    { stage: 'tool', size: 'small_complete', shape: 'one_product', priority: 'upkeep' },
    'it stays small',
  ],
  ['django_maintenance', { priority: 'upkeep', shape: 'single_service' }, 'a narrow part is not large'],
  ['django_inflexible', { tech: 'standard', interface: 'api_only' }, 'nothing is bent or replaced'],
  ['django_novelties', { tech: 'standard', audience: 'technical' }, 'the usual technology is no novelty'],
  ['django_novelties', { tech: 'standard', unknowns: 'both' }, 'the usual technology is no novelty'],
  ['django_monolith', { shape: 'one_product' }, 'one product is what it is made for'],
  ['django_monolith', { shape: 'one_product', size: 'large' }, 'one product is what it is made for'],
  ['django_monolith', { size: 'grow' }, 'growth says nothing about pieces'],
  ['django_entry', { stage: 'tool' }, 'a tool need not be simple'],
  ['django_entry', { interface: 'thin', size: 'large' }, 'it is not simple'],
  ['django_entry', { interface: 'thin', size: 'small_complete' }, 'complete is not simple'],
  ['django_code_base', { priority: 'speed', size: 'large' }, 'many modules use many functions'],
  ['django_code_base', { interface: 'thin', admin: 'yes' }, 'the back office uses them'],
  ['flask_flexible', { tech: 'standard' }, 'nobody asked for freedom'],
  ['flask_novelties', { tech: 'standard', audience: 'technical' }, 'the usual technology is no novelty'],
  ['flask_scales_simple', { size: 'large', shape: 'one_product' }, 'neither simple nor small'],
  ['flask_experiments', { unknowns: 'business' }, 'the technology is decided'],
  ['flask_custom', { team: 'experts', tech: 'standard' }, 'there is nothing unusual'],
  ['flask_easy', { stage: 'tool' }, 'a tool need not be simple'],
  ['flask_easy', { interface: 'thin', size: 'large' }, 'it is no simple case'],
  ['flask_easy', { audience: 'technical' }, 'who uses it says nothing about how hard it is'],
  ['flask_small', { interface: 'api_only', admin: 'yes' }, 'the back office is an additional function'],
  ['flask_small', { admin: 'no', size: 'large' }, 'many modules are many functions'],
  ['flask_security', { security: 'low' }, 'little is at stake'],
  ['flask_slow_mvp', { stage: 'mvp', size: 'simple' }, 'one simple job is soon complete'],
  ['flask_complex_stack', { team: 'stable', tech: 'custom' }, 'there are no newcomers'],
  ['flask_upkeep_complex', { tech: 'custom', size: 'simple' }, 'one simple job needs few libraries'],
  ['flask_upkeep_large', { admin: 'yes', size: 'simple' }, 'it does not grow'],
];

describe('an argument is said to a project that it concerns', () => {
  it.each(SAID)('%s to %o: %s', (id, answers) => expect(isSaid(id, answers)).toBe(true));

  it('and the table has each of them', () => {
    const tried = new Set(SAID.map(([id]) => id));
    expect(rubric.arguments.map((a) => a.id).filter((id) => !tried.has(id))).toEqual([]);
  });
});

describe('an argument is not said to a project that it does not concern', () => {
  it.each(NOT_SAID)('%s to %o: %s', (id, answers) => expect(isSaid(id, answers)).toBe(false));

  it('nor ever against an answer that makes it moot, not even where nothing else can be said', () => {
    const named = (framework: string, text: string): string =>
      `${framework === 'django' ? 'Django' : 'Flask'}: ${text}`;
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { pros, cons, counterArgument } = advise(rubric, answers);
        const said = [...pros, ...cons, ...(counterArgument ? [counterArgument] : [])].map((s) => s.text);
        const wrong = rubric.arguments
          .filter((a) => a.moot.some((condition) => meets(condition, answers)))
          .filter((a) => said.includes(a.text) || said.includes(named(a.framework, a.text)));
        expect(wrong.map((a) => a.id)).toEqual([]);
      }),
      runs(1000),
    );
  });
});

it('what can be said in general is not said where it is moot', () => {
  const general = advise(rubric, { size: 'large' }).counterArgument?.text ?? '';
  const first = rubric.arguments.find((a) => general === `Flask: ${a.text}`);
  expect(first).toBeDefined();
  const moot = [{ size: ['large'] }];
  const changed = { ...rubric, arguments: rubric.arguments.map((a) => (a === first ? { ...a, moot } : a)) };
  const other = advise(changed, { size: 'large' }).counterArgument?.text;
  expect(other).toMatch(/^Flask: /);
  expect(other).not.toBe(general);
});

describe('nothing is said twice', () => {
  const plain = (text: string): string => text.replace(/^(Django|Flask): /, '');

  it('the rubric’s own sentences differ', () => {
    const sentences = [
      rubric.intercept.reason,
      ...rubric.questions.flatMap((q) => q.options.flatMap((o) => o.reason ?? [])),
      ...[...rubric.rules, ...rubric.adjustments].map((r) => r.reason),
      ...rubric.arguments.map((a) => a.text),
    ];
    expect(sentences.filter((s, i) => sentences.indexOf(s) !== i)).toEqual([]);
  });

  it('among pros, cons and the counter-argument', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { pros, cons, counterArgument } = advise(rubric, answers);
        const said = [...pros, ...cons, ...(counterArgument ? [counterArgument] : [])].map((s) =>
          plain(s.text),
        );
        expect(said.filter((s, i) => said.indexOf(s) !== i)).toEqual([]);
      }),
      runs(1000),
    );
  });

  it('for both, what the rule asks for is not what speaks for one framework alone', () => {
    const answers = { stage: 'product', shape: 'core_plus_services', admin: 'end_user' };
    const { counterArgument, contributions } = advise(rubric, answers);
    const asked = contributions.filter((c) => Object.hasOwn(answers, c.trait)).map((c) => c.reason);
    expect(counterArgument).not.toBeNull();
    expect(asked).not.toContain(counterArgument?.text);
  });
});
