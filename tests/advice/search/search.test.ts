import { describe, expect, it } from 'vitest';
import { advise } from '../../../src/advice/advise.ts';
import { addBasis } from '../../../src/advice/basis.ts';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { findAskedTraits } from '../../../src/advice/search/search.ts';

const rubric = loadRubric();

const about = (question: string) =>
  findAskedTraits(rubric, question, addBasis(rubric, advise(rubric, { security: 'high', admin: 'yes' }))).map(
    ({ trait, contribution }) => [trait, contribution?.option ?? null],
  );

describe('what a question has to do with a decision', () => {
  it.each<[string, (string | null)[][]]>([
    ['what about security?', [['security', 'high']]],
    [
      'do we need the admin, and is that safe?',
      [
        ['admin', 'yes'],
        ['security', 'high'],
      ],
    ],
    ['how does it scale?', [['size', null]]],
    ['what if we have to hire?', [['team', null]]],
    ['what did Redash choose?', []],
    ['what is the capital of France?', []],
    ['', []],
  ])('%s', (question, traits) => {
    expect(about(question)).toEqual(traits);
  });

  it('is nothing where the decision was made with questions that did not have it', () => {
    const advice = addBasis(rubric, advise(rubric, { security: 'high' }));
    const questions = advice.basis.questions.filter(({ id }) => id !== 'security');
    expect(
      findAskedTraits(rubric, 'is it safe?', { ...advice, basis: { ...advice.basis, questions } }),
    ).toEqual([]);
  });
});
