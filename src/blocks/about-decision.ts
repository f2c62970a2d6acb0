import { askedAbout } from '../core/asked-about.ts';
import { founded } from '../core/basis.ts';
import type { Decision } from '../core/decision.ts';
import type { Rubric } from '../rubric/schema.ts';
import { quoted } from './text.ts';
import { namesOf, optionName, pointsFor, verdictWithStrength } from './wording.ts';

const MOST_TRAITS = 3;

/**
 * What comes before an answer in a decision's thread: which project it is about, what was advised, and what
 * was answered there to the same question.
 */
export function aboutDecision(rubric: Rubric, question: string, decision: Decision): string {
  const advice = founded(rubric, decision.round.advice);
  const asked = askedAbout(rubric, question, advice).slice(0, MOST_TRAITS);
  const lines = asked.map(({ trait, contribution }) => {
    const name = namesOf(advice.basis, [trait]);
    if (contribution) {
      return `Here: ${name}, “${optionName(advice.basis, trait, contribution.option)}”; ${pointsFor(contribution)}.`;
    }
    const matters = advice.nextQuestions.includes(trait) ? ', and its answer could change the advice' : '';
    return `Here: ${name} is not answered${matters}.`;
  });
  return [`*${quoted(decision.project)}*: ${verdictWithStrength(advice)}`, ...lines].join('\n');
}
