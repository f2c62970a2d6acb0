// The tests' own rubric, for everything that works the same whatever the real one says.
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import type { Rubric } from '../../src/advice/rubric/schema.ts';

/** Three questions (`parts`, `screens`, `tools`), read and checked like the real rubric. */
export const smallRubric: Rubric = loadRubric(new URL('./small-rubric/', import.meta.url));

/**
 * The small rubric with each question twice, the second time as `parts_2` and so on. No rule and no adjustment names
 * the second ones, and more can stay open.
 */
export const doubledRubric: Rubric = {
  ...smallRubric,
  questions: [...smallRubric.questions, ...smallRubric.questions.map((q) => ({ ...q, id: `${q.id}_2` }))],
  projects: smallRubric.projects.map((project) => ({
    ...project,
    answers: twice(project.answers),
    certainty: twice(project.certainty),
  })),
};

const FAVOR = {
  label: 'A framework we know',
  short: 'a framework we know',
  points: 0,
  bullet: 'The team knows a framework.',
  reason: 'The team already works with a framework.',
  claims: [],
};

/** The doubled rubric with a question that favors a framework in practice. */
export const practicalRubric: Rubric = {
  ...doubledRubric,
  questions: [
    ...doubledRubric.questions,
    {
      id: 'start',
      text: 'What do you know already?',
      short: 'start',
      options: [
        { ...FAVOR, id: 'knows_flask', favors: 'flask' },
        { ...FAVOR, id: 'knows_django', favors: 'django' },
        { ...FAVOR, id: 'knows_nothing' },
      ],
    },
  ],
};

/** The practical rubric with a last rule that yields. */
export const yieldingRubric: Rubric = {
  ...practicalRubric,
  rules: practicalRubric.rules.map((rule, i, { length }) =>
    i === length - 1 ? { ...rule, yields: 'The rule would still choose Django.' } : rule,
  ),
};

function twice<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    ['', '_2'].flatMap((suffix) => Object.entries(values).map(([id, value]) => [`${id}${suffix}`, value])),
  );
}
