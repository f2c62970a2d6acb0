import { type Rubric, UNSURE } from './rubric/schema.ts';

/**
 * What somebody said about a project: trait → option. A trait that is missing is not known; `unsure`
 * is never stored, so that two ways of saying "I don't know" cannot differ.
 */
export type Answers = Readonly<Record<string, string>>;

export type ParsedAnswers =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Checks answers from outside against the rubric. Every problem is named, not only the first.
 * The result has its traits in question order and no `unsure`.
 */
export function parseAnswers(rubric: Rubric, input: unknown): ParsedAnswers {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, problems: ['answers must be an object of trait: option'] };
  }
  const given = new Map<string, unknown>(Object.entries(input));
  const problems: string[] = [];
  const answers: Record<string, string> = {};
  for (const question of rubric.questions) {
    if (!given.has(question.id)) continue;
    const option = given.get(question.id);
    given.delete(question.id);
    if (option === UNSURE) continue;
    if (question.options.some((o) => o.id === option)) {
      answers[question.id] = String(option);
    } else {
      const known = [...question.options.map((o) => o.id), UNSURE].join(', ');
      problems.push(`${question.id}: ${shown(option)} is not one of ${known}`);
    }
  }
  for (const trait of given.keys()) {
    problems.push(
      `${shown(trait)} is not a trait; traits are ${rubric.questions.map((q) => q.id).join(', ')}`,
    );
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, answers };
}

/** A value as a problem repeats it. What has parts is only named: it may be circular, or nested without end. */
function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
