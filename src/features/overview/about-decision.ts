import { addBasis } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { findAskedTraits } from '../../advice/search/asked-about.ts';
import { quoteText } from '../../blocks/text.ts';
import {
  describePoints,
  optionName,
  questionNames,
  verdictName,
  verdictWithStrength,
} from '../../blocks/wording.ts';
import { type Discussion, visibleAdvice } from '../../decision/discussion.ts';

const MOST_TRAITS = 3;

/**
 * Returns the lines above an answer in a decision's thread: the project, the card's verdict, and the project's answers
 * on the topics of the question.
 */
export function describeDecisionContext(rubric: Rubric, question: string, discussion: Discussion): string {
  const { decision, record } = discussion;
  const advice = addBasis(rubric, visibleAdvice(discussion));
  const asked = findAskedTraits(rubric, question, advice).slice(0, MOST_TRAITS);
  const lines = asked.map(({ trait, contribution }) => {
    const name = questionNames(advice.basis, [trait]);
    if (contribution) {
      return `Here: ${name}, “${optionName(advice.basis, trait, contribution.option)}”; ${describePoints(contribution)}.`;
    }
    const matters = advice.nextQuestions.includes(trait) ? ', and its answer could change the advice' : '';
    return `Here: ${name} is not answered${matters}.`;
  });
  const decided =
    record !== null && decision.status !== 'open'
      ? `decided for ${verdictName(record.outcome)}; the advice: `
      : '';
  return [`*${quoteText(decision.project)}*: ${decided}${verdictWithStrength(advice)}`, ...lines].join('\n');
}
