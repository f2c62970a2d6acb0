// Answers questions about facts that the article doesn't cover: "can Flask send emails?"
import type { Fact, Rubric } from '../rubric/schema.ts';
import type { RubricAnswer } from './answer.ts';
import { cite, isCurrent } from './citations.ts';
import type { QuestionPart } from './lexicon.ts';

const MOST_FACTS = 2;

/** Words that make a question one about the frameworks, without their names. */
const ABOUT_FRAMEWORKS = /\b(?:django|flask|both|either|they|them|frameworks?|which|the two|we|our|apps?)\b/i;
const ABOUT_PEOPLE = /\b(?:you|your|my|mine|(?<!\b(?:do|should) )i)\b/i;
/** "Celery needed?", "are large uploads ok?" */
const ASKS_IF_POSSIBLE =
  /\b(?:needed|needs?|required|supports?|supported|possible|included?|includes|works?|available|ok|okay|easy|allowed|exists?|about)\b/i;

/** "What’s the license situation?" */
const ASKS_WHAT = /^(?:(?:and|so|ok)[ ,]+)*(?:whats?|how|which|can|does|do|is|are)\b/i;

/** Returns the facts that a question asks for. */
export function factsAsked(rubric: Rubric, question: string, parts: readonly QuestionPart[]): Fact[] {
  if (!isAboutFrameworks(question, parts)) return [];
  const ids = new Set(parts.flatMap(({ facts = [] }) => facts));
  return [...ids].flatMap((id) => rubric.facts.filter((fact) => fact.id === id)).slice(0, MOST_FACTS);
}

function isAboutFrameworks(question: string, parts: readonly QuestionPart[]): boolean {
  if (ABOUT_FRAMEWORKS.test(question)) return true;
  if (ABOUT_PEOPLE.test(question)) return false;
  const unknown = parts.filter(({ kind }) => kind === 'unknown').length;
  const neutral = parts.filter(({ kind }) => kind === 'neutral').length;
  if (unknown + neutral === 0 || (unknown === 0 && neutral === 1 && ASKS_WHAT.test(question))) return true;
  return unknown < 2 && ASKS_IF_POSSIBLE.test(question);
}

/** Returns facts as an answer, with the current claims on the same subjects. */
export function answerFromFacts(rubric: Rubric, facts: readonly Fact[]): RubricAnswer {
  const claims = facts.flatMap((fact) =>
    fact.claims.flatMap((id) => (isCurrent(rubric, id) ? (rubric.claims.get(id) ?? []) : [])),
  );
  const sides = [...new Set(claims.map(({ direction }) => direction))].map((side) => ({
    side,
    claims: claims.filter(({ direction }) => direction === side),
  }));
  return {
    kind: 'answer',
    facts,
    advised: null,
    sides: cite(rubric, sides),
    silent: null,
    caseStudy: null,
    projects: [],
  };
}
