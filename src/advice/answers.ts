import { type Rubric, UNSURE } from './rubric/schema.ts';

/**
 * A person's answers about a project, as option ids by trait. An unknown answer is left out and never stored as
 * `unsure`, so there is only one way to say "not sure".
 */
export type Answers = Readonly<Record<string, string>>;

export type ParsedAnswers =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Validates untrusted answers against the rubric. Reports every problem, not only the first. The parsed answers are in
 * question order, without `unsure`.
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

/** Shows a value in an error message. Lists and objects are only named, because they may be circular or very deep. */
function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
