// Answers the questions of a message from the rubric.
import type { Rubric } from '../../advice/rubric/schema.ts';
import type { RubricAnswer } from '../../advice/search/answer.ts';
import { answerQuestion } from '../../advice/search/answer-question.ts';
import type { AskedQuestion } from './message.ts';
import { splitClauses } from './split.ts';

/** Answers each question. If none has an answer, the whole message may have one. */
export function answerAll(
  rubric: Rubric,
  questions: readonly string[],
  message: string,
): AskedQuestion<RubricAnswer>[] {
  const asked = questions.flatMap((question) => answerClauses(rubric, question));
  return asked.some(({ answer }) => answer.kind === 'answer') ? asked : [ask(rubric, message)];
}

/**
 * Answers the clauses of a question one by one if each has an answer, or if the whole question has none. Otherwise a
 * later clause only adds to the first: "do we need an admin, and how long would that take?"
 */
function answerClauses(rubric: Rubric, question: string): AskedQuestion<RubricAnswer>[] {
  const whole = ask(rubric, question);
  const clauses = splitClauses(question).map((clause) => ask(rubric, clause));
  const known = clauses.filter(({ answer }) => answer.kind === 'answer').length;
  const isSplit = known === clauses.length || (whole.answer.kind === 'unknown' && known > 0);
  return isSplit && clauses.length > 1 ? clauses : [whole];
}

function ask(rubric: Rubric, question: string): AskedQuestion<RubricAnswer> {
  return { question, answer: answerQuestion(rubric, question) };
}
