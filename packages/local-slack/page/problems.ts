import { asObject, asText, type Json } from './api.ts';
import type { Entries } from './entries.ts';

/** Returns the errors that Slack's client shows before it submits a modal: block_id → sentence. */
export function findProblems(blocks: readonly Json[], entries: Entries): Record<string, string> {
  const found = blocks.flatMap((block) => {
    const element = asObject(block.element);
    const entry = entries[asText(block.block_id)]?.[asText(element.action_id)];
    // A field without an entry, such as unchanged rich text, can't be wrong.
    if (block.type !== 'input' || entry === undefined) return [];
    const problem = findProblem(entry, element, block.optional === true);
    return problem === null ? [] : [[asText(block.block_id), problem] as const];
  });
  return Object.fromEntries(found);
}

function findProblem(entry: Entries[string][string], element: Json, optional: boolean): string | null {
  const empty = entry === null || entry === '' || (Array.isArray(entry) && entry.length === 0);
  if (empty) return optional ? null : 'Fill in this field.';
  if (typeof entry !== 'string') return null;
  switch (element.type) {
    case 'plain_text_input': {
      const least = typeof element.min_length === 'number' ? element.min_length : 0;
      return [...entry].length < least ? `Enter at least ${least} characters.` : null;
    }
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(entry) ? null : 'Enter an email address.';
    case 'url_text_input':
      return URL.canParse(entry) ? null : 'Enter a URL such as https://example.org.';
    case 'number_input':
      return numberProblem(Number(entry), element);
    default:
      return null;
  }
}

function numberProblem(value: number, element: Json): string | null {
  if (element.is_decimal_allowed !== true && !Number.isInteger(value)) return 'Enter a whole number.';
  const { min_value: least, max_value: most } = element;
  if (typeof least === 'string' && value < Number(least)) return `Enter ${least} or more.`;
  return typeof most === 'string' && value > Number(most) ? `Enter ${most} or less.` : null;
}
