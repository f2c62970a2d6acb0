// Splits a message into its questions.
import { isSmallTalk } from './small-talk.ts';

/** Questions answered in one reply. */
export const MOST_QUESTIONS = 5;

const LIST_MARK = /^(?:[-•*]|\d+[.)])\s+/;
const QUESTION_START =
  /^(?:and |or |also )?(?:what|which|who|how|why|when|where|is|are|do|does|did|can|could|should|would|will)\b/i;

/**
 * Returns the questions of a message, in order. A sentence that asks nothing belongs to the question after it, or else
 * to the one before. Stops after one more question than a reply answers.
 *
 * @param lines the message's lines
 */
export function splitQuestions(lines: readonly string[]): string[] {
  const questions: string[] = [];
  let preface = '';
  for (const part of lines.flatMap((line) => line.split(/(?<=[?？])\s+/))) {
    const text = part.replace(LIST_MARK, '').trim();
    const asks = /[?？]$/.test(text) || LIST_MARK.test(part) || QUESTION_START.test(text);
    if (asks && !isSmallTalk(text.replace(/[?？]+$/, ''))) {
      questions.push(`${preface} ${text}`.trim());
      preface = '';
    } else {
      preface = `${preface} ${text}`.trim();
    }
  }
  const last = questions.pop();
  if (last === undefined) return preface === '' ? [] : [preface];
  const rest = preface === '' || isSmallTalk(preface) ? '' : ` ${preface}`;
  return [...new Set([...questions, `${last}${rest}`])].slice(0, MOST_QUESTIONS + 1);
}

const NEXT_CLAUSE =
  /,?\s+(?:and|also|plus|but)\s+(?=(?:what|which|who|how|why|when|where|is|are|does|do|can|could|should|will|has)\b)|,\s+(?=(?:what|which|who|how|why|where|is|are|does|do|can)\b)/i;

/** Returns the clauses of a question that could be questions of their own: "is it fast and how old is it?" */
export function splitClauses(question: string): string[] {
  return question
    .split(NEXT_CLAUSE)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}
